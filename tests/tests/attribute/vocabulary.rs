//! Each form of the attribute's syntax.

use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

macro_rules! compiles {
    ($($name:ident: [$($requirement:tt)*])*) => {
        $(
            #[require_claims($($requirement)*)]
            async fn $name(event: Request) -> Response<Body> {
                Response::new(event.into_body())
            }
        )*

        #[test]
        fn compiles() {
            $(let _ = $name;)*
        }
    };
}

compiles! {
    email_verified: [email_verified]
    email_verified_lately: [email_verified(max_age = "5m")]
    mfa: [mfa]
    mfa_with_a_factor: [mfa = "totp"]
    mfa_with_one_of: [mfa = any("totp", "webauthn")]
    mfa_with_all: [mfa = all("totp", "otp-email", custom("badge"))]
    mfa_of_ones_own: [mfa = custom("badge")]
    mfa_lately: [mfa("totp", max_age = "10m")]
    mfa_and_a_factor: [mfa, mfa(any("totp", "webauthn"), max_age = "10m")]
    authenticated: [authenticated]
    role: [role = "admin"]
    role_raw: [role = r#"the "admin""#]
    role_lately: [role("admin", max_age = "1h")]
    role_any: [role = any("admin", "owner")]
    role_all: [role = all("admin", "owner",)]
    role_none: [role = none("banned")]
    role_both: [role = "admin", role = none("banned")]
    role_any_lately: [role(any("admin", "owner"), max_age = "1d",)]
    permission: [permission = "orders:read"]
    permission_any: [permission = any("orders:read", "orders:write")]
    permission_lately: [permission(all("a", "b"), max_age = "90s")]
    scope: [scope = "orders:read"]
    scope_all: [scope = all("orders:read", "orders:write")]
    scope_none: [scope = none("orders:write")]
    audience: [audience = "orders-api"]
    audience_any: [audience = any("a", "b")]
    tenant: [tenant = "public"]
    tenant_any: [tenant = any("public", "eu")]
    tenant_none: [tenant = none("test", "demo")]
    subject: [subject = "user-1"]
    subject_any: [subject = any("user-1", "user-2")]
    issuer: [issuer = "https://auth.example.com/auth"]
    issuer_none: [issuer = none("https://old.example.com")]
    one_of: [any(role = "admin", mfa)]
    nested: [email_verified, any(role = "admin", all(permission = "orders:write", mfa, any(tenant = "a", tenant = "b")))]
    several: [email_verified, role = "admin", mfa, tenant = "public",]
}
