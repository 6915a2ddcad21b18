//! Microsoft Entra ID: access tokens of versions 1.0 and 2.0.

use require_claims::{PrimitiveArrayClaim, entra};
use serde_json::{Value, json};

use super::{EXACT, TEXT, assert_twins, assert_twins_with_token, assert_verdict};
use super::{handler, with, without};

const STAFF: &str = "02bd9fd6-8f93-4758-87c3-1fb73740a315";
const OTHERS: &str = "06d0bb29-fe6a-4ddc-9a7d-9aa1d6f1d8c4";

const ROLES: PrimitiveArrayClaim = entra::ROLES.without_spaces();
const GROUPS: PrimitiveArrayClaim = entra::GROUPS.without_spaces();

handler!(admin: entra::ROLES = "Orders.Admin");
handler!(admin_without_spaces: ROLES = "Orders.Admin");
handler!(staff: entra::GROUPS = "02bd9fd6-8f93-4758-87c3-1fb73740a315");
handler!(staff_without_spaces: GROUPS = "02bd9fd6-8f93-4758-87c3-1fb73740a315");
handler!(not_others: entra::GROUPS = none("06d0bb29-fe6a-4ddc-9a7d-9aa1d6f1d8c4"));
handler!(writes_orders: entra::SCOPE = "Orders.Write");
handler!(contoso: entra::TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee");
handler!(jane: entra::OBJECT_ID = "11112222-bbbb-3333-cccc-4444dddd5555");
handler!(user_or_application: any(entra::SCOPE = "Orders.Write", entra::ROLES = "Orders.Write.All"));

/// An access token of version 2.0 for a user.
fn v2() -> Value {
    json!({
        "aud": "00001111-aaaa-2222-bbbb-3333cccc4444",
        "iss": "https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0",
        "iat": 1_700_000_000,
        "nbf": 1_700_000_000,
        "exp": 1_700_004_000,
        "aio": "AWQAm/8TAAAAABCdEfGhIjKlMnOpQrStUvWxYz==",
        "azp": "22223333-cccc-4444-dddd-5555eeee6666",
        "azpacr": "0",
        "groups": [OTHERS, STAFF],
        "name": "Jane Doe",
        "oid": "11112222-bbbb-3333-cccc-4444dddd5555",
        "preferred_username": "jane@contoso.com",
        "rh": "0.ARoAv4j5cvGGr0GRqy180BHbR.",
        "roles": ["Orders.Reader", "Orders.Admin"],
        "scp": "Orders.Read Orders.Write",
        "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",
        "tid": "aaaabbbb-0000-cccc-1111-dddd2222eeee",
        "uti": "fqiBqXLPj0eQa82S-IYFAA",
        "ver": "2.0",
    })
}

/// An access token of version 1.0 for a user.
fn v1() -> Value {
    json!({
        "aud": "api://00001111-aaaa-2222-bbbb-3333cccc4444",
        "iss": "https://sts.windows.net/aaaabbbb-0000-cccc-1111-dddd2222eeee/",
        "iat": 1_700_000_000,
        "nbf": 1_700_000_000,
        "exp": 1_700_004_000,
        "acr": "1",
        "amr": ["pwd", "mfa"],
        "appid": "22223333-cccc-4444-dddd-5555eeee6666",
        "appidacr": "0",
        "groups": [OTHERS, STAFF],
        "ipaddr": "192.0.2.1",
        "name": "Jane Doe",
        "oid": "11112222-bbbb-3333-cccc-4444dddd5555",
        "roles": ["Orders.Reader", "Orders.Admin"],
        "scp": "Orders.Read Orders.Write",
        "sub": "l3_roISQU222bULS9yi2k0XpqpOiMz5H3ZACo1GeXA",
        "tid": "aaaabbbb-0000-cccc-1111-dddd2222eeee",
        "unique_name": "jane@contoso.com",
        "uti": "fqiBqXLPj0eQa82S-IYFAA",
        "ver": "1.0",
    })
}

#[tokio::test]
async fn reads_roles_and_groups_in_the_token() {
    for token in [v1(), v2()] {
        let denied = with(&token, "roles", json!(["Orders.Reader", "x Orders.Admin"]));
        assert_twins_with_token(admin, &token, &denied, "roles").await;
        let denied = with(&token, "groups", json!([OTHERS, format!("x {STAFF}")]));
        assert_twins_with_token(staff, &token, &denied, "groups").await;
        let only_staff = with(&token, "groups", json!([STAFF]));
        assert_twins(
            not_others,
            &only_staff,
            &with(&token, "groups", json!([OTHERS])),
            "groups: wrong value",
        )
        .await;
    }
}

#[tokio::test]
async fn reads_one_name_without_the_token() {
    let allowed = with(&v2(), "roles", json!(["Orders.Admin"]));
    let denied = with(&v2(), "roles", json!(["Orders.Administrator"]));
    assert_twins(admin, &allowed, &denied, "roles: wrong value").await;
    let allowed = with(&v2(), "groups", json!([STAFF]));
    let denied = with(&v2(), "groups", json!([OTHERS]));
    assert_twins(staff, &allowed, &denied, "groups: wrong value").await;
}

#[tokio::test]
async fn reads_several_names_if_none_contains_a_space() {
    let denied = with(
        &v2(),
        "roles",
        json!(["Orders.Reader", "Orders.Administrator"]),
    );
    assert_twins(admin_without_spaces, &v2(), &denied, "roles: wrong value").await;
    let denied = with(&v2(), "groups", json!([OTHERS, OTHERS]));
    assert_twins(staff_without_spaces, &v2(), &denied, "groups: wrong value").await;
}

/// More than 200 groups, or more than 5 in a token of the implicit flow. `none(…)` is denied, too.
#[tokio::test]
async fn denies_a_user_in_too_many_groups() {
    let missing = without(&v2(), "groups");
    let names = with(&missing, "_claim_names", json!({"groups": "src1"}));
    let endpoint = "https://graph.windows.net/aaaabbbb/users/11112222/getMemberObjects";
    let sources = json!({"src1": {"endpoint": endpoint}});
    let overage = with(&names, "_claim_sources", sources);
    let implicit = with(&missing, "hasgroups", json!(true));
    for token in [missing, overage, implicit] {
        for gateways in [TEXT, EXACT] {
            let error = "groups: value does not exist";
            assert_verdict(staff, &gateways, &token, error).await;
            assert_verdict(not_others, &gateways, &token, error).await;
            assert_verdict(staff_without_spaces, &gateways, &token, error).await;
        }
    }
    let reference = with(&v2(), "groups", json!("src1"));
    assert_verdict(not_others, &TEXT, &reference, "groups: unreadable value").await;
    assert_verdict(not_others, &EXACT, &reference, "groups: wrong type").await;
}

#[tokio::test]
async fn reads_scopes() {
    for token in [v1(), v2()] {
        let denied = with(&token, "scp", json!("Orders.Read Orders.Write.All"));
        assert_twins(writes_orders, &token, &denied, "scp: wrong value").await;
        let array = with(&token, "scp", json!(["Orders.Read", "Orders.Write"]));
        assert_verdict(writes_orders, &EXACT, &array, "scp: wrong type").await;
        for gateway in TEXT {
            let verdict = super::verdict(writes_orders, &gateway(&array)).await;
            assert_ne!(verdict, "allowed");
        }
    }
}

#[tokio::test]
async fn compares_the_tenant_and_the_object_id() {
    for token in [v1(), v2()] {
        let denied = with(&token, "tid", json!("9188040d-6c67-4c5b-b112-36a304b66dad"));
        assert_twins(contoso, &token, &denied, "tid: wrong value").await;
        let denied = with(&token, "oid", json!("11112222-bbbb-3333-cccc-4444dddd5556"));
        assert_twins(jane, &token, &denied, "oid: wrong value").await;
    }
}

/// An application that calls without a user has no `scp`.
#[tokio::test]
async fn allows_a_user_or_an_application() {
    let without_scopes = without(&v2(), "scp");
    let application = with(&without_scopes, "roles", json!(["Orders.Write.All"]));
    let denied = with(&without_scopes, "roles", json!(["Orders.Read.All"]));
    let error = "scp: value does not exist";
    assert_twins(user_or_application, &application, &denied, error).await;
    assert_verdict(user_or_application, &EXACT, &v2(), "allowed").await;
    assert_verdict(user_or_application, &TEXT, &v2(), "allowed").await;
    assert_twins(writes_orders, &v2(), &application, error).await;
}
