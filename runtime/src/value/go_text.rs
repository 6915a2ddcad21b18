//! Parses the text of a claim from an HTTP API by the claim's declared type.
//!
//! The gateway writes the decoded JSON like Go's [`fmt.Sprint`] ([others report the same]): objects as
//! `map[key:value …]` with sorted keys, arrays as `[a b]`, strings unchanged. Nothing is quoted or escaped.
//! Therefore, the whole text must have the shape of the declared type.
//!
//! [`fmt.Sprint`]: https://pkg.go.dev/fmt
//! [others report the same]: https://github.com/aws/aws-lambda-go/issues/570

use super::number::is_number;

/// Parses the text of an object `{"t": number, "v": …}` or `{"v": …}` into `v` and `t`. Any other key is
/// rejected.
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
    fn reads_a_value_with_and_without_a_time() {
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
    fn rejects_any_other_shape() {
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
