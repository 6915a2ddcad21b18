//! Documentation: one page for each question of a reader. These modules contain no items.
//!
//! [is this for me]: is_this_for_me
//! [first function]: first_function
//! [authorizers]: authorizers
//! [custom claims]: custom_claims
//! [testing]: testing
//! [deploy]: deploy
//! [guarantees]: guarantees
//! [troubleshooting]: troubleshooting
//! [rejections]: rejections
//! [security]: security
//!
#![doc = include_str!("../docs/README.md")]

// As in `lib.rs`, the links are defined before each page: the first definition of a link counts.

/// [authorizers]: crate::guide::authorizers
/// [custom claims]: crate::guide::custom_claims
/// [max_age]: macro@crate::require_claims#maximum-age
/// [first function]: crate::guide::first_function
/// [other issuers]: crate#issuers
/// [deploy]: crate::guide::deploy
/// [cookies]: crate::guide::troubleshooting#the-token-is-in-a-cookie
/// [paths]: macro@crate::require_claims#ownership-checks-path
/// [costs]: crate#costs
/// [plot]: #plot
///
#[doc = include_str!("../docs/is_this_for_me.md")]
/// <div id="plot">
#[doc = include_str!("../docs/growth.svg")]
/// </div>
pub mod is_this_for_me {}

/// [requirements]: crate#requirements
/// [custom claims]: crate::guide::custom_claims
/// [testing]: crate::guide::testing
/// [deploy]: crate::guide::deploy
///
#[doc = include_str!("../docs/first_function.md")]
pub mod first_function {}

/// [custom claims]: crate::guide::custom_claims
/// [text and tokens]: crate::guide::guarantees#text-and-tokens
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
/// [`Requirement`]: crate::Requirement
/// [`supertokens`]: crate::supertokens
/// [`all`]: crate::all
/// [`any`]: crate::any
/// [`Rejection`]: crate::Rejection
/// [`oidc`]: mod@crate::oidc
/// [`cognito`]: mod@crate::cognito
/// [`auth0`]: mod@crate::auth0
/// [`entra`]: mod@crate::entra
/// [`keycloak`]: mod@crate::keycloak
/// [`okta`]: mod@crate::okta
/// [text and tokens]: crate::guide::guarantees#text-and-tokens
///
#[doc = include_str!("../docs/custom_claims.md")]
// The examples need this feature.
#[cfg(any(feature = "testing", not(doctest)))]
pub mod custom_claims {}

#[cfg_attr(feature = "testing", doc = "[test kit]: mod@crate::testing")]
#[cfg_attr(feature = "template", doc = "[template]: mod@crate::testing::template")]
/// [remains]: crate::guide::security#what-remains
/// [format 1.0]: crate::guide::guarantees#payload-format-10
/// [custom claims]: crate::guide::custom_claims
/// [requirements as values]: crate::guide::custom_claims#requirements-as-values
/// [other issuers]: crate#issuers
/// [text and tokens]: crate::guide::guarantees#text-and-tokens
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
/// [symptoms]: crate::guide::troubleshooting
///
#[doc = include_str!("../docs/rejections.md")]
// The examples need this feature.
#[cfg(any(feature = "testing", not(doctest)))]
pub mod rejections {}

/// [rotation]: crate::guide::troubleshooting#a-wave-of-401-after-a-key-rotation
/// [old claims]: crate::guide::troubleshooting#expired-although-the-user-has-just-signed-in-or-refreshed
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
#[cfg_attr(
    feature = "axum",
    doc = "[`GuardedRouter`]: crate::axum::GuardedRouter"
)]
/// [oauth2]: macro@crate::require_claims#oauth-2-access-tokens
/// [stricter]: crate::guide::security#where-it-is-stricter-than-supertokens-sdk
/// [template]: crate::guide::testing#the-template
/// [old claims]: crate::guide::troubleshooting#expired-although-the-user-has-just-signed-in-or-refreshed
/// [remains]: crate::guide::security#what-remains
/// [binding]: crate::guide::security#when-a-token-is-bound
///
#[doc = include_str!("../docs/guarantees.md")]
// The examples need this feature.
#[cfg(any(feature = "testing", not(doctest)))]
pub mod guarantees {}

#[cfg_attr(
    feature = "axum",
    doc = "[`DenyUncheckedLayer`]: crate::axum::DenyUncheckedLayer"
)]
/// [backend]: crate::guide::deploy#the-backend
/// [authorizers]: crate::guide::authorizers
/// [lambda]: crate::guide::authorizers#lambda-authorizer
/// [template]: crate::guide::testing#the-template
/// [test kit]: crate::guide::testing#routers-of-axum
/// [text and tokens]: crate::guide::guarantees#text-and-tokens
/// [custom claims]: crate::guide::custom_claims
/// [remains]: crate::guide::security#what-remains
/// [paths]: macro@crate::require_claims#ownership-checks-path
/// [cors]: crate::guide::rejections#cors
///
#[doc = include_str!("../docs/troubleshooting.md")]
pub mod troubleshooting {}

/// [guarantees]: crate::guide::guarantees
/// [old claims]: crate::guide::troubleshooting#expired-although-the-user-has-just-signed-in-or-refreshed
///
#[doc = include_str!("../SECURITY.md")]
pub mod security {}
