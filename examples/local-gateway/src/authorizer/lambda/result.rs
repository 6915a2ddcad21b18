//! The result of a Lambda authorizer: a policy or `isAuthorized`, and a context.

use serde_json::{Map, Value};

use super::policy::Policy;

/// The maximum size of a result in a REST API, in bytes.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html>
const MAX_SIZE: usize = 8 * 1024;

/// Whether a request is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Allowed,
    /// A statement denies it, or none allows it.
    Denied {
        explicit: bool,
    },
}

/// The result of a Lambda authorizer. It decides about each request with the same identity.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) principal: Option<String>,
    pub(super) context: Map<String, Value>,
    rule: Rule,
}

#[derive(Clone, Debug)]
enum Rule {
    Simple(bool),
    Policy(Policy),
}

impl Verdict {
    /// Reads the JSON that the function returned. The error says what is wrong with it.
    pub(super) fn parse(json: &[u8], is_simple: bool, is_rest: bool) -> Result<Self, String> {
        if is_rest && json.len() > MAX_SIZE {
            return Err(format!(
                "its result has {} bytes; a REST API accepts at most {MAX_SIZE}",
                json.len()
            ));
        }
        let result: Value = serde_json::from_slice(json)
            .map_err(|error| format!("its result is not JSON: {error}"))?;
        let rule = if is_simple {
            let is_authorized = result.get("isAuthorized").and_then(Value::as_bool);
            Rule::Simple(is_authorized.ok_or("its result has no boolean `isAuthorized`")?)
        } else {
            let document = result.get("policyDocument");
            Rule::Policy(Policy::parse(document.ok_or(
                "its result has no `policyDocument`; for `isAuthorized`, enable simple responses",
            )?)?)
        };
        let principal = match result.get("principalId") {
            Some(Value::String(principal)) => Some(principal.clone()),
            None | Some(Value::Null) if !is_rest => None,
            _ => return Err("its result has no string `principalId`".to_owned()),
        };
        Ok(Self {
            principal,
            context: context(result.get("context"), is_rest)?,
            rule,
        })
    }

    /// Decides about the request with this ARN.
    pub(super) fn decide(&self, arn: &str) -> Decision {
        match &self.rule {
            Rule::Simple(true) => Decision::Allowed,
            Rule::Simple(false) => Decision::Denied { explicit: false },
            Rule::Policy(policy) => policy.decide(arn),
        }
    }
}

/// The context. A REST API accepts only strings, numbers and booleans in it.
fn context(context: Option<&Value>, is_rest: bool) -> Result<Map<String, Value>, String> {
    let context = match context {
        None | Some(Value::Null) => return Ok(Map::new()),
        Some(Value::Object(context)) => context.clone(),
        Some(_) => return Err("its `context` is not an object".to_owned()),
    };
    let is_nested = |value: &Value| !(value.is_string() || value.is_number() || value.is_boolean());
    match context
        .iter()
        .find(|(_, value)| is_rest && is_nested(value))
    {
        Some((name, _)) => Err(format!(
            "`context.{name}` is not a string, number or boolean; write objects and lists as JSON text"
        )),
        None => Ok(context),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Decision, MAX_SIZE, Verdict};

    fn policy(context: &Value) -> Value {
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
        json!({"principalId": "7", "policyDocument": {"Statement": statement}, "context": context})
    }

    fn parse(result: &Value, is_simple: bool, is_rest: bool) -> Result<Verdict, String> {
        Verdict::parse(result.to_string().as_bytes(), is_simple, is_rest)
    }

    #[test]
    fn reads_simple_results_and_policies() {
        for (allowed, expected) in [
            (true, Decision::Allowed),
            (false, Decision::Denied { explicit: false }),
        ] {
            let result = json!({"isAuthorized": allowed, "context": {"a": [1]}});
            let verdict = parse(&result, true, false).unwrap();
            assert_eq!(verdict.decide("x"), expected);
            assert_eq!(verdict.context["a"], json!([1]));
        }
        let verdict = parse(&policy(&Value::Null), false, true).unwrap();
        assert_eq!(verdict.decide("x"), Decision::Allowed);
        assert_eq!(verdict.principal.as_deref(), Some("7"));
    }

    #[test]
    fn only_a_rest_api_limits_the_context() {
        for context in [json!({"a": [1]}), json!({"a": {}}), json!({"a": null})] {
            let error = parse(&policy(&context), false, true).unwrap_err();
            assert!(error.starts_with("`context.a` is not a string"), "{error}");
            assert!(parse(&policy(&context), false, false).is_ok());
        }
        assert!(parse(&policy(&json!({"a": "x", "b": 1, "c": true})), false, true).is_ok());
        let large = policy(&json!({"a": "x".repeat(MAX_SIZE)}));
        let error = parse(&large, false, true).unwrap_err();
        assert!(error.contains("at most 8192"), "{error}");
        assert!(parse(&large, false, false).is_ok());
    }

    #[test]
    fn explains_an_invalid_result() {
        let mut unnamed = policy(&Value::Null);
        unnamed.as_object_mut().unwrap().remove("principalId");
        for (result, is_simple, expected) in [
            (json!("x"), false, "no `policyDocument`"),
            (
                json!({"isAuthorized": true}),
                false,
                "enable simple responses",
            ),
            (
                json!({"isAuthorized": "true"}),
                true,
                "no boolean `isAuthorized`",
            ),
            (unnamed.clone(), false, "no string `principalId`"),
            (policy(&json!(1)), false, "`context` is not an object"),
        ] {
            let error = parse(&result, is_simple, true).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
        assert!(parse(&unnamed, false, false).is_ok());
        assert!(
            Verdict::parse(b"{", false, false)
                .unwrap_err()
                .contains("not JSON")
        );
    }
}
