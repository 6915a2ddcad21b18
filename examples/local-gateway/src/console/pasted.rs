//! An event that the user pasted, addressed to one of the routes.

use serde_json::{Map, Value, json};

use super::setup;
use crate::event::{Format, PayloadFormat};
use crate::routes::{Route, Routes};

/// A pasted event that is ready for the function of a route.
#[derive(Debug)]
pub(crate) struct Pasted<'r> {
    /// The route whose function receives it.
    pub(crate) route: &'r Route,
    /// The event.
    pub(crate) event: Value,
    /// Its format, which the function's response has, too.
    pub(crate) format: Format,
}

/// Reads the page's request, `{"route": KEY, "event": …}`, and changes the event's method, path and path parameters to
/// those of the route. An event without a body gets that of the example's calls. Everything else stays as it is, and so do
/// the claims.
///
/// # Errors
///
/// Returns what was expected and what to do if the request or the event cannot be used.
pub(crate) fn address<'r>(request: &[u8], routes: &'r Routes) -> Result<Pasted<'r>, String> {
    let mut request: Map<String, Value> = serde_json::from_slice(request)
        .map_err(|error| format!("the request is not a JSON object: {error}"))?;
    let key = request.get("route").and_then(Value::as_str);
    let route = routes.iter().find(|route| Some(route.key()) == key);
    let route = route.ok_or("the request names no route of this API; reload the page")?;
    let mut event = request.remove("event").unwrap_or_default();
    let format = format(&event).ok_or(
        "this is not an event of API Gateway with a method and a path, which has `\"version\": \"2.0\"` or \
         `httpMethod`; paste the whole JSON object that the function received",
    )?;
    if let Some(event) = event.as_object_mut() {
        match format {
            Format::Http(PayloadFormat::V2) => address_2_0(event, route),
            Format::Http(PayloadFormat::V1) | Format::Rest => address_1_0(event, route, format),
        }
        let has_body = event.get("body").is_some_and(|body| !body.is_null());
        if let Some(body) = setup::body(route).filter(|_| !has_body) {
            event.insert("body".to_owned(), body.into());
            event.insert("isBase64Encoded".to_owned(), false.into());
        }
    }
    Ok(Pasted {
        route,
        event,
        format,
    })
}

/// The format of an event, or `None` if this is not the event of a request with a method and a path.
fn format(event: &Value) -> Option<Format> {
    let has = |pointer: &str| event.pointer(pointer).is_some_and(Value::is_string);
    match event.get("version").and_then(Value::as_str) {
        Some("2.0") if has("/requestContext/http/method") => Some(Format::Http(PayloadFormat::V2)),
        Some("1.0") if has("/httpMethod") => Some(Format::Http(PayloadFormat::V1)),
        None if has("/httpMethod") => Some(Format::Rest),
        _ => None,
    }
}

fn address_2_0(event: &mut Map<String, Value>, route: &Route) {
    let path = route.example_path(setup::PARAMETER);
    set(event, "routeKey", route.key());
    set(event, "rawPath", &path);
    let parameters = path_parameters(route);
    if parameters.is_null() {
        event.remove("pathParameters");
    } else {
        event.insert("pathParameters".to_owned(), parameters);
    }
    if let Some(context) = event.get_mut("requestContext").and_then(object) {
        set(context, "routeKey", route.key());
        if let Some(http) = context.get_mut("http").and_then(object) {
            set(http, "method", setup::method(route));
            set(http, "path", &path);
        }
    }
}

fn address_1_0(event: &mut Map<String, Value>, route: &Route, format: Format) {
    let path = route.example_path(setup::PARAMETER);
    let (method, resource) = (setup::method(route), route.path());
    set(event, "httpMethod", method);
    set(event, "path", &path);
    set(event, "resource", resource);
    event.insert("pathParameters".to_owned(), path_parameters(route));
    let Some(context) = event.get_mut("requestContext").and_then(object) else {
        return;
    };
    let stage = context.get("stage").and_then(Value::as_str);
    let path = match (format, stage) {
        (Format::Rest, Some(stage)) => format!("/{stage}{path}"),
        _ => path,
    };
    set(context, "httpMethod", method);
    set(context, "resourcePath", resource);
    set(context, "path", &path);
}

fn path_parameters(route: &Route) -> Value {
    let path = route.example_path(setup::PARAMETER);
    let parameters = route.parameters(setup::method(route), &path);
    match parameters.filter(|parameters| !parameters.is_empty()) {
        Some(parameters) => json!(parameters),
        None => Value::Null,
    }
}

fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    value.as_object_mut()
}

fn set(members: &mut Map<String, Value>, name: &str, text: &str) {
    members.insert(name.to_owned(), text.into());
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::address;
    use crate::event::{Format, PayloadFormat};
    use crate::routes::Routes;

    fn addressed(route: &str, event: &Value) -> Result<(Value, Format), String> {
        let routes = Routes::for_orders();
        let request = json!({"route": route, "event": event}).to_string();
        let pasted = address(request.as_bytes(), &routes)?;
        assert_eq!(pasted.route.key(), route);
        Ok((pasted.event, pasted.format))
    }

    #[test]
    fn changes_the_address_of_format_2_0_and_keeps_the_claims() {
        let authorizer = json!({"jwt": {"claims": {"sub": "a"}}});
        let event = json!({
            "version": "2.0", "routeKey": "GET /a", "rawPath": "/a", "headers": {"x": "y"},
            "requestContext": {"http": {"method": "GET", "path": "/a"}, "authorizer": authorizer},
        });
        let (event, format) = addressed("DELETE /orders/{id}", &event).unwrap();
        assert_eq!(format, Format::Http(PayloadFormat::V2));
        assert_eq!(event["routeKey"], "DELETE /orders/{id}");
        assert_eq!(event["rawPath"], "/orders/1");
        assert_eq!(event["pathParameters"], json!({"id": "1"}));
        assert_eq!(event["headers"], json!({"x": "y"}));
        assert_eq!(event.get("body"), None);
        let context = &event["requestContext"];
        assert_eq!(
            context["http"],
            json!({"method": "DELETE", "path": "/orders/1"})
        );
        assert_eq!(context["authorizer"], authorizer);

        let (event, _) = addressed("POST /orders", &event).unwrap();
        assert_eq!(event.get("pathParameters"), None);
        assert!(event["body"].as_str().unwrap().contains("lamp"));
    }

    #[test]
    fn changes_the_address_of_the_older_formats() {
        for (version, expected, path) in [
            (Some("1.0"), Format::Http(PayloadFormat::V1), "/orders/1"),
            (None, Format::Rest, "/prod/orders/1"),
        ] {
            let mut event = json!({"httpMethod": "GET", "requestContext": {"stage": "prod"}});
            if let Some(version) = version {
                event["version"] = version.into();
            }
            let (event, format) = addressed("DELETE /orders/{id}", &event).unwrap();
            assert_eq!(format, expected);
            assert_eq!(event["httpMethod"], "DELETE");
            assert_eq!(event["path"], "/orders/1");
            assert_eq!(event["pathParameters"], json!({"id": "1"}));
            assert_eq!(event["requestContext"]["resourcePath"], "/orders/{id}");
            assert_eq!(event["requestContext"]["path"], path);
        }
    }

    #[test]
    fn explains_what_cannot_be_used() {
        for event in [
            json!(null),
            json!([]),
            json!({"version": "2.0"}),
            json!({"version": "3.0", "httpMethod": "GET"}),
            json!({"requestContext": {"connectionId": "a"}}),
        ] {
            let error = addressed("GET /orders", &event).unwrap_err();
            assert!(error.contains("paste the whole JSON object"), "{error}");
        }
        let error = addressed("GET /other", &json!({})).unwrap_err();
        assert!(error.contains("reload the page"), "{error}");
        let error = address(b"[", &Routes::for_orders()).unwrap_err();
        assert!(error.contains("not a JSON object"), "{error}");
    }
}
