//! The text of `st-mfa`: `map[c:map[totp:1.7e+09] v:true]`.

use super::cut;
use crate::number::{is_number, number};

/// The text of an object `{"c": {factor: seconds}, "v": boolean}`.
#[derive(Debug, PartialEq)]
pub(crate) struct CompletedFactors<'a> {
    completed: &'a str,
    /// Whether everything required of this user is completed.
    pub(crate) v: bool,
}

impl<'a> CompletedFactors<'a> {
    /// Reads the text whole; any other key, a factor that is no factor id, or a time that is no
    /// number is a shape that is not declared.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let members = text.strip_prefix("map[c:map[")?;
        let (completed, v) = match members.strip_suffix("] v:true]") {
            Some(completed) => (completed, true),
            None => (members.strip_suffix("] v:false]")?, false),
        };
        let factors = Self { completed, v };
        factors.is_well_formed().then_some(factors)
    }

    /// When the factor was completed, in seconds since 1970.
    pub(crate) fn completed_at(&self, factor: &str) -> Option<f64> {
        self.entries().find_map(|entry| {
            let (id, time) = cut(entry, b':')?;
            if id == factor { number(time) } else { None }
        })
    }

    /// All factors, with their times.
    pub(crate) fn all(&self) -> Option<Vec<(String, f64)>> {
        let factor = |entry| {
            let (id, time) = cut(entry, b':')?;
            Some((id.to_owned(), number(time)?))
        };
        self.entries().map(factor).collect()
    }

    fn entries(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        // An empty object has no entry, not an empty one.
        let mut rest = Some(self.completed).filter(|entries| !entries.is_empty());
        std::iter::from_fn(move || {
            let entries = rest?;
            let (entry, next) = match cut(entries, b' ') {
                Some((entry, next)) => (entry, Some(next)),
                None => (entries, None),
            };
            rest = next;
            Some(entry)
        })
    }

    /// Go sorts the keys of a map, so an order or a repetition that it cannot write is not its.
    fn is_well_formed(&self) -> bool {
        let mut previous = "";
        self.entries().all(|entry| {
            let Some((id, time)) = cut(entry, b':') else {
                return false;
            };
            // Mostly decided by the first byte.
            let in_order = previous.bytes().lt(id.bytes());
            previous = id;
            in_order && !id.contains(['[', ']', char::REPLACEMENT_CHARACTER]) && is_number(time)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_read_with_their_times() {
        let text = "map[c:map[emailpassword:1.69999e+09 totp:1761603108] v:true]";
        let factors = CompletedFactors::read(text).unwrap();
        assert!(factors.v);
        assert_eq!(factors.completed_at("emailpassword"), Some(1_699_990_000.0));
        assert_eq!(factors.completed_at("totp"), Some(1_761_603_108.0));
        assert_eq!(factors.completed_at("otp"), None);
        assert_eq!(factors.completed_at(""), None);

        let none = CompletedFactors::read("map[c:map[] v:false]").unwrap();
        assert!(!none.v);
        assert_eq!(none.completed_at("totp"), None);
        assert_eq!(none.completed_at(""), None);
    }

    #[test]
    fn any_other_shape_is_not_read() {
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
            assert_eq!(CompletedFactors::read(text), None, "{text}");
        }
    }
}
