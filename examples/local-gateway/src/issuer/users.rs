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
        description: "role customer",
        email_verified: true,
        roles: &["customer"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "support",
        description: "role support",
        email_verified: true,
        roles: &["support"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "admin",
        description: "role admin, second factor not completed",
        email_verified: true,
        roles: &["admin"],
        permissions: &[],
        factors: &["emailpassword"],
        mfa: false,
    },
    User {
        name: "admin-mfa",
        description: "role admin, permission reports:read, second factor completed",
        email_verified: true,
        roles: &["admin"],
        permissions: &["reports:read"],
        factors: &["emailpassword", "totp"],
        mfa: true,
    },
    User {
        name: "staff",
        description: "roles customer, admin and support, reports:read, second factor completed",
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

    /// The user's id, the same at every start of the gateway.
    #[must_use]
    pub fn id(&self) -> String {
        identifier::uuid_from(&Sha256::digest(self.name))
    }

    /// The payload of a session token, issued at `from` and valid until `until`, in seconds since 1970.
    #[must_use]
    pub fn payload(&self, issuer: &str, audience: &Value, from: u64, until: u64) -> Value {
        // The user id stays the same when the gateway restarts; the session id does not.
        let id = self.id();
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::User;

    #[test]
    fn a_user_has_the_same_id_at_every_start() {
        let customer = User::named("customer").unwrap();
        assert_eq!(customer.id(), "b6c45863-875e-4448-bca3-c155ed145efe");
        let payload = customer.payload("https://a.test", &json!("a"), 0, 1);
        assert_eq!(payload["sub"], customer.id());
    }
}
