//! READ, text: what an HTTP API writes for a claim, by the claim's declared type.
//!
//! The gateway writes Go's [`fmt.Sprint`] of the decoded JSON ([seen by others, too]): objects as `map[key:value …]` with
//! their keys sorted, arrays as `[a b]`, strings as they are. Nothing is quoted or escaped, so a
//! text is read against the one shape that its claim is declared to have, whole, or not at all.
//!
//! [`fmt.Sprint`]: https://pkg.go.dev/fmt
//! [seen by others, too]: https://github.com/aws/aws-lambda-go/issues/570

mod factors;
mod names;

pub(crate) use factors::CompletedFactors;
pub(crate) use names::{
    Contains, audience_contains, bare_names_contain, joined_names_contain, names_contain,
    scopes_contain, words_contain,
};

use crate::number::is_number;

/// The text of an object `{"t": number, "v": …}` or `{"v": …}`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dated<'a> {
    pub(crate) v: &'a str,
    /// The text of a number.
    pub(crate) t: Option<&'a str>,
}

impl<'a> Dated<'a> {
    /// Reads `map[t:1.7e+12 v:…]` or `map[v:…]`; any other key is a shape that is not declared.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let members = text.strip_prefix("map[")?.strip_suffix(']')?;
        if let Some(v) = members.strip_prefix("v:") {
            return Some(Self { v, t: None });
        }
        let (t, rest) = cut(members.strip_prefix("t:")?, b' ')?;
        let v = rest.strip_prefix("v:")?;
        is_number(t).then_some(Self { v, t: Some(t) })
    }
}

/// The text before and after the first such ASCII character.
///
/// On texts as short as claims this is several times as fast as `str::split_once`.
fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let index = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..index)?, text.get(index + 1..)?))
}

/// What stands between the brackets of an array of strings.
pub(crate) fn array(text: &str) -> Option<&str> {
    text.strip_prefix('[')?.strip_suffix(']')
}

/// `true` or `false`.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dated_value_is_read_in_both_number_forms_and_without_time() {
        let dated = |text| Dated::read(text).map(|dated| (dated.v, dated.t));
        assert_eq!(
            dated("map[t:1.699999999999e+12 v:true]"),
            Some(("true", Some("1.699999999999e+12")))
        );
        assert_eq!(
            dated("map[t:1699999999999 v:[a b]]"),
            Some(("[a b]", Some("1699999999999")))
        );
        assert_eq!(dated("map[v:]"), Some(("", None)));
    }

    #[test]
    fn any_other_shape_is_not_read() {
        for text in [
            "",
            "true",
            "[admin]",
            "map[]",
            "map[v:true",
            "v:true]",
            " map[v:true]",
            "map[v:true] ",
            "map[t:1 v:true]x",
            "map[t: v:true]",
            "map[t:x v:true]",
            "map[t:1  v:true]",
            "map[t:1 u:0 v:true]",
            "map[a:1 t:1 v:true]",
            "map[t:1]",
            "MAP[v:true]",
        ] {
            assert_eq!(Dated::read(text), None, "{text}");
        }
    }
}
