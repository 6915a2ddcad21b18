//! `cedar-policy`, in three forms.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request,
    RestrictedExpression,
};

use super::Decide;
use crate::caller::{Caller, Claims};

fn policies(text: &str) -> PolicySet {
    text.parse().expect("a policy")
}

fn uid(text: &str) -> EntityUid {
    text.parse().expect("the id of an entity")
}

fn is_allowed(request: &Request, policies: &PolicySet, entities: &Entities) -> bool {
    let response = Authorizer::new().is_authorized(request, policies, entities);
    response.decision() == Decision::Allow
}

/// The caller and its roles as entities.
fn entities_of(user: &EntityUid, claims: &Claims) -> Entities {
    let attributes = HashMap::from([
        (
            "emailVerified".to_owned(),
            RestrictedExpression::new_bool(claims.email_verified()),
        ),
        (
            "mfa".to_owned(),
            RestrictedExpression::new_bool(claims.mfa()),
        ),
    ]);
    let role = |name: &String| {
        EntityUid::from_type_name_and_id(
            "Role".parse().expect("a type"),
            name.parse().expect("an id"),
        )
    };
    let roles: HashSet<EntityUid> = claims.roles().iter().map(role).collect();
    let no_parents = |role: &EntityUid| Entity::new_no_attrs(role.clone(), HashSet::new());
    let mut entities: Vec<Entity> = roles.iter().map(no_parents).collect();
    entities.push(Entity::new(user.clone(), attributes, roles).expect("an entity"));
    Entities::from_entities(entities, None).expect("entities")
}

/// Entities for each request.
pub(super) fn entities(caller: Caller) -> Decide {
    let policies = policies(
        r#"permit(principal in Role::"admin", action == Action::"cancel", resource)
           when { principal.emailVerified && principal.mfa };"#,
    );
    let (user, action, order) = (
        uid(r#"User::"1""#),
        uid(r#"Action::"cancel""#),
        uid(r#"Order::"7""#),
    );
    Box::new(move || {
        let entities = entities_of(&user, &caller.claims);
        let ids = (user.clone(), action.clone(), order.clone());
        let request = Request::new(ids.0, ids.1, ids.2, Context::empty(), None);
        is_allowed(&request.expect("a request"), &policies, &entities)
    })
}

/// The claims in the request's context, and no entities.
pub(super) fn context(caller: Caller) -> Decide {
    let policies = policies(
        r#"permit(principal, action == Action::"cancel", resource)
           when { context.emailVerified && context.roles.contains("admin") && context.mfa };"#,
    );
    let (user, action, order) = (
        uid(r#"User::"1""#),
        uid(r#"Action::"cancel""#),
        uid(r#"Order::"7""#),
    );
    let entities = Entities::empty();
    Box::new(move || {
        let claims = &caller.claims;
        let roles = claims
            .roles()
            .iter()
            .cloned()
            .map(RestrictedExpression::new_string);
        let context = Context::from_pairs([
            (
                "emailVerified".to_owned(),
                RestrictedExpression::new_bool(claims.email_verified()),
            ),
            ("roles".to_owned(), RestrictedExpression::new_set(roles)),
            (
                "mfa".to_owned(),
                RestrictedExpression::new_bool(claims.mfa()),
            ),
        ]);
        let ids = (user.clone(), action.clone(), order.clone());
        let request = Request::new(ids.0, ids.1, ids.2, context.expect("a context"), None);
        is_allowed(&request.expect("a request"), &policies, &entities)
    })
}

/// The decision alone, about the role alone: the entities and the request are prepared.
pub(super) fn prepared_role(caller: Caller) -> Decide {
    let policies =
        policies(r#"permit(principal in Role::"admin", action == Action::"cancel", resource);"#);
    let (user, action, order) = (
        uid(r#"User::"1""#),
        uid(r#"Action::"cancel""#),
        uid(r#"Order::"7""#),
    );
    let entities = entities_of(&user, &caller.claims);
    let request = Request::new(user, action, order, Context::empty(), None).expect("a request");
    Box::new(move || is_allowed(&request, &policies, &entities))
}
