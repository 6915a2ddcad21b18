//! The claims of other issuers, as constants: one module for each issuer.
//!
//! A constant declares the form in which its issuer writes the claim. `without_spaces` and `without_commas` are
//! declared only where the issuer documents the rule.

pub mod auth0;
pub mod cognito;
pub mod entra;
pub mod keycloak;
pub mod oidc;
pub mod okta;
