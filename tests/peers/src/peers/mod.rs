//! The guard, and the crates that it is compared with.

mod cedar;
mod guard;
mod policies;
mod roles;
mod tokens;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::caller::Caller;

/// A crate, and one way to use it.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    /// Prepares what does not depend on the caller, and returns the decision, which is counted.
    pub(crate) prepare: fn(Caller) -> Decide,
    /// How many times the instructions of the guard on text it should take at least.
    pub(crate) at_least: Option<f64>,
}

/// Decides whether the caller is an administrator with a verified email address and all factors.
pub(crate) type Decide = Box<dyn FnMut() -> bool>;

/// The name of the guard on text.
pub(crate) const GUARD: &str = "require-claims, text";

/// The name of a peer that decides about the role alone.
pub(crate) const PREPARED_ROLE: &str = "cedar-policy, prepared, role alone";

const fn peer(name: &'static str, prepare: fn(Caller) -> Decide, at_least: f64) -> Peer {
    Peer {
        name,
        prepare,
        at_least: Some(at_least),
    }
}

pub(crate) const PEERS: [Peer; 15] = [
    Peer {
        name: GUARD,
        prepare: guard::text,
        at_least: None,
    },
    Peer {
        name: "require-claims, token",
        prepare: guard::token,
        at_least: None,
    },
    peer("jsonwebtoken, verify RS256", tokens::jsonwebtoken, 1.0),
    peer("jwt-authorizer, verify RS256", tokens::jwt_authorizer, 1.0),
    peer("cel", policies::cel, 1.0),
    peer("regorus (Rego)", policies::rego, 1.0),
    Peer {
        name: "datalogic-rs (JSONLogic)",
        prepare: policies::json_logic,
        at_least: None,
    },
    peer("biscuit-auth", policies::biscuit, 1.0),
    peer("cedar-policy, entities", cedar::entities, 12.0),
    peer("cedar-policy, claims in context", cedar::context, 1.0),
    peer(PREPARED_ROLE, cedar::prepared_role, 1.0),
    peer("axum-login", roles::axum_login, 1.0),
    peer("casbin", roles::casbin, 3.4),
    peer(
        "protect-endpoints, authorities",
        roles::protect_endpoints,
        1.0,
    ),
    Peer {
        name: "protect-endpoints, prepared",
        prepare: roles::protect_endpoints_prepared,
        at_least: None,
    },
];

/// Runs a future that does not wait.
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("this future waits"),
    }
}
