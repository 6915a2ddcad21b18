//! Crates that verify the token again, and decode its claims.

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use jwt_authorizer::JwtAuthorizer;

use super::{Decide, run};
use crate::caller::{Caller, Claims, PUBLIC_KEY};

fn is_verified_admin(claims: &Claims) -> bool {
    let is_admin = claims.roles().iter().any(|role| role == "admin");
    claims.email_verified() && is_admin && claims.mfa()
}

pub(super) fn jsonwebtoken(caller: Caller) -> Decide {
    let key = DecodingKey::from_rsa_pem(PUBLIC_KEY.as_bytes()).expect("a key");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&["orders"]);
    Box::new(move || {
        let decoded = jsonwebtoken::decode::<Claims>(caller.token, &key, &validation);
        decoded.is_ok_and(|decoded| is_verified_admin(&decoded.claims))
    })
}

pub(super) fn jwt_authorizer(caller: Caller) -> Decide {
    let builder = JwtAuthorizer::<Claims>::from_rsa_pem_text(PUBLIC_KEY);
    let validation = jwt_authorizer::Validation::new().aud(&["orders"]);
    let builder = builder.validation(validation).check(is_verified_admin);
    let authorizer = run(builder.build()).expect("an authorizer");
    Box::new(move || run(authorizer.check_auth(caller.token)).is_ok())
}
