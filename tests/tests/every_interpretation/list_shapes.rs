//! Lists in every shape: one name or an array, separated names, keys, and JSON text.

use require_claims::PrimitiveArrayClaim;
use require_claims_tests::events;
use require_claims_tests::fuzzing::http_api;
use serde_json::json;

use super::comparison::{
    Requirements, assert_every_interpretation, has, has_not, list_requirements,
};
use super::values::{
    Interpretation, Names, lists, objects_with_keys, separated, small_lists, strings,
    timestamped_with_members,
};

const BARE: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("roles");
const TIMESTAMPED: PrimitiveArrayClaim = PrimitiveArrayClaim::new("roles");

/// Requirements on names between separators. White space around a name may belong to it or not, so a name must
/// be, or must not be, in the list in both cases. A name that is empty, contains the separator or has white space
/// around it is never met.
pub(crate) fn separated_requirements<'a>(
    claim: PrimitiveArrayClaim,
    separator: char,
    names: &'a [&'a str; 1],
) -> Requirements<'a> {
    let is_trimmed = names[0].trim() == names[0];
    if names[0].is_empty() || names[0].contains(separator) || !is_trimmed {
        return vec![
            (claim.includes(names[0]), |_, _| false),
            (claim.excludes_all(names), |_, _| false),
        ];
    }
    vec![
        (claim.includes(names[0]), has_exactly),
        (claim.excludes_all(names), has_no_similar),
    ]
}

/// The names that are equal to this one apart from white space around them.
fn similar<'n>(names: &'n Names, name: &'n str) -> impl Iterator<Item = &'static str> {
    let names = names.iter().flatten().copied();
    names.filter(move |other| other.trim() == name.trim())
}

fn has_exactly(names: &Names, name: &str) -> bool {
    has(names, name) && similar(names, name).all(|other| other == name)
}

fn has_no_similar(names: &Names, name: &str) -> bool {
    has_not(names, name) && similar(names, name).next().is_none()
}

/// Arrays, and strings of one name.
pub(crate) fn one_or_many() -> Vec<Interpretation> {
    [lists(), strings()].concat()
}

/// Strings with the JSON text of these values, and with half a surrogate pair in the text itself.
pub(crate) fn json_texts(values: &[Interpretation]) -> Vec<Interpretation> {
    let mut texts: Vec<Interpretation> = values.iter().map(Interpretation::in_json_text).collect();
    for (json, names) in [
        (r#""[ \"a\" ]""#, &[Some("a")][..]),
        (r#""\n[\"a\",\t\"b\"] ""#, &[Some("a"), Some("b")]),
        (r#""[\"\\u0061\"]""#, &[Some("a")]),
        (r#""[\"\ud800\"]""#, &[None]),
        (r#""[\"a\",\"a\udc00\"]""#, &[Some("a"), None]),
    ] {
        texts.push(Interpretation::new(json, names));
    }
    texts
}

#[test]
fn one_name_or_an_array() {
    assert_every_interpretation(1_000, "roles", &one_or_many(), |names| {
        list_requirements(BARE.one_or_many(), names)
    });
    let values = [small_lists(), strings()].concat();
    let values = timestamped_with_members(&values);
    assert_every_interpretation(1_000, "roles", &values, |names| {
        list_requirements(TIMESTAMPED.one_or_many(), names)
    });
}

#[test]
fn separated_names() {
    for separator in [',', ' ', ':', 'a'] {
        let values = separated(separator);
        assert_every_interpretation(100, "roles", &values, |names| {
            separated_requirements(BARE.separated(separator), separator, names)
        });
        let values = timestamped_with_members(&values);
        assert_every_interpretation(200, "roles", &values, |names| {
            separated_requirements(TIMESTAMPED.separated(separator), separator, names)
        });
    }
}

/// The gateway writes U+FFFD for half a surrogate pair, too: the text of the string `a\udc00` looks separated.
#[test]
fn half_a_surrogate_pair_is_not_a_separator() {
    let claim = BARE.separated(char::REPLACEMENT_CHARACTER);
    let text = http_api(&[("roles".to_owned(), "a\u{fffd}".to_owned())].into());
    assert!(claim.includes("a").check(&text).is_err());
    assert!(claim.excludes("b").check(&text).is_err());
    let exact = events::rest_jwt(&json!({"exp": 1, "roles": "a\u{fffd}b"}));
    assert!(claim.includes("b").check(&events::request(&exact)).is_ok());
}

#[test]
fn keys_of_an_object() {
    let objects = objects_with_keys();
    assert_every_interpretation(200, "roles", &objects, |names| {
        list_requirements(BARE.keys(), names)
    });
    let objects: Vec<_> = objects.into_iter().step_by(10).collect();
    let objects = timestamped_with_members(&objects);
    assert_every_interpretation(50, "roles", &objects, |names| {
        list_requirements(TIMESTAMPED.keys(), names)
    });
}

#[test]
fn json_text_of_a_list() {
    let bare = BARE.in_json_text();
    assert_every_interpretation(500, "roles", &json_texts(&small_lists()), |names| {
        list_requirements(bare, names)
    });
    let texts = timestamped_with_members(&json_texts(&small_lists()));
    assert_every_interpretation(500, "roles", &texts, |names| {
        list_requirements(TIMESTAMPED.in_json_text(), names)
    });
    let texts: Vec<_> = objects_with_keys()
        .iter()
        .step_by(4)
        .map(Interpretation::in_json_text)
        .collect();
    assert_every_interpretation(1_000, "roles", &texts, |names| {
        list_requirements(bare.keys(), names)
    });
}

#[test]
fn json_text_of_strings() {
    let values = [small_lists(), strings()].concat();
    let one_or_many = BARE.in_json_text().one_or_many();
    assert_every_interpretation(1_000, "roles", &json_texts(&values), |names| {
        list_requirements(one_or_many, names)
    });
    let texts: Vec<_> = separated(',')
        .iter()
        .map(Interpretation::in_json_text)
        .collect();
    let separated_names = BARE.in_json_text().separated(',');
    assert_every_interpretation(200, "roles", &texts, |names| {
        separated_requirements(separated_names, ',', names)
    });
}
