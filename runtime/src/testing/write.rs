//! Writes events, in the formats of AWS:
//!
//! - HTTP API, payload 1.0 and 2.0:
//!   <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>
//! - REST API: <https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html>

use std::collections::BTreeMap;
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{COOKIE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName};
use serde::Serialize;
use serde_json::{Value, json};

use super::gateway::Format;
use super::sent::{Sent, encode, values};
use super::times;

/// The headers that an HTTP API capitalises in payload format 1.0; all others are lower case. Observed in
/// <https://github.com/milliHQ/terraform-aws-next-js/pull/31>.
const CAPITALISED: [&str; 7] = [
    "Content-Length",
    "Host",
    "User-Agent",
    "X-Amzn-Trace-Id",
    "X-Forwarded-For",
    "X-Forwarded-Port",
    "X-Forwarded-Proto",
];

/// The account id of AWS's examples.
const ACCOUNT_ID: &str = "123456789012";
const API_ID: &str = "a1b2c3d4e5";
const REQUEST_ID: &str = "JKJaXmPLvHcESHA=";
const REST_REQUEST_ID: &str = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef";

/// The parts of an event that are the same in each format.
struct Parts<'a> {
    sent: &'a Sent,
    headers: HeaderMap,
    path: String,
    path_parameters: BTreeMap<String, String>,
    query: BTreeMap<&'a str, Vec<&'a str>>,
    authorizer: Option<Value>,
    body: Option<String>,
    is_base64_encoded: bool,
    time: SystemTime,
}

/// Writes the event of a request whose authorizer passed this object.
#[track_caller]
pub(super) fn event(format: Format, sent: &Sent, authorizer: Option<Value>) -> Value {
    // HTTP APIs decode the path.
    let is_encoded = format == Format::RestApi;
    let text = sent.text_body(format != Format::RestApi);
    let body = text.map_or_else(|| STANDARD.encode(&sent.body), str::to_owned);
    let mut query = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in &sent.query {
        query.entry(name.as_str()).or_default().push(value.as_str());
    }
    let parts = Parts {
        sent,
        headers: sent.all_headers(),
        path: sent.path(is_encoded),
        path_parameters: sent.path_parameters(is_encoded),
        query,
        authorizer,
        body: (!sent.body.is_empty()).then_some(body),
        is_base64_encoded: text.is_none(),
        time: SystemTime::now(),
    };
    match format {
        Format::HttpApi2 => parts.version_2_0(),
        Format::HttpApi1 | Format::RestApi => parts.version_1_0(format),
    }
}

impl Parts<'_> {
    /// The event of an HTTP API in payload format 2.0, which omits what is absent.
    fn version_2_0(&self) -> Value {
        let route = self.sent.route_key();
        let query = self.sent.query.iter();
        let query = query.map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let joined = self
            .query
            .iter()
            .map(|(name, values)| (*name, values.join(",")));
        let names = self.headers.keys().filter(|name| **name != COOKIE);
        let headers = names.map(|name| (name.as_str(), values(&self.headers, name).join(",")));
        let cookies = values(&self.headers, &COOKIE).join(";");
        let cookies = cookies
            .split(';')
            .map(str::trim)
            .filter(|cookie| !cookie.is_empty());
        let mut event = json!({
            "version": "2.0",
            "routeKey": route,
            "rawPath": self.path,
            "rawQueryString": query.collect::<Vec<_>>().join("&"),
            "cookies": cookies.collect::<Vec<_>>(),
            "headers": headers.collect::<BTreeMap<_, _>>(),
            "queryStringParameters": joined.collect::<BTreeMap<_, _>>(),
            "requestContext": {
                "accountId": ACCOUNT_ID,
                "apiId": API_ID,
                "authorizer": self.authorizer,
                "domainName": self.domain(),
                "domainPrefix": self.domain_prefix(),
                "http": {
                    "method": self.sent.method.as_str(),
                    "path": self.path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": self.source_ip(),
                    "userAgent": self.header(&USER_AGENT),
                },
                "requestId": REQUEST_ID,
                "routeKey": route,
                "stage": "$default",
                "time": times::common_log(self.time),
                "timeEpoch": times::milliseconds(self.time),
            },
            "body": self.body,
            "pathParameters": self.path_parameters,
            "isBase64Encoded": self.is_base64_encoded,
        });
        remove_absent(&mut event);
        if let Some(context) = event.get_mut("requestContext") {
            remove_absent(context);
        }
        event
    }

    /// The event of a REST API, or of an HTTP API in payload format 1.0.
    fn version_1_0(&self, format: Format) -> Value {
        let names = self.headers.keys();
        let headers = names.map(|name| (spelling(name), values(&self.headers, name)));
        let headers: BTreeMap<_, _> = headers.collect();
        let (stage, request_id, context_path) = match format {
            Format::RestApi => ("prod", REST_REQUEST_ID, format!("/prod{}", self.path)),
            _ => ("$default", REQUEST_ID, self.path.clone()),
        };
        let mut event = json!({
            "version": "1.0",
            "resource": self.sent.resource(),
            "path": self.path,
            "httpMethod": self.sent.method.as_str(),
            "headers": last_of_each(&headers),
            "multiValueHeaders": headers,
            "queryStringParameters": null_if_empty(&last_of_each(&self.query)),
            "multiValueQueryStringParameters": null_if_empty(&self.query),
            "requestContext": {
                "accountId": ACCOUNT_ID,
                "apiId": API_ID,
                "authorizer": self.authorizer,
                "domainName": self.domain(),
                "domainPrefix": self.domain_prefix(),
                "extendedRequestId": REQUEST_ID,
                "httpMethod": self.sent.method.as_str(),
                "identity": {
                    "sourceIp": self.source_ip(),
                    "userAgent": self.header(&USER_AGENT),
                    "accessKey": null, "accountId": null, "caller": null, "principalOrgId": null,
                    "cognitoAuthenticationProvider": null, "cognitoAuthenticationType": null,
                    "cognitoIdentityId": null, "cognitoIdentityPoolId": null,
                    "user": null, "userArn": null,
                },
                "path": context_path,
                "protocol": "HTTP/1.1",
                "requestId": request_id,
                "requestTime": times::common_log(self.time),
                "requestTimeEpoch": times::milliseconds(self.time),
                "resourceId": "x1y2z3",
                "resourcePath": self.sent.resource(),
                "stage": stage,
            },
            "pathParameters": null_if_empty(&self.path_parameters),
            "stageVariables": null,
            "body": self.body,
            "isBase64Encoded": self.is_base64_encoded,
        });
        if let (Format::RestApi, Value::Object(members)) = (format, &mut event) {
            members.remove("version");
            if let (None, Some(Value::Object(context))) =
                (&self.authorizer, members.get_mut("requestContext"))
            {
                context.remove("authorizer");
            }
        }
        event
    }

    fn header(&self, name: &HeaderName) -> String {
        values(&self.headers, name).swap_remove(0)
    }

    /// The host without its port.
    fn domain(&self) -> String {
        let host = self.header(&HOST);
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name.to_owned(),
            _ => host,
        }
    }

    fn domain_prefix(&self) -> String {
        self.domain()
            .split('.')
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// The address that the gateway has seen, which it adds to the client's own.
    fn source_ip(&self) -> String {
        let forwarded = self.header(&HeaderName::from_static("x-forwarded-for"));
        forwarded
            .rsplit(',')
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    }
}

/// The name of a header in payload format 1.0.
fn spelling(name: &HeaderName) -> &str {
    let mut capitalised = CAPITALISED.into_iter();
    capitalised
        .find(|spelling| spelling.eq_ignore_ascii_case(name.as_str()))
        .unwrap_or(name.as_str())
}

fn last_of_each<'a, V>(all: &'a BTreeMap<&str, Vec<V>>) -> BTreeMap<&'a str, &'a V> {
    all.iter()
        .filter_map(|(name, values)| Some((*name, values.last()?)))
        .collect()
}

/// Payload format 1.0 writes `null` for what is absent.
fn null_if_empty<V: Serialize>(map: &BTreeMap<impl Serialize + Ord, V>) -> Value {
    if map.is_empty() {
        Value::Null
    } else {
        json!(map)
    }
}

/// Removes the members that are null or empty, except for texts.
fn remove_absent(object: &mut Value) {
    let is_absent = |value: &Value| match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        value => value.is_null(),
    };
    if let Value::Object(members) = object {
        members.retain(|_, value| !is_absent(value));
    }
}
