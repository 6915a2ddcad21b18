//! Documentation: one page for each topic. These modules contain no items.

// As in `lib.rs`, the links are defined before each page: the first definition of a link counts.

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
/// [symptoms]: crate::guide::troubleshooting
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
