//! Checked arguments and a handler → code.
//!
//! The docs of the attribute show what comes out: for a handler that returns a type with a name, a
//! prologue before the body; a type with `impl Trait` cannot be named, so there the body becomes a block
//! of its own, whose outcome is wrapped in a `Guarded`. `tests/docs.rs` compares both with what is
//! written here. The variables of the expansion have names that nobody gives an item:
//! a pattern finds items where it stands, also by the name of a variable.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt as _, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{LitStr, Path, Type};

use crate::arguments;
use crate::body;
use crate::claims_argument;
use crate::handler::{Handler, Shape};
use crate::outcome::Outcome;
use crate::tree::Args;
use crate::values;

/// The handler with its guard. None if that would be less than what is written.
pub(crate) fn expand(args: &Args, mut handler: Handler, shape: &Shape) -> Option<TokenStream> {
    let site = Span::mixed_site();
    let private = values::private(args.options.krate.as_ref());
    let name = LitStr::new(&handler.sig.ident.unraw().to_string(), site);
    let requirements = values::requirements(&args.requirements, &private)?;
    let arguments = arguments::take(&mut handler, shape)?;
    let event = &arguments.event;
    let rejected = rejected(&shape.outcome, args.options.on_reject.as_ref(), &private);
    let claims = &handler.claims;
    let prologue = if claims.is_empty() {
        quote_spanned! {site=>
            if let #private::Result::Err(__require_claims_rejection) =
                #private::check(#event, #name, #requirements)
            {
                return #rejected;
            }
        }
    } else {
        let read = claims_argument::read(claims, &private);
        let values = claims_argument::values(claims);
        let variables = claims_argument::variables(claims);
        quote_spanned! {site=>
            let #values = match #private::guard(#event, #name, #requirements, #read) {
                #private::Result::Ok(__require_claims_values) => __require_claims_values,
                #private::Result::Err(__require_claims_rejection) => return #rejected,
            };
            #variables
        }
    };
    let has_answer = args.options.on_reject.is_some();
    let body = body::guarded(&handler, shape, has_answer, &private, &arguments);
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

/// The rejection as the function returns it, by way of the function of `on_reject` if there is one.
fn rejected(outcome: &Outcome, on_reject: Option<&Path>, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    if let Some(path) = on_reject {
        return answered(outcome, path, private);
    }
    match outcome {
        Outcome::Named(ty) => {
            quote_spanned! {site=> <#ty as #private::FromRejection>::from_rejection(__require_claims_rejection) }
        }
        Outcome::Opaque { .. } => {
            quote_spanned! {site=> #private::Guarded::rejected(__require_claims_rejection) }
        }
        Outcome::Carrier { ty, .. } => {
            let rejected =
                quote_spanned! {site=> #private::Guarded::rejected(__require_claims_rejection) };
            placed_at(ty, quote_spanned! {site=> #private::Result::Ok(#rejected) })
        }
    }
}

/// What the function of `on_reject` answers, as the handler returns it; placed at the path, so that
/// rustc points there if it is no such function.
fn answered(outcome: &Outcome, path: &Path, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    let placed = values::placed(path);
    let private = values::moved(private, placed);
    let answer = quote_spanned! {placed=> #path(__require_claims_rejection) };
    let answer_of = quote_spanned! {placed=> #private::OnRejectResponse };
    match outcome {
        Outcome::Named(_) => answer,
        Outcome::Opaque { is_response: true } => {
            quote_spanned! {placed=> #answer_of(#answer).into_guarded() }
        }
        Outcome::Opaque { .. } => {
            quote_spanned! {site=> #private::Guarded::rejected_with(#answer) }
        }
        Outcome::Carrier {
            is_response: true, ..
        } => quote_spanned! {placed=> #answer_of::in_result(#answer).into_result() },
        Outcome::Carrier { .. } => quote_spanned! {site=> #private::answer(#answer) },
    }
}

/// Where a type starts and ends.
pub(crate) fn ends(ty: &Type) -> (Span, Span) {
    let mut spans = ty.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
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
