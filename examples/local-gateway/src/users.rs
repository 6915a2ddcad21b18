//! The demo users, and their session tokens' payloads in the form of SuperTokens.

use rsa::sha2::{Digest as _, Sha256};
use serde_json::{Map, Value, json};

use crate::identifier;

/// Somebody who can ask the built-in issuer for a token.
#[derive(Debug)]
pub struct User {
    /// The name that the token endpoint knows.
    pub name: &'static str,
    /// Who this is, for the list of users.
    pub about: &'static str,
    /// Whether the e-mail address is verified.
    pub email_verified: bool,
    /// The roles, in the order of the token.
    pub roles: &'static [&'static str],
    /// The permissions, in the order of the token.
    pub permissions: &'static [&'static str],
    /// The factors that this session has completed.
    pub factors: &'static [&'static str],
    /// Whether that is all that the user has to complete.
    pub mfa: bool,
}

/// The users whom the built-in issuer knows.
pub const USERS: &[User] = &[
    User {
        name: "newcomer",
        about: "signed up a minute ago: e-mail address not verified",
        email_verified: false,
        roles: &["customer"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "customer",
        about: "verified, role customer",
        email_verified: true,
        roles: &["customer"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "support",
        about: "verified, role support",
        email_verified: true,
        roles: &["support"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "admin",
        about: "verified, role admin, second factor not yet passed",
        email_verified: true,
        roles: &["admin"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "admin-mfa",
        about: "verified, role admin, permission reports:read, second factor passed",
        email_verified: true,
        roles: &["admin"],
        permissions: &["reports:read"],
        factors: &["emailpassword", "totp"],
        mfa: true,
    },
    User {
        name: "staff",
        about: "verified, roles customer, admin and support, second factor passed",
        email_verified: true,
        roles: &["customer", "admin", "support"],
        permissions: &["reports:read"],
        factors: &["emailpassword", "totp"],
        mfa: true,
    },
];

impl User {
    /// The user of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        USERS.iter().find(|user| user.name == name)
    }

    /// The payload of a session token, with times in seconds since 1970.
    #[must_use]
    pub fn payload(&self, issuer: &str, audience: &str, from: u64, until: u64) -> Value {
        // The user keeps the same id over restarts of the gateway; the session does not.
        let id = identifier::uuid_from(&Sha256::digest(self.name));
        let fetched = from * 1000 + 123;
        let factors: Map<_, _> = self
            .factors
            .iter()
            .map(|factor| ((*factor).to_owned(), json!(from)))
            .collect();
        json!({
            "iat": from,
            "exp": until,
            "sub": id,
            "tId": "public",
            "rsub": id,
            "sessionHandle": identifier::uuid(),
            "refreshTokenHash1": identifier::random_hex(32),
            "parentRefreshTokenHash1": null,
            "antiCsrfToken": null,
            "iss": issuer,
            "aud": audience,
            "stt": 0,
            "st-ev": {"v": self.email_verified, "t": fetched},
            "st-role": {"v": self.roles, "t": fetched},
            "st-perm": {"v": self.permissions, "t": fetched},
            "st-mfa": {"c": factors, "v": self.mfa},
        })
    }
}
