//! The demo users, and the payloads of their session tokens as SuperTokens writes them.

use rsa::sha2::{Digest as _, Sha256};
use serde_json::{Map, Value, json};

use crate::identifier;

/// A demo user, for whom the built-in issuer signs tokens.
#[derive(Debug)]
pub struct User {
    /// The name in the path of the token endpoint.
    pub name: &'static str,
    /// A description for the list of users.
    pub description: &'static str,
    /// Whether the email address is verified.
    pub email_verified: bool,
    /// The roles, in the order in which the token lists them.
    pub roles: &'static [&'static str],
    /// The permissions, in the order in which the token lists them.
    pub permissions: &'static [&'static str],
    /// The factors that the session has completed.
    pub factors: &'static [&'static str],
    /// Whether the session has completed all required factors.
    pub mfa: bool,
}

/// All demo users.
pub const USERS: &[User] = &[
    User {
        name: "newcomer",
        description: "role customer, email address not verified",
        email_verified: false,
        roles: &["customer"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "customer",
        description: "email verified, role customer",
        email_verified: true,
        roles: &["customer"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "support",
        description: "email verified, role support",
        email_verified: true,
        roles: &["support"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "admin",
        description: "email verified, role admin, second factor not completed",
        email_verified: true,
        roles: &["admin"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "admin-mfa",
        description: "email verified, role admin, permission reports:read, second factor completed",
        email_verified: true,
        roles: &["admin"],
        permissions: &["reports:read"],
        factors: &["emailpassword", "totp"],
        mfa: true,
    },
    User {
        name: "staff",
        description: "email verified, roles customer, admin and support, permission reports:read, second factor completed",
        email_verified: true,
        roles: &["customer", "admin", "support"],
        permissions: &["reports:read"],
        factors: &["emailpassword", "totp"],
        mfa: true,
    },
];

impl User {
    /// Finds a user by name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        USERS.iter().find(|user| user.name == name)
    }

    /// The payload of a session token, issued at `from` and valid until `until`, in seconds since 1970.
    #[must_use]
    pub fn payload(&self, issuer: &str, audience: &str, from: u64, until: u64) -> Value {
        // The user id stays the same when the gateway restarts; the session id does not.
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
