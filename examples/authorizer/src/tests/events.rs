//! Tests of the whole response to the event of each kind of API.

use serde_json::{Value, json};

use super::api::{Api, Fixture, Outcome};
use super::signer::FIRST;

const STAGE: &str = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/prod/*";

#[tokio::test]
async fn allows_the_whole_stage_and_passes_the_payload() {
    let api = Fixture::start().await;
    // The spelling of numbers, escapes and spaces is kept.
    let payload = format!(
        r#"{{ "sub":"user-1", "iss":"{}", "aud":"orders", "exp":4000000000.0, "name":"\u00e4 é \"x\"", "n":1e2 }}"#,
        api.issuer.url
    );
    let header = json!({"alg": "RS256", "kid": FIRST.kid});
    let token = FIRST.sign_text(jsonwebtoken::Algorithm::RS256, &header, &payload);
    for kind in Api::ALL {
        let response = api.respond(&kind.event(&token)).await.unwrap();
        let expected = if kind == Api::Http2 {
            json!({"isAuthorized": true, "context": {"principalId": "user-1", "claims": payload}})
        } else {
            json!({
                "principalId": "user-1",
                "policyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": STAGE},
                    ],
                },
                "context": {"claims": payload},
            })
        };
        assert_eq!(response, expected, "{kind:?}");
    }
}

#[tokio::test]
async fn denies_the_whole_stage_without_the_payload() {
    let api = Fixture::start().await;
    let token = FIRST.sign(&api.payload_with("aud", json!("another-api")));
    for kind in Api::ALL {
        let response = api.respond(&kind.event(&token)).await.unwrap();
        let expected = if kind == Api::Http2 {
            json!({"isAuthorized": false})
        } else {
            json!({
                "principalId": "user-1",
                "policyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": STAGE},
                    ],
                },
            })
        };
        assert_eq!(response, expected, "{kind:?}");
    }
}

#[tokio::test]
async fn fails_for_events_that_are_not_of_an_authorizer() {
    let api = Fixture::start().await;
    let with = |kind: Api, name: &str, value: Value| {
        let mut event = kind.event(&api.token());
        event[name] = value;
        event
    };
    let not_an_event = "the event is not one for a Lambda authorizer of API Gateway";
    for (event, expected) in [
        (json!({}), not_an_event),
        (json!("x"), not_an_event),
        (with(Api::RestToken, "type", json!("JWT")), not_an_event),
        (with(Api::RestToken, "type", json!(null)), not_an_event),
        (
            with(Api::RestRequest, "headers", json!({"authorization": 7})),
            not_an_event,
        ),
        (
            with(Api::Http2, "version", json!("3.0")),
            "the payload format is unknown",
        ),
        (
            with(Api::RestRequest, "methodArn", json!(null)),
            "the event has no valid `methodArn`",
        ),
        (
            with(Api::Http1, "methodArn", json!("*")),
            "the event has no valid `methodArn`",
        ),
    ] {
        assert_eq!(api.respond(&event).await, Err(expected.to_owned()));
    }
}

#[tokio::test]
async fn fails_if_another_identity_source_decides_about_the_cache() {
    let api = Fixture::start().await;
    let token = api.token();
    let bearer = format!("Bearer {token}");
    let with = |kind: Api, source: Value| {
        let mut event = kind.event(&bearer);
        event["identitySource"] = source;
        event
    };
    let joined = format!("{bearer},eu");
    for (event, expected) in [
        (with(Api::Http2, json!([bearer])), Outcome::Allowed),
        (with(Api::Http2, json!([bearer, "eu"])), Outcome::Allowed),
        // Without an identity source, nothing is cached.
        (with(Api::Http2, json!([])), Outcome::Allowed),
        (with(Api::Http2, json!(null)), Outcome::Allowed),
        (with(Api::Http2, json!(["eu"])), Outcome::Failed),
        (with(Api::Http2, json!([token])), Outcome::Failed),
        (with(Api::Http1, json!(joined)), Outcome::Allowed),
        (with(Api::Http1, json!("")), Outcome::Allowed),
        (with(Api::Http1, json!("eu")), Outcome::Failed),
    ] {
        assert_eq!(api.outcome_of(&event).await, expected);
    }
    let error = api.respond(&with(Api::Http2, json!(["eu"]))).await;
    assert!(error.unwrap_err().contains("$request.header.Authorization"));
}
