//! Languages for expressions and policies. The policy is compiled once.

use std::time::Duration;

use biscuit_auth::AuthorizerLimits;
use biscuit_auth::builder::{AuthorizerBuilder, Fact, Policy, Term};
use cel::{Context, Program};
use datalogic_rs::Engine;

use super::Decide;
use crate::caller::Caller;

pub(super) fn cel(caller: Caller) -> Decide {
    let program = r#"claims["st-ev"].v && "admin" in claims["st-role"].v && claims["st-mfa"].v"#;
    let program = Program::compile(program).expect("a program");
    let functions: &'static Context<'static, 'static> = Box::leak(Box::new(Context::default()));
    Box::new(move || {
        let mut context = functions.new_inner_scope();
        context
            .add_variable("claims", &caller.payload)
            .expect("a value");
        program
            .execute(&context)
            .is_ok_and(|value| value == true.into())
    })
}

pub(super) fn rego(caller: Caller) -> Decide {
    let policy = r#"
        package orders
        default allow := false
        allow if {
            input["st-ev"].v
            "admin" in input["st-role"].v
            input["st-mfa"].v
        }"#;
    let mut engine = regorus::Engine::new();
    engine
        .add_policy("orders.rego".to_owned(), policy.to_owned())
        .expect("a policy");
    Box::new(move || {
        engine.set_input(caller.payload.clone().into());
        let allow = engine.eval_rule("data.orders.allow".to_owned());
        allow.is_ok_and(|allow| allow == regorus::Value::Bool(true))
    })
}

pub(super) fn json_logic(caller: Caller) -> Decide {
    let engine = Engine::new();
    let rule = r#"{"and": [
        {"===": [{"var": "st-ev.v"}, true]},
        {"in": ["admin", {"var": "st-role.v"}]},
        {"===": [{"var": "st-mfa.v"}, true]}
    ]}"#;
    let rule = engine.compile(rule).expect("a rule");
    let engine: &'static Engine = Box::leak(Box::new(engine));
    let mut session = engine.session();
    Box::new(move || {
        session
            .eval_into(&rule, &caller.payload)
            .is_ok_and(|is_met: bool| is_met)
    })
}

/// Facts without a token, because the gateway has verified another kind of token.
pub(super) fn biscuit(caller: Caller) -> Decide {
    let policy: Policy = r#"allow if email_verified(true), role("admin"), mfa(true)"#
        .parse()
        .expect("a policy");
    // The default is a millisecond, which is too short while instructions are counted.
    let limits = AuthorizerLimits {
        max_time: Duration::from_secs(60),
        ..AuthorizerLimits::default()
    };
    Box::new(move || {
        let claims = &caller.claims;
        let fact = |name: &str, term| Fact::new(name.to_owned(), [term]);
        let mut facts = vec![
            fact("email_verified", Term::Bool(claims.email_verified())),
            fact("mfa", Term::Bool(claims.mfa())),
        ];
        let roles = claims.roles().iter().cloned();
        facts.extend(roles.map(|role| fact("role", Term::Str(role))));
        let builder = AuthorizerBuilder::new()
            .set_limits(limits.clone())
            .policy(policy.clone())
            .expect("a policy");
        let builder = facts.into_iter().try_fold(builder, AuthorizerBuilder::fact);
        let mut authorizer = builder
            .expect("facts")
            .build_unauthenticated()
            .expect("an authorizer");
        authorizer.authorize().is_ok()
    })
}
