//! Evaluates the policy that a Lambda authorizer returned.
//!
//! A statement with an element that is not evaluated here, such as `Condition`, is an error: a wrong guess would allow
//! or deny requests that AWS does not.

use serde_json::{Map, Value};

use super::result::Decision;

/// The action that invokes an API.
const ACTION: &str = "execute-api:Invoke";

/// The statements of a policy.
#[derive(Clone, Debug)]
pub(super) struct Policy(Vec<Statement>);

#[derive(Clone, Debug)]
struct Statement {
    allows: bool,
    actions: Vec<String>,
    resources: Vec<String>,
}

impl Policy {
    /// Reads a policy document. The error says which element is invalid.
    pub(super) fn parse(document: &Value) -> Result<Self, String> {
        let statements = match document.get("Statement") {
            Some(Value::Array(statements)) => statements.iter().collect(),
            Some(statement @ Value::Object(_)) => vec![statement],
            _ => return Err("`policyDocument.Statement` is missing".to_owned()),
        };
        let statements = statements.into_iter().map(Statement::parse);
        statements.collect::<Result<_, _>>().map(Self)
    }

    /// Decides about the request with this ARN: a statement that denies it wins over one that allows it.
    pub(super) fn decide(&self, arn: &str) -> Decision {
        let applies = |statement: &&Statement| {
            let is_action = |pattern: &String| {
                matches_wildcards(&pattern.to_ascii_lowercase(), &ACTION.to_ascii_lowercase())
            };
            let mut resources = statement.resources.iter();
            statement.actions.iter().any(is_action)
                && resources.any(|pattern| matches_wildcards(pattern, arn))
        };
        let applying: Vec<_> = self.0.iter().filter(applies).collect();
        if applying.iter().any(|statement| !statement.allows) {
            return Decision::Denied { explicit: true };
        }
        if applying.is_empty() {
            return Decision::Denied { explicit: false };
        }
        Decision::Allowed
    }
}

impl Statement {
    fn parse(statement: &Value) -> Result<Self, String> {
        let Value::Object(members) = statement else {
            return Err("a statement of the policy is not an object".to_owned());
        };
        let known = ["Sid", "Effect", "Action", "Resource"];
        if let Some(name) = members.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(format!(
                "this gateway does not evaluate `{name}` in a policy"
            ));
        }
        Ok(Self {
            allows: match members.get("Effect").and_then(Value::as_str) {
                Some("Allow") => true,
                Some("Deny") => false,
                _ => return Err("the policy's `Effect` is neither `Allow` nor `Deny`".to_owned()),
            },
            actions: texts(members, "Action")?,
            resources: texts(members, "Resource")?,
        })
    }
}

/// A member that is a string or a list of strings.
fn texts(members: &Map<String, Value>, name: &str) -> Result<Vec<String>, String> {
    let error = || format!("the policy's `{name}` is not a string or a list of strings");
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(error);
    match members.get(name) {
        Some(Value::Array(values)) if !values.is_empty() => values.iter().map(text).collect(),
        Some(value) => Ok(vec![text(value)?]),
        None => Err(error()),
    }
}

/// Matches a text with a pattern, in which `*` stands for any characters and `?` for one.
fn matches_wildcards(pattern: &str, text: &str) -> bool {
    let mut possible = vec![true];
    // `possible[n]` says whether the pattern up to here matches the first `n` characters.
    let text: Vec<char> = text.chars().collect();
    possible.resize(text.len() + 1, false);
    for c in pattern.chars() {
        let mut next = Vec::with_capacity(possible.len());
        let mut reached = false;
        let shifted = std::iter::once(false).chain(possible.iter().copied());
        let characters = std::iter::once(None).chain(text.iter().map(Some));
        for ((before, here), character) in shifted.zip(&possible).zip(characters) {
            reached |= *here;
            next.push(match c {
                '*' => reached,
                '?' => before,
                c => before && character == Some(&c),
            });
        }
        possible = next;
    }
    possible.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Policy, matches_wildcards};
    use crate::authorizer::lambda::result::Decision;

    const ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:local/prod/GET/orders/1";

    #[test]
    fn an_explicit_deny_wins() {
        let allow =
            json!({"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:*/prod/*"});
        let deny = json!({"Effect": "Deny", "Action": ["execute-api:*"], "Resource": ["x", "*/GET/orders/?"]});
        let other = json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"});
        for (statements, expected) in [
            (json!([allow]), Decision::Allowed),
            (allow.clone(), Decision::Allowed),
            (json!([allow, deny]), Decision::Denied { explicit: true }),
            (json!([other]), Decision::Denied { explicit: false }),
            (json!([]), Decision::Denied { explicit: false }),
        ] {
            let policy = Policy::parse(&json!({ "Statement": statements })).unwrap();
            assert_eq!(policy.decide(ARN), expected, "{statements}");
        }
    }

    #[test]
    fn an_element_that_is_not_evaluated_is_an_error() {
        for (document, expected) in [
            (json!({}), "`policyDocument.Statement` is missing"),
            (json!({"Statement": ["x"]}), "is not an object"),
            (
                json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {}}}),
                "does not evaluate `Condition`",
            ),
            (
                json!({"Statement": {"Effect": "allow", "Action": "*", "Resource": "*"}}),
                "`Effect` is neither",
            ),
            (
                json!({"Statement": {"Effect": "Allow", "Action": "*"}}),
                "`Resource` is not",
            ),
            (
                json!({"Statement": {"Effect": "Allow", "Action": [], "Resource": "*"}}),
                "`Action` is not",
            ),
        ] {
            let error = Policy::parse(&document).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn wildcards_match_any_and_single_characters() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("*", "", true),
            ("*", "abc", true),
            ("a*c", "abbc", true),
            ("a*c", "abb", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*b*b*", "abab", true),
            ("a", "ab", false),
            ("ab", "a", false),
        ] {
            assert_eq!(
                matches_wildcards(pattern, text),
                expected,
                "{pattern} {text}"
            );
        }
    }
}
