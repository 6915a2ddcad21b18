//! The check of text by hand, with which the benchmarks compare the guard, has the right results.

#[path = "../../runtime/benches/instructions/by_hand.rs"]
mod by_hand;

use require_claims::supertokens::{EMAIL_VERIFIED, MFA, ROLE};
use require_claims_tests::vectors::vectors;
use require_claims_tests::{events, session};
use serde_json::{Value, json};

/// Whether the guard allows a request with these claims as text, and whether the check by hand does.
fn results(claims: &Value) -> (bool, bool) {
    let event = events::request(&events::http_api_jwt(claims));
    let requirements = [
        EMAIL_VERIFIED.is_true(),
        ROLE.includes("admin"),
        MFA.has_completed_requirements_for_auth(),
    ];
    let by_guard = requirements.iter().all(|it| it.check(&event).is_ok());
    (by_guard, by_hand::is_verified_admin(event.extensions()))
}

/// A vector rarely meets all three requirements, so each of its claims also replaces that of an administrator.
#[test]
fn the_check_by_hand_decides_all_vectors_like_the_guard() {
    let admin = session::text_of(&session::payload());
    assert_eq!(results(&admin), (true, true));
    let mut allowed = [0; 3];
    for texts in vectors().flat_map(|vector| vector.texts) {
        let (by_guard, by_hand) = results(&json!(texts));
        assert_eq!(by_guard, by_hand, "{texts:?}");
        for (key, allowed) in ["st-ev", "st-role", "st-mfa"].into_iter().zip(&mut allowed) {
            let Some(text) = texts.get(key) else { continue };
            let claims = session::with(admin.clone(), key, text.as_str());
            let (by_guard, by_hand) = results(&claims);
            assert_eq!(by_guard, by_hand, "{key}: {text}");
            *allowed += u32::from(by_hand);
        }
    }
    assert!(allowed.iter().all(|&count| count > 0), "{allowed:?}");
}
