//! The forms of handlers and their extractors.

use axum::Router;
use axum::extract::{Extension, FromRef, Json, Path, Query, Request, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::routing::{get, post};
use require_claims::{Session, require_claims};
use require_claims_tests::session::{self, with, without};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{admin, allows_only_an_admin, answer, request, user};

#[derive(Deserialize)]
struct User {
    #[serde(rename = "sub")]
    id: String,
    plan: Option<String>,
}

#[require_claims(role = "admin")]
async fn with_claims(
    #[claims] User { id, plan }: User,
    method: Method,
    #[claims] session: Session,
    uri: Uri,
) -> String {
    assert_eq!(id, session.user_id());
    format!("{method} {uri} {plan:?}")
}

#[tokio::test]
async fn fills_the_claims_arguments() {
    allows_only_an_admin(get(with_claims), "GET / None").await;
    let pro = with(admin(), "plan", "pro");
    assert_eq!(
        super::get(get(with_claims), &pro).await.1,
        "GET / Some(\"pro\")"
    );
    let wrong = with(admin(), "plan", json!(5));
    let (status, body) = super::get(get(with_claims), &wrong).await;
    assert!(status == 403 && body.contains("\"id\":\"plan\""), "{body}");
    let oauth2 = with(admin(), "stt", json!(1));
    assert_eq!(super::get(get(with_claims), &oauth2).await.0, 403);
}

#[require_claims(role = "admin")]
async fn with_optional_extractors(
    state: Option<Extension<u8>>,
    query: Result<Query<User>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
    body: Result<Json<Value>, axum::extract::rejection::JsonRejection>,
) -> String {
    let content = headers["content-type"].to_str().unwrap();
    format!(
        "{} {} {content} {}",
        state.is_some(),
        query.is_ok(),
        body.is_ok()
    )
}

#[tokio::test]
async fn works_with_optional_extractors() {
    allows_only_an_admin(
        get(with_optional_extractors),
        "false false application/json false",
    )
    .await;
}

trait Shop: Clone + Send + Sync + 'static {
    fn name(&self) -> String;
}

impl Shop for &'static str {
    fn name(&self) -> String {
        (*self).to_owned()
    }
}

#[require_claims(role = "admin")]
async fn generic<S: Shop>(State(shop): State<S>) -> String {
    shop.name()
}

#[require_claims(role = "admin")]
async fn generic_body<S, B>(State(shop): State<S>, Json(body): Json<B>) -> String
where
    S: Shop,
    B: serde::de::DeserializeOwned + ToString + Send,
{
    shop.name() + &body.to_string()
}

#[derive(Clone)]
struct App(&'static str);

impl FromRef<App> for &'static str {
    fn from_ref(app: &App) -> Self {
        app.0
    }
}

#[require_claims(role = "admin")]
async fn part_of_the_state(State(name): State<&'static str>) -> String {
    name.to_owned()
}

#[tokio::test]
async fn works_with_generic_handlers_and_states() {
    allows_only_an_admin(get(generic::<&'static str>).with_state("shop"), "shop").await;
    allows_only_an_admin(get(part_of_the_state).with_state(App("app")), "app").await;
    let router = || {
        Router::new()
            .route("/", post(generic_body::<&'static str, u8>))
            .with_state("n")
    };
    let allowed = answer(router(), request("POST", "/", "5", &admin())).await;
    assert_eq!(allowed, (200, "n5".to_owned()));
    assert_eq!(
        answer(router(), request("POST", "/", "5", &user())).await.0,
        403
    );
}

#[require_claims(role = "admin", axum)]
async fn whole_request(method: Method, request: Request) -> String {
    format!("{method} {}", request.uri())
}

/// By its name, this would be the event.
#[require_claims(role = "admin")]
async fn named_event(Json(event): Json<Value>) -> String {
    event.to_string()
}

#[require_claims(role = "admin")]
async fn event_by_name(event: Query<Vec<(String, String)>>) -> String {
    event.len().to_string()
}

#[tokio::test]
async fn takes_the_whole_request_with_the_option() {
    allows_only_an_admin(get(whole_request), "GET /").await;
    allows_only_an_admin(get(event_by_name), "0").await;
    let router = Router::new().route("/", post(named_event));
    let allowed = answer(router, request("POST", "/", "[]", &admin())).await;
    assert_eq!(allowed, (200, "[]".to_owned()));
}

/// The same crate still has handlers of `lambda_http`.
#[require_claims(role = "admin")]
async fn of_lambda_http(
    event: lambda_http::Request,
) -> Result<impl lambda_http::IntoResponse, lambda_http::Error> {
    Ok(event.uri().path().to_owned())
}

#[tokio::test]
async fn leaves_functions_with_an_event_to_lambda_http() {
    use lambda_http::IntoResponse as _;
    let request = request("GET", "/", "", &user()).map(|_| lambda_http::Body::Empty);
    let response = of_lambda_http(request).await.unwrap().into_response().await;
    assert_eq!(response.status(), 403);
}

#[rustfmt::skip]
#[allow(clippy::too_many_arguments)]
#[require_claims(role = "admin")]
async fn most_extractors(
    _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method, _: Method,
    _: Method, _: Method, _: Method, _: Method, #[claims] _session: Session, mut uri: Uri, body: String,
) -> String {
    uri = format!("{uri}{body}").parse().unwrap();
    uri.to_string()
}

#[tokio::test]
async fn takes_fifteen_extractors() {
    allows_only_an_admin(get(most_extractors), "/").await;
}

#[tokio::test]
async fn routes_handlers_of_another_crate() {
    use require_claims::axum::{GuardedRouter, get};
    use require_claims_tests::handlers::list_orders;

    let router: GuardedRouter = GuardedRouter::new().route("/", get(list_orders));
    let requirements = router.routes().as_slice()[0].requirements;
    assert_eq!(requirements, Some("role = \"admin\""));
    let router = router.into_router();
    let allowed = answer(router.clone(), request("GET", "/", "", &admin())).await;
    assert_eq!(allowed, (200, "orders of another crate".to_owned()));
    assert_eq!(
        answer(router, request("GET", "/", "", &user())).await.0,
        403
    );
}

mod claims {
    use require_claims::{PrimitiveArrayClaim, PrimitiveClaim, Requirement, all};

    pub(super) const PLAN: PrimitiveClaim<str> = PrimitiveClaim::bare("plan");
    pub(super) const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("teams");
    pub(super) const PAYING: Requirement<'static> = all(&[PLAN.has_value("pro")]);
}

#[require_claims(claims::PAYING, claims::TEAMS = any("a", "b"), any(claims::PLAN = "pro", mfa))]
async fn custom_claims(Path(id): Path<u8>) -> String {
    id.to_string()
}

#[tokio::test]
async fn requires_custom_claims() {
    let claims = with(
        with(session::payload(), "plan", "pro"),
        "teams",
        json!(["b"]),
    );
    let router = || Router::new().route("/{id}", get(custom_claims));
    for (claims, status) in [
        (claims.clone(), 200),
        (without(claims.clone(), &["teams"]), 403),
        (with(claims, "plan", "free"), 403),
    ] {
        assert_eq!(
            answer(router(), request("GET", "/5", "", &claims)).await.0,
            status
        );
    }
}
