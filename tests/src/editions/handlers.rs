// Not a module: the text of the examples in `editions.rs`.
use std::cell::RefCell;

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;
use require_claims_tests::{events, session};

thread_local! {
    static LOG: RefCell<Vec<&'static str>> = RefCell::new(Vec::new());
}

struct Loud(&'static str);

impl Loud {
    fn get(&self) -> String {
        self.0.to_owned()
    }
}

impl Drop for Loud {
    fn drop(&mut self) {
        LOG.with(|log| log.borrow_mut().push(self.0));
    }
}

macro_rules! twins {
    ($([$($function:tt)*])*) => {
        mod guarded {
            use super::*;
            $(#[require_claims(authenticated)] pub $($function)*)*
        }
        mod plain {
            use super::*;
            $(pub $($function)*)*
        }
    };
}

twins! {
    [fn named(event: Request, a: Loud) -> Response<String> {
        let _local = Loud("local");
        Response::new(Loud("temporary").get() + a.0 + event.uri().path())
    }]
    [fn of_a_pattern(_event: Request, a: Loud) -> Response<String> {
        let _local = Loud("local");
        Response::new(Loud("temporary").get() + a.0)
    }]
    [fn opaque(event: Request, a: Loud) -> impl IntoResponse {
        let _local = Loud("local");
        Loud("temporary").get() + a.0 + event.uri().path()
    }]
    [fn carried(event: Request, a: Loud) -> Result<impl IntoResponse, Error> {
        let _local = Loud("local");
        Ok(Loud("temporary").get() + a.0 + event.uri().path())
    }]
}

/// Compiles only if the lock's guard, a temporary of the last line, is dropped before `shared`.
#[require_claims(authenticated)]
async fn locked(
    event: Request,
    shared: std::sync::Mutex<String>,
) -> Result<impl IntoResponse, Error> {
    Ok(shared.lock().unwrap().clone() + event.uri().path())
}

macro_rules! assert_same_order {
    ($($function:ident)*) => {
        $(
            let event = || events::request(&events::rest_jwt(&session::payload()));
            let log = || LOG.with(|log| std::mem::take(&mut *log.borrow_mut()));
            let _ = guarded::$function(event(), Loud("a"));
            let with = log();
            let _ = plain::$function(event(), Loud("a"));
            assert_eq!(with, log(), stringify!($function));
            assert_eq!(with.len(), 3);
        )*
    };
}

fn main() {
    assert_same_order! { named of_a_pattern opaque carried }
    let _ = locked;
}
