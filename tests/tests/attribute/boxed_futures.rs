//! Functions that return a boxed future, as `async_trait` expands an `async` function. Each is allowed and
//! denied.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;
use require_claims_tests::events;
use serde_json::json;

const BODY: u16 = 299;

/// How many bodies ran, in whole or in part.
static RUNS: AtomicUsize = AtomicUsize::new(0);

type Answer = Result<Response<Body>, Error>;

async fn response(event: &Request) -> Answer {
    let _: &str = event.uri().path();
    RUNS.fetch_add(1, Ordering::Relaxed);
    Ok(Response::builder().status(BODY).body(Body::Empty)?)
}

#[require_claims(subject = "user-1")]
fn owned(event: Request) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
    Box::pin(async move { response(&event).await })
}

#[require_claims(subject = "user-1")]
fn borrowed(event: &Request) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
    Box::pin(async move { response(event).await })
}

#[require_claims(subject = "user-1")]
fn on_its_thread(event: Request) -> Pin<Box<dyn Future<Output = Answer>>> {
    let event = std::rc::Rc::new(event);
    Box::pin(async move { response(&event).await })
}

#[require_claims(subject = "user-1")]
fn of_a_response<'a>(
    event: &'a Request,
) -> Pin<Box<dyn Future<Output = Response<Body>> + Send + 'a>> {
    Box::pin(async move { response(event).await.unwrap() })
}

/// Statements before the future do not run either.
#[require_claims(subject = "user-1")]
fn with_statements_before_it(event: Request) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
    RUNS.fetch_add(1, Ordering::Relaxed);
    let event = Box::new(event);
    Box::pin(async move {
        RUNS.fetch_sub(1, Ordering::Relaxed);
        response(&event).await
    })
}

trait Handle {
    fn handle<'a, 'b>(
        &'a self,
        event: &'b Request,
    ) -> Pin<Box<dyn Future<Output = Answer> + Send + 'b>>
    where
        'a: 'b;

    #[require_claims(subject = "user-1")]
    fn by_default<'a>(&'a self, event: Request) -> Pin<Box<dyn Future<Output = Answer> + Send + 'a>>
    where
        Self: Sync,
    {
        Box::pin(async move { self.handle(&event).await })
    }
}

struct Orders;

impl Handle for Orders {
    // With the lifetimes and paths that `async_trait` generates.
    #[require_claims(subject = "user-1")]
    #[allow(clippy::type_complexity)]
    fn handle<'life0, 'async_trait>(
        &'life0 self,
        event: &'async_trait Request,
    ) -> ::core::pin::Pin<
        Box<dyn ::core::future::Future<Output = Answer> + ::core::marker::Send + 'async_trait>,
    >
    where
        'life0: 'async_trait,
    {
        Box::pin(async move {
            let this = self;
            let event = event;
            this.answer(event).await
        })
    }
}

impl Orders {
    async fn answer(&self, event: &Request) -> Answer {
        response(event).await
    }
}

/// A call through a trait object, which returns a future that is `Send`.
fn dynamic(handler: &'static (dyn Handle + Sync)) -> impl Future<Output = Answer> + Send + 'static {
    let event: &Request = Box::leak(Box::new(Request::default()));
    handler.handle(event)
}

async fn statuses(subject: &str) -> Vec<u16> {
    let claims = json!({"sub": subject, "iss": "https://auth.example.com", "sessionHandle": "s"});
    let event = || events::request(&events::http_api_lambda_flat(&claims));
    [
        owned(event()).await.unwrap(),
        borrowed(&event()).await.unwrap(),
        on_its_thread(event()).await.unwrap(),
        of_a_response(&event()).await,
        with_statements_before_it(event()).await.unwrap(),
        Orders.handle(&event()).await.unwrap(),
        Orders.by_default(event()).await.unwrap(),
    ]
    .map(|response| response.status().as_u16())
    .to_vec()
}

#[tokio::test]
async fn denies_before_a_boxed_future_exists() {
    assert_eq!(statuses("user-1").await, [BODY; 7]);
    assert_eq!(RUNS.swap(0, Ordering::Relaxed), 7);
    assert_eq!(statuses("user-3").await, [403; 7]);
    assert_eq!(dynamic(&Orders).await.unwrap().status(), 403);
    assert_eq!(RUNS.load(Ordering::Relaxed), 0);
}
