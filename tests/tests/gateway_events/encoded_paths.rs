//! REST APIs pass path parameters percent-encoded, HTTP APIs decoded.

use lambda_http::{Body, Response};
use require_claims::supertokens::SCOPE;
use require_claims::{PrimitiveArrayClaim, ReasonKind, Requirement, require_claims};
use require_claims_tests::events;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};

use super::Gateway;

#[require_claims(subject = path("id"))]
fn mine(event: &lambda_http::Request) -> Response<Body> {
    Response::new(event.uri().path().into())
}

/// The message of the denial; `allowed` if the request is allowed.
fn verdict(gateway: Gateway, subject: &str, parameter: &str) -> String {
    let mut event = gateway(&with(session::payload(), "sub", json!(subject)));
    event["pathParameters"] = json!({"id": parameter});
    let response = mine(&events::request(&event));
    if response.status() == 200 {
        return "allowed".to_owned();
    }
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    body["claimValidationErrors"][0]["reason"]["message"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn cognito(claims: &Value) -> Value {
    events::rest_cognito(&session::text_of(claims))
}

fn http_api(claims: &Value) -> Value {
    events::http_api_jwt(&session::text_of(claims))
}

fn http_api_v1(claims: &Value) -> Value {
    events::http_api_jwt_v1(&session::text_of(claims))
}

#[test]
fn decodes_the_parameters_of_rest_apis_once() {
    for gateway in [events::rest_jwt, events::rest_lambda_flat, cognito] {
        for (subject, parameter, expected) in [
            ("auth0|5f", "auth0%7C5f", "allowed"),
            ("auth0|5f", "auth0%7c5f", "allowed"),
            ("auth0|5f", "auth0|5f", "allowed"),
            ("user 1", "user%201", "allowed"),
            ("é", "%C3%A9", "allowed"),
            ("auth0|5f", "auth0%257C5f", "wrong value"),
            ("user 1", "user+1", "wrong value"),
            ("auth0|5f", "auth0%7C5e", "wrong value"),
            // It may be the parameter itself, of an HTTP API with payload format 1.0.
            ("auth0%7C5f", "auth0%7C5f", "ambiguous value"),
            ("auth0%7C5f", "auth0%257C5f", "ambiguous value"),
            ("100%", "100%", "ambiguous value"),
            ("100%", "100", "wrong value"),
            // Not UTF-8.
            ("\u{fffd}", "%FF", "no path parameter"),
        ] {
            assert_eq!(
                verdict(gateway, subject, parameter),
                expected,
                "{subject} {parameter}"
            );
        }
    }
}

/// A list, and a token with both claims that contain scopes.
#[test]
fn compares_no_encoded_parameter_with_a_claim_that_contains_a_percent_sign() {
    let check = |requirement: Requirement<'_>, key: &str, value: Value| {
        let mut event = events::rest_jwt(&with(session::payload(), key, value));
        event["pathParameters"] = json!({"id": "a%257Cb"});
        let rejection = requirement.check(&events::request(&event)).unwrap_err();
        rejection.errors()[0].kind()
    };
    let team = PrimitiveArrayClaim::bare("teams").includes_path_parameter("id");
    assert_eq!(
        check(team, "teams", json!(["a%7Cb"])),
        ReasonKind::Ambiguous
    );
    assert_eq!(check(team, "teams", json!(["a|b"])), ReasonKind::WrongValue);
    assert_eq!(
        check(team, "teams", json!(["a%7Cb", 5])),
        ReasonKind::WrongType
    );
    let scope = SCOPE.includes_path_parameter("id");
    for key in ["scope", "scp"] {
        assert_eq!(check(scope, key, json!("a%7Cb c")), ReasonKind::Ambiguous);
    }
}

#[test]
fn does_not_decode_the_parameters_of_http_apis() {
    for gateway in [http_api, http_api_v1] {
        for (subject, parameter, expected) in [
            ("auth0|5f", "auth0|5f", "allowed"),
            ("auth0%7C5f", "auth0%7C5f", "allowed"),
            ("auth0|5f", "auth0%7C5f", "wrong value"),
            ("auth0%7C5f", "auth0|5f", "wrong value"),
        ] {
            assert_eq!(
                verdict(gateway, subject, parameter),
                expected,
                "{subject} {parameter}"
            );
        }
    }
}
