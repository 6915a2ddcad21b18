//! Tests that events have the documented format and that `lambda_http` can read them.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt as _};
use serde_json::{Value, json};

use super::{Format, IncomingRequest, PayloadFormat};
use crate::authorizer::Identity;

const BOTH: [PayloadFormat; 2] = [PayloadFormat::V1, PayloadFormat::V2];

/// A request with default values, which each test changes as needed.
struct TestRequest {
    headers: HeaderMap,
    query: &'static str,
    body: Vec<u8>,
    parameters: BTreeMap<String, String>,
    identity: Option<Identity>,
}

impl TestRequest {
    fn new(headers: &[(&'static str, &'static str)]) -> Self {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        Self {
            headers: map,
            query: "",
            body: Vec::new(),
            parameters: BTreeMap::new(),
            identity: None,
        }
    }

    fn event(&self, format: PayloadFormat) -> Value {
        let incoming = IncomingRequest {
            method: "POST",
            path: "/orders/7 8",
            stage: "$default",
            query: self.query,
            protocol: "HTTP/1.1",
            headers: &self.headers,
            body: &self.body,
            source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            route: "POST /orders/{id}",
            resource: "/orders/{id}",
            path_parameters: &self.parameters,
            identity: self.identity.as_ref(),
            time: UNIX_EPOCH + Duration::from_millis(1_583_348_638_390),
            request_id: "JKJaXmPLvHcESHA=",
        };
        incoming.event(Format::Http(format))
    }

    /// The request that `lambda_http` reads from the event.
    fn parsed(&self, format: PayloadFormat) -> Request {
        lambda_http::request::from_str(&self.event(format).to_string()).unwrap()
    }
}

fn identity(scopes: Option<&[&str]>) -> Identity {
    let claims = [("sub", "7"), ("st-role", "map[t:1.7e+12 v:[admin]]")];
    Identity::HttpJwt {
        claims: claims
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        scopes: scopes.map(|scopes| scopes.iter().map(|scope| (*scope).to_owned()).collect()),
    }
}

fn full() -> TestRequest {
    let mut sent = TestRequest::new(&[
        ("host", "127.0.0.1:3000"),
        ("user-agent", "curl/8"),
        ("x-list", "one"),
        ("x-list", "two"),
        ("cookie", "a=1; b=2"),
        ("cookie", "c=3"),
        ("content-type", "application/json"),
    ]);
    sent.query = "p=1&p=2%20x&q=";
    sent.body = b"{}".to_vec();
    sent.parameters = [("id".to_owned(), "7 8".to_owned())].into();
    sent.identity = Some(identity(None));
    sent
}

#[test]
fn writes_format_2_0_as_documented() {
    let expected = json!({
        "version": "2.0",
        "routeKey": "POST /orders/{id}",
        "rawPath": "/orders/7 8",
        "rawQueryString": "p=1&p=2%20x&q=",
        "cookies": ["a=1", "b=2", "c=3"],
        "headers": {
            "host": "127.0.0.1:3000",
            "user-agent": "curl/8",
            "x-list": "one,two",
            "content-type": "application/json",
        },
        "queryStringParameters": {"p": "1,2 x", "q": ""},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "authorizer": {"jwt": {"claims": {"sub": "7", "st-role": "map[t:1.7e+12 v:[admin]]"}, "scopes": null}},
            "domainName": "127.0.0.1",
            "domainPrefix": "127",
            "http": {
                "method": "POST",
                "path": "/orders/7 8",
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "curl/8",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "POST /orders/{id}",
            "stage": "$default",
            "time": "04/Mar/2020:19:03:58 +0000",
            "timeEpoch": 1_583_348_638_390_u64,
        },
        "body": "{}",
        "pathParameters": {"id": "7 8"},
        "isBase64Encoded": false,
    });
    assert_eq!(full().event(PayloadFormat::V2), expected);
}

#[test]
fn writes_format_1_0_as_documented() {
    let mut event = full().event(PayloadFormat::V1);
    let resource_id = event["requestContext"]["resourceId"].take();
    assert_eq!(resource_id.as_str().unwrap().len(), 8);
    let expected = json!({
        "version": "1.0",
        "resource": "/orders/{id}",
        "path": "/orders/7 8",
        "httpMethod": "POST",
        "headers": {
            "Host": "127.0.0.1:3000",
            "User-Agent": "curl/8",
            "x-list": "two",
            "cookie": "c=3",
            "content-type": "application/json",
        },
        "multiValueHeaders": {
            "Host": ["127.0.0.1:3000"],
            "User-Agent": ["curl/8"],
            "x-list": ["one", "two"],
            "cookie": ["a=1; b=2", "c=3"],
            "content-type": ["application/json"],
        },
        "queryStringParameters": {"p": "2 x", "q": ""},
        "multiValueQueryStringParameters": {"p": ["1", "2 x"], "q": [""]},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "authorizer": {"claims": {"sub": "7", "st-role": "map[t:1.7e+12 v:[admin]]"}, "scopes": null},
            "domainName": "127.0.0.1",
            "domainPrefix": "127",
            "extendedRequestId": "JKJaXmPLvHcESHA=",
            "httpMethod": "POST",
            "identity": {
                "accessKey": null, "accountId": null, "caller": null,
                "cognitoAuthenticationProvider": null, "cognitoAuthenticationType": null,
                "cognitoIdentityId": null, "cognitoIdentityPoolId": null, "principalOrgId": null,
                "sourceIp": "127.0.0.1", "user": null, "userAgent": "curl/8", "userArn": null,
            },
            "path": "/orders/7 8",
            "protocol": "HTTP/1.1",
            "requestId": "JKJaXmPLvHcESHA=",
            "requestTime": "04/Mar/2020:19:03:58 +0000",
            "requestTimeEpoch": 1_583_348_638_390_u64,
            "resourceId": null,
            "resourcePath": "/orders/{id}",
            "stage": "$default",
        },
        "pathParameters": {"id": "7 8"},
        "stageVariables": null,
        "body": "{}",
        "isBase64Encoded": false,
    });
    assert_eq!(event, expected);
}

#[test]
fn omits_absent_parts_in_2_0_and_writes_null_in_1_0() {
    let sent = TestRequest::new(&[]);
    let event = sent.event(PayloadFormat::V2);
    for name in [
        "cookies",
        "queryStringParameters",
        "pathParameters",
        "body",
        "stageVariables",
    ] {
        assert!(event.get(name).is_none(), "{name}");
    }
    assert!(event["requestContext"].get("authorizer").is_none());
    assert_eq!(event["rawQueryString"], "");
    let event = sent.event(PayloadFormat::V1);
    for name in [
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "pathParameters",
        "body",
    ] {
        assert_eq!(event.get(name), Some(&Value::Null), "{name}");
    }
    assert_eq!(
        event["requestContext"]["authorizer"],
        json!({"claims": null, "scopes": null})
    );
}

#[test]
fn lambda_http_reads_both_formats() {
    for format in BOTH {
        let request = full().parsed(format);
        assert_eq!(request.method(), "POST");
        assert_eq!(request.raw_http_path(), "/orders/7 8");
        assert_eq!(request.uri().path(), "/orders/7%208");
        assert_eq!(request.path_parameters().first("id"), Some("7 8"));
        assert_eq!(
            request.query_string_parameters().all("p"),
            Some(vec!["1", "2 x"]),
            "{format:?}"
        );
        assert_eq!(request.body().as_ref(), b"{}");
        assert_eq!(request.headers()["user-agent"], "curl/8");
        let authorizer = match request.request_context_ref().unwrap() {
            RequestContext::ApiGatewayV1(context) => {
                json!(context.authorizer.fields)
            }
            RequestContext::ApiGatewayV2(context) => json!(context.authorizer)["jwt"].take(),
            _ => panic!("another context"),
        };
        assert_eq!(authorizer["claims"]["sub"], "7", "{format:?}");
        // Also without query, body, path parameters and authorizer.
        let bare = TestRequest::new(&[]).parsed(format);
        assert!(bare.query_string_parameters().is_empty());
        assert!(bare.body().is_empty());
    }
}

#[test]
fn passes_scopes_if_the_route_requires_some() {
    let mut sent = TestRequest::new(&[]);
    sent.identity = Some(identity(Some(&["read", "write"])));
    let both = json!(["read", "write"]);
    assert_eq!(
        sent.event(PayloadFormat::V2)["requestContext"]["authorizer"]["jwt"]["scopes"],
        both
    );
    assert_eq!(
        sent.event(PayloadFormat::V1)["requestContext"]["authorizer"]["scopes"],
        both
    );
    assert!(
        BOTH.iter()
            .all(|format| lambda_http::request::from_str(&sent.event(*format).to_string()).is_ok())
    );
}

#[test]
fn passes_text_unchanged_and_encodes_other_bodies_in_base64() {
    for (content_type, body, encoded) in [
        ("application/json", "{}".as_bytes(), false),
        ("Application/Problem+JSON; charset=utf-8", b"{}", false),
        ("text/plain", "ä".as_bytes(), false),
        ("image/svg+xml", b"<svg/>", false),
        ("text/plain", b"\xff\xfe", true),
        ("application/octet-stream", b"abc", true),
        ("application/x-www-form-urlencoded", b"a=1", true),
        ("image/png", b"\x89PNG\0", true),
    ] {
        let mut sent = TestRequest::new(&[("content-type", content_type)]);
        sent.body = body.to_vec();
        for format in BOTH {
            assert_eq!(
                sent.event(format)["isBase64Encoded"],
                encoded,
                "{content_type}"
            );
            assert_eq!(sent.parsed(format).body().as_ref(), body, "{content_type}");
        }
    }
    let mut compressed =
        TestRequest::new(&[("content-type", "text/plain"), ("content-encoding", "br")]);
    compressed.body = b"abc".to_vec();
    assert_eq!(compressed.event(PayloadFormat::V2)["isBase64Encoded"], true);
}
