//! What stands in for a guarded handler that could not be made: the item as it is, and the errors.

use proc_macro2::TokenStream;

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
        // Its callers know nothing of those, and its body does.
        Ok(mut handler) if claims_argument::is_in(&handler) => {
            let claims = claims_argument::stand_in(&mut handler.sig, &handler.claims);
            function(&handler, &TokenStream::new(), &claims, &handler.body)
        }
        _ => item,
    };
    tokens.extend(errors.to_compile_error());
    tokens
}
