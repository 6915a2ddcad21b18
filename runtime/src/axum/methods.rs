//! Guarded handlers for the methods of a route.

use std::convert::Infallible;

use axum::handler::Handler;
use axum::routing::MethodRouter;

use super::guard::GuardedHandler;

/// The guarded handlers of a route, for a [`GuardedRouter`](super::GuardedRouter).
///
/// The functions [`get`], [`post`] and so on create it, and its methods add handlers for other methods.
#[derive(Clone, Debug)]
#[must_use = "handlers do nothing until they are added to a router"]
pub struct GuardedMethodRouter<S = ()> {
    pub(super) inner: MethodRouter<S, Infallible>,
    /// Each method with its requirements as written.
    pub(super) methods: Vec<(&'static str, &'static str)>,
}

macro_rules! function {
    ($method:ident $name:literal) => {
        #[doc = concat!("Routes `", $name, "` requests to a guarded handler, like [`axum::routing::", stringify!($method), "`].")]
        pub fn $method<H, T, S>(handler: H) -> GuardedMethodRouter<S>
        where
            H: Handler<T, S>,
            T: GuardedHandler + 'static,
            S: Clone + Send + Sync + 'static,
        {
            GuardedMethodRouter {
                inner: axum::routing::$method(handler),
                methods: vec![($name, T::REQUIREMENTS)],
            }
        }
    };
}

/// A function and a method for each HTTP method.
macro_rules! methods {
    ($($method:ident $name:literal)*) => {
        $(function!($method $name);)*

        impl<S: Clone + Send + Sync + 'static> GuardedMethodRouter<S> {$(
            #[doc = concat!("Also routes `", $name, "` requests to a guarded handler.")]
            pub fn $method<H, T>(mut self, handler: H) -> Self
            where
                H: Handler<T, S>,
                T: GuardedHandler + 'static,
            {
                self.inner = self.inner.$method(handler);
                self.methods.push(($name, T::REQUIREMENTS));
                self
            }
        )*}
    };
}

function!(any "any");
methods! {
    connect "CONNECT"
    delete "DELETE"
    get "GET"
    head "HEAD"
    options "OPTIONS"
    patch "PATCH"
    post "POST"
    put "PUT"
    trace "TRACE"
}
