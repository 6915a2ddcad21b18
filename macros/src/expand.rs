//! Checked arguments and a handler → code.
//!
//! The docs of the attribute show what comes out for a handler that returns a type with a name:
//! a prologue before the body. A type with `impl Trait` cannot be named, so there the body becomes a
//! block of its own, whose outcome is wrapped in a `Guarded`; `tests/docs.rs` shows it. Both are compared
//! with what is written here. The variables of the expansion have names that nobody gives an item:
//! a pattern finds items where it stands, also by the name of a variable.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt as _, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{FnArg, LitStr, Pat, PatType, Path, ReturnType, Type, token};

use crate::claims_argument;
use crate::handler::{Handler, Outcome, Shape};
use crate::tree::Args;
use crate::values;

/// The handler with its guard. None if that would be less than what is written.
pub(crate) fn expand(args: &Args, mut handler: Handler, shape: &Shape) -> Option<TokenStream> {
    let site = Span::mixed_site();
    let private = values::private(args.options.krate.as_ref());
    let name = LitStr::new(&handler.sig.ident.unraw().to_string(), site);
    let requirements = values::requirements(&args.requirements, &private)?;
    let (event, rebind) = event_argument(&mut handler, shape.event)?;
    let rejected = rejected(&shape.outcome, args.options.on_reject.as_ref(), &private);
    let claims = claims_argument::fill(&handler.claims, &event, &name, &rejected, &private);
    let prologue = quote_spanned! {site=>
        if let #private::Result::Err(__require_claims_rejection) =
            #private::check(#event, #name, #requirements)
        {
            return #rejected;
        }
        #claims
    };
    let has_answer = args.options.on_reject.is_some();
    let body = body(&handler, shape, has_answer, &private, &rebind);
    Some(function(&handler, &docs(args), &prologue, &body))
}

/// The function around the new body.
pub(crate) fn function(
    handler: &Handler,
    docs: &TokenStream,
    prologue: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let Handler {
        attrs,
        vis,
        sig,
        brace,
        inner,
        ..
    } = handler;
    let mut tokens = TokenStream::new();
    tokens.append_all(attrs);
    docs.to_tokens(&mut tokens);
    vis.to_tokens(&mut tokens);
    sig.to_tokens(&mut tokens);
    brace.surround(&mut tokens, |tokens| {
        tokens.append_all(inner);
        prologue.to_tokens(tokens);
        body.to_tokens(tokens);
    });
    tokens
}

/// "Requires claims: …" below the handler's own docs.
fn docs(args: &Args) -> TokenStream {
    let all: Vec<String> = args
        .requirements
        .iter()
        .map(|one| code(&without_crate(&one.to_string())))
        .collect();
    let line = format!("Requires claims: {}", all.join(", "));
    quote_spanned! {Span::mixed_site()=> #[doc = ""] #[doc = #line] }
}

/// Without the `$crate::` of a `macro_rules!`, which says nothing to a reader; in quotes it is a name.
fn without_crate(written: &str) -> String {
    let (mut plain, mut rest, mut quoted, mut escaped) = (String::new(), written, false, false);
    while let Some(next) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("$crate::").filter(|_| !quoted) {
            rest = after;
            continue;
        }
        quoted ^= next == '"' && !escaped;
        escaped = next == '\\' && !escaped;
        plain.push(next);
        rest = rest.strip_prefix(next).unwrap_or_default();
    }
    plain
}

/// Text as code in Markdown, also where it has a backtick itself.
fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// The event as `check` takes it, and what gives a pattern its value afterwards.
fn event_argument(handler: &mut Handler, place: usize) -> Option<(TokenStream, TokenStream)> {
    let Some(FnArg::Typed(argument)) = handler.sig.inputs.get_mut(place) else {
        return None;
    };
    let site = Span::mixed_site();
    if let Some(name) = simple_name(&argument.pat) {
        return Some((borrowed(&name, argument), TokenStream::new()));
    }
    let name = own_name(&argument.pat);
    let pat = std::mem::replace(&mut *argument.pat, Pat::Verbatim(name.to_token_stream()));
    let rebind = match pat {
        Pat::Wild(_) => TokenStream::new(),
        // Within a tuple, since clippy calls `let _event = _event;` a binding without effect.
        Pat::Ident(pat) => quote_spanned! {site=> let (#pat,) = (#name,); },
        pat => quote_spanned! {site=> let #pat = #name; },
    };
    Some((borrowed(&name, argument), rebind))
}

/// The argument's name where the guard can use it. A name with `_` in front says that it is not
/// used, so it is treated as a pattern, and clippy has nothing to say about the guard's use.
fn simple_name(pat: &Pat) -> Option<Ident> {
    match pat {
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
            (!name.ident.unraw().to_string().starts_with('_')).then(|| name.ident.clone())
        }
        _ => None,
    }
}

/// What the argument is called instead of its pattern: as the pattern where that is a name, which
/// rustdoc shows, else what nobody calls an item, since a pattern would mean that.
fn own_name(pat: &Pat) -> Ident {
    match pat {
        Pat::Ident(pat) => {
            let mut name = pat.ident.clone();
            name.set_span(Span::mixed_site().located_at(name.span()));
            name
        }
        _ => Ident::new("__require_claims_event", Span::mixed_site()),
    }
}

/// `&event`, placed at the argument's type, so that rustc points there if it is no event.
fn borrowed(name: &Ident, argument: &PatType) -> TokenStream {
    let (first, last) = ends(&argument.ty);
    let ampersand = quote_spanned! {first.resolved_at(name.span())=> & };
    let ampersand = (!matches!(*argument.ty, Type::Reference(_))).then_some(ampersand);
    let mut name = name.clone();
    name.set_span(last.resolved_at(name.span()));
    quote_spanned! {last=> #ampersand #name }
}

/// Where a type starts and ends.
pub(crate) fn ends(ty: &Type) -> (Span, Span) {
    let mut spans = ty.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// The rejection as the function returns it, by way of the function of `on_reject` if there is one.
fn rejected(outcome: &Outcome, on_reject: Option<&Path>, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    // Placed at the path, so that rustc points there if it is no such function.
    let answer = on_reject
        .map(|path| quote_spanned! {values::placed(path)=> #path(__require_claims_rejection) });
    match (outcome, answer) {
        (Outcome::Named(_), Some(answer)) => answer,
        (Outcome::Opaque, Some(answer)) => {
            quote_spanned! {site=> #private::Guarded::answered(#answer) }
        }
        (Outcome::Carrier(_), Some(answer)) => quote_spanned! {site=> #private::answer(#answer) },
        (Outcome::Named(ty), None) => {
            quote_spanned! {site=> <#ty as #private::FromRejection>::from_rejection(__require_claims_rejection) }
        }
        (Outcome::Opaque, None) => {
            quote_spanned! {site=> #private::Guarded::rejected(__require_claims_rejection) }
        }
        (Outcome::Carrier(ty), None) => {
            let rejected =
                quote_spanned! {site=> #private::Guarded::rejected(__require_claims_rejection) };
            placed_at(ty, quote_spanned! {site=> #private::Result::Ok(#rejected) })
        }
    }
}

/// What the body returned, as the function returns it.
fn allowed(outcome: &Outcome, has_answer: bool, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    match outcome {
        Outcome::Carrier(_) if has_answer => {
            quote_spanned! {site=> #private::allow_or_answer(__require_claims_outcome) }
        }
        Outcome::Named(_) => quote_spanned! {site=> __require_claims_outcome },
        Outcome::Opaque => {
            quote_spanned! {site=> #private::Guarded::allowed(__require_claims_outcome) }
        }
        Outcome::Carrier(ty) => placed_at(
            ty,
            quote_spanned! {site=> #private::allow(__require_claims_outcome) },
        ),
    }
}

/// The same tokens at the start of a type, so that rustc points there if that is no `Result`.
pub(crate) fn placed_at(ty: &Type, tokens: TokenStream) -> TokenStream {
    let placed = tokens.into_iter().map(|token| {
        let span = ends(ty).0.resolved_at(token.span());
        let mut token = match token {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), placed_at(ty, group.stream())).into()
            }
            other => other,
        };
        token.set_span(span);
        token
    });
    placed.collect()
}

/// The body as it runs once the guard has let the request pass; in a block of its own, since items
/// in it would else be what the guard's names mean.
fn body(
    handler: &Handler,
    shape: &Shape,
    has_answer: bool,
    private: &TokenStream,
    rebind: &TokenStream,
) -> TokenStream {
    let site = Span::mixed_site();
    let mut block = Group::new(Delimiter::Brace, handler.body.clone());
    let own = handler.brace.span.join();
    // What is wrong with an empty body is wrong with the user's braces; of others no lint is to speak.
    block.set_span(if handler.body.is_empty() {
        own
    } else {
        own.resolved_at(site)
    });
    let body = quote_spanned! {site=> #rebind #block };
    let ty = match &shape.outcome {
        Outcome::Named(_) => return body,
        Outcome::Opaque => quote_spanned! {site.located_at(returned(handler))=> _ },
        Outcome::Carrier(ty) => ty.to_token_stream(),
    };
    let run = if handler.sig.asyncness.is_some() {
        run_async
    } else {
        run_closure
    };
    let ran = run(&handler.brace, &ty, private, &body);
    let allowed = allowed(&shape.outcome, has_answer, private);
    quote_spanned! {site=> let __require_claims_outcome = #ran; #allowed }
}

/// Where the return type starts.
fn returned(handler: &Handler) -> Span {
    match &handler.sig.output {
        ReturnType::Type(_, ty) => ends(ty).0,
        ReturnType::Default => Span::call_site(),
    }
}

/// An `async` block at the user's opening brace, so that rustc speaks of the body as it would of the
/// function without the attribute.
fn run_async(
    brace: &token::Brace,
    ty: &TokenStream,
    private: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let mut block = TokenStream::new();
    let expected = expected_outcome(ty, private);
    brace.surround(&mut block, |tokens| tokens.append_all([&expected, body]));
    let keywords = quote_spanned! {brace.span.open()=> async move };
    quote_spanned! {Span::mixed_site()=> #keywords #block.await }
}

/// A closure says its return type itself. It is handed to a function that takes any `FnOnce`, so
/// that the body may use its arguments up.
fn run_closure(
    brace: &token::Brace,
    ty: &TokenStream,
    private: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let mut block = TokenStream::new();
    brace.surround(&mut block, |tokens| body.to_tokens(tokens));
    let head = quote_spanned! {brace.span.open()=> move |()| -> };
    quote_spanned! {Span::mixed_site()=>
        #private::Result::unwrap_or_else(#private::Result::Err(()), #head #ty #block)
    }
}

/// A `return` that is never taken: it tells what `?` and `return` in an `async` block convert to.
/// Placed at the return type, so that rustc points there if the body is of another.
fn expected_outcome(ty: &TokenStream, private: &TokenStream) -> TokenStream {
    let first = ty.clone().into_iter().next();
    let at = first.map_or_else(Span::call_site, |first| first.span());
    quote_spanned! {Span::mixed_site().located_at(at)=>
        if let #private::Result::Ok(__require_claims_outcome) = #private::Result::<#ty, ()>::Err(()) {
            return __require_claims_outcome;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crate_of_a_macro_is_not_told_but_stays_in_a_name() {
        for (written, shown) in [
            ("$crate::claims::PLAN = $crate::PRO", "claims::PLAN = PRO"),
            ("any($crate::A, role = \"a\")", "any(A, role = \"a\")"),
            ("role = \"$crate::x\"", "role = \"$crate::x\""),
            (
                r#"role = "\"$crate::x", $crate::A"#,
                r#"role = "\"$crate::x", A"#,
            ),
            (r#"role = "\\", $crate::A"#, r#"role = "\\", A"#),
        ] {
            assert_eq!(without_crate(written), shown);
        }
    }

    #[test]
    fn a_backtick_is_within_two() {
        assert_eq!(code("role = \"a`b\""), "`` role = \"a`b\" ``");
        assert_eq!(code("mfa"), "`mfa`");
    }
}
