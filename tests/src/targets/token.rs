//! The token in `Authorization`: unbound, it changes nothing; bound, the answers are those of its
//! payload.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use require_claims::testing::render::{self, Numbers};
use serde_json::{Map, Value};

use super::ask::{self, Answer, Asked, looked_at};
use super::event::{self, Texts};
use super::extract;
use super::identity::{self, Sameness, is_shallow};
use super::json_keys;

/// The input is lines, each a name and a value with a colon and a blank between:
///
/// | name | value |
/// |---|---|
/// | `authorization` | a header, in which `@` stands for the token's payload in base64url; perhaps several |
/// | `token` | the payload of the token in the header, JSON |
/// | `verified` | the payload that the gateway looked at; without it, that of the token |
/// | any other | the text of a claim that the authorizer hands over, whatever the payload says |
///
/// # Panics
///
/// Where what is said of the guard does not hold.
pub fn token(input: &[u8]) {
    let input = Input::read(input);
    let headers = input.headers();
    let names = names(&input.token);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let steps = ask::steps(&names);
    let questions = ask::everything(&names, &steps);
    let event = input.event(&headers);
    let from_text = ask::answers(&questions, &event::http_api(&input.claims));
    let from_text = ask::all_of(&from_text);
    let with_token = ask::answer_to_all(&questions, &event);

    // The payload formats differ in where claims and headers are. Of a header in format 1.0,
    // `lambda_http` may have dropped another one, so it changes nothing.
    let v1 = event::http_api_v1(&input.claims);
    let v1 = event::with_authorization(v1, headers.iter().map(Vec::as_slice));
    let from_v1 = ask::answer_to_all(&questions, &v1);
    ask::assert_same_but_for_remedies(&from_v1, &from_text, &"payload format 1.0");
    let plain = event::plain_v1(&v1, event.headers());
    assert_eq!(ask::answer_to_all(&questions, &plain), with_token);

    // What Cognito's authorizer joins binds no token.
    let joined = event::cognito(&input.claims);
    let from_joined = ask::all_of(&ask::answers(&questions, &joined));
    let with_header = event::plain_v1(&joined, event.headers());
    let from_cognito = ask::answer_to_all(&questions, &with_header);
    ask::assert_same_but_for_remedies(&from_cognito, &from_joined, &"Cognito's authorizer");

    let payload = identity::payload(&headers).unwrap_or_default();
    extract::claims_are_those_of_the_payload(&event, &input.claims, &payload);
    match identity::sameness(&payload, &input.claims) {
        Sameness::Different => assert_eq!(with_token, from_text, "an unbound token"),
        Sameness::Unknown if with_token == from_text => {}
        Sameness::Same | Sameness::Unknown => Bound {
            claims: &input.claims,
            payload: &payload,
        }
        .answers_are_those_of_the_payload(&questions, &ask::answers(&questions, &event)),
    }
}

/// What the input describes.
struct Input {
    /// As they stand in the input, with `@` for the token's payload.
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
        let written = render::claims(verified, Numbers::Float64);
        let mut claims: Texts = written.unwrap_or_default().into_iter().collect();
        claims.extend(further);
        // Claims of these names are denied where they may be taken for places of an event.
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
        let event = event::http_api(&self.claims);
        event::with_authorization(event, headers.iter().map(Vec::as_slice))
    }
}

/// How many names are asked for.
const NAMES: usize = 4;

/// The strings and keys in a payload, and the words of them.
fn names(payload: &str) -> Vec<String> {
    let mut names = vec!["admin".to_owned()];
    let mut values = vec![serde_json::from_str(payload).unwrap_or_default()];
    while let Some(value) = values.pop()
        && names.len() < NAMES
    {
        match value {
            Value::String(name) => {
                names.extend(name.split_once(' ').map(|(word, _)| word.to_owned()));
                names.push(name);
            }
            Value::Array(elements) => values.extend(elements),
            Value::Object(members) => {
                // The factors that are completed are keys.
                if let Some(Value::Object(factors)) = members.get("c") {
                    names.extend(factors.keys().take(2).cloned());
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

/// A token that is the authorizer's.
struct Bound<'a> {
    claims: &'a Texts,
    payload: &'a str,
}

impl Bound<'_> {
    /// Where the authorizer's text is the rendering of the payload's claim, the answer is that of
    /// the payload with its JSON types. Where it is not, the claim is denied.
    fn answers_are_those_of_the_payload(&self, questions: &[Asked<'_>], answers: &[Answer]) {
        let Ok(mut payload) = serde_json::from_str::<Map<String, Value>>(self.payload) else {
            return;
        };
        payload.remove("claims");
        // JSON types are told from text by one value that is no text.
        payload.insert("a number".to_owned(), 1.into());
        let from_claims = ask::answers(questions, &event::rest(payload.clone()));
        let is_plain = json_keys::are_unique(self.payload) && is_shallow(self.payload);
        for ((question, answer_of_token), expected) in
            questions.iter().zip(answers).zip(&from_claims)
        {
            let requirement = question.requirement;
            assert!(
                answer_of_token.is_err() || expected.is_ok(),
                "{requirement:?} is allowed by a token that denies it: {}",
                self.payload
            );
            let keys = looked_at(question.key);
            match self.sameness(&payload, &keys) {
                Sameness::Same if is_plain => {
                    let of = (requirement, self.payload);
                    ask::assert_same(answer_of_token, expected, &of);
                }
                Sameness::Different => {
                    assert!(answer_of_token.is_err(), "{requirement:?} of another text");
                }
                _ => {}
            }
        }
    }

    /// Whether the authorizer handed over these claims as the payload says them.
    fn sameness(&self, payload: &Map<String, Value>, keys: &[&str]) -> Sameness {
        let keys = keys.iter();
        keys.map(|key| identity::claim_sameness(payload.get(*key), self.claims.get(*key)))
            .fold(Sameness::Same, Sameness::and)
    }
}
