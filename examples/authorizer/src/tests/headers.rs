//! Tests of the `Authorization` header: its spellings, and several of them.

use serde_json::{Value, json};

use super::api::{Api, Fixture, Outcome};

#[tokio::test]
async fn accepts_the_token_with_or_without_bearer() {
    let api = Fixture::start().await;
    let token = api.token();
    for authorization in [
        token.clone(),
        format!("Bearer {token}"),
        format!("bearer {token}"),
        format!("BEARER   {token}"),
        format!(" Bearer {token} "),
        format!("{token}\n"),
    ] {
        assert_eq!(api.outcome(&authorization).await, Outcome::Allowed);
    }
    for authorization in [
        format!("Basic {token}"),
        format!("Bearer{token}"),
        format!("Bearer {token} x"),
        format!("Bearer Bearer {token}"),
        // A no-break space, which is not whitespace in HTTP.
        format!("\u{a0}{token}"),
    ] {
        assert_eq!(api.outcome(&authorization).await, Outcome::Unauthorized);
    }
}

#[tokio::test]
async fn rejects_a_request_without_a_token() {
    let api = Fixture::start().await;
    for missing in ["", " ", "Bearer", "Bearer ", "null"] {
        assert_eq!(
            api.outcome(missing).await,
            Outcome::Unauthorized,
            "{missing}"
        );
    }
    for kind in Api::ALL {
        let mut event = kind.event(&api.token());
        for name in ["headers", "multiValueHeaders", "authorizationToken"] {
            event[name] = Value::Null;
        }
        assert_eq!(api.outcome_of(&event).await, Outcome::Unauthorized);
    }
}

#[tokio::test]
async fn finds_the_header_in_any_case() {
    let api = Fixture::start().await;
    let token = api.token();
    for kind in [Api::RestRequest, Api::WebSocket, Api::Http1, Api::Http2] {
        for name in ["authorization", "Authorization", "AUTHORIZATION"] {
            let mut event = kind.event(&token);
            event["headers"] = json!({name: token});
            event["multiValueHeaders"] = Value::Null;
            assert_eq!(api.outcome_of(&event).await, Outcome::Allowed);
            event["headers"] = Value::Null;
            event["multiValueHeaders"] = json!({name: [token]});
            assert_eq!(api.outcome_of(&event).await, Outcome::Allowed);
        }
    }
}

#[tokio::test]
async fn ignores_tokens_in_other_places() {
    let api = Fixture::start().await;
    let token = api.token();
    for kind in [Api::RestRequest, Api::WebSocket, Api::Http1, Api::Http2] {
        let mut event = kind.event("");
        event["headers"] = json!({"x-authorization": token, "cookie": token});
        event["multiValueHeaders"] = Value::Null;
        event["queryStringParameters"] = json!({"authorization": token});
        event["authorizationToken"] = json!(token);
        assert_eq!(api.outcome_of(&event).await, Outcome::Unauthorized);
    }
}

#[tokio::test]
async fn rejects_several_headers_even_if_they_are_equal() {
    let api = Fixture::start().await;
    let (one, other) = (api.token(), "Bearer x");
    // An HTTP API joins them.
    for joined in [format!("{one},{other}"), format!("{one}, {one}")] {
        assert_eq!(api.outcome(&joined).await, Outcome::Unauthorized);
    }
    for (headers, multiple) in [
        (
            json!({"Authorization": one}),
            json!({"Authorization": [one, other]}),
        ),
        (
            json!({"Authorization": one}),
            json!({"Authorization": [one, one]}),
        ),
        (
            json!({"Authorization": one}),
            json!({"Authorization": [other]}),
        ),
        (
            json!({"Authorization": one}),
            json!({"Authorization": [one], "authorization": [other]}),
        ),
        (
            json!({"Authorization": one, "authorization": other}),
            json!(null),
        ),
        (
            json!({"Authorization": one, "authorization": one}),
            json!({"Authorization": [one]}),
        ),
        (json!(null), json!({"Authorization": [one, one]})),
    ] {
        let mut event = Api::RestRequest.event(&one);
        assert_eq!(api.outcome_of(&event).await, Outcome::Allowed);
        event["headers"] = headers;
        event["multiValueHeaders"] = multiple;
        assert_eq!(
            api.outcome_of(&event).await,
            Outcome::Unauthorized,
            "{event}"
        );
    }
}
