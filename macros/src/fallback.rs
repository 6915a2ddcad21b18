//! What stands in for a guarded handler that could not be made: the item as it is, and the errors.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::claims_argument;
use crate::expand::function;
use crate::handler::Handler;

/// The user's item and one `compile_error!` for each error.
///
/// The item stays, so that its callers and its body are checked as ever and nobody drowns in
/// follow-up errors. This is the only place that emits an unguarded body, and it is never compiled
/// into anything: `errors` is at least one error.
pub(crate) fn fallback(item: TokenStream, errors: &syn::Error) -> TokenStream {
    let mut tokens = match syn::parse2::<Handler>(item.clone()) {
        // Its callers know nothing of claims as arguments, and its body does; and it uses its event.
        Ok(mut handler) => {
            let event = handler.event_name();
            let event = event.map(|name| quote_spanned! {Span::mixed_site()=> let _ = &#name; });
            let mut before = claims_argument::stand_in(&mut handler.sig, &handler.claims);
            before.extend(event);
            function(&handler, &TokenStream::new(), &before, &handler.body)
        }
        Err(_) => item,
    };
    tokens.extend(errors.to_compile_error());
    tokens
}
