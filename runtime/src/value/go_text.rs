//! What an HTTP API writes for a claim, taken apart by the claim's declared type.
//!
//! The gateway writes Go's [`fmt.Sprint`] of the decoded JSON ([seen by others, too]): objects as
//! `map[key:value …]` with their keys sorted, arrays as `[a b]`, strings as they are. Nothing is quoted or
//! escaped, so a text is read as a whole in the one shape that its claim is declared to have, or not at
//! all.
//!
//! [`fmt.Sprint`]: https://pkg.go.dev/fmt
//! [seen by others, too]: https://github.com/aws/aws-lambda-go/issues/570

use super::number::is_number;

/// Reads the text of an object `{"t": number, "v": …}` or `{"v": …}`: `v`, and the number. Any other key is a
/// shape that is not declared.
pub(super) fn timestamped(text: &str) -> Option<(&str, Option<&str>)> {
    let members = text.strip_prefix("map[")?.strip_suffix(']')?;
    if let Some(v) = members.strip_prefix("v:") {
        return Some((v, None));
    }
    let (t, rest) = members.strip_prefix("t:")?.split_once(' ')?;
    let v = rest.strip_prefix("v:")?;
    is_number(t).then_some((v, Some(t)))
}

/// The text between the brackets of an array.
pub(crate) fn array(text: &str) -> Option<&str> {
    text.strip_prefix('[')?.strip_suffix(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamped_value_is_read_in_both_number_forms_and_without_time() {
        for (text, v, t) in [
            (
                "map[t:1.699999999999e+12 v:true]",
                "true",
                Some("1.699999999999e+12"),
            ),
            (
                "map[t:1699999999999 v:[a b]]",
                "[a b]",
                Some("1699999999999"),
            ),
            ("map[v:]", "", None),
            ("map[t:1 v:x v:y]", "x v:y", Some("1")),
        ] {
            assert_eq!(timestamped(text), Some((v, t)), "{text}");
        }
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
            assert_eq!(timestamped(text), None, "{text}");
        }
    }
}
