//! The completed factors in `st-mfa`, as an exact value or as text.

use serde_json::{Map, Value};

use super::number::{is_number, number};

/// `{"c": {factor: seconds}, "v": boolean}`.
pub(crate) struct CompletedFactors<'a> {
    /// Whether all factors that SuperTokens requires of this user are completed.
    pub(crate) v: bool,
    c: Times<'a>,
}

/// The time at which each factor was completed, in seconds since 1970.
#[derive(Clone, Copy)]
enum Times<'a> {
    /// A JSON object whose values are all numbers.
    Exact(&'a Map<String, Value>),
    /// The well-formed content of a `map[…]`.
    Text(&'a str),
}

impl<'a> CompletedFactors<'a> {
    /// Reads a JSON object. Returns `None` unless it has both members and all times are numbers.
    pub(super) fn read_exact(claim: &'a Value) -> Option<Self> {
        let times = claim.get("c")?.as_object()?;
        times.values().all(Value::is_number).then_some(Self {
            v: claim.get("v")?.as_bool()?,
            c: Times::Exact(times),
        })
    }

    /// Reads a text such as `map[c:map[totp:1.7e+09] v:true]`. Returns `None` for any other key, for an id
    /// that is not well-formed, and for a time that is not a number.
    pub(super) fn read_text(text: &'a str) -> Option<Self> {
        let members = text.strip_prefix("map[c:map[")?;
        let (times, v) = match members.strip_suffix("] v:true]") {
            Some(times) => (times, true),
            None => (members.strip_suffix("] v:false]")?, false),
        };
        let c = Times::Text(times);
        is_well_formed(times).then_some(Self { v, c })
    }

    /// The time at which the factor was completed, in seconds since 1970. `None` if it is not completed.
    pub(crate) fn completed_at(&self, factor: &str) -> Option<f64> {
        self.times().find(|(id, _)| *id == factor)?.1
    }

    /// All factors with their times. `None` if a time is too large for a float.
    pub(crate) fn all(&self) -> Option<Vec<(String, f64)>> {
        let times = self.times();
        times
            .map(|(id, time)| Some((id.to_owned(), time?)))
            .collect()
    }

    /// All factors; a time that is too large for a float is `None`.
    fn times(&self) -> impl Iterator<Item = (&str, Option<f64>)> {
        let (exact, text) = match self.c {
            Times::Exact(times) => (Some(times), ""),
            Times::Text(text) => (None, text),
        };
        let exact = exact.into_iter().flatten();
        let exact = exact.map(|(id, time)| (id.as_str(), time.as_f64()));
        exact.chain(entries(text).map(|(id, time)| (id, number(time))))
    }
}

/// The factors and their times. An entry without a colon has an empty time.
fn entries(times: &str) -> impl Iterator<Item = (&str, &str)> {
    // Splitting an empty text would return one empty entry.
    let entries = times.split(' ').filter(|_| !times.is_empty());
    entries.map(|entry| entry.split_once(':').unwrap_or((entry, "")))
}

/// Whether the text is a list of ids and times. Go sorts the keys of a map, so the ids must be in order and
/// unique.
fn is_well_formed(times: &str) -> bool {
    let mut previous = "";
    entries(times).all(|(id, time)| {
        let in_order = previous < id;
        previous = id;
        in_order && !id.contains(['[', ']', char::REPLACEMENT_CHARACTER]) && is_number(time)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_factors_with_their_times() {
        let text = "map[c:map[emailpassword:1.69999e+09 totp:1761603108] v:true]";
        let json = json!({"c": {"emailpassword": 1.69999e9, "totp": 1_761_603_108}, "v": true});
        for factors in [
            CompletedFactors::read_text(text).unwrap(),
            CompletedFactors::read_exact(&json).unwrap(),
        ] {
            assert!(factors.v);
            assert_eq!(factors.completed_at("emailpassword"), Some(1_699_990_000.0));
            assert_eq!(factors.completed_at("totp"), Some(1_761_603_108.0));
            assert_eq!(factors.completed_at("otp"), None);
            assert_eq!(factors.completed_at(""), None);
            assert_eq!(factors.all().unwrap().len(), 2);
        }
        let json = json!({"c": {}, "v": false});
        for none in [
            CompletedFactors::read_text("map[c:map[] v:false]").unwrap(),
            CompletedFactors::read_exact(&json).unwrap(),
        ] {
            assert!(!none.v);
            assert_eq!(none.completed_at("totp"), None);
            assert_eq!(none.completed_at(""), None);
            assert_eq!(none.all(), Some(Vec::new()));
        }
    }

    #[test]
    fn rejects_any_other_text() {
        for text in [
            "true",
            "map[v:true]",
            "map[c:map[] v:1]",
            "map[c:map[] v:true ]",
            "map[c:map[] t:1 v:true]",
            "map[c:map[] v:false] v:true]",
            "map[c:map[] extra:map[] v:true]",
            "map[a:1 c:map[] v:true]",
            "map[c:map[totp] v:true]",
            "map[c:map[totp:] v:true]",
            "map[c:map[totp:<nil>] v:true]",
            "map[c:map[totp:true] v:true]",
            "map[c:map[:1] v:true]",
            "map[c:map[totp:1 ] v:true]",
            "map[c:map[totp:1  webauthn:1] v:true]",
            "map[c:map[totp:1 totp:2] v:true]",
            "map[c:map[webauthn:1 totp:2] v:true]",
            "map[c:map[totp:map[x:1] webauthn:1] v:true]",
            "map[c:map[a:b:1] v:true]",
            "map[c:[] v:true]",
        ] {
            assert!(CompletedFactors::read_text(text).is_none(), "{text}");
        }
    }

    #[test]
    fn rejects_any_other_json() {
        for json in [
            json!(true),
            json!([]),
            json!({}),
            json!({"v": true}),
            json!({"c": {"totp": 1}}),
            json!({"c": [], "v": true}),
            json!({"c": null, "v": true}),
            json!({"c": {}, "v": "true"}),
            json!({"c": {}, "v": null}),
            json!({"c": {"totp": 1, "x": []}, "v": true}),
            json!({"c": {"totp": null}, "v": true}),
        ] {
            assert!(CompletedFactors::read_exact(&json).is_none(), "{json}");
        }
    }
}
