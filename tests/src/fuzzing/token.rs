//! The token in `Authorization`: if it is not bound, it changes nothing; if it is, its payload decides.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use require_claims::testing::render::{self, Numbers};
use serde_json::{Map, Value};

use super::binding::{self, Sameness, is_shallow};
use super::requests::{self, Texts};
use super::requirements::{self, KeyedRequirement, Outcome, combined, outcome_of_all, outcomes};
use super::{access_tokens, duplicate_keys, extraction};

/// Each line of the input is a name and a value, separated by a colon and a space:
///
/// | name | value |
/// |---|---|
/// | `authorization` | a header, in which `@` is replaced by the token's payload in base64url; may be repeated |
/// | `token` | the payload of the token in the header, as JSON |
/// | `verified` | the payload that the gateway verified; by default, that of the token |
/// | any other | the text of a claim that the authorizer passes, whatever the payload contains |
///
/// # Panics
///
/// If a property of the guard does not hold.
pub fn token(input: &[u8]) {
    let input = Input::read(input);
    let headers = input.headers();
    let names = names(&input.token);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let steps = requirements::steps(&names);
    let lists = access_tokens::lists(&names);
    let mut requirements = requirements::all_requirements(&names, &steps);
    requirements.extend(access_tokens::requirements(&lists));
    let event = input.event(&headers);
    let from_text = outcomes(&requirements, &requests::http_api(&input.claims));
    let from_text = combined(&from_text);
    let with_token = outcome_of_all(&requirements, &event);

    // The payload formats differ in the places of claims and headers. With format 1.0, `lambda_http` may have
    // dropped another `Authorization` header, so the guard does not use the remaining one.
    let v1 = requests::http_api_v1(&input.claims);
    let v1 = requests::with_authorization(v1, headers.iter().map(Vec::as_slice));
    let from_v1 = outcome_of_all(&requirements, &v1);
    requirements::assert_same_except_for_remedies(&from_v1, &from_text, &"payload format 1.0");
    let plain = requests::plain_v1(&v1, event.headers());
    assert_eq!(outcome_of_all(&requirements, &plain), with_token);
    for json in requests::as_json(&plain) {
        assert_eq!(outcome_of_all(&requirements, &json), with_token, "{json}");
    }

    // Cognito's authorizer joins lists, so the token is not bound.
    let joined = requests::cognito(&input.claims);
    let from_joined = combined(&outcomes(&requirements, &joined));
    let with_header = requests::plain_v1(&joined, event.headers());
    let from_cognito = outcome_of_all(&requirements, &with_header);
    let cognito = "Cognito's authorizer";
    requirements::assert_same_except_for_remedies(&from_cognito, &from_joined, &cognito);

    let payload = binding::payload(&headers).unwrap_or_default();
    extraction::assert_extracted_claims(&event, &input.claims, &payload);
    match binding::sameness(&payload, &input.claims) {
        Sameness::Different => assert_eq!(with_token, from_text, "an unbound token"),
        Sameness::Unknown if with_token == from_text => {}
        Sameness::Same | Sameness::Unknown => Bound {
            claims: &input.claims,
            payload: &payload,
        }
        .assert_outcomes_of_the_payload(&requirements, &outcomes(&requirements, &event)),
    }
}

/// The parsed input.
struct Input {
    /// As in the input, with `@` for the token's payload.
    headers: Vec<Vec<u8>>,
    token: String,
    claims: Texts,
}

impl Input {
    fn read(input: &[u8]) -> Self {
        let mut headers = Vec::new();
        let (mut token, mut verified) = (String::new(), None);
        let mut further = Vec::new();
        for line in input.split(|byte| *byte == b'\n') {
            if let Some(value) = line.strip_prefix(b"authorization: ") {
                headers.push(value.to_vec());
                continue;
            }
            let line = String::from_utf8_lossy(line);
            match line.split_once(": ") {
                Some(("token", payload)) => payload.clone_into(&mut token),
                Some(("verified", payload)) => verified = Some(payload.to_owned()),
                Some((key, text)) => further.push((key.to_owned(), text.to_owned())),
                None => {}
            }
        }
        let verified = verified.as_ref().unwrap_or(&token);
        let rendered = render::claims(verified, Numbers::Float64);
        let mut claims: Texts = rendered.unwrap_or_default().into_iter().collect();
        claims.extend(further);
        // Claims with these keys are denied if the guard may confuse them with fields of the authorizer
        // context.
        claims.remove("claims");
        claims.remove("scopes");
        Self {
            headers,
            token,
            claims,
        }
    }

    fn headers(&self) -> Vec<Vec<u8>> {
        let encoded = URL_SAFE_NO_PAD.encode(&self.token);
        let expand = |header: &Vec<u8>| {
            let parts = header.split(|byte| *byte == b'@');
            parts.collect::<Vec<_>>().join(encoded.as_bytes())
        };
        self.headers.iter().map(expand).collect()
    }

    fn event(&self, headers: &[Vec<u8>]) -> lambda_http::Request {
        let event = requests::http_api(&self.claims);
        requests::with_authorization(event, headers.iter().map(Vec::as_slice))
    }
}

/// The number of names in the requirements.
const NAMES: usize = 4;

/// Strings and factors in a payload, and their first words.
fn names(payload: &str) -> Vec<String> {
    let mut names = vec!["admin".to_owned()];
    let mut values = vec![serde_json::from_str(payload).unwrap_or_default()];
    while let Some(value) = values.pop()
        && names.len() < NAMES
    {
        match value {
            Value::String(name) => {
                names.extend(name.split_once([' ', ',']).map(|(word, _)| word.to_owned()));
                names.push(name);
            }
            Value::Array(elements) => values.extend(elements),
            Value::Object(members) => {
                // Completed factors and some names are keys.
                for key in ["c", "projects", "resources"] {
                    if let Some(Value::Object(keys)) = members.get(key) {
                        names.extend(keys.keys().take(2).cloned());
                    }
                }
                values.extend(members.into_values());
            }
            _ => {}
        }
    }
    names.sort();
    names.dedup();
    names.truncate(NAMES);
    names
}

/// A bound token.
struct Bound<'a> {
    claims: &'a Texts,
    payload: &'a str,
}

impl Bound<'_> {
    /// If the authorizer's text is the text of the payload's claim, the outcome is that of the payload with
    /// its JSON types. If it is not, the claim is denied.
    fn assert_outcomes_of_the_payload(
        &self,
        requirements: &[KeyedRequirement<'_>],
        outcomes_with_token: &[Outcome],
    ) {
        let Ok(mut payload) = serde_json::from_str::<Map<String, Value>>(self.payload) else {
            return;
        };
        payload.remove("claims");
        // The guard recognizes JSON types by a value that is not a string.
        payload.insert("a number".to_owned(), 1.into());
        let from_claims = outcomes(requirements, &requests::rest(payload.clone()));
        let is_plain = duplicate_keys::are_unique(self.payload) && is_shallow(self.payload);
        for ((keyed, outcome), expected) in requirements
            .iter()
            .zip(outcomes_with_token)
            .zip(&from_claims)
        {
            let requirement = keyed.requirement;
            assert!(
                outcome.is_err() || expected.is_ok(),
                "{requirement:?} is allowed by a token that denies it: {}",
                self.payload
            );
            match self.sameness(&payload, keyed.keys) {
                Sameness::Same if is_plain => {
                    let input = (requirement, self.payload);
                    requirements::assert_same(outcome, expected, &input);
                }
                Sameness::Different => {
                    assert!(outcome.is_err(), "{requirement:?} of another text");
                }
                _ => {}
            }
        }
    }

    /// Whether the texts that the authorizer passed are those of the payload's claims, `stt` included.
    fn sameness(&self, payload: &Map<String, Value>, keys: &[&str]) -> Sameness {
        let keys = keys.iter().chain(&["stt"]);
        keys.map(|key| binding::claim_sameness(payload.get(*key), self.claims.get(*key)))
            .fold(Sameness::Same, Sameness::and)
    }
}
