//! Payload format 1.0 of an HTTP API, and the event of a REST API, which has almost the same fields.

use std::collections::BTreeMap;

use axum::http::HeaderName;
use serde_json::{Value, json};

use super::{ACCOUNT_ID, API_ID, Format, IncomingRequest, header_texts, null_if_empty};
use crate::{identifier, timestamp};

/// The headers that API Gateway capitalises in this format. All others are lower case.
/// Observed in <https://github.com/milliHQ/terraform-aws-next-js/pull/31>.
const CAPITALISED: &[&str] = &[
    "Content-Length",
    "Host",
    "User-Agent",
    "X-Amzn-Trace-Id",
    "X-Forwarded-For",
    "X-Forwarded-Port",
    "X-Forwarded-Proto",
];

pub(super) fn event(incoming: &IncomingRequest<'_>, format: Format) -> Value {
    let (body, encoded) = incoming.body(format);
    let all_headers = headers(incoming);
    let all_parameters = incoming.query_parameters();
    let mut event = json!({
        "version": "1.0",
        "resource": incoming.resource,
        "path": incoming.path,
        "httpMethod": incoming.method,
        "headers": last_of_each(&all_headers),
        "multiValueHeaders": all_headers,
        "queryStringParameters": null_if_empty(&last_of_each(&all_parameters)),
        "multiValueQueryStringParameters": null_if_empty(&all_parameters),
        "requestContext": context(incoming, format),
        "pathParameters": null_if_empty(incoming.path_parameters),
        "stageVariables": null,
        "body": body,
        "isBase64Encoded": encoded,
    });
    if let (Format::Rest, Value::Object(members)) = (format, &mut event) {
        members.remove("version");
    }
    event
}

fn context(incoming: &IncomingRequest<'_>, format: Format) -> Value {
    // Only a REST API has the stage in its paths, and its request ids are UUIDs.
    let (path, request_id) = match format {
        Format::Rest => (
            format!("/{}{}", incoming.stage, incoming.path),
            identifier::uuid(),
        ),
        Format::Http(_) => (incoming.path.to_owned(), incoming.request_id.to_owned()),
    };
    let mut context = json!({
        "accountId": ACCOUNT_ID,
        "apiId": API_ID,
        "domainName": incoming.domain(),
        "domainPrefix": incoming.domain().split('.').next(),
        "extendedRequestId": incoming.request_id,
        "httpMethod": incoming.method,
        "identity": {
            "accessKey": null,
            "accountId": null,
            "caller": null,
            "cognitoAuthenticationProvider": null,
            "cognitoAuthenticationType": null,
            "cognitoIdentityId": null,
            "cognitoIdentityPoolId": null,
            "principalOrgId": null,
            "sourceIp": incoming.source_ip.to_string(),
            "user": null,
            "userAgent": incoming.user_agent(),
            "userArn": null,
        },
        "path": path,
        "protocol": incoming.protocol,
        "requestId": request_id,
        "requestTime": timestamp::common_log(incoming.time),
        "requestTimeEpoch": incoming.epoch_milliseconds(),
        "resourceId": identifier::random_hex(4),
        "resourcePath": incoming.resource,
        "stage": incoming.stage,
    });
    let authorizer = match (incoming.identity, format) {
        (Some(identity), _) => Some(identity.in_event(format)),
        (None, Format::Http(_)) => Some(json!({"claims": null, "scopes": null})),
        (None, Format::Rest) => None,
    };
    if let (Some(authorizer), Value::Object(context)) = (authorizer, &mut context) {
        context.insert("authorizer".to_owned(), authorizer);
    }
    context
}

fn headers(incoming: &IncomingRequest<'_>) -> BTreeMap<String, Vec<String>> {
    incoming
        .headers
        .keys()
        .map(|name| (spelling(name), header_texts(incoming.headers, name)))
        .collect()
}

fn spelling(name: &HeaderName) -> String {
    let capitalised = CAPITALISED
        .iter()
        .find(|capitalised| capitalised.eq_ignore_ascii_case(name.as_str()));
    (*capitalised.unwrap_or(&name.as_str())).to_owned()
}

fn last_of_each(multi: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, String> {
    multi
        .iter()
        .filter_map(|(name, values)| Some((name.clone(), values.last()?.clone())))
        .collect()
}
