//! Issuer, audience and times.

use serde_json::{Value, json};

use super::{Refusal, assert_accepted, assert_refused, check_payload, now, payload, with};

#[tokio::test]
async fn issuer_and_audience_must_be_equal() {
    assert_accepted(&payload()).await;
    for (claim, wrong, why) in [
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
        assert_refused(&with(claim, wrong), why).await;
    }
    for audience in [json!("backoffice"), json!(["x", "orders"])] {
        assert_accepted(&with("aud", audience)).await;
    }
}

#[tokio::test]
async fn the_client_id_counts_only_where_there_is_no_audience() {
    let mut without = with("aud", Value::Null);
    without["client_id"] = json!("orders");
    assert_accepted(&without).await;
    without["client_id"] = json!(["orders"]);
    assert_refused(&without, "the token does not have a valid audience").await;
    let mut both = with("aud", json!("other"));
    both["client_id"] = json!("orders");
    assert_refused(&both, "the token does not have a valid audience").await;
    // An audience of `null` or of another type is there, and wrong.
    for wrong in [Value::Null, json!({"orders": 1}), json!(7), json!([7])] {
        both["aud"] = wrong;
        assert_refused(&both, "the token does not have a valid audience").await;
    }
}

#[tokio::test]
async fn times_are_checked_and_must_be_numbers() {
    let (past, present, future) = (now() - 60, now(), now() + 60);
    for (claim, right) in [("exp", future), ("nbf", present), ("iat", present)] {
        assert_accepted(&with(claim, json!(right))).await;
    }
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let fraction = json!(future as f64 + 0.5);
    assert_accepted(&with("exp", fraction)).await;
    assert_accepted(&with("iat", Value::Null)).await;
    for (claim, wrong, why) in [
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
        assert_refused(&with(claim, wrong), why).await;
    }
}

#[tokio::test]
async fn in_the_second_that_exp_names_a_token_has_expired() {
    // Again where the second was over before the token was checked, as that shows nothing.
    loop {
        let present = now();
        let verdict = check_payload(&with("exp", json!(present))).await;
        if now() == present {
            assert_eq!(verdict, Err(Refusal::InvalidToken("the token has expired")));
            return;
        }
    }
}
