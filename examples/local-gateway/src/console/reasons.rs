//! Explains the reasons in a 403 of the guard, and what to do about each.

use require_claims::ReasonKind;
use serde_json::{Map, Value, json};

/// All kinds of reasons.
const KINDS: [ReasonKind; 13] = [
    ReasonKind::ValueDoesNotExist,
    ReasonKind::WrongValue,
    ReasonKind::Expired,
    ReasonKind::FactorsIncomplete,
    ReasonKind::WrongType,
    ReasonKind::Unreadable,
    ReasonKind::Ambiguous,
    ReasonKind::UnknownRendering,
    ReasonKind::TimeUnknown,
    ReasonKind::TimeInFuture,
    ReasonKind::NotAsDeclared,
    ReasonKind::NoPathParameter,
    ReasonKind::EmptyRequirement,
];

/// The explanation and the remedy of every reason, by its message.
pub(super) fn by_message() -> Value {
    let reasons = KINDS.into_iter().map(|kind| {
        let (meaning, remedy) = explanation(kind);
        let explained = json!({"meaning": meaning, "remedy": remedy});
        (kind.as_str().to_owned(), explained)
    });
    Value::Object(reasons.collect::<Map<_, _>>())
}

/// What the kind means, and a remedy for every claim.
fn explanation(kind: ReasonKind) -> (&'static str, &'static str) {
    match kind {
        ReasonKind::ValueDoesNotExist => (
            "The claim is missing or null, or the event has no claims at all.",
            "Let the issuer add the claim to the token. If no claim arrives, check that the route has an authorizer.",
        ),
        ReasonKind::WrongValue => (
            "The claim has a value that does not meet the requirement.",
            "Change the value at the issuer, and get a new token.",
        ),
        ReasonKind::Expired => (
            "The value was fetched longer ago than the requirement allows.",
            "Fetch the value again: refresh the session if it fetches this claim, or sign in again.",
        ),
        ReasonKind::FactorsIncomplete => (
            "The session has not completed all required factors.",
            "Complete the missing factor, such as a TOTP code, in this session.",
        ),
        ReasonKind::WrongType => (
            "The claim has another JSON type than its declaration.",
            "Declare the claim as the issuer writes it, for example as a list instead of one string.",
        ),
        ReasonKind::Unreadable => (
            "The claim's text is not a value of the declared type.",
            "Compare the text in the event with the declaration of the claim.",
        ),
        ReasonKind::Ambiguous => (
            "The gateway's text can be read as several values, and only some of them meet the requirement.",
            "Send the token in `Authorization`, use a REST API, or declare the claim with `.without_spaces()`.",
        ),
        ReasonKind::UnknownRendering => (
            "The token is the one that the authorizer verified, but the claim's text is not the token's value.",
            "Check whether something between the client and the function changes the token or the claims.",
        ),
        ReasonKind::TimeUnknown => (
            "The requirement has a maximum age, but the value has no time.",
            "Let the issuer add the time, or remove the maximum age.",
        ),
        ReasonKind::TimeInFuture => (
            "The time of the value is in the future.",
            "Correct the clock of the issuer, or that of this machine.",
        ),
        ReasonKind::NotAsDeclared => (
            "The claims cannot be read as the type of the handler's argument.",
            "Compare the claims with the type, whose problem the reason names.",
        ),
        ReasonKind::NoPathParameter => (
            "The claim must equal a parameter of the path, which the route does not have.",
            "Give the route a parameter of this name.",
        ),
        ReasonKind::EmptyRequirement => (
            "The requirement is empty, which is always denied.",
            "Add a name to the requirement of the handler.",
        ),
        _ => (
            "The requirement is not met.",
            "See the documentation of `ReasonKind`.",
        ),
    }
}

/// The remedies for a wrong, missing or incomplete value of `SuperTokens`' claims, which are more precise.
pub(super) fn remedies_by_claim() -> Value {
    json!({
        "st-ev": "Verify the email address. Then refresh the session, or sign in again.",
        "st-role": "Give the user the role. Then sign in again, or refresh the session if the backend then fetches \
                    the roles, which it does not by default.",
        "st-perm": "Give one of the user's roles the permission. Then sign in again, or refresh the session if the \
                    backend then fetches the permissions, which it does not by default.",
        "st-mfa": "Complete the second factor, such as a TOTP code, in this session.",
    })
}

#[cfg(test)]
mod tests {
    use super::{KINDS, by_message, explanation};

    #[test]
    fn explains_every_kind_on_its_own() {
        assert_eq!(by_message().as_object().unwrap().len(), KINDS.len());
        let mut meanings: Vec<_> = KINDS.map(explanation).to_vec();
        meanings.sort_unstable();
        meanings.dedup();
        assert_eq!(meanings.len(), KINDS.len());
        assert!(KINDS.map(explanation).iter().all(|(meaning, remedy)| {
            meaning.ends_with('.') && remedy.ends_with('.') && !remedy.starts_with("See the")
        }));
    }
}
