//! What stands in for a guarded handler that could not be made: the item as it is, and the errors.

use proc_macro2::TokenStream;

/// The user's item and one `compile_error!` for each error.
///
/// The item stays, so that its callers and its body are checked as ever and nobody drowns in
/// follow-up errors. This is the only place that emits an unguarded body, and it is never compiled
/// into anything: `errors` is at least one error.
pub(crate) fn fallback(item: TokenStream, errors: &syn::Error) -> TokenStream {
    let mut tokens = item;
    tokens.extend(errors.to_compile_error());
    tokens
}
