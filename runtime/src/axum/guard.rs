//! The guard as the first extractor of a handler.

use http::request::Parts;

use crate::answer::Rejection;
use crate::requirement::Requirement;

/// An extractor that checks the requirements of a handler. The attribute writes one for each handler of axum.
///
/// ```
/// use std::future::{Future, ready};
///
/// use axum::extract::FromRequestParts;
/// use http::request::Parts;
/// use require_claims::Rejection;
/// use require_claims::axum::{Guard, GuardedRouter, check, delete};
/// use require_claims::supertokens::ROLE;
///
/// struct Admin;
///
/// impl Guard for Admin {
///     const REQUIREMENTS: &'static str = "role = \"admin\"";
/// }
///
/// impl<S: Sync> FromRequestParts<S> for Admin {
///     type Rejection = Rejection;
///
///     fn from_request_parts(
///         parts: &mut Parts,
///         _: &S,
///     ) -> impl Future<Output = Result<Self, Rejection>> + Send {
///         ready(check(parts, "cancel_order", &[ROLE.includes("admin")]).map(|()| Admin))
///     }
/// }
///
/// async fn cancel_order(_: Admin) -> &'static str {
///     "cancelled"
/// }
///
/// let router: GuardedRouter = GuardedRouter::new().route("/orders/{id}", delete(cancel_order));
/// # let _ = router;
/// ```
#[diagnostic::on_unimplemented(
    message = "this handler has no `#[require_claims(…)]`",
    label = "`{Self}` is not the guard of a handler",
    note = "add the attribute to the handler; if its argument is the whole `Request`, write `#[require_claims(…, axum)]`",
    note = "if anyone may call it, add the route with `public_route`"
)]
pub trait Guard {
    /// The requirements, as the list of routes shows them.
    const REQUIREMENTS: &'static str;
}

/// The arguments of a guarded handler: the guard, then the extractors.
#[diagnostic::on_unimplemented(
    message = "this handler has no `#[require_claims(…)]`",
    label = "a `GuardedRouter` accepts guarded handlers only",
    note = "add the attribute to the handler; if its argument is the whole `Request`, write `#[require_claims(…, axum)]`",
    note = "if anyone may call it, add the route with `public_route`"
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

// axum implements `Handler` for functions with up to 16 arguments. The guard is one of them.
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
    super::attribute::guard(parts, handler, requirements, |_| Ok(()))
}
