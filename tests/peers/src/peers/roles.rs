//! Crates for roles and permissions. They read no claims: each claim is a name.

use std::collections::HashSet;
use std::convert::Infallible;
use std::future::{Future, ready};

use axum_login::{AuthUser, AuthnBackend, AuthzBackend};
use casbin::{CoreApi as _, DefaultModel, Enforcer, StringAdapter};
use protect_endpoints_core::authorities::{AuthDetails, AuthoritiesCheck as _};

use super::{Decide, run};
use crate::caller::{Caller, Claims};

#[derive(Clone)]
struct Backend;

#[derive(Clone, Debug)]
struct User(Claims);

impl AuthUser for User {
    type Id = u64;

    fn id(&self) -> u64 {
        1
    }

    fn session_auth_hash(&self) -> &[u8] {
        b""
    }
}

impl AuthnBackend for Backend {
    type User = User;
    type Credentials = ();
    type Error = Infallible;

    fn authenticate(
        &self,
        (): (),
    ) -> impl Future<Output = Result<Option<User>, Infallible>> + Send {
        ready(Ok(None))
    }

    fn get_user(&self, _: &u64) -> impl Future<Output = Result<Option<User>, Infallible>> + Send {
        ready(Ok(None))
    }
}

impl AuthzBackend for Backend {
    type Permission = String;

    fn get_user_permissions(
        &self,
        user: &User,
    ) -> impl Future<Output = Result<HashSet<String>, Infallible>> + Send {
        ready(Ok(user.0.names().collect()))
    }
}

/// One permission for each requirement, as in its `permission_required!`.
pub(super) fn axum_login(caller: Caller) -> Decide {
    let user = User(caller.claims);
    Box::new(move || {
        let mut permissions = ["email-verified", "admin", "mfa"].into_iter();
        permissions.all(|name| run(Backend.has_perm(&user, name.to_owned())) == Ok(true))
    })
}

const MODEL: &str = "
[request_definition]
r = email_verified, role, mfa

[policy_definition]
p = email_verified, role, mfa

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.email_verified == p.email_verified && r.role == p.role && r.mfa == p.mfa
";

/// One request for each role.
pub(super) fn casbin(caller: Caller) -> Decide {
    let model = run(DefaultModel::from_str(MODEL)).expect("a model");
    let policy = StringAdapter::new("p, true, admin, true");
    let enforcer = run(Enforcer::new(model, policy)).expect("an enforcer");
    Box::new(move || {
        let claims = &caller.claims;
        let (email_verified, mfa) = (
            claims.email_verified().to_string(),
            claims.mfa().to_string(),
        );
        let mut roles = claims.roles().iter();
        roles.any(|role| {
            enforcer
                .enforce((&email_verified, role, &mfa))
                .is_ok_and(|is_allowed| is_allowed)
        })
    })
}

fn has_all(authorities: &AuthDetails<String>) -> bool {
    authorities.has_authorities(&["email-verified", "admin", "mfa"])
}

/// Authorities for each request.
pub(super) fn protect_endpoints(caller: Caller) -> Decide {
    Box::new(move || has_all(&AuthDetails::new(caller.claims.names())))
}

/// The decision alone: the authorities are prepared.
pub(super) fn protect_endpoints_prepared(caller: Caller) -> Decide {
    let authorities = AuthDetails::new(caller.claims.names());
    Box::new(move || has_all(&authorities))
}
