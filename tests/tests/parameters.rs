//! With the attribute, a body changes its arguments, not copies of them, and they are dropped in the same
//! order as without it.

#![allow(
    clippy::needless_pass_by_value,
    clippy::toplevel_ref_arg,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    clippy::used_underscore_binding,
    reason = "handlers have arguments of every kind"
)]

use std::cell::RefCell;

use lambda_http::http;
use lambda_http::{Body, Error, IntoResponse, Response};
use require_claims::require_claims;
use require_claims_tests::{events, session};

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Logs when it is dropped, and whether it was changed before.
struct Loud {
    name: &'static str,
    is_changed: bool,
}

fn loud(name: &'static str) -> Loud {
    Loud {
        name,
        is_changed: false,
    }
}

impl Loud {
    fn change(&mut self) {
        self.is_changed = true;
    }

    fn name(&self) -> &'static str {
        self.name
    }
}

impl Drop for Loud {
    fn drop(&mut self) {
        let how = if self.is_changed { "changed " } else { "" };
        LOG.with_borrow_mut(|log| log.push(format!("{how}{}", self.name)));
    }
}

type Request = http::Request<Loud>;
type Pair = (Loud, Loud);

fn event() -> Request {
    events::request(&events::rest_jwt(&session::payload())).map(|_| loud("event"))
}

/// Defines each function and method twice: with and without the attribute.
macro_rules! twins {
    ($([$($function:tt)*])* methods $([$($method:tt)*])*) => {
        mod guarded {
            use super::*;
            $(#[require_claims(authenticated)] pub(super) $($function)*)*
            pub(super) struct App(pub(super) Loud, pub(super) bool);
            impl App { $(#[require_claims(authenticated)] pub(super) $($method)*)* }
        }
        mod plain {
            use super::*;
            $(pub(super) $($function)*)*
            pub(super) struct App(pub(super) Loud, pub(super) bool);
            impl App { $(pub(super) $($method)*)* }
        }
    };
}

twins! {
    [async fn opaque(a: Loud, event: Request, b: Loud, mut c: Loud) -> impl IntoResponse {
        let _local = loud("local");
        c.change();
        format!("{}{}{}", a.name(), b.name(), event.body().name())
    }]
    [async fn wrapped(mut event: Request, a: Loud, _b: Loud) -> Result<impl IntoResponse, Error> {
        event.body_mut().change();
        Ok(a.name())
    }]
    [async fn unnamed_event(a: Loud, _event: Request, b: Loud) -> Result<impl IntoResponse, Error> {
        let _used = (&a, &b);
        Ok("")
    }]
    [async fn no_event(a: Loud, _: Request, b: Loud) -> impl IntoResponse {
        format!("{}{}", a.name(), b.name())
    }]
    [async fn named(a: Loud, _event: Request, mut b: Loud) -> Result<Response<Body>, Error> {
        b.change();
        Ok(Response::new(a.name().into()))
    }]
    [async fn named_reference(a: Loud, ref event: Request, b: Loud) -> Response<Body> {
        Response::new(format!("{}{}{}", a.name(), event.body().name(), b.name()).into())
    }]
    [async fn patterns(event: Request, (mut a, _): (Loud, u8), [b, c]: [Loud; 2]) -> impl IntoResponse {
        a.change();
        format!("{}{}{}", event.body().name(), b.name(), c.name())
    }]
    [async fn with_lints(event: Request, #[allow(unused)] mut a: Loud, mut _b: Loud) -> impl IntoResponse {
        a.change();
        _b.change();
        event.body().name()
    }]
    [fn not_async(a: Loud, event: Request, mut b: Loud, _c: Loud) -> Result<impl IntoResponse, Error> {
        b.change();
        Ok(format!("{}{}", a.name(), event.body().name()))
    }]
    [async fn used_up(event: Request, a: Loud, b: Loud) -> impl IntoResponse {
        drop(b);
        drop(event);
        a.name()
    }]
    [async fn returned_early(event: Request, a: Loud) -> Result<impl IntoResponse, Error> {
        if event.body().name() == "event" {
            return Ok(a.name());
        }
        Ok("")
    }]
    [async fn borrowed_by_the_last_line(event: Request, a: Loud) -> impl IntoResponse {
        let _local = loud("local");
        Box::new((loud("temporary"), event, a)).0.name()
    }]
    [async fn unbound(_: Loud, (_, a): Pair, event: Request, (b, ..): Pair, _: Loud) -> impl IntoResponse {
        let _local = loud("local");
        format!("{}{}{}", a.name(), event.body().name(), b.name())
    }]
    [fn unbound_without_async(_: Loud, (_, _a): Pair, _: Request, (_, _b): Pair) -> impl IntoResponse {
        ""
    }]
    [async fn unbound_named(_: Loud, _: Request, (_, _a): Pair, _: Loud) -> Response<Body> {
        Response::default()
    }]
    methods
    [async fn owned(mut self, event: Request) -> Result<impl IntoResponse, Error> {
        self.0.change();
        Ok(event.body().name())
    }]
    [async fn owned_flag(mut self, event: Request) -> impl IntoResponse {
        self.1 = true;
        format!("{}{}", self.1, event.body().name())
    }]
    [fn owned_without_async(mut self, event: Request) -> impl IntoResponse {
        self.0.change();
        event.body().name()
    }]
    [async fn boxed(mut self: Box<Self>, event: Request) -> impl IntoResponse {
        self.0.change();
        event.body().name()
    }]
    [async fn borrowed(&mut self, event: Request) -> Result<impl IntoResponse, Error> {
        self.0.change();
        Ok(event.body().name())
    }]
    [fn borrowed_without_async(&mut self, event: Request) -> impl IntoResponse {
        self.0.change();
        event.body().name()
    }]
    [async fn used(self, event: Request, a: Loud) -> impl IntoResponse {
        drop(self);
        format!("{}{}", event.body().name(), a.name())
    }]
}

/// The order of drops in a call of each.
macro_rules! same {
    ($($call:ident ($($arguments:tt)*) $(. $method:ident ($($further:tt)*))? $($wait:ident)?;)*) => {
        $(
            let with = {
                let _ = guarded::$call($($arguments)*)$(.$method($($further)*))? $(.$wait)?;
                LOG.take()
            };
            let without = {
                let _ = plain::$call($($arguments)*)$(.$method($($further)*))? $(.$wait)?;
                LOG.take()
            };
            assert!(!without.is_empty());
            assert_eq!(with, without, "{}", stringify!($call $($method)?));
        )*
    };
}

#[tokio::test]
async fn changes_and_drops_arguments_as_without_the_attribute() {
    let (a, b, c) = (|| loud("a"), || loud("b"), || loud("c"));
    let app = || loud("self");
    same! {
        opaque(a(), event(), b(), c()) await;
        wrapped(event(), a(), b()) await;
        unnamed_event(a(), event(), b()) await;
        no_event(a(), event(), b()) await;
        named(a(), event(), b()) await;
        named_reference(a(), event(), b()) await;
        patterns(event(), (a(), 0), [b(), c()]) await;
        with_lints(event(), a(), b()) await;
        not_async(a(), event(), b(), c());
        used_up(event(), a(), b()) await;
        returned_early(event(), a()) await;
        borrowed_by_the_last_line(event(), a()) await;
        unbound(c(), (loud("rest"), a()), event(), (b(), loud("rest")), loud("d")) await;
        unbound_without_async(c(), (loud("rest"), a()), event(), (loud("rest"), b()));
        unbound_named(c(), event(), (loud("rest"), a()), b()) await;
        App(app(), false).owned(event()) await;
        App(app(), false).owned_flag(event()) await;
        App(app(), false).owned_without_async(event());
        App(app(), false).borrowed(event()) await;
        App(app(), false).borrowed_without_async(event());
        App(app(), false).used(event(), a()) await;
    }
    let _ = Box::new(guarded::App(app(), false)).boxed(event()).await;
    let with = LOG.take();
    let _ = Box::new(plain::App(app(), false)).boxed(event()).await;
    assert_eq!(with, LOG.take());
    assert!(with.contains(&"changed self".to_owned()), "{with:?}");
}
