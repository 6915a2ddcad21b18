//! A payload on its whole way: as text, as text with its token, and with its JSON types.

use std::collections::BTreeSet;

use arbitrary::{Result, Unstructured};
use require_claims::PrimitiveArrayClaim;
use require_claims::testing::render::{self, Numbers};
use serde_json::{Map, Value};

use super::ask::{self, Answer, Asked, looked_at};
use super::event::{self, Texts};
use crate::declared::is_declared;
use crate::events;
use crate::payloads::{self, names};

/// The input makes a payload, a spelling of it, and names that are asked for.
///
/// # Panics
///
/// Where what is said of the guard does not hold.
pub fn verdict(input: &[u8]) {
    // Only that bytes run out is an error, and then they are taken for zeros.
    let Ok((payload, names)) = read(&mut Unstructured::new(input)) else {
        return;
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let steps = ask::steps(&names);
    let texts: Vec<Texts> = [Numbers::Float64, Numbers::AsWritten]
        .into_iter()
        .filter_map(|numbers| render::claims(&payload, numbers).ok())
        .map(|claims| claims.into_iter().collect())
        .collect();
    decided_alike(&payload, &texts, &ask::everything(&names, &steps));
}

/// A payload, texts of it as gateways write them, and names that its claims are asked for.
///
/// Returns what the texts alone answer, each with its claim.
///
/// # Panics
///
/// Where what is said of the guard does not hold.
#[must_use]
pub fn rendered(payload: &str, texts: &[Texts], names: &[&str]) -> Vec<(&'static str, Answer)> {
    let steps = ask::steps(names);
    let mut questions = ask::everything(names, &steps);
    for key in ["roles", "permissions", "cognito:groups"] {
        ask::list(key, PrimitiveArrayClaim::bare(key), names, &mut questions);
    }
    // Where a claim is not there, one answer is like the other.
    let is_there = |key: &&str| texts.iter().any(|claims| claims.contains_key(*key));
    questions.retain(|question| looked_at(question.key).iter().any(is_there));
    let answers = decided_alike(payload, texts, &questions);
    let keys = questions.iter().map(|question| question.key).cycle();
    keys.zip(answers).collect()
}

/// What is true of every payload and its texts; returns the answers of one text after the other.
fn decided_alike(payload: &str, texts: &[Texts], questions: &[Asked<'_>]) -> Vec<Answer> {
    let Ok(members) = serde_json::from_str::<Map<String, Value>>(payload) else {
        unreachable!("a payload that is no JSON object: {payload}");
    };
    let from_claims = ask::answers(questions, &event::rest(members.clone()));
    let mut answers = Vec::new();
    for claims in texts {
        let from_text = ask::answers(questions, &event::http_api(claims));
        text_allows_no_more(&members, questions, &from_text, &from_claims);

        // With its token, text is decided as the payload is, for the same reasons.
        let event = with_token(claims, payload);
        let from_token = ask::answer_to_all(questions, &event);
        ask::assert_same(&from_token, &ask::all_of(&from_claims), &members);

        // The token of another session, whatever it says, leaves the answers those of the text.
        let mut other = members.clone();
        other.insert("sub".to_owned(), Value::from("somebody else"));
        let event = with_token(claims, &Value::Object(other).to_string());
        let from_other = ask::answer_to_all(questions, &event);
        assert_eq!(from_other, ask::all_of(&from_text), "{members:?}");
        answers.extend(from_text);
    }
    answers
}

fn with_token(claims: &Texts, payload: &str) -> lambda_http::Request {
    let token = events::token(payload);
    event::with_authorization(event::http_api(claims), [token.as_bytes()])
}

/// The payload as JSON text, and names: of the payload itself, of words in it, and others.
fn read(bytes: &mut Unstructured<'_>) -> Result<(String, BTreeSet<String>)> {
    let payload = payloads::payload(bytes)?;
    let spelled = payloads::spelled(&payload, bytes)?;
    let mut names = BTreeSet::from(["admin".to_owned(), names::name(bytes)?]);
    for pointer in ["/st-role/v/0", "/groups/1", "/plan/v", "/st-perm/v/0"] {
        let name = payload.pointer(pointer).and_then(Value::as_str);
        if let Some(name) = name {
            names.extend(name.split(' ').next_back().map(str::to_owned));
            names.insert(name.to_owned());
        }
    }
    let factors = payload.pointer("/st-mfa/c").and_then(Value::as_object);
    names.extend(factors.and_then(|factors| factors.keys().next().cloned()));
    Ok((spelled, names))
}

/// Where the payload's claim is of the type that it is declared to have, whatever the text allows,
/// the payload allows.
fn text_allows_no_more(
    payload: &Map<String, Value>,
    questions: &[Asked<'_>],
    from_text: &[Answer],
    from_claims: &[Answer],
) {
    let whole = Value::Object(payload.clone());
    for ((question, from_text), from_claims) in questions.iter().zip(from_text).zip(from_claims) {
        let Asked { key, requirement } = question;
        let mut keys = looked_at(key).into_iter();
        assert!(
            from_text.is_err() || from_claims.is_ok() || !keys.all(|key| is_declared(&whole, key)),
            "{requirement:?} is allowed by the text of {whole}"
        );
    }
}
