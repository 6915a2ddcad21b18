//! Tests of the issuer, the audience and the times of a token.

use serde_json::{Value, json};

use super::{
    AuthorizationError, assert_accepted, assert_rejected, check_payload, now, payload, with,
};

#[tokio::test]
async fn requires_the_exact_issuer_and_an_accepted_audience() {
    assert_accepted(&payload()).await;
    for (claim, wrong, reason) in [
        (
            "iss",
            json!("https://issuer.test/auth/"),
            "the token does not have a valid issuer",
        ),
        (
            "iss",
            json!(["https://issuer.test/auth"]),
            "the token does not have a valid issuer",
        ),
        ("iss", Value::Null, "the token does not have a valid issuer"),
        (
            "aud",
            json!("order"),
            "the token does not have a valid audience",
        ),
        (
            "aud",
            json!("Orders"),
            "the token does not have a valid audience",
        ),
        (
            "aud",
            json!(["x", "y"]),
            "the token does not have a valid audience",
        ),
        ("aud", json!([]), "the token does not have a valid audience"),
        (
            "aud",
            json!({"orders": 1}),
            "the token does not have a valid audience",
        ),
        (
            "aud",
            Value::Null,
            "the token does not have a valid audience",
        ),
    ] {
        assert_rejected(&with(claim, wrong), reason).await;
    }
    for audience in [json!("backoffice"), json!(["x", "orders"])] {
        assert_accepted(&with("aud", audience)).await;
    }
}

#[tokio::test]
async fn accepts_the_client_id_only_without_an_audience() {
    let mut without = with("aud", Value::Null);
    without["client_id"] = json!("orders");
    assert_accepted(&without).await;
    without["client_id"] = json!(["orders"]);
    assert_rejected(&without, "the token does not have a valid audience").await;
    let mut both = with("aud", json!("other"));
    both["client_id"] = json!("orders");
    assert_rejected(&both, "the token does not have a valid audience").await;
    // An audience that is `null` or of another type is present, but invalid.
    for wrong in [Value::Null, json!({"orders": 1}), json!(7), json!([7])] {
        both["aud"] = wrong;
        assert_rejected(&both, "the token does not have a valid audience").await;
    }
}

#[tokio::test]
async fn checks_that_times_are_valid_numbers() {
    let (past, present, future) = (now() - 60, now(), now() + 60);
    for (claim, right) in [("exp", future), ("nbf", present), ("iat", present)] {
        assert_accepted(&with(claim, json!(right))).await;
    }
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let fraction = json!(future as f64 + 0.5);
    assert_accepted(&with("exp", fraction)).await;
    assert_accepted(&with("iat", Value::Null)).await;
    for (claim, wrong, reason) in [
        ("exp", json!(past), "the token has expired"),
        ("exp", json!(0), "the token has expired"),
        ("exp", json!(-1), "the token has expired"),
        ("exp", json!(future.to_string()), "the token has expired"),
        ("exp", Value::Null, "the token has expired"),
        ("nbf", json!(future), "the token is not valid yet"),
        (
            "nbf",
            json!(present.to_string()),
            "a time claim is not a number",
        ),
        ("iat", json!(future), "the token was issued in the future"),
        (
            "iat",
            json!(present.to_string()),
            "a time claim is not a number",
        ),
    ] {
        assert_rejected(&with(claim, wrong), reason).await;
    }
}

#[tokio::test]
async fn rejects_a_token_in_the_second_of_its_expiry() {
    // Try again if the second ended before the token was checked.
    loop {
        let present = now();
        let verdict = check_payload(&with("exp", json!(present))).await;
        if now() == present {
            assert_eq!(
                verdict,
                Err(AuthorizationError::InvalidToken("the token has expired"))
            );
            return;
        }
    }
}
