//! Guarded handlers for the methods of a route.

use std::convert::Infallible;

use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter};

use super::guard::GuardedHandler;

/// The guarded handlers of a route, for a [`GuardedRouter`](super::GuardedRouter).
///
/// The functions [`get`], [`post`], [`on`] and so on create it, and its methods add handlers for other methods.
///
/// ```
/// use require_claims::axum::{GuardedMethodRouter, get};
/// use require_claims::require_claims;
///
/// #[require_claims(email_verified)]
/// async fn list_orders() -> &'static str {
///     "orders"
/// }
///
/// #[require_claims(email_verified, role = "admin")]
/// async fn create_order(item: String) -> String {
///     format!("created {item}")
/// }
///
/// let orders: GuardedMethodRouter = get(list_orders).post(create_order);
/// # let _ = orders;
/// ```
#[derive(Clone, Debug)]
#[must_use = "handlers do nothing until they are added to a router"]
pub struct GuardedMethodRouter<S = ()> {
    pub(super) inner: MethodRouter<S, Infallible>,
    /// Each method with its requirements as written.
    pub(super) methods: Vec<(&'static str, &'static str)>,
}

macro_rules! function {
    ($method:ident $name:expr) => {
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
    ($($method:ident $name:ident)*) => {
        $(function!($method stringify!($name));)*

        /// Each method, with its name.
        const METHODS: &[(MethodFilter, &str)] = &[$((MethodFilter::$name, stringify!($name))),*];

        impl<S: Clone + Send + Sync + 'static> GuardedMethodRouter<S> {$(
            #[doc = concat!("Also routes `", stringify!($name), "` requests to a guarded handler.")]
            pub fn $method<H, T>(mut self, handler: H) -> Self
            where
                H: Handler<T, S>,
                T: GuardedHandler + 'static,
            {
                self.inner = self.inner.$method(handler);
                self.methods.push((stringify!($name), T::REQUIREMENTS));
                self
            }
        )*}
    };
}

function!(any "any");
methods! {
    connect CONNECT
    delete DELETE
    get GET
    head HEAD
    options OPTIONS
    patch PATCH
    post POST
    put PUT
    trace TRACE
}

/// Routes requests with these methods to a guarded handler, like [`axum::routing::on`].
///
/// ```
/// use axum::routing::MethodFilter;
/// use require_claims::axum::{GuardedRouter, on};
/// use require_claims::require_claims;
///
/// #[require_claims(role = "admin")]
/// async fn save() -> &'static str {
///     "saved"
/// }
///
/// let router: GuardedRouter =
///     GuardedRouter::new().route("/settings", on(MethodFilter::PUT.or(MethodFilter::PATCH), save));
/// let methods = router.routes().as_slice().iter().map(|route| route.method);
/// assert!(methods.eq(["PATCH", "PUT"]));
/// ```
pub fn on<H, T, S>(filter: MethodFilter, handler: H) -> GuardedMethodRouter<S>
where
    H: Handler<T, S>,
    T: GuardedHandler + 'static,
    S: Clone + Send + Sync + 'static,
{
    let none = GuardedMethodRouter {
        inner: MethodRouter::new(),
        methods: Vec::new(),
    };
    none.on(filter, handler)
}

impl<S: Clone + Send + Sync + 'static> GuardedMethodRouter<S> {
    /// Also routes requests with these methods to a guarded handler: see [`on`].
    pub fn on<H, T>(mut self, filter: MethodFilter, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: GuardedHandler + 'static,
    {
        self.inner = self.inner.on(filter, handler);
        let included = METHODS
            .iter()
            .filter(|(method, _)| filter.or(*method) == filter);
        let routes = included.map(|(_, name)| (*name, T::REQUIREMENTS));
        self.methods.extend(routes);
        self
    }
}
