//! `examples/authorizer` in front of `orders`, as `template-rest-lambda.yaml` describes it, over HTTP.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use local_gateway::gateway::Port;
use local_gateway::issuer::TokenFlaw;
use local_gateway::issuer::users::User;
use local_gateway::{RunningGateway, build, template};
use ureq::Agent;
use ureq::http::Request;

const TEMPLATE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../supertokens/template-rest-lambda.yaml"
);

/// The gateway, and the authorizer's program, which is a copy.
async fn start(name: &str) -> (RunningGateway, PathBuf) {
    let port = Port::open(0).await.unwrap();
    let read = template::read(Path::new(TEMPLATE), &[], &port.issuer_url()).unwrap();
    let mut config = read.config;
    config.workers = 1;
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    build::build(&read.builds, &mut config).await.unwrap();
    let authorizer = config.functions.get_mut("AuthorizerFunction").unwrap();
    let _ = fs::remove_file(&copy);
    fs::copy(&authorizer.program, &copy).unwrap();
    authorizer.program.clone_from(&copy);
    (port.start(config).await.unwrap(), copy)
}

/// The status and the body of the response.
fn get(url: &str, token: Option<&str>) -> (u16, String) {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut request = Request::get(url);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let mut response = agent.run(request.body(()).unwrap()).unwrap();
    let body = response.body_mut().read_to_string().unwrap();
    (response.status().as_u16(), body)
}

#[tokio::test(flavor = "multi_thread")]
async fn decides_before_the_guard_and_its_results_are_cached() {
    let (gateway, authorizer) = start("cached").await;
    let token = |user: &str, flaw| {
        let issuer = gateway.issuer().unwrap();
        issuer.token(User::named(user).unwrap(), flaw)
    };
    let users = ["customer", "newcomer", "admin-mfa", "support"];
    let [customer, newcomer, admin, support] = users.map(|user| token(user, None));
    let expired = token("admin-mfa", Some(TokenFlaw::Expired));
    let other = token("admin-mfa", Some(TokenFlaw::OtherAudience));
    let url = gateway.api_url();
    let calls = tokio::task::spawn_blocking(move || {
        let orders = format!("{url}/orders");
        let report = format!("{url}/reports/daily");
        for (url, token, status, text) in [
            (&orders, Some(&customer), 200, ""),
            (&orders, Some(&newcomer), 403, "\"id\":\"st-ev\""),
            (&report, Some(&admin), 200, ""),
            (&report, Some(&customer), 403, "\"id\":\"st-perm\""),
            (&orders, Some(&expired), 401, "Unauthorized"),
            (&orders, Some(&other), 403, "not authorized"),
            (&orders, None, 401, "Unauthorized"),
        ] {
            let (found, body) = get(url, token.map(String::as_str));
            assert_eq!(found, status, "{url} {body}");
            assert!(body.contains(text), "{body}");
        }
        // From here on, the authorizer fails, but its results are still cached: also for a route that this user has
        // not called before.
        fs::remove_file(&authorizer).unwrap();
        fs::copy("/bin/false", &authorizer).unwrap();
        assert_eq!(get(&orders, Some(&customer)).0, 200);
        assert_eq!(get(&orders, Some(&admin)).0, 200);
        assert_eq!(get(&report, Some(&customer)).0, 403);
        // Twin: another user's token needs the authorizer.
        assert_eq!(get(&orders, Some(&support)).0, 500);
    });
    calls.await.unwrap();
    gateway.stop().await;
}

/// A running authorizer fetches the keys at most once in 30 seconds, so this is the next cold start.
#[tokio::test(flavor = "multi_thread")]
async fn accepts_the_new_key_after_a_rotation() {
    let (gateway, authorizer) = start("rotated").await;
    let issuer = gateway.issuer().unwrap();
    let url = format!("{}/orders", gateway.api_url());
    tokio::task::block_in_place(|| {
        let token = |user: &str| issuer.token(User::named(user).unwrap(), None);
        let [customer, support, newcomer] = ["customer", "support", "newcomer"].map(token);
        assert_eq!(get(&url, Some(&customer)).0, 200);
        issuer.rotate_key().unwrap();
        let [admin, staff] = ["admin", "staff"].map(token);
        assert_eq!(get(&url, Some(&admin)).0, 401);
        // Keys that were published before are still known.
        assert_eq!(get(&url, Some(&support)).0, 200);

        let copy = authorizer.with_extension("copy");
        fs::copy(&authorizer, &copy).unwrap();
        fs::rename(&copy, &authorizer).unwrap();
        assert_eq!(get(&url, Some(&staff)).0, 200);
        assert_eq!(get(&url, Some(&newcomer)).0, 401);
    });
    gateway.stop().await;
}
