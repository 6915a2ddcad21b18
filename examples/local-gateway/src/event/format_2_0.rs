//! Payload format 2.0.

use std::collections::BTreeMap;

use axum::http::header::COOKIE;
use serde_json::{Map, Value, json};

use super::{ACCOUNT_ID, API_ID, Format, IncomingRequest, PayloadFormat, header_texts};
use crate::timestamp;

pub(super) fn event(incoming: &IncomingRequest<'_>) -> Value {
    let (body, encoded) = incoming.body(Format::Http(PayloadFormat::V2));
    let mut event = json!({
        "version": "2.0",
        "routeKey": incoming.route,
        "rawPath": incoming.path,
        "rawQueryString": incoming.query,
        "headers": headers(incoming),
        "requestContext": context(incoming),
        "isBase64Encoded": encoded,
    });
    // Format 2.0 omits absent parts instead of writing `null`.
    if let Value::Object(event) = &mut event {
        let query: BTreeMap<_, _> = incoming
            .query_parameters()
            .into_iter()
            .map(|(name, values)| (name, values.join(",")))
            .collect();
        insert_unless_empty(event, "queryStringParameters", &query);
        insert_unless_empty(event, "pathParameters", incoming.path_parameters);
        let cookies = cookies(incoming);
        if !cookies.is_empty() {
            event.insert("cookies".to_owned(), json!(cookies));
        }
        if let Some(body) = body {
            event.insert("body".to_owned(), Value::String(body));
        }
    }
    event
}

fn context(incoming: &IncomingRequest<'_>) -> Value {
    let mut context = json!({
        "accountId": ACCOUNT_ID,
        "apiId": API_ID,
        "domainName": incoming.domain(),
        "domainPrefix": incoming.domain().split('.').next(),
        "http": {
            "method": incoming.method,
            "path": incoming.path,
            "protocol": incoming.protocol,
            "sourceIp": incoming.source_ip.to_string(),
            "userAgent": incoming.user_agent(),
        },
        "requestId": incoming.request_id,
        "routeKey": incoming.route,
        "stage": incoming.stage,
        "time": timestamp::common_log(incoming.time),
        "timeEpoch": incoming.epoch_milliseconds(),
    });
    if let (Value::Object(context), Some(identity)) = (&mut context, incoming.identity) {
        let authorizer = identity.in_event(Format::Http(PayloadFormat::V2));
        context.insert("authorizer".to_owned(), authorizer);
    }
    context
}

/// All headers except `cookie`, because cookies are a separate member of the event. The values of a name are
/// joined with commas.
fn headers<'a>(incoming: &'a IncomingRequest<'_>) -> BTreeMap<&'a str, String> {
    let names = incoming.headers.keys().filter(|name| **name != COOKIE);
    names
        .map(|name| {
            let values = header_texts(incoming.headers, name);
            (name.as_str(), values.join(","))
        })
        .collect()
}

fn cookies(incoming: &IncomingRequest<'_>) -> Vec<String> {
    header_texts(incoming.headers, &COOKIE)
        .iter()
        .flat_map(|value| {
            value
                .split(';')
                .map(|cookie| cookie.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .filter(|cookie| !cookie.is_empty())
        .collect()
}

fn insert_unless_empty(
    event: &mut Map<String, Value>,
    name: &str,
    members: &BTreeMap<String, String>,
) {
    if !members.is_empty() {
        event.insert(name.to_owned(), json!(members));
    }
}
