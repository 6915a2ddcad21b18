#![cfg_attr(docsrs, feature(doc_cfg))]
// In the Markdown files, links lead to other files. Here they lead to items: if a link is defined several
// times, the first definition counts.
//! [attribute]: macro@require_claims
//! [authorizers]: guide::authorizers
//! [custom claims]: guide::custom_claims
//! [requirements as values]: guide::requirements_as_values
//! [testing]: guide::testing
//! [rejections]: guide::rejections
//! [text and tokens]: guide::text_and_tokens
//! [supertokens]: guide::supertokens
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

pub mod guide {
    //! Documentation: one page for each topic. These modules contain no items.

    // As above, the links are defined before each page.

    /// [custom claims]: crate::guide::custom_claims
    /// [text and tokens]: crate::guide::text_and_tokens
    /// [event]: crate::GatewayEvent#where-the-claims-are
    ///
    #[doc = include_str!("../docs/authorizers.md")]
    pub mod authorizers {}

    /// [derive]: derive@crate::ClaimValue
    /// [`BooleanClaim`]: crate::BooleanClaim
    /// [`PrimitiveClaim`]: crate::PrimitiveClaim
    /// [`PrimitiveArrayClaim`]: crate::PrimitiveArrayClaim
    /// [`MultiFactorAuthClaim`]: crate::MultiFactorAuthClaim
    /// [`TimeClaim`]: crate::TimeClaim
    /// [`Session`]: crate::Session
    /// [`extract_claims`]: crate::extract_claims
    /// [`oidc`]: mod@crate::oidc
    /// [`cognito`]: mod@crate::cognito
    /// [`auth0`]: mod@crate::auth0
    /// [`entra`]: mod@crate::entra
    /// [`keycloak`]: mod@crate::keycloak
    /// [`okta`]: mod@crate::okta
    /// [requirements as values]: crate::guide::requirements_as_values
    /// [text and tokens]: crate::guide::text_and_tokens
    ///
    #[doc = include_str!("../docs/custom_claims.md")]
    pub mod custom_claims {}

    /// [`Requirement`]: crate::Requirement
    /// [`supertokens`]: crate::supertokens
    /// [`all`]: crate::all
    /// [`any`]: crate::any
    /// [`Rejection`]: crate::Rejection
    /// [`extract_claims`]: crate::extract_claims
    /// [custom claims]: crate::guide::custom_claims
    ///
    #[doc = include_str!("../docs/requirements_as_values.md")]
    pub mod requirements_as_values {}

    #[cfg_attr(feature = "testing", doc = "[test kit]: mod@crate::testing")]
    #[cfg_attr(feature = "template", doc = "[template]: mod@crate::testing::template")]
    /// [remains]: crate::guide::security#what-remains
    /// [format 1.0]: crate::guide::text_and_tokens#payload-format-10
    /// [custom claims]: crate::guide::custom_claims
    /// [requirements as values]: crate::guide::requirements_as_values
    /// [other issuers]: crate#issuers
    /// [text and tokens]: crate::guide::text_and_tokens
    ///
    #[doc = include_str!("../docs/testing.md")]
    // The examples need these features.
    #[cfg(any(all(feature = "template", feature = "axum"), not(doctest)))]
    pub mod testing {}

    /// [`ReasonKind`]: crate::ReasonKind
    /// [`ClaimValidationError::detail`]: crate::ClaimValidationError::detail
    /// [`Rejection`]: crate::Rejection
    /// [`reject`]: crate::reject
    /// [options]: macro@crate::require_claims#options
    /// [troubleshooting]: crate::guide::troubleshooting#the-functions-log
    ///
    #[doc = include_str!("../docs/rejections.md")]
    pub mod rejections {}

    /// [binding]: crate::guide::security#when-a-token-is-bound
    ///
    #[doc = include_str!("../docs/text_and_tokens.md")]
    pub mod text_and_tokens {}

    /// [rejections]: crate::guide::rejections
    /// [deploy]: crate::guide::deploy
    /// [oauth2]: macro@crate::require_claims#oauth-2-access-tokens
    ///
    #[doc = include_str!("../docs/supertokens.md")]
    pub mod supertokens {}

    /// [supertokens]: crate::guide::supertokens
    /// [authorizers]: crate::guide::authorizers#lambda-authorizer
    /// [testing]: crate::guide::testing#the-template
    /// [remains]: crate::guide::security#what-remains
    /// [troubleshooting]: crate::guide::troubleshooting
    ///
    #[doc = include_str!("../docs/deploy.md")]
    // The examples need this feature.
    #[cfg(any(feature = "template", not(doctest)))]
    pub mod deploy {}

    #[cfg_attr(
        feature = "axum",
        doc = "[`DenyUncheckedLayer`]: crate::axum::DenyUncheckedLayer"
    )]
    /// [supertokens]: crate::guide::supertokens
    /// [authorizers]: crate::guide::authorizers
    /// [lambda]: crate::guide::authorizers#lambda-authorizer
    /// [template]: crate::guide::testing#the-template
    /// [test kit]: crate::guide::testing#routers-of-axum
    /// [text and tokens]: crate::guide::text_and_tokens
    /// [custom claims]: crate::guide::custom_claims
    /// [remains]: crate::guide::security#what-remains
    /// [paths]: macro@crate::require_claims#ownership-checks-path
    /// [cors]: crate::guide::rejections#cors
    ///
    #[doc = include_str!("../docs/troubleshooting.md")]
    // The examples need this feature.
    #[cfg(any(feature = "testing", not(doctest)))]
    pub mod troubleshooting {}

    #[doc = include_str!("../SECURITY.md")]
    pub mod security {}
}
