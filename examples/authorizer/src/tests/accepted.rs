//! Tests of valid tokens: their audience and their type. A valid token that is not for this API is denied.

use jsonwebtoken::Algorithm;
use serde_json::json;

use super::api::{Fixture, Outcome};
use super::signer::FIRST;

#[tokio::test]
async fn accepts_the_three_rsa_algorithms() {
    let api = Fixture::start().await;
    for algorithm in [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512] {
        let header = json!({"alg": algorithm, "kid": FIRST.kid});
        let token = FIRST.sign_text(algorithm, &header, &api.payload().to_string());
        assert_eq!(api.outcome(&token).await, Outcome::Allowed);
    }
}

#[tokio::test]
async fn requires_an_accepted_audience() {
    let api = Fixture::start().await;
    for (audience, expected) in [
        (json!("orders"), Outcome::Allowed),
        (json!("backoffice"), Outcome::Allowed),
        (json!(["another-api", "orders"]), Outcome::Allowed),
        (json!("another-api"), Outcome::Denied),
        (json!("Orders"), Outcome::Denied),
        (json!("orders,backoffice"), Outcome::Denied),
        (json!(["another-api", "order"]), Outcome::Denied),
        (json!([]), Outcome::Denied),
        (json!(null), Outcome::Denied),
        (json!(7), Outcome::Unauthorized),
        (json!(["orders", 7]), Outcome::Unauthorized),
        (json!({"orders": true}), Outcome::Unauthorized),
    ] {
        let payload = api.payload_with("aud", audience.clone());
        assert_eq!(api.outcome_for(&payload).await, expected, "{audience}");
    }
    // A client id does not replace the audience.
    let mut payload = api.payload_with("aud", json!(null));
    payload["client_id"] = json!("orders");
    assert_eq!(api.outcome_for(&payload).await, Outcome::Denied);
}

#[tokio::test]
async fn accepts_sessions_only_unless_oauth2_is_allowed() {
    use Outcome::{Allowed, Denied};
    let (sessions, both) = (
        Fixture::start().await,
        Fixture::start_with(&["orders"], true).await,
    );
    for (stt, only_sessions, with_oauth2) in [
        (json!(0), Allowed, Allowed),
        // Absent, as in tokens of other issuers.
        (json!(null), Allowed, Allowed),
        (json!(1), Denied, Allowed),
        (json!(2), Denied, Denied),
        (json!(-1), Denied, Denied),
        (json!(0.5), Denied, Denied),
        (json!("0"), Denied, Denied),
        (json!(false), Denied, Denied),
        (json!([0]), Denied, Denied),
    ] {
        let payload = sessions.payload_with("stt", stt.clone());
        assert_eq!(sessions.outcome_for(&payload).await, only_sessions, "{stt}");
        let payload = both.payload_with("stt", stt.clone());
        assert_eq!(both.outcome_for(&payload).await, with_oauth2, "{stt}");
    }
    let mut payload = sessions.payload();
    payload["stt"] = json!(null);
    assert_eq!(sessions.outcome_for(&payload).await, Denied);
}
