//! What is asked of a payload, and what is true of it by the SDK's rules.

use require_claims::supertokens::{
    AUDIENCE, EMAIL_VERIFIED, ISSUER, MFA, PERMISSION, ROLE, SCOPE, SUBJECT, TENANT,
};
use require_claims::{BooleanClaim, Factors, PrimitiveArrayClaim, PrimitiveClaim, Requirement};
use require_claims_tests::declared::is_declared;
use serde_json::{Value, json};

const TWO_FACTOR: BooleanClaim = BooleanClaim::new("2fa-completed");
const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");

pub(crate) const FACTORS: [&str; 6] = [
    "emailpassword",
    "link-email",
    "otp-phone",
    "thirdparty",
    "totp",
    "constructor",
];

/// A requirement on a payload, and what is true of it by the SDK's rules.
pub(crate) struct Question<'a> {
    /// The claim that it is about.
    pub(crate) key: &'a str,
    pub(crate) requirement: Requirement<'a>,
    /// Whether the payload meets it.
    pub(crate) met: bool,
    /// Whether the payload's claim has the type that its issuer writes.
    pub(crate) declared: bool,
}

/// The same question about every claim that is one value in `v`.
pub(crate) fn booleans(payload: &Value, questions: &mut Vec<Question<'_>>) {
    for (key, claim) in [("st-ev", EMAIL_VERIFIED), ("2fa-completed", TWO_FACTOR)] {
        let v = &payload[key]["v"];
        for (requirement, expected) in [(claim.is_true(), true), (claim.is_false(), false)] {
            questions.push(Question {
                key,
                requirement,
                met: *v == json!(expected),
                declared: is_declared(payload, key),
            });
        }
    }
}

/// Every question that the names make of a list.
fn lists<'a>(
    key: &'a str,
    claim: PrimitiveArrayClaim,
    list: Option<&[String]>,
    declared: bool,
    names: &'a [String],
    pairs: &'a [[&'a str; 2]],
    questions: &mut Vec<Question<'a>>,
) {
    let mut ask = |requirement, met: &dyn Fn(&[String]) -> bool| {
        questions.push(Question {
            key,
            requirement,
            met: list.is_some_and(met),
            declared,
        });
    };
    for name in names {
        ask(claim.includes(name), &|list| list.contains(name));
        ask(claim.excludes(name), &|list| !list.contains(name));
    }
    for pair in pairs {
        let has = |list: &[String], name: &str| list.iter().any(|held| held == name);
        let [a, b] = *pair;
        ask(claim.includes_all(pair), &|list| {
            has(list, a) && has(list, b)
        });
        ask(claim.includes_any(pair), &|list| {
            has(list, a) || has(list, b)
        });
        ask(claim.excludes_all(pair), &|list| {
            !has(list, a) && !has(list, b)
        });
    }
}

pub(crate) fn strings_of(list: &Value) -> Option<Vec<String>> {
    let list = list.as_array()?;
    let strings = list.iter().filter_map(Value::as_str);
    Some(strings.map(str::to_owned).collect())
}

/// The names in a payload's lists, each word of them, and some that others take for them.
pub(crate) fn names_of(payload: &Value) -> Vec<String> {
    let mut names: Vec<String> = [
        "admin",
        "user",
        "*",
        "orders:read",
        "openid",
        "v:true",
        "t:1",
    ]
    .map(str::to_owned)
    .to_vec();
    let lists = [
        &payload["st-role"]["v"],
        &payload["st-perm"]["v"],
        &payload["groups"],
        &payload["roles"],
        &payload["scp"],
    ];
    for list in lists {
        for name in strings_of(list).unwrap_or_default() {
            names.extend(name.split(' ').map(str::to_owned));
            names.push(name);
        }
    }
    names.sort();
    names.dedup();
    names
}

pub(crate) fn arrays<'a>(
    payload: &Value,
    names: &'a [String],
    pairs: &'a [[&'a str; 2]],
    questions: &mut Vec<Question<'a>>,
) {
    for (key, claim) in [("st-role", ROLE), ("st-perm", PERMISSION)] {
        let list = strings_of(&payload[key]["v"]);
        let declared = is_declared(payload, key);
        lists(
            key,
            claim,
            list.as_deref(),
            declared,
            names,
            pairs,
            questions,
        );
    }
    for key in ["groups", "roles", "permissions", "cognito:groups", "amr"] {
        let list = strings_of(&payload[key]);
        let declared = is_declared(payload, key);
        let claim = PrimitiveArrayClaim::bare(key);
        lists(
            key,
            claim,
            list.as_deref(),
            declared,
            names,
            pairs,
            questions,
        );
    }

    let audience = match &payload["aud"] {
        Value::String(audience) => Some(vec![audience.clone()]),
        list => strings_of(list),
    };
    let declared = is_declared(payload, "aud");
    lists(
        "aud",
        AUDIENCE,
        audience.as_deref(),
        declared,
        names,
        pairs,
        questions,
    );
}

pub(crate) fn scopes<'a>(payload: &Value, names: &'a [String], questions: &mut Vec<Question<'a>>) {
    let scopes = |claim: &Value| match claim {
        Value::String(scopes) => Some(scopes.split(' ').map(str::to_owned).collect()),
        list => strings_of(list),
    };
    let held = match (scopes(&payload["scope"]), scopes(&payload["scp"])) {
        (Some(scope), Some(scp)) => {
            let both = scope.into_iter().filter(|name| scp.contains(name));
            Some(both.collect::<Vec<_>>())
        }
        (scope, scp) => scope.or(scp),
    };
    let declared = is_declared(payload, "scope") && is_declared(payload, "scp");
    for name in names.iter().filter(|name| !name.contains(' ')) {
        let has = held.as_ref().map(|held| held.contains(name));
        let verdicts = [
            (SCOPE.includes(name), has == Some(true)),
            // Two lists that disagree exclude nothing.
            (
                SCOPE.excludes(name),
                has == Some(false) && !in_one_of_two(payload, name),
            ),
        ];
        questions.extend(verdicts.map(|(requirement, met)| Question {
            key: "scope",
            requirement,
            met,
            declared,
        }));
    }
}

/// Whether only one of `scope` and `scp` has the name, where a token has both.
fn in_one_of_two(payload: &Value, name: &str) -> bool {
    let has = |claim: &Value| match claim {
        Value::String(scopes) => Some(scopes.split(' ').any(|scope| scope == name)),
        list => strings_of(list).map(|scopes| scopes.iter().any(|scope| scope == name)),
    };
    matches!((has(&payload["scope"]), has(&payload["scp"])), (Some(one), Some(other)) if one != other)
}

pub(crate) fn strings<'a>(
    payload: &Value,
    names: &'a [String],
    pairs: &'a [[&'a str; 2]],
    questions: &mut Vec<Question<'a>>,
) {
    let claims = [
        ("plan", PLAN, &payload["plan"]["v"]),
        ("sub", SUBJECT, &payload["sub"]),
        ("tId", TENANT, &payload["tId"]),
        ("iss", ISSUER, &payload["iss"]),
    ];
    for (key, claim, value) in claims {
        let value = value.as_str();
        let mut ask = |requirement, met| {
            questions.push(Question {
                key,
                requirement,
                met,
                declared: is_declared(payload, key),
            });
        };
        for name in names {
            ask(claim.has_value(name), value == Some(name));
        }
        for pair in pairs {
            ask(
                claim.has_any_of(pair),
                value.is_some_and(|value| pair.contains(&value)),
            );
            ask(
                claim.has_none_of(pair),
                value.is_some_and(|value| !pair.contains(&value)),
            );
        }
    }
}

pub(crate) fn factors<'a>(
    payload: &Value,
    steps: &'a [Factors<'a>],
    questions: &mut Vec<Question<'a>>,
) {
    let claim = &payload["st-mfa"];
    let completed = |factor: &str| claim["c"].get(factor).is_some_and(Value::is_number);
    let declared = is_declared(payload, "st-mfa");
    questions.push(Question {
        key: "st-mfa",
        requirement: MFA.has_completed_requirements_for_auth(),
        met: claim["v"] == json!(true),
        declared,
    });
    for step in steps {
        questions.push(Question {
            key: "st-mfa",
            requirement: MFA.has_completed_requirement_list(std::slice::from_ref(step)),
            met: match step {
                Factors::One(factor) => completed(factor),
                Factors::OneOf(factors) => factors.iter().any(|factor| completed(factor)),
                Factors::AllOf(factors) => factors.iter().all(|factor| completed(factor)),
            },
            declared,
        });
    }
}
