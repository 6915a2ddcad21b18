//! Which headers contain a token, and which tokens have a payload.

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use lambda_http::aws_lambda_events::apigw::ApiGatewayProxyRequest;
use lambda_http::{Context, LambdaEvent};
use require_claims_tests::events;
use serde_json::json;

use super::{cancel_order, cancel_v1, denial, messages, messages_of, payload, text, token};

#[test]
fn ignores_a_header_that_is_not_a_single_token() {
    let granted = token(&payload(&json!(["foo", "admin"])));
    let [_, encoded, _] = granted.split('.').collect::<Vec<_>>()[..] else {
        panic!("three parts");
    };
    let padded = (0..3)
        .map(|spaces| format!("{}{:spaces$}", payload(&json!(["foo", "admin"])), ""))
        .map(|payload| URL_SAFE.encode(payload))
        .find(|encoded| encoded.ends_with('='))
        .unwrap();
    for header in [
        String::new(),
        "Bearer".to_owned(),
        format!("{granted},{granted}"),
        format!("{granted}, {granted}"),
        format!("Basic {granted}"),
        format!("Bearer  {granted}"),
        format!("{granted}.x"),
        format!("e30.{encoded}"),
        format!("e30.{padded}.c2ln"),
        format!("e30.{encoded}.c2ln!"),
        format!(
            "e30.{}.c2ln",
            encoded.replace(|c: char| c.is_ascii_lowercase(), "_")
        ),
        token(&json!([1])),
        token(&json!("text")),
        events::token("{"),
    ] {
        let ambiguous = messages(&["ambiguous value"]);
        assert_eq!(
            denial(&text("[foo admin]"), &header),
            ambiguous,
            "{header:.80}"
        );
        assert_eq!(denial(&text("[admin]"), &header), None, "{header:.80}");
    }
}

/// Whether the token in this header is bound: it decides between two interpretations of a text.
fn is_bound(header: &str) -> bool {
    let denial = denial(&text("[foo admin]"), header);
    assert!(denial.is_none() || denial == messages(&["ambiguous value"]));
    denial.is_none()
}

/// The token with the two roles and this additional member.
fn token_with(member: &str) -> String {
    let granted = payload(&json!(["foo", "admin"])).to_string();
    events::token(&granted.replacen('{', &format!("{{{member},"), 1))
}

#[test]
fn ignores_a_token_larger_than_gateways_accept() {
    let of_length = |length: usize| {
        let sized = |spaces: usize| token_with(&format!("\"x\":\"{}\"", " ".repeat(spaces)));
        let spaces = (length - sized(0).len()) / 4 * 3;
        let padding = (0..4).map(|more| sized(spaces + more));
        padding.into_iter().find(|token| token.len() == length)
    };
    assert!(is_bound(&of_length(10_240).unwrap()));
    assert!(!is_bound(&format!("{}A", of_length(10_240).unwrap())));
    assert!(!is_bound(&format!("Bearer {}", of_length(10_240).unwrap())));
}

/// The nesting of a claim matters only if the claim is read.
#[test]
fn does_not_read_a_claim_without_a_requirement() {
    for depth in [64, 65, 2_500] {
        let nested = format!("\"x\":{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(is_bound(&token_with(&nested)), "{depth}");
        let unclosed = format!("\"x\":{}", "[".repeat(depth));
        assert!(!is_bound(&token_with(&unclosed)), "{depth}");
    }
}

#[test]
fn ignores_a_token_that_is_not_utf_8() {
    let granted = payload(&json!(["foo", "admin"])).to_string();
    for (name, bound) in [("\u{e9}".as_bytes(), true), (b"\xe9".as_slice(), false)] {
        let member = [b"{\"x\":\"", name, b"\","].concat();
        let payload = [&member, &granted.as_bytes()[1..]].concat();
        let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload));
        assert_eq!(is_bound(&token), bound, "{name:?}");
    }
}

#[test]
fn finds_the_header_in_any_case() {
    let granted = payload(&json!(["foo", "admin"]));
    let event = events::with_token(
        events::http_api_jwt(&text("[foo admin]")),
        &granted.to_string(),
    );
    for name in ["Authorization", "authorization", "AUTHORIZATION"] {
        let event = event
            .to_string()
            .replace("\"Authorization\"", &format!("\"{name}\""));
        let event = serde_json::from_str(&event).unwrap();
        assert_eq!(
            cancel_order(&events::request(&event)).status(),
            200,
            "{name}"
        );
    }
}

#[test]
fn ignores_tokens_elsewhere_in_the_request() {
    let granted = token(&payload(&json!(["foo", "admin"])));
    let claims = json!({"claims": text("[admin]"), "jwt": {"claims": text("[admin]")}});
    let context = json!({"authorizer": claims}).to_string();
    let plain = events::http_api_jwt(&text("[foo admin]"));
    for (place, value) in [
        ("/headers/x-authorization", json!(granted)),
        ("/headers/proxy-authorization", json!(granted)),
        ("/headers/x-amzn-oidc-data", json!(granted)),
        ("/headers/st-access-token", json!(granted)),
        ("/headers/cookie", json!(format!("sAccessToken={granted}"))),
        ("/headers/requestContext", json!(context)),
        ("/headers/st-role", json!("map[v:[admin]]")),
        ("/cookies", json!([format!("sAccessToken={granted}")])),
        ("/rawQueryString", json!(format!("Authorization={granted}"))),
        ("/queryStringParameters", json!({"Authorization": granted})),
        ("/body", json!(context)),
    ] {
        let (parent, key) = place.rsplit_once('/').unwrap();
        let mut event = plain.clone();
        event.pointer_mut(parent).unwrap()[key] = value;
        let answer = messages_of(&cancel_order(&events::request(&event)));
        assert_eq!(answer, messages(&["ambiguous value"]), "{place}");
    }
}

#[test]
fn ignores_a_duplicate_header() {
    let granted = token(&payload(&json!(["foo", "admin"])));
    let event = events::http_api_jwt_v1(&text("[foo admin]"));
    for (single, multiple, allowed) in [
        (json!(granted), json!([granted]), true),
        (json!(granted), json!([]), true),
        (json!(granted), json!([granted, granted]), false),
        (json!(granted), json!(["x", granted]), false),
        (json!("x"), json!([granted]), false),
    ] {
        let mut event = event.clone();
        event["headers"]["authorization"] = single;
        event["multiValueHeaders"]["Authorization"] = multiple;
        // `lambda_http` does not show that there are two, so the guard ignores the header.
        assert_eq!(cancel_order(&events::request(&event)).status(), 403);

        let payload: ApiGatewayProxyRequest = serde_json::from_value(event).unwrap();
        let event = LambdaEvent::new(payload, Context::default());
        assert_eq!(cancel_v1(&event).status() == 200, allowed);
    }
    // A REST API keeps the case that the client wrote, so one header can have two names.
    let mut event = event;
    event["headers"]["authorization"] = json!(granted);
    event["multiValueHeaders"]["Authorization"] = json!([granted]);
    event["multiValueHeaders"]["AUTHORIZATION"] = json!(["x"]);
    let payload: ApiGatewayProxyRequest = serde_json::from_value(event).unwrap();
    let event = LambdaEvent::new(payload, Context::default());
    assert_eq!(cancel_v1(&event).status(), 403);
}
