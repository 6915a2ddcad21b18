#![cfg_attr(docsrs, feature(doc_cfg))]
// In the Markdown files, links lead to other files. Here they lead to items: if a link is defined several
// times, the first definition counts.
//! [attribute]: macro@require_claims
//! [guide]: mod@guide
//! [is this for me]: guide::is_this_for_me
//! [first function]: guide::first_function
//! [costs]: guide::is_this_for_me#costs
//! [authorizers]: guide::authorizers
//! [custom claims]: guide::custom_claims
//! [testing]: guide::testing
//! [rejections]: guide::rejections
//! [text and tokens]: guide::guarantees#text-and-tokens
//! [guarantees]: guide::guarantees
//! [deploy]: guide::deploy
//! [troubleshooting]: guide::troubleshooting
//! [security]: guide::security
//! [oidc]: mod@oidc
//! [cognito]: mod@cognito
//! [auth0]: mod@auth0
//! [entra]: mod@entra
//! [keycloak]: mod@keycloak
//! [okta]: mod@okta
//!
#![doc = include_str!("../README.md")]

// A request passes through four steps: find (`gateway`, `token`), read (`value`), decide (`validator`,
// `decide`) and answer (`answer`). `guard` runs them in this order; CONTRIBUTING.md has a map of the modules.

mod answer;
#[cfg(feature = "axum")]
pub mod axum;
#[cfg(not(feature = "axum"))]
#[path = "axum/missing.rs"]
mod axum;
mod claims;
mod decide;
mod extract;
mod gateway;
mod guard;
pub mod guide;
mod macro_support;
pub mod reject;
mod requirement;
#[cfg(feature = "testing")]
pub mod testing;
mod token;
#[cfg(feature = "tower")]
pub mod tower;
mod validator;
mod value;

pub use answer::{ClaimValidationError, FromRejection, ReasonKind, Rejection};
pub use claims::issuers::{auth0, cognito, entra, keycloak, oidc, okta};
pub use claims::{
    BooleanClaim, ClaimValue, MultiFactorAuthClaim, Primitive, PrimitiveArrayClaim, PrimitiveClaim,
    TimeClaim, supertokens,
};
pub use extract::{FromClaims, Session};
pub use gateway::{GatewayEvent, ignore_authorization_header};
pub use guard::extract_claims;
pub use require_claims_macros::{ClaimValue, require_claims};
pub use requirement::{Requirement, all, any};
pub use validator::Factors;

#[doc(hidden)]
pub mod __private {
    #[cfg(feature = "axum")]
    pub use crate::axum::attribute as axum;
    pub use crate::macro_support::*;
}
