//! The replacement for a handler that cannot be guarded: the unchanged item and the errors.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::body::{function, in_place};
use super::claims_parameters;
use crate::handler::{Handler, event_name};

/// The user's item and one `compile_error!` for each error.
///
/// The item stays, so that its callers and its body are checked as usual and cause no follow-up errors. This is
/// the only place that emits an unguarded body. It never runs: `errors` contains at least one error, so
/// compilation fails.
pub(crate) fn fallback(item: TokenStream, errors: &syn::Error) -> TokenStream {
    let mut tokens = match syn::parse2::<Handler>(item.clone()) {
        // As in the expansion: callers do not pass the claims, and the event counts as used.
        Ok(mut handler) => {
            let event = event_name(&handler.sig);
            let event = event.map(|name| quote_spanned! {Span::mixed_site()=> let _ = &#name; });
            let claims = claims_parameters::stand_in(&mut handler.sig, &handler.claims);
            let body = in_place(
                &handler,
                &quote_spanned! {Span::mixed_site()=> #claims #event },
            );
            function(&handler, &TokenStream::new(), &body)
        }
        Err(_) => item,
    };
    tokens.extend(errors.to_compile_error());
    tokens
}
