//! Names of the guard, and names that the user's code shadows.

use axum::routing::get;
use require_claims::require_claims;

use super::allows_only_an_admin;

#[require_claims(role = "admin")]
async fn r#type() -> &'static str {
    "type"
}

/// Two handlers whose names differ only in case.
#[require_claims(role = "admin")]
async fn list() -> &'static str {
    "list"
}

#[allow(non_snake_case)]
#[require_claims(role = "admin")]
async fn List() -> &'static str {
    "List"
}

mod other {
    use require_claims::require_claims;

    #[require_claims(role = "user")]
    pub(in super::super) async fn list() -> &'static str {
        "other"
    }
}

macro_rules! handlers {
    ($($name:ident: $role:literal $argument:ident)*) => {$(
        #[require_claims(role = $role)]
        async fn $name($argument: axum::http::Method) -> String {
            $argument.to_string()
        }
    )*};
}

handlers! { first: "admin" method second: "user" parts }

mod renamed {
    pub(super) use require_claims as guards;
}

#[require_claims(role = "admin", crate = renamed::guards)]
async fn of_a_renamed_crate() -> &'static str {
    "renamed"
}

type Text = &'static str;

/// The user's code has items with the names that the guard's code uses.
mod shadowed {
    #![allow(dead_code, non_camel_case_types)]

    use require_claims::require_claims;

    use super::Text;

    struct Ok;
    struct Err;
    struct Some;
    struct None;
    struct Result;
    struct Option;
    struct Guard;
    struct Rejection;
    struct Response;
    struct Parts;
    struct State;
    struct Sync;
    struct Send;
    struct str;
    mod core {}
    mod std {}
    mod axum {}
    mod require_claims_ {}
    fn check() {}
    fn guard() {}
    fn response() {}

    /// A type with the name of a usual type parameter.
    pub(super) struct S;

    impl S {
        pub(super) const ADMIN: Text = "admin";
    }

    #[require_claims(role = S::ADMIN)]
    pub(super) async fn handler() -> Text {
        "shadowed"
    }
}

/// A pattern with the name of a constant would refer to that constant.
mod constants {
    #![allow(dead_code, non_upper_case_globals)]

    use require_claims::{Session, require_claims};

    const parts: () = ();
    const state: () = ();
    const claims: () = ();
    const rejection: () = ();

    #[require_claims(role = "admin", on_reject = require_claims::reject::bearer)]
    pub(super) async fn handler(#[claims] session: Session) -> String {
        session.user_id().is_empty().to_string()
    }
}

#[tokio::test]
async fn guards_each_handler_by_its_own_requirements() {
    for (handlers, body) in [
        (get(r#type), "type"),
        (get(list), "list"),
        (get(List), "List"),
        (get(first), "GET"),
        (get(of_a_renamed_crate), "renamed"),
        (get(shadowed::handler), "shadowed"),
        (get(constants::handler), "false"),
    ] {
        allows_only_an_admin(handlers, body).await;
    }
    for handlers in [get(other::list), get(second)] {
        assert_eq!(super::get(handlers, &super::user()).await.0, 200);
    }
}

#[tokio::test]
async fn guards_a_function_within_a_function() {
    #[require_claims(role = "admin")]
    async fn inner() -> &'static str {
        "inner"
    }
    allows_only_an_admin(get(inner), "inner").await;
}
