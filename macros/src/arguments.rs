//! The handler's arguments: the event as the guard sees it, and all of them as the body gets them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{FnArg, Pat, PatIdent, PatType, ReceiverKind, Token, Type};

use crate::claims_argument::is_marker;
use crate::expand::ends;
use crate::handler::{Handler, Shape, bare};
use crate::outcome::Outcome;

/// What the guard and the body have of them.
pub(crate) struct Arguments {
    /// The event as `check` takes it.
    pub(crate) event: TokenStream,
    /// What gives the arguments their names in the body, where they have others or where the body is
    /// a block of its own.
    pub(crate) variables: TokenStream,
    /// `move`, of such a block, where not all that it needs is among the variables.
    pub(crate) capture: Option<Token![move]>,
}

/// Takes them out of the signature, as far as they get their names in the body.
pub(crate) fn take(handler: &mut Handler, shape: &Shape) -> Option<Arguments> {
    let (event, variables) = event(handler, shape.event)?;
    let mut arguments = Arguments {
        event,
        variables,
        capture: None,
    };
    match shape.outcome {
        Outcome::Named(_) => {}
        Outcome::Opaque { .. } | Outcome::Carrier { .. } => {
            arguments.add_variables(handler, shape.event);
        }
    }
    Some(arguments)
}

impl Arguments {
    /// Adds what an `async fn` has itself: a variable for each argument, in the order of their drops.
    /// With `move` instead, rustc would not offer to clone what was used up.
    ///
    /// `mut` leaves the signature, since it is the variables that change.
    fn add_variables(&mut self, handler: &mut Handler, event: usize) {
        let site = Span::mixed_site();
        let Handler { sig, claims, .. } = handler;
        let mut of_event = Some(std::mem::take(&mut self.variables));
        let mut all = true;
        for (place, input) in sig.inputs.iter_mut().enumerate() {
            match input {
                FnArg::Receiver(receiver) => {
                    all &= sig.asyncness.is_some()
                        && matches!(receiver.kind, ReceiverKind::Reference(..));
                }
                FnArg::Typed(argument) => match variable(argument) {
                    Some((name, again)) => {
                        self.variables.extend(again);
                        // The guard has used it, so nobody is to be told that it is unused.
                        let used =
                            (place == event).then(|| quote_spanned! {site=> let _ = &#name; });
                        self.variables.extend(used);
                    }
                    None if matches!(*argument.pat, Pat::Verbatim(_)) && place == event => {
                        self.variables.extend(of_event.take());
                    }
                    None => all = false,
                },
            }
        }
        for argument in claims {
            match variable(argument) {
                Some((_, again)) => self.variables.extend(again),
                None => all = false,
            }
        }
        self.capture = (!all).then(|| Token![move](site));
    }
}

/// The event as `check` takes it, and what gives a pattern its value afterwards.
fn event(handler: &mut Handler, place: usize) -> Option<(TokenStream, TokenStream)> {
    let Some(FnArg::Typed(argument)) = handler.sig.inputs.get_mut(place) else {
        return None;
    };
    if let Some(name) = simple_name(&argument.pat) {
        let name = name.ident.clone();
        return Some((borrowed(&name, argument), TokenStream::new()));
    }
    let name = own_name(&argument.pat);
    let pat = std::mem::replace(&mut *argument.pat, Pat::Verbatim(name.to_token_stream()));
    let rebind = match pat {
        Pat::Wild(_) => TokenStream::new(),
        pat => again(&pat, &name),
    };
    Some((borrowed(&name, argument), rebind))
}

/// Within a tuple, which moves the value whatever the pattern does with it; and clippy calls
/// `let _event = _event;` a binding without effect.
fn again(pat: &impl ToTokens, name: &Ident) -> TokenStream {
    quote_spanned! {Span::mixed_site()=> let (#pat,) = (#name,); }
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
    let ampersand = (!matches!(bare(&argument.ty), Type::Reference(_))).then_some(ampersand);
    let mut name = name.clone();
    name.set_span(last.resolved_at(name.span()));
    quote_spanned! {last=> #ampersand #name }
}

/// An argument's name, and its variable in the block. An attribute may take the argument away, such
/// as `#[cfg]`.
fn variable(argument: &mut PatType) -> Option<(Ident, TokenStream)> {
    simple_name(&argument.pat).filter(|_| argument.attrs.iter().all(is_marker))?;
    let Pat::Ident(pat) = &mut *argument.pat else {
        return None;
    };
    let inner = pat.clone();
    pat.mutability = None;
    Some((pat.ident.clone(), again(&inner, &pat.ident)))
}
