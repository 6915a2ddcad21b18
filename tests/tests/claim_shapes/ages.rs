//! A maximum age of a claim without a timestamp is a compile error, or a denial if rustc cannot evaluate the
//! constant in the attribute.

use lambda_http::{Body, Request, Response};
use require_claims::{PrimitiveArrayClaim, ReasonKind, Requirement, require_claims};
use require_claims_tests::events;
use serde_json::json;
use std::time::Duration;

use super::{handler, rest_jwt, verdict};

struct Orders;

impl Orders {
    const GROUP: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
    const TEAM: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams").one_or_many();

    #[require_claims(Self::GROUP("admin", max_age = "5m"))]
    async fn groups(event: Request) -> Response<Body> {
        Response::new(event.into_body())
    }

    #[require_claims(Self::TEAM("admin", max_age = "1000000d"))]
    async fn teams(event: Request) -> Response<Body> {
        Response::new(event.into_body())
    }
}

trait Claims {
    const TEAM: PrimitiveArrayClaim;
}

impl Claims for Orders {
    const TEAM: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
}

struct Handlers<T>(T);

impl<T: Claims> Handlers<T> {
    #[require_claims(T::TEAM("admin", max_age = "5m"))]
    fn generic(event: &Request) -> Response<Body> {
        Response::new(event.uri().path().into())
    }
}

handler!(aged: Orders::TEAM("admin", max_age = "1000000d"));
const AGED: Requirement<'static> = Orders::GROUP.includes("admin");
handler!(whole: AGED(max_age = "5m"));

#[tokio::test]
async fn denies_a_constant_of_self_without_a_timestamp() {
    let event = rest_jwt("groups", &json!(["admin"]));
    assert_eq!(
        verdict(Orders::groups, &event).await,
        "groups: time unknown"
    );
    assert_eq!(verdict(whole, &event).await, "groups: time unknown");
    let generic = |event| async move { Handlers::<Orders>::generic(&event) };
    assert_eq!(verdict(generic, &event).await, "groups: time unknown");
    let event = rest_jwt("teams", &json!({"v": "admin", "t": 1_700_000_000_000_i64}));
    assert_eq!(verdict(Orders::teams, &event).await, "allowed");
    assert_eq!(verdict(aged, &event).await, "allowed");
}

#[test]
fn denies_every_shape_without_a_timestamp() {
    let minutes_5 = Duration::from_secs(300);
    let claims = json!({
        "exp": 1, "a": ["x"], "b": {"c": ["x"]}, "d": "x", "e": {"x": 1}, "f": "[\"x\"]",
    });
    let event = events::request(&events::rest_jwt(&claims));
    for claim in [
        PrimitiveArrayClaim::bare("a"),
        PrimitiveArrayClaim::at(&["b", "c"]),
        PrimitiveArrayClaim::bare("d").one_or_many(),
        PrimitiveArrayClaim::bare("d").separated(','),
        PrimitiveArrayClaim::bare("e").keys(),
        PrimitiveArrayClaim::bare("f").in_json_text(),
    ] {
        let requirement = claim.includes("x");
        assert!(requirement.check(&event).is_ok(), "{claim:?}");
        let rejection = requirement.max_age(minutes_5).check(&event).unwrap_err();
        assert_eq!(rejection.errors()[0].kind(), ReasonKind::TimeUnknown);
    }
}
