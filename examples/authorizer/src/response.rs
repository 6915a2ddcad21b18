//! The response to API Gateway: a policy, or the simple response of an HTTP API.
//!
//! The formats are described for
//! [REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html)
//! and [HTTP APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html).

use serde_json::{Value, json};

use crate::claims::Identity;

/// The format of the response to an event.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A policy for this resource.
    Policy { resource: String },
    /// `isAuthorized`.
    Simple,
}

impl Format {
    /// The response that allows a request, and passes the payload to the function as JSON text: a REST API accepts no
    /// objects in the context.
    pub(crate) fn allow(&self, identity: &Identity) -> Value {
        let (principal, payload) = (&identity.principal, identity.payload.get());
        match self {
            Self::Policy { resource } => json!({
                "principalId": principal,
                "policyDocument": policy("Allow", resource),
                "context": {"claims": payload},
            }),
            // API Gateway adds `principalId` to the context of a policy, but not to this one.
            Self::Simple => json!({
                "isAuthorized": true,
                "context": {"principalId": principal, "claims": payload},
            }),
        }
    }

    /// The response that denies a request.
    pub(crate) fn deny(&self, principal: &str) -> Value {
        match self {
            Self::Policy { resource } => json!({
                "principalId": principal,
                "policyDocument": policy("Deny", resource),
            }),
            Self::Simple => json!({"isAuthorized": false}),
        }
    }
}

fn policy(effect: &str, resource: &str) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}],
    })
}

/// All routes of the stage to which this route belongs. API Gateway caches a policy and uses it for other routes, too,
/// so a policy for one route would block them.
///
/// Returns `None` if this is not the ARN of a route. Characters with a meaning in policies (`*`, `?`, `${`) do not occur
/// in the names of APIs and stages.
pub(crate) fn stage_of(route_arn: &str) -> Option<String> {
    let is_plain = |name: &str| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_:$".contains(c);
        !name.is_empty() && name.chars().all(is_name)
    };
    let (api, route) = route_arn.split_once('/')?;
    let (stage, _) = route.split_once('/')?;
    let is_api = api.starts_with("arn:") && api.contains(":execute-api:");
    (is_api && is_plain(api) && is_plain(stage)).then(|| format!("{api}/{stage}/*"))
}

#[cfg(test)]
mod tests {
    use super::stage_of;

    const API: &str = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234";

    #[test]
    fn covers_all_routes_of_the_stage() {
        for (route, stage) in [
            ("prod/GET/orders", "prod/*"),
            ("prod/GET/", "prod/*"),
            ("prod/DELETE/orders/*/../7", "prod/*"),
            ("$default/GET/orders", "$default/*"),
            ("my-stage_2/$connect", "my-stage_2/*"),
        ] {
            let expected = Some(format!("{API}/{stage}"));
            assert_eq!(stage_of(&format!("{API}/{route}")), expected, "{route}");
        }
        let china = "arn:aws-cn:execute-api:cn-north-1:123456789012:abcdef1234";
        let expected = Some(format!("{china}/prod/*"));
        assert_eq!(stage_of(&format!("{china}/prod/GET/orders")), expected);
    }

    #[test]
    fn has_no_stage_for_anything_else() {
        for arn in [
            String::new(),
            "*".to_owned(),
            API.to_owned(),
            format!("{API}/prod"),
            format!("{API}//GET/orders"),
            format!("{API}/*/GET/orders"),
            format!("{API}/pro?/GET/orders"),
            format!("{API}/${{stage}}/GET/orders"),
            format!("{API}*/prod/GET/orders"),
            "arn:aws:lambda:eu-central-1:123456789012:function/prod/GET".to_owned(),
            "execute-api:abc/prod/GET".to_owned(),
        ] {
            assert_eq!(stage_of(&arn), None, "{arn}");
        }
    }
}
