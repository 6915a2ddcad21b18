//! What an authorizer passes to the function.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use crate::event::{Format, PayloadFormat};

/// What an authorizer passes to the function.
#[derive(Clone, PartialEq)]
pub enum Identity {
    /// The result of an HTTP API's JWT authorizer.
    HttpJwt {
        /// All claims as the text that the gateway renders.
        claims: BTreeMap<String, String>,
        /// The token's scopes, or `None` if the route requires no scope.
        scopes: Option<Vec<String>>,
    },
    /// The claims from a REST API's JWT authorizer, with their JSON types.
    RestJwt(Value),
    /// The result of a Lambda authorizer.
    Lambda {
        /// The caller's id, from a policy.
        principal: Option<String>,
        /// The context.
        context: Map<String, Value>,
    },
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only the names of the claims: the values are personal data.
        let mut names: Vec<&str> = match self {
            Self::HttpJwt { claims, .. } => claims.keys().map(String::as_str).collect(),
            Self::RestJwt(claims) => claims
                .as_object()
                .into_iter()
                .flat_map(Map::keys)
                .map(String::as_str)
                .collect(),
            Self::Lambda { context, .. } => context.keys().map(String::as_str).collect(),
        };
        names.sort_unstable();
        f.debug_tuple("Identity").field(&names).finish()
    }
}

impl Identity {
    /// The authorizer's object in the event's `requestContext`.
    pub(crate) fn in_event(&self, format: Format) -> Value {
        match self {
            Self::HttpJwt { claims, scopes } => {
                let jwt = json!({"claims": claims, "scopes": scopes});
                match format {
                    Format::Http(PayloadFormat::V2) => json!({ "jwt": jwt }),
                    _ => jwt,
                }
            }
            Self::RestJwt(claims) => json!({ "claims": claims }),
            Self::Lambda { principal, context } => {
                if format == Format::Http(PayloadFormat::V2) {
                    return json!({ "lambda": context });
                }
                let mut fields = context.clone();
                if let Some(principal) = principal {
                    fields.insert("principalId".to_owned(), json!(principal));
                }
                fields.insert("integrationLatency".to_owned(), json!(0));
                Value::Object(fields)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Identity;

    #[test]
    fn debug_output_contains_no_claim_values() {
        let members = json!({"sub": "alice"});
        for identity in [
            Identity::HttpJwt {
                claims: [("sub".to_owned(), "alice".to_owned())].into(),
                scopes: None,
            },
            Identity::RestJwt(members.clone()),
            Identity::Lambda {
                principal: Some("alice".to_owned()),
                context: members.as_object().unwrap().clone(),
            },
        ] {
            let debug = format!("{identity:?}");
            assert!(debug.contains("sub") && !debug.contains("alice"), "{debug}");
        }
    }
}
