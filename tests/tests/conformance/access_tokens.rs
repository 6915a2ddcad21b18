//! Compares the guard's verdicts on OAuth 2 access tokens with those of the SDK's `validateOAuth2AccessToken`.

use std::collections::{BTreeMap, BTreeSet};

use lambda_http::Request;
use require_claims::testing::render::{self, Numbers};
use require_claims::{Requirement, all};
use require_claims_tests::access_token_sets::{ACCESS_TOKEN_SETS, AccessTokenSet};
use require_claims_tests::declared_types::has_declared_type;
use require_claims_tests::{denials, events, forged_tokens, payloads};
use serde_json::{Value, json};

use super::{as_many_as_set, sdk, seed};

/// The claim that a message of the SDK is about.
const MESSAGES: [(&str, &str); 4] = [
    ("Wrong token type", "stt"),
    (
        "The token doesn't belong to the specified client",
        "client_id",
    ),
    ("The token is missing some required scopes", "scope"),
    ("The token doesn't belong to the specified audience", "aud"),
];

/// A case in which the results differ: its name, the claim that the guard denies, and whether a payload is such a
/// case for these requirements.
type Case = (
    &'static str,
    &'static str,
    fn(&AccessTokenSet, &Value) -> bool,
);

/// The cases in which the guard denies and the SDK does not.
const STRICTER: [Case; 4] = [
    (
        "`scp` is a string that contains the required scope as a part of another one",
        "scope",
        |set, payload| set.scopes.is_some() && payload["scp"].is_string(),
    ),
    (
        "`scp` has an element of another type",
        "scope",
        |set, payload| set.scopes.is_some() && has_other_elements(&payload["scp"]),
    ),
    (
        "`aud` has an element of another type",
        "aud",
        |set, payload| set.audience.is_some() && has_other_elements(&payload["aud"]),
    ),
    (
        "the token has scopes under `scope`, too, and they differ",
        "scope",
        |set, payload| set.scopes.is_some() && !payload["scope"].is_null(),
    ),
];

/// The case in which the SDK denies and the guard does not: it throws without `scp`. SuperTokens always writes
/// `scp`, and other issuers write `scope`.
const SCOPE_WITHOUT_SCP: &str = "the scopes are under `scope`, and `scp` is absent";

fn has_other_elements(list: &Value) -> bool {
    list.as_array()
        .is_some_and(|list| !list.iter().all(Value::is_string))
}

#[derive(Default)]
struct Comparison {
    payloads: usize,
    verdicts: u64,
    allowed: u64,
    denied: u64,
    allowed_by_text: u64,
    different: BTreeMap<&'static str, u64>,
}

/// A payload as the gateways pass it.
struct Events {
    exact: Request,
    texts: [TextEvents; 2],
}

/// The text of a payload, alone and with tokens.
struct TextEvents {
    alone: Request,
    /// With the payload's token.
    bound: Request,
    /// With a token of another identity that grants everything.
    unbound: Request,
    /// With a token of the same identity that grants everything.
    forged: Request,
}

impl Events {
    fn of(text: &str, payload: &Value, number: usize) -> Self {
        let another = forged_tokens::access_token_with_another_identity(payload, number);
        let same = forged_tokens::access_token_with_the_same_identity(payload);
        let texts = [Numbers::Float64, Numbers::AsWritten].map(|numbers| {
            let claims = json!(render::claims(text, numbers).unwrap());
            let event = events::http_api_jwt(&claims);
            let with = |token: &str| events::request(&events::with_token(event.clone(), token));
            TextEvents {
                alone: events::request(&event),
                bound: with(text),
                unbound: with(&another),
                forged: with(&same),
            }
        });
        let exact = events::request(&events::rest_jwt(payload));
        Self { exact, texts }
    }
}

impl Comparison {
    fn compare(&mut self, text: &str, messages: &[Option<String>]) {
        let payload: Value = serde_json::from_str(text).unwrap();
        let events = Events::of(text, &payload, self.payloads);
        assert_eq!(messages.len(), ACCESS_TOKEN_SETS.len());
        for (set, message) in ACCESS_TOKEN_SETS.iter().zip(messages) {
            let denied_claim = message.as_deref().map(claim_of);
            self.compare_set(set, &payload, &events, denied_claim);
        }
        self.payloads += 1;
    }

    /// `denied_claim` is the first claim that the SDK denies.
    fn compare_set(
        &mut self,
        set: &AccessTokenSet,
        payload: &Value,
        events: &Events,
        denied_claim: Option<&str>,
    ) {
        let (keys, requirements): (Vec<_>, Vec<_>) = set.requirements().into_iter().unzip();
        let denied_by = |event| denied_by(&requirements, event);
        let exact = denied_by(&events.exact);
        if exact.as_deref() != denied_claim {
            let case = difference(set, payload, exact.as_deref(), denied_claim);
            *self.different.entry(case).or_default() += 1;
        }
        let mut keys = keys.into_iter().flatten();
        let may_allow = exact.is_none() || !keys.all(|key| has_declared_type(payload, key));
        for event in &events.texts {
            assert_eq!(denied_by(&event.bound), exact, "{set:?} of {payload}");
            let by_text = denied_by(&event.alone);
            assert!(by_text.is_some() || may_allow, "{set:?} by text: {payload}");
            self.allowed_by_text += u64::from(by_text.is_none());
            assert_eq!(denied_by(&event.unbound), by_text, "{set:?} of {payload}");
            let is_denied = denied_by(&event.forged).is_some();
            assert!(
                is_denied || may_allow,
                "{set:?} by forged claims: {payload}"
            );
        }
        self.verdicts += 9;
        *if exact.is_none() {
            &mut self.allowed
        } else {
            &mut self.denied
        } += 1;
    }
}

/// The key of the first error; none if the event is allowed.
fn denied_by(requirements: &[Requirement<'_>], event: &Request) -> Option<String> {
    let errors = denials::errors_of(&[all(requirements)], event);
    Some(errors.first()?["id"].as_str().unwrap().to_owned())
}

/// The claim that a message is about. Other messages are JavaScript's, about `scp`.
fn claim_of(message: &str) -> &'static str {
    let known = MESSAGES
        .iter()
        .find(|(known, _)| message.starts_with(known));
    match known {
        Some((_, claim)) => claim,
        None if message.contains("includes") => "scope",
        None => panic!("{message}"),
    }
}

/// The name of the case in which the results differ.
fn difference(
    set: &AccessTokenSet,
    payload: &Value,
    answered: Option<&str>,
    expected: Option<&str>,
) -> &'static str {
    let context = || format!("{answered:?}, not {expected:?}: {set:?} of {payload}");
    if expected == Some("scope") && answered != expected {
        assert!(payload["scp"].is_null(), "{}", context());
        assert!(payload["scope"].is_string(), "{}", context());
        return SCOPE_WITHOUT_SCP;
    }
    // The guard denies an earlier claim than the SDK.
    let position = |claim| MESSAGES.iter().position(|(_, other)| Some(*other) == claim);
    let earlier = position(answered)
        .is_some_and(|answered| position(expected).is_none_or(|expected| answered < expected));
    assert!(earlier, "{}", context());
    let mut cases = STRICTER.iter();
    let case = cases.find(|(_, claim, is_case)| answered == Some(claim) && is_case(set, payload));
    case.map_or_else(|| panic!("{}", context()), |(name, ..)| *name)
}

/// Compares each payload. `payloads` is called twice, here and for the SDK, and returns the same payloads.
fn compare<I>(what: &str, payloads: impl Fn() -> I) -> Option<Comparison>
where
    I: Iterator<Item = String> + Send,
{
    if !sdk::is_installed(&format!("comparing {what} with SuperTokens' SDK")) {
        return None;
    }
    let mut comparison = Comparison::default();
    let mut texts = payloads();
    sdk::ask_about_access_tokens(&ACCESS_TOKEN_SETS, payloads(), |messages| {
        comparison.compare(&texts.next().unwrap(), &messages);
    });
    assert!(texts.next().is_none(), "a payload without a result");
    let Comparison {
        payloads,
        verdicts,
        allowed,
        denied,
        allowed_by_text,
        different,
    } = &comparison;
    let sets = ACCESS_TOKEN_SETS.len();
    println!("{what}: {payloads} payloads x {sets} requirement sets, {verdicts} verdicts");
    println!("  types known, as the SDK: {allowed} allowed, {denied} denied");
    println!("  text alone: {allowed_by_text} allowed, none of them wrongly");
    for (case, count) in different {
        println!("  different, {count} times: {case}");
    }
    Some(comparison)
}

#[test]
fn decides_access_tokens_as_the_sdk() {
    let generated = || as_many_as_set(250, payloads::generated_access_tokens(seed()));
    if let Some(comparison) = compare("access tokens", generated) {
        let Comparison {
            payloads,
            allowed,
            denied,
            allowed_by_text,
            ..
        } = comparison;
        let few = u64::try_from(payloads).unwrap();
        assert!(allowed > few && denied > few && allowed_by_text > few);
    }
}

/// A payload for each case in which the results differ.
#[test]
fn differs_from_the_sdk_only_in_named_cases() {
    let payloads = || {
        let members = [
            json!({"scp": "orders:readonly"}),
            json!({"scp": ["orders:read", 5]}),
            json!({"aud": ["orders", null]}),
            json!({"scope": "orders:write"}),
            json!({"scp": null, "scope": "orders:read"}),
        ];
        members.into_iter().map(|members| {
            let mut payload = json!({
                "iss": "https://api.example.com/auth", "exp": 1_700_003_600, "iat": 1_700_000_000,
                "sub": "user-1", "stt": 1, "client_id": "orders-cli", "aud": ["orders"],
                "scp": ["orders:read"],
            });
            for (key, value) in members.as_object().unwrap() {
                payload[key] = value.clone();
            }
            payload.to_string()
        })
    };
    if let Some(comparison) = compare("differences", payloads) {
        let counted: BTreeSet<&str> = comparison.different.into_keys().collect();
        let named = STRICTER.map(|(name, ..)| name).into_iter();
        assert_eq!(counted, named.chain([SCOPE_WITHOUT_SCP]).collect());
    }
}
