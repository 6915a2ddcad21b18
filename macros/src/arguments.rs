//! The handler's arguments: the event as the guard sees it, and all of them as the body gets them.
//!
//! A function has a variable for each of its arguments, in their order. So has a block that the body
//! is put into, with values that are moved there: a block that takes what it uses would have a copy of
//! a field, or a reference to what one thread alone may have.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Attribute, FnArg, Pat, PatIdent, PatType, Receiver, ReceiverKind, Type};

use crate::claims_argument::{bindings, is_marker};
use crate::expand::ends;
use crate::handler::{Handler, Shape, bare};
use crate::outcome::Outcome;

/// What the guard and the body have of them.
pub(crate) struct Arguments {
    /// The event as `check` takes it.
    pub(crate) event: TokenStream,
    /// The body's variables, where those of the signature are others, or are outside of its block.
    pub(crate) variables: TokenStream,
    /// Whether a block takes `self`, too.
    pub(crate) is_self_moved: bool,
    /// What rustc is not to say of that block.
    pub(crate) allow: TokenStream,
}

/// Takes them out of the signature, as far as they get their names in the body.
pub(crate) fn take(handler: &mut Handler, shape: &Shape) -> Option<Arguments> {
    let (event, mut of_event) = event(handler, shape.event)?;
    let mut arguments = Arguments {
        event,
        variables: TokenStream::new(),
        is_self_moved: false,
        allow: TokenStream::new(),
    };
    let is_block = !matches!(shape.outcome, Outcome::Named(_));
    // A function has them already, but what comes behind a pattern is dropped before its variables.
    let first = match of_event {
        _ if is_block => 0,
        Some(_) => shape.event,
        None => handler.sig.inputs.len(),
    };
    for (place, input) in handler.sig.inputs.iter_mut().enumerate().skip(first) {
        match input {
            FnArg::Receiver(receiver) => {
                arguments.add_self(receiver, handler.sig.asyncness.is_some());
            }
            FnArg::Typed(argument) if place == shape.event => {
                arguments.add_event(argument, of_event.take(), place);
            }
            FnArg::Typed(argument) => arguments.variables.extend(variables(argument, place)),
        }
    }
    let claims = handler.claims.iter_mut().filter(|_| is_block).enumerate();
    let of_claims = claims.map(|(place, argument)| variables(argument, place));
    arguments.variables.extend(of_claims);
    Some(arguments)
}

impl Arguments {
    /// `self` cannot have another name, so all of it is used and thereby moved. A closure of a function
    /// that is not `async` takes what it uses of an owned one, and that is gone afterwards as well.
    fn add_self(&mut self, receiver: &Receiver, is_async: bool) {
        let is_reference = match &receiver.kind {
            ReceiverKind::Reference(..) => true,
            ReceiverKind::Typed(_, ty) => matches!(bare(ty), Type::Reference(_)),
            _ => false,
        };
        if is_async || is_reference {
            let site = Span::mixed_site();
            let name = &receiver.self_token;
            let used = quote_spanned! {site=> let _ = &#name; };
            self.variables.extend(used);
            self.is_self_moved = true;
            // Of what a block has taken, rustc looks whether it is read again; of `self` it does not.
            if !is_reference {
                self.allow = quote_spanned! {site=> #[allow(unused_assignments)] };
            }
        }
    }

    /// The guard has used it, so nobody is to be told that it is unused.
    fn add_event(&mut self, event: &mut PatType, of_pattern: Option<TokenStream>, place: usize) {
        if of_pattern.is_some() {
            self.variables.extend(of_pattern);
            return;
        }
        self.variables.extend(variables(event, place));
        if let Pat::Ident(PatIdent { ident, .. }) = &*event.pat {
            let used = quote_spanned! {Span::mixed_site()=> let _ = &#ident; };
            self.variables.extend(used);
        }
    }
}

/// The event as `check` takes it, and where it has no simple name the variables of its pattern.
fn event(handler: &mut Handler, place: usize) -> Option<(TokenStream, Option<TokenStream>)> {
    let Some(FnArg::Typed(argument)) = handler.sig.inputs.get_mut(place) else {
        return None;
    };
    if let Some(name) = simple_name(&argument.pat) {
        let name = name.ident.clone();
        return Some((borrowed(&name, argument), None));
    }
    let name = own_name(&argument.pat, "__require_claims_event");
    let variables = renamed(argument, &name, &[]);
    Some((borrowed(&name, argument), Some(variables)))
}

/// The body's variables for an argument, which stays what others read in the signature; what its pattern
/// gives no name to is left there, and dropped after them.
fn variables(argument: &mut PatType, place: usize) -> TokenStream {
    let attrs = take_attributes(argument);
    if simple_name(&argument.pat).is_none() {
        match &*argument.pat {
            Pat::Wild(_) => return TokenStream::new(),
            Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
                let name = own_name(&argument.pat, "");
                return renamed(argument, &name, &attrs);
            }
            pat if hides_names(pat.to_token_stream()) => {
                let name = own_name(pat, &format!("__require_claims_argument_{place}"));
                return renamed(argument, &name, &attrs);
            }
            _ => {}
        }
    }
    let mut names = Vec::new();
    bindings(&argument.pat, &mut names);
    let mut mutable = Vec::new();
    let pat = without_mut(argument.pat.to_token_stream(), &mut mutable);
    let variables = names.into_iter().map(|name| {
        let mutability = mutable.iter().find(|(_, of)| of == name);
        let mutability = mutability.map(|(mutability, _)| mutability);
        quote_spanned! {Span::mixed_site()=> #(#attrs)* let (#mutability #name,) = (#name,); }
    });
    let variables = variables.collect();
    *argument.pat = match &*argument.pat {
        // As it is, for whoever looks for a name.
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
            let mut name = name.clone();
            name.mutability = None;
            Pat::Ident(name)
        }
        _ => Pat::Verbatim(pat),
    };
    variables
}

/// Gives an argument another name, and the pattern its value again. Within a tuple, which moves the
/// value whatever the pattern does with it; and clippy calls `let _event = _event;` without effect.
fn renamed(argument: &mut PatType, name: &Ident, attrs: &[Attribute]) -> TokenStream {
    let pat = std::mem::replace(&mut *argument.pat, Pat::Verbatim(name.to_token_stream()));
    let pat = match pat {
        // It holds the value, as an argument without a name does.
        Pat::Wild(_) => name.to_token_stream(),
        pat => pat.to_token_stream(),
    };
    quote_spanned! {Span::mixed_site()=> #(#attrs)* let (#pat,) = (#name,); }
}

/// Lints of an argument are of its variable; conditions are of both.
fn take_attributes(argument: &mut PatType) -> Vec<Attribute> {
    let is_condition =
        |attr: &Attribute| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr");
    let attrs = argument.attrs.iter().filter(|attr| !is_marker(attr));
    let attrs = attrs.cloned().collect();
    argument
        .attrs
        .retain(|attr| is_marker(attr) || is_condition(attr));
    attrs
}

/// Whether a pattern may bind names that do not stand in it, or one name in several places.
fn hides_names(pat: TokenStream) -> bool {
    pat.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => matches!(punct.as_char(), '!' | '|'),
        TokenTree::Group(group) => hides_names(group.stream()),
        _ => false,
    })
}

/// A pattern without the `mut` of its names, collected with them; a `ref mut` and a `&mut` stay.
fn without_mut(pat: TokenStream, mutable: &mut Vec<(Ident, Ident)>) -> TokenStream {
    let mut kept = TokenStream::new();
    let mut before: Option<TokenTree> = None;
    let mut tokens = pat.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_of_a_reference = before.as_ref().is_some_and(|before| match before {
            TokenTree::Ident(word) => word == "ref",
            TokenTree::Punct(punct) => punct.as_char() == '&',
            _ => false,
        });
        let token = match (token, tokens.peek()) {
            (TokenTree::Ident(word), Some(TokenTree::Ident(name)))
                if word == "mut" && !is_of_a_reference =>
            {
                mutable.push((word, name.clone()));
                continue;
            }
            (TokenTree::Group(group), _) => {
                let inner = without_mut(group.stream(), mutable);
                let mut plain = proc_macro2::Group::new(group.delimiter(), inner);
                plain.set_span(group.span());
                plain.into()
            }
            (token, _) => token,
        };
        before = Some(token.clone());
        kept.extend([token]);
    }
    kept
}

/// The argument's name where the guard can use it. A name with `_` in front says that it is not
/// used, so it is treated as a pattern, and clippy has nothing to say about the guard's use.
fn simple_name(pat: &Pat) -> Option<&PatIdent> {
    match pat {
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
            (!name.ident.unraw().to_string().starts_with('_')).then_some(name)
        }
        _ => None,
    }
}

/// What the argument is called instead of its pattern: as the pattern where that is a name, which
/// rustdoc shows, else what nobody calls an item, since a pattern would mean that.
fn own_name(pat: &Pat, other: &str) -> Ident {
    match pat {
        Pat::Ident(pat) => {
            let mut name = pat.ident.clone();
            name.set_span(Span::mixed_site().located_at(name.span()));
            name
        }
        _ => Ident::new(other, Span::mixed_site()),
    }
}

/// `&event`, placed at the argument's type, so that rustc points there if it is no event.
fn borrowed(name: &Ident, argument: &PatType) -> TokenStream {
    let (first, last) = ends(&argument.ty);
    let ampersand = quote_spanned! {first.resolved_at(name.span())=> & };
    let ampersand = (!matches!(bare(&argument.ty), Type::Reference(_))).then_some(ampersand);
    let mut name = name.clone();
    name.set_span(last.resolved_at(name.span()));
    quote_spanned! {last=> #ampersand #name }
}
