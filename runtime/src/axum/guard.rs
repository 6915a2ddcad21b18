//! The guard as the first extractor of a handler.

use http::request::Parts;

use super::request::matched;
use crate::answer::Rejection;
use crate::requirement::Requirement;
use crate::tower::Checked;

/// An extractor that checks the requirements of a handler. See [the module](super) for an example.
#[diagnostic::on_unimplemented(
    message = "the first argument of this handler is not a guard",
    label = "`{Self}` is not the guard of a handler",
    note = "add a `require_claims::axum::Guard` as the first argument, or add the route with `public_route`"
)]
pub trait Guard {
    /// The requirements, as the list of routes shows them.
    const REQUIREMENTS: &'static str;
}

/// The arguments of a guarded handler: the guard, then the extractors.
#[diagnostic::on_unimplemented(
    message = "the first argument of this handler is not a guard",
    label = "a `GuardedRouter` accepts guarded handlers only",
    note = "add a `require_claims::axum::Guard` as the first argument, or add the route with `public_route`"
)]
pub trait GuardedHandler {
    /// The requirements, as the list of routes shows them.
    const REQUIREMENTS: &'static str;
}

/// Implements the trait for the guard with these extractors, and with fewer of them.
macro_rules! guarded_handlers {
    (@ $($extractor:ident)*) => {
        // The first type says whether the last extractor takes the whole request.
        impl<Via, G: Guard, $($extractor),*> GuardedHandler for (Via, G, $($extractor,)*) {
            const REQUIREMENTS: &'static str = G::REQUIREMENTS;
        }
    };
    ($first:ident $($others:ident)*) => {
        guarded_handlers!(@ $first $($others)*);
        guarded_handlers!($($others)*);
    };
    () => {
        guarded_handlers!(@);
    };
}

// Handlers of axum have up to 16 arguments, the guard included.
guarded_handlers!(A B C D E F H I J K L M N O P);

/// Checks a request that the router has matched, for a [`Guard`].
///
/// `handler` is the name of the handler in the log. Path parameters are those of the matched route, decoded, as in
/// `Path`.
///
/// # Errors
///
/// Returns a [`Rejection`] with the errors of all unmet requirements.
pub fn check(
    parts: &mut Parts,
    handler: &'static str,
    requirements: &[Requirement<'_>],
) -> Result<(), Rejection> {
    Checked::mark(&parts.extensions);
    crate::guard::check(&matched(parts), handler, requirements)
}
