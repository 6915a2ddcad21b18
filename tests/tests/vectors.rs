//! 260 payloads with the gateway's rendering: text never allows what the payload denies.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

use lambda_http::Request;
use require_claims::supertokens::{
    AUDIENCE, EMAIL_VERIFIED, ISSUER, MFA, PERMISSION, ROLE, SCOPE, SUBJECT, TENANT,
};
use require_claims::{
    BooleanClaim, Factors, PrimitiveArrayClaim, PrimitiveClaim, ReasonKind, Requirement,
};
use require_claims_tests::events;
use serde_json::{Value, json};

const TWO_FACTOR: BooleanClaim = BooleanClaim::new("2fa-completed");
const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");

const FACTORS: [&str; 6] = [
    "emailpassword",
    "link-email",
    "otp-phone",
    "thirdparty",
    "totp",
    "constructor",
];

fn vectors() -> Vec<Value> {
    include_str!("../vectors/gateway-claims.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A requirement on a payload, and what is true of it by the SDK's rules.
struct Question<'a> {
    requirement: Requirement<'a>,
    /// Whether the payload meets it.
    met: bool,
    /// Whether the payload's claim has the type that its issuer writes.
    declared: bool,
}

/// The same question about every claim that is one value in `v`.
fn booleans(payload: &Value, questions: &mut Vec<Question<'_>>) {
    for (key, claim) in [("st-ev", EMAIL_VERIFIED), ("2fa-completed", TWO_FACTOR)] {
        let v = &payload[key]["v"];
        for (requirement, expected) in [(claim.is_true(), true), (claim.is_false(), false)] {
            questions.push(Question {
                requirement,
                met: *v == json!(expected),
                declared: v.is_boolean() && is_dated(&payload[key]),
            });
        }
    }
}

/// `{"v": …, "t": number}`, as SuperTokens writes its claims.
fn is_dated(claim: &Value) -> bool {
    claim.as_object().is_some_and(|members| {
        members.contains_key("v")
            && members.iter().all(|(key, value)| match key.as_str() {
                "v" => true,
                "t" => value.is_number(),
                _ => false,
            })
    })
}

fn is_list_of_strings(list: &Value) -> bool {
    list.as_array()
        .is_some_and(|list| list.iter().all(Value::is_string))
}

/// Every question that the names make of a list.
fn lists<'a>(
    claim: PrimitiveArrayClaim,
    list: Option<&[String]>,
    declared: bool,
    names: &'a [String],
    pairs: &'a [[&'a str; 2]],
    questions: &mut Vec<Question<'a>>,
) {
    let mut ask = |requirement, met: &dyn Fn(&[String]) -> bool| {
        questions.push(Question {
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

fn strings_of(list: &Value) -> Option<Vec<String>> {
    let list = list.as_array()?;
    let strings = list.iter().filter_map(Value::as_str);
    Some(strings.map(str::to_owned).collect())
}

/// The names in a payload's lists, each word of them, and some that others take for them.
fn names_of(payload: &Value) -> Vec<String> {
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

fn arrays<'a>(
    payload: &Value,
    names: &'a [String],
    pairs: &'a [[&'a str; 2]],
    questions: &mut Vec<Question<'a>>,
) {
    for (key, claim) in [("st-role", ROLE), ("st-perm", PERMISSION)] {
        let list = strings_of(&payload[key]["v"]);
        let declared = is_dated(&payload[key]) && is_list_of_strings(&payload[key]["v"]);
        lists(claim, list.as_deref(), declared, names, pairs, questions);
    }
    for key in ["groups", "roles", "permissions", "cognito:groups", "amr"] {
        let list = strings_of(&payload[key]);
        let declared = is_list_of_strings(&payload[key]);
        let claim = PrimitiveArrayClaim::bare(key);
        lists(claim, list.as_deref(), declared, names, pairs, questions);
    }

    let audience = match &payload["aud"] {
        Value::String(audience) => Some(vec![audience.clone()]),
        list => strings_of(list),
    };
    let declared = payload["aud"].is_string() || is_list_of_strings(&payload["aud"]);
    lists(
        AUDIENCE,
        audience.as_deref(),
        declared,
        names,
        pairs,
        questions,
    );
}

fn scopes<'a>(payload: &Value, names: &'a [String], questions: &mut Vec<Question<'a>>) {
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
    for name in names.iter().filter(|name| !name.contains(' ')) {
        questions.push(Question {
            requirement: SCOPE.includes(name),
            met: held.as_ref().is_some_and(|held| held.contains(name)),
            declared: true,
        });
    }
}

fn strings<'a>(payload: &Value, names: &'a [String], questions: &mut Vec<Question<'a>>) {
    let claims = [
        (PLAN, &payload["plan"]["v"], is_dated(&payload["plan"])),
        (SUBJECT, &payload["sub"], true),
        (TENANT, &payload["tId"], true),
        (ISSUER, &payload["iss"], true),
    ];
    for (claim, value, declared) in claims {
        for name in names {
            questions.push(Question {
                requirement: claim.has_value(name),
                met: value.as_str() == Some(name),
                declared: declared && value.is_string(),
            });
        }
    }
}

fn factors<'a>(payload: &Value, steps: &'a [Factors<'a>], questions: &mut Vec<Question<'a>>) {
    let claim = &payload["st-mfa"];
    let completed = |factor: &str| claim["c"].get(factor).is_some_and(Value::is_number);
    let declared = claim.as_object().is_some_and(|members| {
        members.len() == 2
            && claim["v"].is_boolean()
            && claim["c"]
                .as_object()
                .is_some_and(|factors| factors.values().all(Value::is_number))
    });
    questions.push(Question {
        requirement: MFA.has_completed_requirements_for_auth(),
        met: claim["v"] == json!(true),
        declared,
    });
    for step in steps {
        questions.push(Question {
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

/// How often a verdict was given, to show that the questions have both answers.
#[derive(Debug, Default)]
struct Tally {
    allowed: u32,
    denied: u32,
    ambiguous: u32,
    questions: u32,
}

impl Tally {
    /// Asks everything of an event made from each payload.
    fn of(event: impl Fn(&Value) -> Vec<Request>, exact: bool) -> Self {
        let mut tally = Self::default();
        for vector in vectors() {
            let events = event(&vector);
            let payload = &vector["payload"];
            let names = names_of(payload);
            let values = [
                &payload["sub"],
                &payload["iss"],
                &payload["tId"],
                &payload["plan"]["v"],
            ];
            let values = values
                .into_iter()
                .filter_map(Value::as_str)
                .map(str::to_owned);
            let values: Vec<String> = names.iter().cloned().chain(values).collect();
            let pairs: Vec<[&str; 2]> = names
                .windows(2)
                .map(|pair| [pair[0].as_str(), pair[1].as_str()])
                .collect();
            let factor_pairs: Vec<&[&str]> = FACTORS.windows(2).collect();
            let steps: Vec<Factors<'_>> = FACTORS
                .iter()
                .map(|factor| Factors::One(factor))
                .chain(factor_pairs.iter().map(|pair| Factors::OneOf(pair)))
                .chain(factor_pairs.iter().map(|pair| Factors::AllOf(pair)))
                .collect();

            let mut questions = Vec::new();
            booleans(payload, &mut questions);
            arrays(payload, &names, &pairs, &mut questions);
            scopes(payload, &names, &mut questions);
            strings(payload, &values, &mut questions);
            factors(payload, &steps, &mut questions);
            for event in &events {
                for question in &questions {
                    tally.ask(question, event, payload, exact);
                }
            }
        }
        tally
    }

    fn ask(&mut self, question: &Question<'_>, event: &Request, payload: &Value, exact: bool) {
        let verdict = question.requirement.check(event);
        let Question {
            requirement,
            met,
            declared,
        } = question;
        if exact {
            assert_eq!(
                verdict.is_ok(),
                *met,
                "{requirement:?} of {payload}: {verdict:?}"
            );
        } else if verdict.is_ok() && *declared {
            assert!(met, "{requirement:?} allowed by the text of {payload}");
        }
        self.questions += 1;
        match verdict {
            Ok(()) => self.allowed += 1,
            Err(rejection) if rejection.errors()[0].kind() == ReasonKind::Ambiguous => {
                self.ambiguous += 1;
            }
            Err(_) => self.denied += 1,
        }
    }
}

#[test]
fn text_allows_nothing_that_the_payload_denies() {
    let tally = Tally::of(
        |vector| {
            ["claims_float", "claims_number"]
                .map(|form| &vector[form])
                .into_iter()
                .flat_map(|text| [events::http_api_jwt(text), events::http_api_jwt_v1(text)])
                .map(|event| events::request(&event))
                .collect()
        },
        false,
    );
    println!("{tally:?}");
    assert!(
        tally.allowed > 10_000 && tally.ambiguous > 1_000,
        "{tally:?}"
    );
}

#[test]
fn json_types_decide_exactly_as_the_payload_does() {
    let tally = Tally::of(
        |vector| {
            let payload = &vector["payload"];
            let events = [
                events::rest_jwt(payload),
                events::http_api_lambda_claims(payload),
                events::http_api_lambda_json(payload),
            ];
            events.iter().map(events::request).collect()
        },
        true,
    );
    println!("{tally:?}");
    assert!(tally.allowed > 10_000 && tally.ambiguous == 0, "{tally:?}");
}

#[test]
fn text_of_declared_types_without_blanks_is_decided_as_the_payload_is() {
    for vector in vectors() {
        let payload = &vector["payload"];
        let claim = &payload["st-role"];
        if !is_dated(claim) || !is_list_of_strings(&claim["v"]) {
            continue;
        }
        let [role] = &strings_of(&claim["v"]).unwrap()[..] else {
            continue;
        };
        if role.is_empty() || role.contains([' ', '[', ']', '"']) {
            continue;
        }
        for form in ["claims_float", "claims_number"] {
            let event = events::request(&events::http_api_jwt(&vector[form]));
            assert!(ROLE.includes(role).check(&event).is_ok(), "{payload}");
            assert!(ROLE.excludes(role).check(&event).is_err(), "{payload}");
            let other = format!("{role}x");
            assert!(ROLE.includes(&other).check(&event).is_err(), "{payload}");
            assert!(ROLE.excludes(&other).check(&event).is_ok(), "{payload}");
        }
    }
}
