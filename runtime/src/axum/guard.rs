//! The guard as the first extractor of a handler.

use http::request::Parts;

use super::request::matched;
use crate::answer::Rejection;
use crate::decide::Denial;
use crate::requirement::Requirement;
use crate::token::ClaimSource;

/// The extractor that the attribute generates for a handler. It checks the handler's requirements.
#[diagnostic::on_unimplemented(
    message = "this handler has no `#[require_claims(…)]`",
    label = "`{Self}` is not the guard of a handler",
    note = "add `#[require_claims(…)]` to the handler, or add the route with `public_route`"
)]
pub trait Guard {
    /// The requirements as written in the attribute.
    const REQUIREMENTS: &'static str;
}

/// The arguments of a guarded handler: the guard, then the extractors.
#[diagnostic::on_unimplemented(
    message = "this handler has no `#[require_claims(…)]`",
    label = "a `GuardedRouter` accepts guarded handlers only",
    note = "add `#[require_claims(…)]` to the handler, or add the route with `public_route`"
)]
pub trait GuardedHandler {
    /// The requirements as written in the attribute.
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

/// Checks a request like [`guard`](crate::guard::guard), for the generated extractor.
#[doc(hidden)]
pub fn check<T>(
    parts: &mut Parts,
    handler: &'static str,
    requirements: &[Requirement<'_>],
    extract: impl for<'a> FnOnce(&'a ClaimSource<'a>) -> Result<T, Vec<Denial<'a>>>,
) -> Result<T, Rejection> {
    crate::guard::guard(&matched(parts), handler, requirements, extract)
}
