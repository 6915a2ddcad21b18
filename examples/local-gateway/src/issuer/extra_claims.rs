//! Claims to add to the tokens of the demo users, such as `customer:plan="pro"`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value};

use super::users::{USERS, User};

/// A claim to add to the tokens of one demo user.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtraClaim {
    user: &'static str,
    name: String,
    value: Value,
}

/// The text is not `USER:NAME=JSON`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraClaimError(String);

impl fmt::Display for ExtraClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; write a claim as `customer:plan=\"pro\"`", self.0)
    }
}

impl std::error::Error for ExtraClaimError {}

impl FromStr for ExtraClaim {
    type Err = ExtraClaimError;

    fn from_str(text: &str) -> Result<Self, ExtraClaimError> {
        let error = |reason: String| ExtraClaimError(reason);
        // The first `:` and the first `=` separate: the name of a claim may be a URL.
        let (user, claim) = text
            .split_once(':')
            .ok_or_else(|| error(format!("`{text}` has no user")))?;
        let Some(user) = User::named(user) else {
            let names: Vec<_> = USERS.iter().map(|user| user.name).collect();
            let names = names.join(", ");
            return Err(error(format!("there is no user `{user}`, only {names}")));
        };
        let (name, json) = claim
            .split_once('=')
            .filter(|(name, _)| !name.is_empty())
            .ok_or_else(|| error(format!("`{claim}` is not `NAME=JSON`")))?;
        let value = serde_json::from_str(json).map_err(|_| {
            error(format!(
                "`{json}` is not JSON (text needs double quotes, which a shell removes unless they are quoted)"
            ))
        })?;
        Ok(Self {
            user: user.name,
            name: name.to_owned(),
            value,
        })
    }
}

/// The added claims of all demo users. A claim of the same name is replaced.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExtraClaims(BTreeMap<&'static str, Map<String, Value>>);

impl FromIterator<ExtraClaim> for ExtraClaims {
    fn from_iter<I: IntoIterator<Item = ExtraClaim>>(claims: I) -> Self {
        let mut all = Self::default();
        for claim in claims {
            let of_user = all.0.entry(claim.user).or_default();
            of_user.insert(claim.name, claim.value);
        }
        all
    }
}

impl ExtraClaims {
    /// Adds the claims of a user to a token's payload.
    pub(super) fn add_to(&self, payload: &mut Value, user: &str) {
        if let (Some(claims), Value::Object(members)) = (self.0.get(user), payload) {
            members.extend(claims.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ExtraClaim, ExtraClaims};

    #[test]
    fn adds_claims_to_the_tokens_of_one_user() {
        let claims = [
            r#"customer:plan="pro""#,
            r#"customer:https://a.test/x={"a":[1,"b=c"]}"#,
            "customer:sub=7",
        ];
        let claims: ExtraClaims = claims
            .map(|text| text.parse::<ExtraClaim>().unwrap())
            .into_iter()
            .collect();
        let mut payload = json!({"sub": "1"});
        claims.add_to(&mut payload, "admin");
        assert_eq!(payload, json!({"sub": "1"}));
        claims.add_to(&mut payload, "customer");
        let expected = json!({"sub": 7, "plan": "pro", "https://a.test/x": {"a": [1, "b=c"]}});
        assert_eq!(payload, expected);
    }

    #[test]
    fn explains_an_invalid_claim() {
        for (text, expected) in [
            ("plan=1", "`plan=1` has no user"),
            (
                "nobody:plan=1",
                "there is no user `nobody`, only newcomer, customer",
            ),
            ("customer:plan", "`plan` is not `NAME=JSON`"),
            ("customer:=1", "`=1` is not `NAME=JSON`"),
            ("customer:plan=pro", "`pro` is not JSON"),
        ] {
            let error = text.parse::<ExtraClaim>().unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
