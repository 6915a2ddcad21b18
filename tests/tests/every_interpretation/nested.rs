//! Values within objects that have other members, at one and two levels.

use require_claims::{BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim};

use super::comparison::{
    Requirements, assert_every_interpretation, list_requirements, string_requirements,
};
use super::list_shapes::{json_texts, separated_requirements};
use super::scalars::{boolean_requirements, booleans, integer_requirements, integers};
use super::values::{Interpretation, objects_with_keys, separated, small_lists, strings};

/// Keys of other members. With their values, they look like parts of the text of the value.
const OTHER_KEYS: [&str; 8] = [
    "",
    "a",
    "roles:[a",
    "roles:a",
    "roles:map[a",
    "roles ",
    "z",
    "map[roles",
];

/// Values of other members.
const OTHER_VALUES: [&str; 10] = [
    "1",
    "null",
    r#""b""#,
    r#""b]""#,
    r#""a] roles:[b""#,
    r#""1 roles:a""#,
    r#"["a"]"#,
    "{}",
    r#"{"roles":["b"]}"#,
    r#"{"a":"1"}"#,
];

/// Objects with this member, as objects and as JSON text: the member alone, next to another one, and absent.
fn within(member: &str, values: &[Interpretation]) -> Vec<Interpretation> {
    let others: Vec<(&str, &str)> = OTHER_KEYS
        .iter()
        .flat_map(|key| OTHER_VALUES.map(|value| (*key, value)))
        .collect();
    let mut objects = Vec::new();
    for (key, other) in &others {
        objects.push(missing(format!(r#"{{"{key}":{other}}}"#)));
    }
    objects.push(missing("{}".to_owned()));
    objects.push(missing(format!(r#"{{"{member}":null}}"#)));
    for (index, value) in values.iter().enumerate() {
        let json = &value.json;
        objects.push(value.with_json(format!(r#"{{"{member}":{json}}}"#)));
        // Each value with some of the others, so that the test is fast.
        for (key, other) in others.iter().skip(index % 11).step_by(11) {
            let object = format!(r#"{{"{key}":{other},"{member}":{json}}}"#);
            objects.push(value.with_json(object));
        }
    }
    let texts: Vec<_> = objects
        .iter()
        .step_by(6)
        .map(Interpretation::in_json_text)
        .collect();
    objects.extend(texts);
    objects
}

fn missing(json: String) -> Interpretation {
    Interpretation { json, names: None }
}

/// Every fifth object, so that objects of objects are not too many.
fn some(objects: Vec<Interpretation>) -> Vec<Interpretation> {
    objects.into_iter().step_by(5).collect()
}

/// Checks a claim at one level and at two.
fn assert_nested<C: Copy>(
    more_than: u32,
    values: &[Interpretation],
    [nested, deeper]: [C; 2],
    requirements: impl for<'a> Fn(C, &'a [&'a str; 1]) -> Requirements<'a>,
) {
    let objects = within("roles", values);
    assert_every_interpretation(more_than, "access", &objects, |names| {
        requirements(nested, names)
    });
    let mut inner: Vec<_> = values
        .iter()
        .map(|value| value.with_json(format!(r#"{{"roles":{}}}"#, value.json)))
        .collect();
    inner.extend(some(some(objects)));
    let objects = within("org", &inner);
    let objects: Vec<_> = objects.into_iter().step_by(2).collect();
    assert_every_interpretation(0, "access", &objects, |names| requirements(deeper, names));
}

const LISTS: [PrimitiveArrayClaim; 2] = [
    PrimitiveArrayClaim::at(&["access", "roles"]),
    PrimitiveArrayClaim::at(&["access", "org", "roles"]),
];

#[test]
fn array() {
    assert_nested(500, &small_lists(), LISTS, list_requirements);
}

#[test]
fn string() {
    let claims = [
        PrimitiveClaim::at(&["access", "roles"]),
        PrimitiveClaim::at(&["access", "org", "roles"]),
    ];
    assert_nested(500, &strings(), claims, string_requirements);
}

#[test]
fn boolean() {
    let claims = [
        BooleanClaim::at(&["access", "roles"]),
        BooleanClaim::at(&["access", "org", "roles"]),
    ];
    assert_nested(2, &booleans(), claims, boolean_requirements);
}

#[test]
fn integer() {
    let claims = [
        PrimitiveClaim::<i64>::at(&["access", "roles"]),
        PrimitiveClaim::<i64>::at(&["access", "org", "roles"]),
    ];
    assert_nested(4, &integers(), claims, integer_requirements);
}

#[test]
fn one_name_or_an_array() {
    let values = [small_lists(), strings()].concat();
    assert_nested(
        500,
        &values,
        LISTS.map(PrimitiveArrayClaim::one_or_many),
        list_requirements,
    );
}

#[test]
fn separated_names() {
    for separator in [',', ' '] {
        let claims = LISTS.map(|claim| claim.separated(separator));
        assert_nested(200, &separated(separator), claims, |claim, names| {
            separated_requirements(claim, separator, names)
        });
    }
}

#[test]
fn keys_of_an_object() {
    let mut objects = some(some(objects_with_keys()));
    // The gateway never writes a nested object as JSON text, so these are strings.
    objects.extend([r#""{}""#, r#""{\"a\":1}""#].map(|string| missing(string.to_owned())));
    assert_nested(
        50,
        &objects,
        LISTS.map(PrimitiveArrayClaim::keys),
        list_requirements,
    );
}

#[test]
fn json_text_of_a_list() {
    assert_nested(
        200,
        &json_texts(&small_lists()),
        LISTS.map(PrimitiveArrayClaim::in_json_text),
        list_requirements,
    );
}
