//! Parses the text of a claim from an HTTP API by the claim's declared type.
//!
//! The gateway writes the decoded JSON like Go's [`fmt.Sprint`] ([others report the same]): objects as
//! `map[key:value …]` with sorted keys, arrays as `[a b]`, strings unchanged. Nothing is quoted or escaped.
//! Therefore, the whole text must have the shape of the declared type.
//!
//! [`fmt.Sprint`]: https://pkg.go.dev/fmt
//! [others report the same]: https://github.com/aws/aws-lambda-go/issues/570

use super::ReadError;
use super::number::after_number;

/// Parses the text of an object `{"t": number, "v": …}` or `{"v": …}` into `v` and `t`. Any other key is
/// rejected.
pub(super) fn timestamped(text: &str) -> Option<(&str, Option<&str>)> {
    let members = text.strip_prefix("map[")?.strip_suffix(']')?;
    if let Some(v) = members.strip_prefix("v:") {
        return Some((v, None));
    }
    let t = members.strip_prefix("t:")?;
    let rest = after_number(t)?;
    Some((rest.strip_prefix(" v:")?, t.get(..t.len() - rest.len())))
}

/// The text between the brackets of an array.
pub(crate) fn array(text: &str) -> Option<&str> {
    text.strip_prefix('[')?.strip_suffix(']')
}

/// The text of a member of an object that may have any members, if the text has one interpretation.
pub(super) fn member<'a>(object: &'a str, name: &str) -> Result<&'a str, ReadError> {
    match only_member(object)? {
        Some((key, value)) if key == name => Ok(value),
        None => Err(ReadError::Missing),
        Some(_) => Err(ReadError::Ambiguous),
    }
}

/// The key and the text of the only member of an object, or `None` for an empty object. Other text is
/// ambiguous: a space may separate two members, and a colon in the value may belong to the key.
pub(super) fn only_member(object: &str) -> Result<Option<(&str, &str)>, ReadError> {
    let members = object
        .strip_prefix("map[")
        .and_then(|text| text.strip_suffix(']'));
    match members.ok_or(ReadError::Unreadable)?.split_once(':') {
        Some((key, value))
            if !object.contains([' ', char::REPLACEMENT_CHARACTER]) && !value.contains(':') =>
        {
            Ok(Some((key, value)))
        }
        None if object == "map[]" => Ok(None),
        None => Err(ReadError::Unreadable),
        Some(_) => Err(ReadError::Ambiguous),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_only_member_of_an_object() {
        let roles = |text| member(text, "roles");
        assert_eq!(roles("map[roles:[admin]]"), Ok("[admin]"));
        assert_eq!(roles("map[roles:]"), Ok(""));
        assert_eq!(roles("map[]"), Err(ReadError::Missing));
        for text in [
            "map[roles:[admin user]]",
            "map[a:1 roles:[admin]]",
            "map[roles:[admin] z:1]",
            // The key could be `roles:[a`.
            "map[roles:[a:b]]",
            "map[roles:map[x:1]]",
            "map[roles:\u{fffd}]",
            "map[role:[admin]]",
            "map[ roles:1]",
        ] {
            assert_eq!(roles(text), Err(ReadError::Ambiguous), "{text}");
        }
        for text in [
            "map[roles:[admin]",
            "[admin]",
            "map",
            "",
            " map[]",
            "map[1]",
            "map[ ]",
        ] {
            let expected = if text == "map[roles:[admin]" {
                Ok("[admin")
            } else {
                Err(ReadError::Unreadable)
            };
            assert_eq!(roles(text), expected, "{text}");
        }
    }

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
