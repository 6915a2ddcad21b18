//! The completed factors of `st-mfa`, exact or as the gateway's text.

use serde_json::{Map, Value};

use super::number::{is_number, number};

/// `{"c": {factor: seconds}, "v": boolean}`.
pub(crate) struct CompletedFactors<'a> {
    /// Whether everything that SuperTokens requires of this user is completed.
    pub(crate) v: bool,
    c: Times<'a>,
}

/// Each factor, and when it was completed, in seconds since 1970.
#[derive(Clone, Copy)]
enum Times<'a> {
    /// All of them numbers.
    Exact(&'a Map<String, Value>),
    /// The inside of a `map[…]`, well-formed.
    Text(&'a str),
}

impl<'a> CompletedFactors<'a> {
    /// Reads a JSON object. None unless both members are there, with all times as numbers.
    pub(super) fn read_exact(claim: &'a Value) -> Option<Self> {
        let times = claim.get("c")?.as_object()?;
        times.values().all(Value::is_number).then_some(Self {
            v: claim.get("v")?.as_bool()?,
            c: Times::Exact(times),
        })
    }

    /// Reads `map[c:map[totp:1.7e+09] v:true]` as a whole; any other key, anything other than a factor
    /// id, or a time that is not a number is a shape that is not declared.
    pub(super) fn read_text(text: &'a str) -> Option<Self> {
        let members = text.strip_prefix("map[c:map[")?;
        let (times, v) = match members.strip_suffix("] v:true]") {
            Some(times) => (times, true),
            None => (members.strip_suffix("] v:false]")?, false),
        };
        let c = Times::Text(times);
        is_well_formed(times).then_some(Self { v, c })
    }

    /// When the factor was completed, in seconds since 1970; none if it was not.
    pub(crate) fn completed_at(&self, factor: &str) -> Option<f64> {
        match self.c {
            Times::Exact(times) => times.get(factor)?.as_f64(),
            Times::Text(times) => {
                let (_, time) = entries(times).find(|(id, _)| *id == factor)?;
                number(time)
            }
        }
    }

    /// All factors with their times; none where a time is too large for a float.
    pub(crate) fn all(&self) -> Option<Vec<(String, f64)>> {
        match self.c {
            Times::Exact(times) => {
                let times = times.iter();
                times
                    .map(|(id, time)| Some((id.clone(), time.as_f64()?)))
                    .collect()
            }
            Times::Text(times) => {
                let times = entries(times);
                times
                    .map(|(id, time)| Some((id.to_owned(), number(time)?)))
                    .collect()
            }
        }
    }
}

/// The factors and their times; an entry without a colon has an empty time.
fn entries(times: &str) -> impl Iterator<Item = (&str, &str)> {
    // An empty object has no entry, not an empty one.
    let entries = times.split(' ').filter(|_| !times.is_empty());
    entries.map(|entry| entry.split_once(':').unwrap_or((entry, "")))
}

/// Go sorts the keys of a map, so it cannot write another order or a repetition.
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
    fn factors_are_read_with_their_times() {
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
    fn any_other_text_is_not_read() {
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
    fn any_other_json_is_not_read() {
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
