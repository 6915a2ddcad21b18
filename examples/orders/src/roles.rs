//! The roles and permissions of the shop as enums, so that a misspelt name does not compile.

use require_claims::ClaimValue;

#[derive(ClaimValue)]
#[claim(rename_all = "kebab-case")]
pub(crate) enum Role {
    Customer,
    Admin,
}

#[derive(ClaimValue)]
pub(crate) enum Permission {
    #[claim(rename = "reports:read")]
    ReadReports,
}
