//! Events as `serde_json::Value`, which are decided like those of the event types.

use lambda_http::LambdaEvent;
use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::{Context, Response};
use require_claims::supertokens::ROLE;
use require_claims::{GatewayEvent, require_claims};
use require_claims_tests::events;
use require_claims_tests::session::{self, with, without};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Gateway, answer_to, denial, text};

/// The answer to an event as this type, in a `LambdaEvent`.
fn answer_as<T: GatewayEvent + DeserializeOwned>(event: &Value) -> (u16, String) {
    let payload: T = serde_json::from_value(event.clone()).unwrap();
    answer_to(&LambdaEvent::new(payload, Context::default()))
}

/// The answer to an event as a `Value`, alone and in a `LambdaEvent`.
fn answer(event: &Value) -> (u16, String) {
    let answer = answer_to(event);
    assert_eq!(answer_as::<Value>(event), answer);
    answer
}

/// Asserts that an event is answered in the same way as a `Value` and as its own type.
fn assert_same(event: &Value) -> u16 {
    let answer = answer(event);
    let own = match event["version"].as_str() {
        Some("2.0") => answer_as::<ApiGatewayV2httpRequest>(event),
        _ => answer_as::<ApiGatewayProxyRequest>(event),
    };
    assert_eq!(answer, own, "{event}");
    answer.0
}

/// Payloads of an administrator, and of users who do not meet a requirement.
fn payloads() -> Vec<Value> {
    let payload = session::payload;
    let role = |role: Value| with(payload(), "st-role", json!({"v": role, "t": 1_700_000_000}));
    vec![
        payload(),
        role(json!(["customer"])),
        role(json!(["foo", "admin"])),
        role(json!([])),
        role(json!("admin")),
        without(payload(), &["st-ev"]),
        with(payload(), "st-mfa", json!({"c": {}, "v": false})),
        with(payload(), "st-ev", Value::Null),
        with(payload(), "stt", json!(1)),
        json!({}),
    ]
}

#[test]
fn decides_like_the_event_types() {
    let of_text = |gateway: Gateway, payload: &Value| gateway(&session::text_of(payload));
    let mut statuses = Vec::new();
    for payload in payloads() {
        for gateway in [
            events::http_api_jwt as Gateway,
            events::http_api_jwt_v1,
            events::rest_cognito,
        ] {
            let event = of_text(gateway, &payload);
            statuses.push(assert_same(&event));
            statuses.push(assert_same(&events::with_token(
                event,
                &payload.to_string(),
            )));
        }
        for gateway in [
            events::rest_jwt as Gateway,
            events::http_api_lambda_flat,
            events::http_api_lambda_claims,
            events::http_api_lambda_json,
            events::rest_lambda_flat,
            events::rest_lambda_json,
        ] {
            statuses.push(assert_same(&gateway(&payload)));
        }
        for claims in [&payload, &session::text_of(&payload)] {
            let event = events::websocket(claims);
            assert_eq!(
                answer(&event),
                answer_to(&events::request(&event)),
                "{event}"
            );
        }
    }
    let allowed = statuses.iter().filter(|status| **status == 200).count();
    // All except Cognito's allow the first payload. Those with JSON types or a token allow the third.
    assert_eq!((statuses.len(), allowed), (120, 10 + 8));
}

#[test]
fn decides_unusual_contexts_like_the_event_types() {
    let jwt = json!({"claims": text(), "scopes": null});
    let iam = json!({"accessKey": "key"});
    let payload = session::payload();
    for authorizer in [
        json!(null),
        json!({}),
        json!({"jwt": null}),
        json!({"jwt": {}}),
        json!({"jwt": {"claims": null}}),
        json!({"jwt": {"claims": {}}}),
        json!({"jwt": {"claims": text()}}),
        json!({"jwt": {"claims": text(), "scopes": ["a"]}}),
        json!({"jwt": jwt, "lambda": null, "iam": null}),
        json!({"jwt": jwt, "lambda": payload}),
        json!({"jwt": jwt, "iam": iam}),
        json!({"lambda": payload, "iam": iam}),
        json!({"lambda": payload, "iam": null}),
        json!({"lambda": null}),
        json!({"lambda": {}}),
        json!({"lambda": {"claims": 5}}),
        json!({"lambda": {"claims": payload, "st-ev": {"v": false}}}),
        json!({"iam": iam}),
        json!({"claims": text()}),
    ] {
        assert_same(&events::v2(&authorizer));
    }
    for authorizer in [
        json!(null),
        json!({}),
        json!({"claims": null, "scopes": null}),
        json!({"claims": {}, "scopes": null}),
        json!({"claims": text(), "scopes": null}),
        json!({"claims": text(), "scopes": ["a"]}),
        json!({"claims": text(), "scopes": "a"}),
        json!({"claims": text(), "st-ev": "map[v:false]"}),
        json!({"claims": payload, "scopes": null}),
        json!({"claims": payload, "principalId": "u"}),
        json!({"claims": payload.to_string(), "principalId": "u"}),
        json!({"claims": [payload]}),
        json!({"claims": "{"}),
        json!({"principalId": "u", "integrationLatency": 5}),
        json!({"jwt": jwt}),
    ] {
        assert_same(&events::v1(&authorizer));
        assert_same(&events::rest(&authorizer));
    }
}

/// Emulators of an HTTP API pass JSON types, which the event type cannot have.
#[test]
fn reads_the_json_types_of_emulators() {
    let role = json!({"v": ["foo", "customer"], "t": 1_700_000_000});
    let customer = with(session::payload(), "st-role", role);
    for (payload, status) in [(session::payload(), 200), (customer, 403)] {
        let event = events::v2(&json!({"jwt": {"claims": payload, "scopes": null}}));
        assert!(serde_json::from_value::<ApiGatewayV2httpRequest>(event.clone()).is_err());
        assert_eq!(answer(&event).0, status);
        let event = events::v2(&json!({ "jwt": {"claims": payload} }));
        assert_eq!(answer(&event).0, status);
        assert_eq!(
            answer(&events::v1(&json!({"claims": payload, "scopes": ["a"]}))).0,
            status
        );
    }
    // Strings among JSON types are strings.
    let payload = with(session::payload(), "st-ev", json!("map[t:1.7e+12 v:true]"));
    assert_eq!(
        answer(&events::v2(&json!({ "jwt": {"claims": payload} }))).0,
        403
    );
}

#[test]
fn denies_a_context_next_to_the_claims_of_a_jwt_authorizer() {
    let jwt = json!({"claims": text(), "scopes": null});
    let typed = json!({"claims": session::payload()});
    for jwt in [jwt, typed] {
        for (authorizer, status) in [
            (json!({"jwt": jwt}), 200),
            (json!({"jwt": jwt, "lambda": null, "iam": null}), 200),
            (json!({"jwt": jwt, "lambda": {}}), 403),
            (json!({"jwt": jwt, "lambda": {"role": "user"}}), 403),
            (json!({"jwt": jwt, "iam": {}}), 403),
            (json!({"jwt": jwt, "principalId": "user-1"}), 403),
            (json!({"jwt": jwt, "claims": text()}), 403),
        ] {
            let event = events::v2(&authorizer);
            assert_eq!(answer(&event).0, status, "{event}");
        }
    }
}

#[test]
fn denies_claims_in_any_other_place() {
    let claims = json!({"claims": session::payload(), "resolverContext": session::payload()});
    let authorizer = json!({"jwt": {"claims": text()}, "claims": session::payload()});
    let v2_of = |version: Value| {
        let mut event = events::v2(&json!({"jwt": {"claims": text(), "scopes": null}}));
        event["version"] = version;
        event
    };
    let v1_of = |version: Value| {
        let mut event = events::http_api_jwt_v1(&text());
        event["version"] = version;
        event
    };
    let mut appsync = json!({"identity": claims, "info": {"fieldName": "orders"}, "arguments": {}});
    let mut events = vec![appsync.clone()];
    appsync["request"] = json!({"headers": {}, "authorizer": authorizer});
    appsync["requestContext"] = json!({"identity": claims, "claims": session::payload()});
    events.push(appsync);
    events.extend([
        json!({"authorizer": authorizer, "version": "2.0"}),
        json!({"claims": session::payload()}),
        json!({"requestContext": claims, "version": "1.0"}),
        json!({"requestContext": {"authorizer": null}, "identity": claims}),
        json!([{"requestContext": {"authorizer": authorizer}}]),
        json!([]),
        json!({}),
        json!(null),
        json!("event"),
        json!(5),
        events::load_balancer(),
        // A function URL.
        events::v2(&json!({"iam": {"accessKey": "key", "claims": session::payload()}})),
        // A version that no gateway writes.
        v2_of(json!("3.0")),
        v2_of(json!("2")),
        v2_of(json!(2.0)),
        v2_of(Value::Null),
        v1_of(json!("3.0")),
        v1_of(json!(1.0)),
        v1_of(Value::Null),
        // The form of the other version.
        v1_of(json!("2.0")),
        v2_of(json!("1.0")),
        events::v2(&json!({"claims": text(), "scopes": null})),
    ]);
    for event in events {
        let (status, body) = answer(&event);
        let body: Value = serde_json::from_str(&body).unwrap();
        let errors = body["claimValidationErrors"].as_array().unwrap();
        assert_eq!((status, errors.len()), (403, 3), "{event}");
        for error in errors {
            let message = &error["reason"]["message"];
            assert_eq!(message, "value does not exist", "{event}");
        }
    }
    assert_eq!(answer(&v2_of(json!("2.0"))).0, 200);
    assert_eq!(answer(&v1_of(json!("1.0"))).0, 200);
}

#[test]
fn denies_anything_other_than_an_object_in_the_place_of_claims() {
    let unreadable =
        |expected: &str| json!({"message": "unreadable value", "expectedType": expected});
    let errors = json!([
        {"id": "claims", "reason": unreadable("JSON object")},
        {"id": "st-ev", "reason": unreadable("boolean")},
        {"id": "st-role", "reason": unreadable("array of strings")},
        {"id": "st-mfa", "reason": unreadable("completed factors")},
    ]);
    for other in [
        json!("text"),
        json!(session::payload().to_string()),
        json!([session::payload()]),
        json!(5),
        json!(true),
    ] {
        for event in [
            events::v1(&other),
            events::rest(&other),
            events::v2(&other),
            events::v2(&json!({ "jwt": other })),
            events::v2(&json!({"jwt": {"claims": other, "scopes": null}})),
            events::v2(&json!({ "lambda": other })),
            json!({"version": "2.0", "requestContext": other}),
            json!({ "requestContext": other }),
        ] {
            let (status, body) = answer(&event);
            let body: Value = serde_json::from_str(&body).unwrap();
            assert_eq!((status, body), denial(&errors), "{event}");
        }
    }
}

#[test]
fn uses_the_token_only_if_the_header_occurs_once() {
    let payload = with(
        session::payload(),
        "st-role",
        json!({"v": ["foo", "admin"], "t": 1_700_000_000}),
    );
    let token = events::token(&payload.to_string());
    let claims = session::text_of(&payload);
    for (headers, multiple, status) in [
        (json!({"Authorization": token}), Value::Null, 200),
        (
            json!({"authorization": format!("Bearer {token}")}),
            Value::Null,
            200,
        ),
        (
            json!({"AUTHORIZATION": token}),
            json!({"authorization": [token]}),
            200,
        ),
        (Value::Null, json!({"Authorization": [token]}), 200),
        (json!({}), json!({}), 403),
        (
            json!({"Authorization": token, "authorization": token}),
            Value::Null,
            403,
        ),
        (
            json!({"Authorization": token}),
            json!({"Authorization": [token, token]}),
            403,
        ),
        (
            json!({"Authorization": token}),
            json!({"Authorization": ["x"]}),
            403,
        ),
        (
            json!({"Authorization": token}),
            json!({"Authorization": [token], "authorization": ["x"]}),
            403,
        ),
        (json!({"Authorization": {"token": token}}), Value::Null, 403),
        (json!({"Authorization": [[token]]}), Value::Null, 403),
        (json!([{"Authorization": token}]), Value::Null, 403),
        (json!({"X-Authorization": token}), Value::Null, 403),
    ] {
        for mut event in [
            events::http_api_jwt_v1(&claims),
            events::http_api_jwt(&claims),
        ] {
            event["headers"] = headers.clone();
            event["multiValueHeaders"] = multiple.clone();
            let rejection = ROLE.includes("admin").check(&event).err();
            let message = rejection.map(|rejection| rejection.errors()[0].message().to_owned());
            let expected = (status == 403).then(|| "ambiguous value".to_owned());
            assert_eq!(message, expected, "{headers} {multiple}");
        }
    }
}

#[require_claims(subject = path("id"))]
fn mine(event: &Value) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

/// Only a REST API passes path parameters percent-encoded.
#[test]
fn decodes_the_path_parameters_of_rest_apis() {
    let claims = with(session::payload(), "sub", json!("auth0|5f"));
    let text = session::text_of(&claims);
    let (encoded, decoded) = (json!({"id": "auth0%7C5f"}), json!({"id": "auth0|5f"}));
    for (event, of_encoded) in [
        (events::rest_jwt(&claims), 200),
        (events::rest_cognito(&text), 200),
        (events::rest_lambda_flat(&claims), 200),
        (events::rest_lambda_json(&claims), 200),
        (events::http_api_jwt_v1(&text), 403),
        // `version` identifies an HTTP API, also with a Lambda authorizer.
        (
            events::v1(&json!({"claims": claims, "principalId": "u"})),
            403,
        ),
        (events::v1(&claims), 403),
        (events::http_api_jwt(&text), 403),
        (events::http_api_lambda_flat(&claims), 403),
    ] {
        for (parameters, status) in [
            (&encoded, of_encoded),
            (&decoded, 200),
            (&json!({"id": "auth0|5e"}), 403),
            (&json!({"id": ["auth0|5f"]}), 403),
            (&json!({"ID": "auth0|5f"}), 403),
            (&json!(["auth0|5f"]), 403),
            (&json!("auth0|5f"), 403),
            (&Value::Null, 403),
        ] {
            let mut event = event.clone();
            event["pathParameters"] = parameters.clone();
            assert_eq!(mine(&event).status(), status, "{event}");
        }
    }
}
