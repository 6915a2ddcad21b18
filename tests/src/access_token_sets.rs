//! Requirements on OAuth 2 access tokens, as SuperTokens' SDK takes them and as values.

use require_claims::Requirement;
use require_claims::supertokens::{AUDIENCE, CLIENT, OAUTH2, SCOPE};
use serde_json::{Map, Value, json};

/// The requirements that are passed to the SDK's `validateOAuth2AccessToken`.
#[derive(Clone, Copy, Debug)]
pub struct AccessTokenSet {
    /// The client to which the token was issued.
    pub client: Option<&'static str>,
    /// Scopes that the token has.
    pub scopes: Option<&'static [&'static str]>,
    /// An audience of the token.
    pub audience: Option<&'static str>,
}

const ANY: AccessTokenSet = AccessTokenSet {
    client: None,
    scopes: None,
    audience: None,
};

/// The sets.
pub const ACCESS_TOKEN_SETS: [AccessTokenSet; 12] = [
    ANY,
    ANY.of_client("orders-cli"),
    ANY.of_client("x] v:[admin"),
    ANY.with_scopes(&["orders:read"]),
    ANY.with_scopes(&["orders:read", "orders:write"]),
    ANY.with_scopes(&["admin", "[admin"]),
    ANY.with_scopes(&["adm"]),
    ANY.for_audience("orders"),
    ANY.for_audience("foo admin"),
    ANY.of_client("orders-cli").with_scopes(&["orders:read"]),
    ANY.of_client("admin").for_audience("[]"),
    ANY.of_client("orders-cli")
        .with_scopes(&["orders:read"])
        .for_audience("orders"),
];

impl AccessTokenSet {
    const fn of_client(mut self, client: &'static str) -> Self {
        self.client = Some(client);
        self
    }

    const fn with_scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = Some(scopes);
        self
    }

    const fn for_audience(mut self, audience: &'static str) -> Self {
        self.audience = Some(audience);
        self
    }

    /// The equivalent requirements, in the SDK's order, each with the keys of the claims that it reads.
    #[must_use]
    pub fn requirements(&self) -> Vec<(&'static [&'static str], Requirement<'static>)> {
        let client = self.client.map(|client| CLIENT.has_value(client));
        let scopes = self.scopes.map(|scopes| SCOPE.includes_all(scopes));
        let audience = self.audience.map(|audience| AUDIENCE.includes(audience));
        let requirements: [(&'static [&'static str], _); 4] = [
            (&["stt"], Some(OAUTH2)),
            (&["client_id"], client),
            (&["scope", "scp"], scopes),
            (&["aud"], audience),
        ];
        let requirements = requirements.into_iter();
        requirements
            .filter_map(|(keys, requirement)| Some((keys, requirement?)))
            .collect()
    }

    /// The set as `tests/sdk/oauth2.js` reads it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let members = [
            ("clientId", self.client.map(Value::from)),
            ("scopes", self.scopes.map(|scopes| json!(scopes))),
            ("audience", self.audience.map(Value::from)),
        ];
        let members = members.into_iter();
        let present = members.filter_map(|(key, value)| Some((key.to_owned(), value?)));
        Value::Object(present.collect::<Map<_, _>>())
    }
}
