//! The test kit, `require_claims::testing`: its events through the attribute, and what they contain.

mod callers;
mod each_authorizer;
mod misuse;
mod requests;
mod routes;

use std::time::Duration;

use require_claims::testing::Caller;

const MINUTE: Duration = Duration::from_secs(60);

/// An administrator with several roles, whose text is ambiguous without the token.
fn admin() -> Caller {
    let caller = Caller::new("user-1").email_verified().mfa();
    caller.role("admin").factor("totp", MINUTE)
}

fn customer() -> Caller {
    let caller = Caller::new("user-2").email_verified().mfa();
    caller.role("customer").factor("totp", MINUTE)
}
