//! Callers, each with a verified token, and the claims that the other crates are given.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

/// The key with which the tokens can be verified.
pub(crate) const PUBLIC_KEY: &str = include_str!("../public_key.pem");

/// A line for each caller: whether the request is allowed, and the token. They do not expire before the year 2100.
/// The private key no longer exists, so a change of the tokens needs a new key.
const TOKENS: &str = include_str!("../tokens.txt");

/// A caller whose claims have been read already. Finding and reading them is not counted.
pub(crate) struct Caller {
    pub(crate) is_allowed: bool,
    pub(crate) token: &'static str,
    pub(crate) payload: Value,
    pub(crate) claims: Claims,
}

/// The claims that the decision is about.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Claims {
    #[serde(rename = "st-ev")]
    email_verified: Timestamped<bool>,
    #[serde(rename = "st-role")]
    role: Timestamped<Vec<String>>,
    #[serde(rename = "st-mfa")]
    mfa: Timestamped<bool>,
}

#[derive(Clone, Debug, Deserialize)]
struct Timestamped<T> {
    v: T,
}

impl Claims {
    pub(crate) fn email_verified(&self) -> bool {
        self.email_verified.v
    }

    pub(crate) fn roles(&self) -> &[String] {
        &self.role.v
    }

    pub(crate) fn mfa(&self) -> bool {
        self.mfa.v
    }

    /// The claims as names: the roles, and one name for each of the others that is true.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        let flags = [
            ("email-verified", self.email_verified()),
            ("mfa", self.mfa()),
        ];
        let flags = flags.into_iter().filter(|(_, is_true)| *is_true);
        let roles = self.roles().iter().cloned();
        roles.chain(flags.map(|(name, _)| name.to_owned()))
    }
}

/// All callers. The first one is allowed.
pub(crate) fn callers() -> impl Iterator<Item = Caller> {
    TOKENS.lines().map(|line| {
        let (verdict, token) = line.split_once(' ').expect("a verdict and a token");
        let payload = token.split('.').nth(1).expect("a payload");
        let payload = URL_SAFE_NO_PAD.decode(payload).expect("base64");
        Caller {
            is_allowed: verdict == "allowed",
            token,
            payload: serde_json::from_slice(&payload).expect("JSON"),
            claims: serde_json::from_slice(&payload).expect("the claims"),
        }
    })
}
