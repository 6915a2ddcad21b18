//! Calls to try on the example function, each with its expected response.

use axum::http::header::AUTHORIZATION;

use crate::config::{AuthorizerConfig, Config};
use crate::event::PayloadFormat;
use crate::identity_source::IdentitySource;
use crate::issuer::TokenFlaw;
use crate::routes::Routes;

/// The token of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// No token.
    None,
    /// A valid token of this user.
    User(&'static str),
    /// A token of this user with a flaw, which must be rejected.
    Flawed(&'static str, TokenFlaw),
}

impl Credential {
    /// The path where the built-in issuer returns the token.
    #[must_use]
    pub fn path(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::User(user) => Some(format!("/auth/token/{user}")),
            Self::Flawed(user, flaw) => Some(format!("/auth/token/{user}/{}", flaw.path_segment())),
        }
    }
}

/// Where the calls of a gateway go.
#[derive(Clone, Copy, Debug)]
pub struct Urls<'a> {
    /// The URL of the gateway, below which the built-in issuer is.
    pub gateway: &'a str,
    /// The URL of the API, with the stage of a REST API.
    pub api: &'a str,
    /// Where the authorizer looks for the token.
    pub identity_source: &'a IdentitySource,
}

/// A call and its expected response.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// A description for the list of calls.
    pub title: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The request path.
    pub path: &'static str,
    /// The token to send.
    pub credential: Credential,
    /// The JSON body to send.
    pub body: Option<&'static str>,
    /// The expected status code.
    pub expected_status: u16,
    /// The expected `id`s in the response's `claimValidationErrors`, in order.
    pub expected_error_ids: &'static [&'static str],
}

impl Call {
    /// A shell command that makes the call and prints the body and the status code of the response.
    #[must_use]
    pub fn curl(&self, urls: &Urls<'_>) -> String {
        let mut words = vec!["curl -s -w ' (%{http_code})\\n'".to_owned()];
        if self.method != "GET" {
            words.push(format!("-X {}", self.method));
        }
        let mut url = format!("{}{}", urls.api, self.path);
        if let Some(path) = self.credential.path() {
            let token = format!("$(curl -s {}{path})", urls.gateway);
            match urls.identity_source {
                IdentitySource::Query(name) => url = format!("\"{url}?{name}={token}\""),
                IdentitySource::Header(name) if *name != AUTHORIZATION => {
                    words.push(format!(r#"-H "{name}: {token}""#));
                }
                _ => words.push(format!(r#"-H "Authorization: Bearer {token}""#)),
            }
        }
        if let Some(body) = self.body {
            words.push(format!("-H 'Content-Type: application/json' -d '{body}'"));
        }
        words.push(url);
        words.join(" ")
    }

    /// A description of the expected response, such as `403 (invalid claims: st-role, st-mfa)`.
    #[must_use]
    pub fn expectation(&self) -> String {
        if self.expected_error_ids.is_empty() {
            return self.expected_status.to_string();
        }
        format!(
            "{} (invalid claims: {})",
            self.expected_status,
            self.expected_error_ids.join(", ")
        )
    }
}

/// A call with a user's valid token.
const fn call(
    title: &'static str,
    method: &'static str,
    path: &'static str,
    user: &'static str,
    expected_status: u16,
    expected_error_ids: &'static [&'static str],
) -> Call {
    // The default body. A call may override it.
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

/// A call that creates an order with an invalid body.
const fn invalid_order(title: &'static str, body: &'static str) -> Call {
    Call {
        body: Some(body),
        ..call(title, "POST", "/orders", "customer", 400, &[])
    }
}

/// A call that the authorizer rejects.
const fn unauthorized(title: &'static str, credential: Credential) -> Call {
    Call {
        credential,
        ..call(title, "DELETE", "/orders/1", "", 401, &[])
    }
}

/// The calls for the default routes and the built-in issuer. Their responses depend neither on the order of
/// the calls nor on the worker that handles them.
#[must_use]
pub fn calls(config: &Config) -> Vec<Call> {
    let source = config
        .authorizers
        .values()
        .find_map(|authorizer| match authorizer {
            AuthorizerConfig::Jwt(jwt) => Some(&jwt.identity_source),
            AuthorizerConfig::Lambda(_) => None,
        });
    let has_token_in_header = source.is_some_and(|source| *source == IdentitySource::default());
    let is_rest = config.api.is_rest();
    let types_are_known = is_rest || (has_token_in_header && config.payload == PayloadFormat::V2);
    let several_roles = if types_are_known {
        SEVERAL_ROLES
    } else {
        SEVERAL_ROLES_AS_TEXT
    };
    let not_found = call(
        "a path without a route",
        "GET",
        "/nothing",
        "admin-mfa",
        if is_rest { 403 } else { 404 },
        &[],
    );
    let mut calls = [CALLS, several_roles, &[not_found]].concat();
    if source.is_none() {
        // `examples/authorizer` has verified the token, and denies it.
        let flaw = Credential::Flawed("admin-mfa", TokenFlaw::OtherAudience);
        let other = calls.iter_mut().filter(|call| call.credential == flaw);
        other.for_each(|call| call.expected_status = 403);
    }
    calls
}

/// The body of the first call with this method and path, if it has one.
pub(crate) fn example_body(method: &str, path: &str) -> Option<&'static str> {
    let mut calls = CALLS.iter();
    let call = calls.find(|call| call.method == method && call.path == path)?;
    call.body
}

/// For each route of `orders`, the first call that is allowed and the first one that is denied.
#[must_use]
pub fn selection(calls: &[Call]) -> Vec<Call> {
    let routes = Routes::for_orders();
    let mut selected = Vec::new();
    for route in routes.iter() {
        let of_route = |call: &&Call| {
            let found = routes.find(call.method, call.path);
            found.is_some_and(|(found, _)| found.key() == route.key())
        };
        let is_allowed = |call: &&Call| call.expected_status < 300;
        let mut of_route = calls.iter().filter(of_route);
        selected.extend(of_route.clone().find(is_allowed).copied());
        selected.extend(of_route.find(|call| call.expected_status == 403).copied());
    }
    selected
}

/// In payload format 2.0 the token is available, and a REST API passes JSON types: `[customer admin support]` are three
/// roles.
#[rustfmt::skip]
const SEVERAL_ROLES: &[Call] = &[
    call("staff (several roles) cancels an order", "DELETE", "/orders/1", "staff", 200, &[]),
    call("staff (several roles) creates an order", "POST", "/orders", "staff", 201, &[]),
];

/// In payload format 1.0 `lambda_http` may hide that the request had several tokens, so the guard ignores the
/// token. With another identity source, the token is not in the `Authorization` header. The claim text alone is
/// ambiguous (it may be one role with spaces), so the requirement is not met.
#[rustfmt::skip]
const SEVERAL_ROLES_AS_TEXT: &[Call] = &[
    call("staff (several roles) cancels an order", "DELETE", "/orders/1", "staff", 403, &["st-role"]),
    call("staff (several roles) creates an order", "POST", "/orders", "staff", 403, &["st-role"]),
];

/// The calls with the same responses behind every kind of API.
#[rustfmt::skip]
const CALLS: &[Call] = &[
    Call {
        credential: Credential::None,
        ..call("a health check without a token", "GET", "/health", "", 200, &[])
    },
    call("admin-mfa cancels an order", "DELETE", "/orders/1", "admin-mfa", 200, &[]),
    call("newcomer cancels an order", "DELETE", "/orders/1", "newcomer", 403, &["st-ev", "st-role", "st-mfa"]),
    call("customer cancels an order", "DELETE", "/orders/1", "customer", 403, &["st-role", "st-mfa"]),
    call("admin cancels an order", "DELETE", "/orders/1", "admin", 403, &["st-mfa"]),
    call("customer lists the orders", "GET", "/orders", "customer", 200, &[]),
    call("staff lists the orders", "GET", "/orders", "staff", 200, &[]),
    call("newcomer lists the orders", "GET", "/orders", "newcomer", 403, &["st-ev"]),
    call("customer creates an order", "POST", "/orders", "customer", 201, &[]),
    call("admin creates an order", "POST", "/orders", "admin", 201, &[]),
    call("newcomer creates an order", "POST", "/orders", "newcomer", 403, &["st-ev"]),
    call("support creates an order", "POST", "/orders", "support", 403, &["st-role"]),
    invalid_order("customer creates an order without a quantity", r#"{"item":"lamp"}"#),
    invalid_order("customer creates an order with quantity 0", r#"{"item":"lamp","quantity":0}"#),
    call("admin-mfa cancels an order that does not exist", "DELETE", "/orders/none", "admin-mfa", 404, &[]),
    call("admin-mfa reads the report", "GET", "/reports/daily", "admin-mfa", 200, &[]),
    call("staff reads the report", "GET", "/reports/daily", "staff", 200, &[]),
    call("customer reads the report", "GET", "/reports/daily", "customer", 403, &["st-perm"]),
    unauthorized("no token", Credential::None),
    unauthorized("a token with one changed character", Credential::Flawed("admin-mfa", TokenFlaw::ChangedCharacter)),
    unauthorized("an expired token", Credential::Flawed("admin-mfa", TokenFlaw::Expired)),
    unauthorized("a token for another audience", Credential::Flawed("admin-mfa", TokenFlaw::OtherAudience)),
];

#[cfg(test)]
mod tests {
    use super::{Credential, Urls, calls, selection};
    use crate::config::Config;
    use crate::identity_source::IdentitySource;
    use crate::issuer::users::User;

    #[test]
    fn every_call_uses_a_known_user() {
        for call in calls(&Config::new("")) {
            if let Credential::User(user) | Credential::Flawed(user, _) = call.credential {
                assert!(User::named(user).is_some(), "{user}");
            }
        }
    }

    #[test]
    fn writes_a_curl_command_for_each_identity_source() {
        let calls = calls(&Config::new(""));
        let call = calls
            .iter()
            .find(|call| call.title == "customer creates an order")
            .unwrap();
        let curl = |source: &IdentitySource| {
            call.curl(&Urls {
                gateway: "http://127.0.0.1:3000",
                api: "http://127.0.0.1:3000/prod",
                identity_source: source,
            })
        };
        assert_eq!(
            curl(&IdentitySource::default()),
            "curl -s -w ' (%{http_code})\\n' -X POST \
             -H \"Authorization: Bearer $(curl -s http://127.0.0.1:3000/auth/token/customer)\" \
             -H 'Content-Type: application/json' -d '{\"item\":\"lamp\",\"quantity\":2}' \
             http://127.0.0.1:3000/prod/orders"
        );
        let header = curl(&"$request.header.X-Token".parse().unwrap());
        let token = "$(curl -s http://127.0.0.1:3000/auth/token/customer)";
        assert!(
            header.contains(&format!("-H \"x-token: {token}\"")),
            "{header}"
        );
        let query = curl(&"$request.querystring.t".parse().unwrap());
        assert!(
            query.ends_with(&format!("/prod/orders?t={token}\"")),
            "{query}"
        );
        assert_eq!(call.expectation(), "201");
        // The command quotes the body with `'`, so the body must not contain any.
        assert!(
            calls
                .iter()
                .all(|call| !call.body.unwrap_or_default().contains('\''))
        );
    }

    #[test]
    fn selects_an_allowed_and_a_denied_call_for_each_route() {
        let selected = selection(&calls(&Config::new("")));
        let selected = selected
            .iter()
            .map(|call| (call.method, call.path, call.expected_status));
        let expected = [
            ("GET", "/health", 200),
            ("GET", "/orders", 200),
            ("GET", "/orders", 403),
            ("POST", "/orders", 201),
            ("POST", "/orders", 403),
            ("GET", "/reports/daily", 200),
            ("GET", "/reports/daily", 403),
            ("DELETE", "/orders/1", 200),
            ("DELETE", "/orders/1", 403),
        ];
        assert_eq!(selected.collect::<Vec<_>>(), expected);
    }
}
