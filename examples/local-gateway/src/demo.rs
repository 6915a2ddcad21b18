//! The calls to try on the example function, each with what it answers.

use crate::event::PayloadFormat;
use crate::issuer::Flaw;

/// Whose token a call brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// None at all.
    None,
    /// A good one of this user.
    User(&'static str),
    /// One of this user that must be refused.
    Flawed(&'static str, Flaw),
}

impl Credential {
    /// The path at which the built-in issuer hands it out.
    #[must_use]
    pub fn path(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::User(user) => Some(format!("/auth/token/{user}")),
            Self::Flawed(user, flaw) => Some(format!("/auth/token/{user}/{}", flaw.path_segment())),
        }
    }
}

/// One call, and its answer.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Who does what.
    pub title: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// Whose token it brings.
    pub credential: Credential,
    /// The JSON that it sends.
    pub body: Option<&'static str>,
    /// The status of the answer.
    pub expected_status: u16,
    /// The `id`s in the answer's `claimValidationErrors`, in their order.
    pub expected_error_ids: &'static [&'static str],
}

impl Call {
    /// A line for `sh` that makes the call and shows the body and the status.
    #[must_use]
    pub fn curl(&self, base_url: &str) -> String {
        let mut words = vec!["curl -s -w ' (%{http_code})\\n'".to_owned()];
        if self.method != "GET" {
            words.push(format!("-X {}", self.method));
        }
        if let Some(path) = self.credential.path() {
            words.push(format!(
                r#"-H "Authorization: Bearer $(curl -s {base_url}{path})""#
            ));
        }
        if let Some(body) = self.body {
            words.push(format!("-H 'Content-Type: application/json' -d '{body}'"));
        }
        words.push(format!("{base_url}{}", self.path));
        words.join(" ")
    }

    /// What it answers, in words: `403 naming st-role, st-mfa`.
    #[must_use]
    pub fn expectation(&self) -> String {
        if self.expected_error_ids.is_empty() {
            return self.expected_status.to_string();
        }
        format!(
            "{} naming {}",
            self.expected_status,
            self.expected_error_ids.join(", ")
        )
    }
}

/// A call with a good token.
const fn call(
    title: &'static str,
    method: &'static str,
    path: &'static str,
    user: &'static str,
    expected_status: u16,
    expected_error_ids: &'static [&'static str],
) -> Call {
    // What is ordered, unless a call has a reason to send something else.
    let body = match method.as_bytes() {
        b"POST" => Some(r#"{"item":"lamp","quantity":2}"#),
        _ => None,
    };
    Call {
        title,
        method,
        path,
        credential: Credential::User(user),
        body,
        expected_status,
        expected_error_ids,
    }
}

/// A call that the authorizer refuses.
const fn refused(title: &'static str, credential: Credential) -> Call {
    Call {
        credential,
        ..call(title, "DELETE", "/orders/1", "", 401, &[])
    }
}

/// The calls, for the default routes and the built-in issuer. Their answers do not depend on the
/// order, or on which of the workers answers.
#[must_use]
pub fn calls(payload: PayloadFormat) -> Vec<Call> {
    let of_several_roles = match payload {
        PayloadFormat::V2 => OF_SEVERAL_ROLES,
        PayloadFormat::V1 => OF_SEVERAL_ROLES_V1,
    };
    [CALLS, of_several_roles].concat()
}

/// In payload format 2.0 the function sees the token, which says that `[customer admin support]` are
/// three roles.
const OF_SEVERAL_ROLES: &[Call] = &[
    call(
        "staff, with several roles, cancels an order",
        "DELETE",
        "/orders/1",
        "staff",
        200,
        &[],
    ),
    call(
        "staff, with several roles, orders",
        "POST",
        "/orders",
        "staff",
        201,
        &[],
    ),
];

/// In payload format 1.0 `lambda_http` may hide that there were several tokens, so none is looked
/// at, and the text may be one role with blanks in its name: the requirement is not met.
const OF_SEVERAL_ROLES_V1: &[Call] = &[
    call(
        "staff, with several roles, cancels an order",
        "DELETE",
        "/orders/1",
        "staff",
        403,
        &["st-role"],
    ),
    call(
        "staff, with several roles, orders",
        "POST",
        "/orders",
        "staff",
        403,
        &["st-role"],
    ),
];

/// The calls that answer the same in both payload formats.
const CALLS: &[Call] = &[
    Call {
        credential: Credential::None,
        ..call(
            "anybody asks for the health",
            "GET",
            "/health",
            "",
            200,
            &[],
        )
    },
    call(
        "admin-mfa cancels an order",
        "DELETE",
        "/orders/1",
        "admin-mfa",
        200,
        &[],
    ),
    call(
        "newcomer cancels an order",
        "DELETE",
        "/orders/1",
        "newcomer",
        403,
        &["st-ev", "st-role", "st-mfa"],
    ),
    call(
        "customer cancels an order",
        "DELETE",
        "/orders/1",
        "customer",
        403,
        &["st-role", "st-mfa"],
    ),
    call(
        "admin cancels an order",
        "DELETE",
        "/orders/1",
        "admin",
        403,
        &["st-mfa"],
    ),
    call(
        "customer lists the orders",
        "GET",
        "/orders",
        "customer",
        200,
        &[],
    ),
    call(
        "staff lists the orders",
        "GET",
        "/orders",
        "staff",
        200,
        &[],
    ),
    call(
        "newcomer lists the orders",
        "GET",
        "/orders",
        "newcomer",
        403,
        &["st-ev"],
    ),
    call("customer orders", "POST", "/orders", "customer", 201, &[]),
    call("admin orders", "POST", "/orders", "admin", 201, &[]),
    call(
        "newcomer orders",
        "POST",
        "/orders",
        "newcomer",
        403,
        &["st-ev"],
    ),
    call(
        "support orders",
        "POST",
        "/orders",
        "support",
        403,
        &["st-role"],
    ),
    Call {
        body: Some(r#"{"item":"lamp"}"#),
        ..call(
            "customer orders and does not say how many",
            "POST",
            "/orders",
            "customer",
            400,
            &[],
        )
    },
    Call {
        body: Some(r#"{"item":"lamp","quantity":0}"#),
        ..call(
            "customer orders none",
            "POST",
            "/orders",
            "customer",
            400,
            &[],
        )
    },
    call(
        "admin-mfa cancels an order that there is not",
        "DELETE",
        "/orders/none",
        "admin-mfa",
        404,
        &[],
    ),
    call(
        "admin-mfa reads the report",
        "GET",
        "/reports/daily",
        "admin-mfa",
        200,
        &[],
    ),
    call(
        "staff reads the report",
        "GET",
        "/reports/daily",
        "staff",
        200,
        &[],
    ),
    call(
        "customer reads the report",
        "GET",
        "/reports/daily",
        "customer",
        403,
        &["st-perm"],
    ),
    refused("no token", Credential::None),
    refused(
        "a token with one changed character",
        Credential::Flawed("admin-mfa", Flaw::ChangedCharacter),
    ),
    refused(
        "an expired token",
        Credential::Flawed("admin-mfa", Flaw::Expired),
    ),
    refused(
        "a token for another audience",
        Credential::Flawed("admin-mfa", Flaw::OtherAudience),
    ),
    call(
        "a path without a route",
        "GET",
        "/nothing",
        "admin-mfa",
        404,
        &[],
    ),
];

#[cfg(test)]
mod tests {
    use super::{Credential, calls};
    use crate::event::PayloadFormat;
    use crate::users::User;

    #[test]
    fn every_call_is_made_by_somebody_the_issuer_knows() {
        for call in calls(PayloadFormat::V2) {
            if let Credential::User(user) | Credential::Flawed(user, _) = call.credential {
                assert!(User::named(user).is_some(), "{user}");
            }
        }
    }

    #[test]
    fn a_line_can_be_pasted() {
        let calls = calls(PayloadFormat::V2);
        let call = calls
            .iter()
            .find(|call| call.title == "customer orders")
            .unwrap();
        assert_eq!(
            call.curl("http://127.0.0.1:3000"),
            "curl -s -w ' (%{http_code})\\n' -X POST \
             -H \"Authorization: Bearer $(curl -s http://127.0.0.1:3000/auth/token/customer)\" \
             -H 'Content-Type: application/json' -d '{\"item\":\"lamp\",\"quantity\":2}' \
             http://127.0.0.1:3000/orders"
        );
        assert_eq!(call.expectation(), "201");
        // The lines quote with these, so the data must not.
        assert!(
            calls
                .iter()
                .all(|call| !call.body.unwrap_or_default().contains('\''))
        );
    }
}
