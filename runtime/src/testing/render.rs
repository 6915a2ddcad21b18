//! Renders claims as strings like an HTTP API: Go's [`fmt.Sprint`] of the decoded JSON.
//!
//! ```
//! use require_claims::testing::render::{Numbers, claims};
//!
//! let text = claims(r#"{"st-role": {"v": ["foo", "admin"]}}"#, Numbers::Float64)?;
//! assert_eq!(text["st-role"], "map[v:[foo admin]]");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Numbers have two forms, as in Go's decoder: `float64`, the default, and `json.Number`, which keeps the
//! spelling. At the top level of a payload, gateways have been observed to write numbers without an exponent
//! only, whatever their size.
//!
//! [`fmt.Sprint`]: https://pkg.go.dev/fmt

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde_json::Error;
use serde_json::value::RawValue;

use crate::value::json::Members;
use crate::value::number::is_number;

/// The maximum nesting. It is greater than that of any token's claims, and small enough for the stack.
const MAX_DEPTH: usize = 128;

/// The form in which numbers are rendered.
///
/// ```
/// use require_claims::testing::render::{Numbers, value};
///
/// assert_eq!(value("1700000000000", Numbers::Float64)?, "1.7e+12");
/// assert_eq!(value("1700000000000", Numbers::AsWritten)?, "1700000000000");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Numbers {
    /// Decoded as `float64` and written in Go's shortest form: `1.7e+12`.
    #[default]
    Float64,
    /// Written as the token spells them: `1700000000000`.
    AsWritten,
}

/// Renders the claims of a token's payload, given as JSON text.
///
/// ```
/// use require_claims::testing::render::{Numbers, claims};
///
/// let payload = r#"{"sub": "u1", "st-ev": {"v": true, "t": 1700000000000}}"#;
/// let text = claims(payload, Numbers::Float64)?;
/// assert_eq!(text["st-ev"], "map[t:1.7e+12 v:true]");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// A claim whose value is `null` is omitted. If a key occurs twice, the last value is used.
///
/// # Errors
///
/// Returns an error if the payload is not a JSON object, is nested too deeply, or contains a number outside
/// the range of a `float64`.
pub fn claims(payload: &str, numbers: Numbers) -> Result<BTreeMap<String, String>, Error> {
    let mut claims = BTreeMap::new();
    for (key, json) in members(payload)? {
        let mut text = String::new();
        if numbers == Numbers::Float64 && is_number(json) {
            text = plain(finite(json)?);
        } else {
            write_value(&mut text, json, numbers, MAX_DEPTH)?;
        }
        if json != "null" {
            claims.insert(key, text);
        }
    }
    Ok(claims)
}

/// Renders one JSON value, given as JSON text, as it appears inside an object or an array.
///
/// ```
/// use require_claims::testing::render::{Numbers, value};
///
/// assert_eq!(value(r#"["foo admin", null, 1.5e3]"#, Numbers::Float64)?, "[foo admin <nil> 1500]");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// Returns an error if the text is not valid JSON, is nested too deeply, or contains a number outside the
/// range of a `float64`.
pub fn value(json: &str, numbers: Numbers) -> Result<String, Error> {
    let mut text = String::new();
    let json: &RawValue = serde_json::from_str(json)?;
    write_value(&mut text, json.get(), numbers, MAX_DEPTH)?;
    Ok(text)
}

/// The members of an object, sorted by the bytes of their keys like in Go's output.
fn members(object: &str) -> Result<BTreeMap<String, &str>, Error> {
    let Members(members): Members<'_, Text> = serde_json::from_str(object)?;
    let members = members.into_iter();
    Ok(members.map(|(Text(key), json)| (key, json.get())).collect())
}

fn write_value(text: &mut String, json: &str, numbers: Numbers, depth: usize) -> Result<(), Error> {
    let too_deep = || Error::custom("nested too deeply");
    let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
    match json.bytes().next() {
        Some(b'{') => {
            text.push_str("map[");
            for (index, (key, member)) in members(json)?.into_iter().enumerate() {
                text.push_str(if index > 0 { " " } else { "" });
                text.push_str(&key);
                text.push(':');
                write_value(text, member, numbers, depth)?;
            }
            text.push(']');
        }
        Some(b'[') => {
            text.push('[');
            let elements: Vec<&RawValue> = serde_json::from_str(json)?;
            for (index, element) in elements.into_iter().enumerate() {
                text.push_str(if index > 0 { " " } else { "" });
                write_value(text, element.get(), numbers, depth)?;
            }
            text.push(']');
        }
        Some(b'"') => text.push_str(&serde_json::from_str::<Text>(json)?.0),
        Some(b'n') => text.push_str("<nil>"),
        _ if is_number(json) && numbers == Numbers::Float64 => {
            text.push_str(&shortest(finite(json)?));
        }
        _ => text.push_str(json),
    }
    Ok(())
}

/// A JSON string as Go decodes it, with U+FFFD for a lone surrogate.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As a string, `serde_json` rejects a lone surrogate. As bytes, it encodes one like any character
        // (WTF-8).
        deserializer.deserialize_bytes(Self(String::new()))
    }
}

impl Visitor<'_> for Text {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_bytes<E>(mut self, mut bytes: &[u8]) -> Result<Self, E> {
        while !bytes.is_empty() {
            let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
            self.0.push_str(valid);
            bytes = bytes.get(valid.len()..).unwrap_or_default();
            if let Some((_surrogate, rest)) = bytes.split_at_checked(3) {
                self.0.push(char::REPLACEMENT_CHARACTER);
                bytes = rest;
            }
        }
        Ok(self)
    }
}

/// Parses a number. Go's decoder rejects the whole payload if a number is outside the range of a `float64`.
fn finite(spelling: &str) -> Result<f64, Error> {
    let number = spelling
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| Error::custom("a number is out of the range of float64"))
}

/// Go's `%v` of a `float64`: the shortest digits, with an exponent of at least two digits if it is below -4 or
/// above 5 (`formatDigits` in
/// <https://github.com/golang/go/blob/master/src/strconv/ftoa.go>).
fn shortest(number: f64) -> String {
    let (sign, digits, exponent) = decimal(number);
    if (-4..6).contains(&exponent) {
        return plain(number);
    }
    let (first, fraction) = digits.split_at(1);
    let point = if fraction.is_empty() { "" } else { "." };
    let exponent_sign = if exponent < 0 { '-' } else { '+' };
    let exponent = exponent.unsigned_abs();
    format!("{sign}{first}{point}{fraction}e{exponent_sign}{exponent:02}")
}

/// The shortest digits without an exponent.
fn plain(number: f64) -> String {
    let (sign, digits, exponent) = decimal(number);
    let Ok(point) = usize::try_from(exponent) else {
        let zeros = usize::try_from(exponent.unsigned_abs() - 1).unwrap_or_default();
        return format!("{sign}0.{}{digits}", "0".repeat(zeros));
    };
    match digits.split_at_checked(point + 1) {
        Some((whole, "")) => format!("{sign}{whole}"),
        Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{digits:0<width$}", width = point + 1),
    }
}

/// A number's sign, its shortest digits, and the exponent of the first digit.
///
/// If two numbers with the shortest digits are equally near, Go chooses the one with the even last digit. For
/// example, a large float may be as near to …0.2 as to …0.3.
fn decimal(number: f64) -> (&'static str, String, i32) {
    let shortest = format!("{number:e}");
    let mantissa = shortest.split('e').next().unwrap_or_default();
    let count = mantissa.bytes().filter(u8::is_ascii_digit).count();
    // With a given number of digits, Rust rounds half to even.
    let nearest = format!("{number:.*e}", count.saturating_sub(1));
    // Below a power of two, floats are denser, so the rounded digits may belong to another float.
    let is_number = nearest.parse() == Ok(number);
    let scientific = if is_number { nearest } else { shortest };
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let digits = mantissa.chars().filter(char::is_ascii_digit).collect();
    (sign, digits, exponent.parse().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::value::RawValue;

    use super::{Numbers, claims, value};

    #[derive(Deserialize)]
    struct Vector {
        payload: Box<RawValue>,
        claims_float: BTreeMap<String, String>,
        claims_number: BTreeMap<String, String>,
    }

    #[test]
    fn renders_every_vector_like_go_in_both_number_forms() {
        let vectors = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../tests/vectors/gateway-claims.jsonl"
        ));
        let mut seen = 0;
        for line in vectors.lines() {
            let vector: Vector = serde_json::from_str(line).unwrap();
            let payload = vector.payload.get();
            assert_eq!(
                claims(payload, Numbers::Float64).unwrap(),
                vector.claims_float,
                "{line}"
            );
            assert_eq!(
                claims(payload, Numbers::AsWritten).unwrap(),
                vector.claims_number,
                "{line}"
            );
            seen += 1;
        }
        assert_eq!(seen, 260);
    }

    #[test]
    fn renders_nested_numbers_in_the_requested_form() {
        for (json, float, written) in [
            ("1700000000000", "1.7e+12", "1700000000000"),
            ("1.7e12", "1.7e+12", "1.7e12"),
            ("123456", "123456", "123456"),
            ("1234567", "1.234567e+06", "1234567"),
            ("1e21", "1e+21", "1e21"),
            ("0.0001", "0.0001", "0.0001"),
            ("0.00001", "1e-05", "0.00001"),
            ("1E-7", "1e-07", "1E-7"),
            ("-0", "-0", "-0"),
            ("1.50", "1.5", "1.50"),
            (
                "9007199254740993",
                "9.007199254740992e+15",
                "9007199254740993",
            ),
            ("1e100", "1e+100", "1e100"),
            // Halfway between two shortest numbers.
            (
                "695536435082920.25",
                "6.955364350829202e+14",
                "695536435082920.25",
            ),
        ] {
            assert_eq!(value(json, Numbers::Float64).unwrap(), float);
            assert_eq!(value(json, Numbers::AsWritten).unwrap(), written);
        }
    }

    #[test]
    fn renders_top_level_numbers_without_an_exponent() {
        for (json, float) in [
            ("1700000000", "1700000000"),
            ("-1.5e21", "-1500000000000000000000"),
            ("12.5", "12.5"),
            ("-0", "-0"),
            ("0.00000125", "0.00000125"),
            ("695536435082920.25", "695536435082920.2"),
        ] {
            let payload = format!("{{\"n\":{json}}}");
            assert_eq!(claims(&payload, Numbers::Float64).unwrap()["n"], float);
            assert_eq!(claims(&payload, Numbers::AsWritten).unwrap()["n"], json);
        }
    }

    #[test]
    fn omits_top_level_null_and_renders_nested_null_as_nil() {
        let text = claims(
            r#"{"a":null,"b":[null,{"c":null}],"d":"<&>"}"#,
            Numbers::Float64,
        )
        .unwrap();
        let expected = [("b", "[<nil> map[c:<nil>]]"), ("d", "<&>")];
        assert_eq!(
            text,
            expected.map(|(k, v)| (k.to_owned(), v.to_owned())).into()
        );
    }

    #[test]
    fn sorts_keys_by_their_bytes() {
        assert_eq!(
            value(r#"{"b":1,"a":2,"B":3,"\u00e4":4}"#, Numbers::Float64).unwrap(),
            "map[B:3 a:2 b:1 ä:4]"
        );
    }

    #[test]
    fn rejects_payloads_that_go_cannot_decode() {
        assert!(claims(r#"{"n":1e400}"#, Numbers::Float64).is_err());
        assert!(claims("[]", Numbers::Float64).is_err());
        assert!(claims(r#"{"a":1"#, Numbers::AsWritten).is_err());
    }

    #[test]
    fn renders_a_lone_surrogate_as_the_replacement_character() {
        for (json, text) in [
            (r#""\ud83d\ude00""#, "😀"),
            (r#""\ud83d!""#, "\u{fffd}!"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            ("\"\u{fffd}\\udc00ä\"", "\u{fffd}\u{fffd}ä"),
            (r#"{"\ud83d":1}"#, "map[\u{fffd}:1]"),
        ] {
            assert_eq!(value(json, Numbers::Float64).unwrap(), text, "{json}");
        }
    }

    #[test]
    fn decodes_every_escape() {
        let json = r#""\"\\\/\b\f\n\r\t\u00e4<&>""#;
        let text = "\"\\/\u{8}\u{c}\n\r\tä<&>";
        assert_eq!(value(json, Numbers::Float64).unwrap(), text);
    }

    #[test]
    fn uses_the_last_value_of_a_duplicate_key() {
        let json = r#"{"a":1,"\u0061":2}"#;
        assert_eq!(value(json, Numbers::Float64).unwrap(), "map[a:2]");
        assert_eq!(claims(json, Numbers::Float64).unwrap()["a"], "2");
    }

    #[test]
    fn rejects_invalid_json_and_deep_nesting() {
        for bad in [
            "",
            "{",
            "{} {}",
            "01",
            "nul",
            "\"\u{1}\"",
            r#"{"a":1,}"#,
            r#""\u12""#,
        ] {
            assert!(value(bad, Numbers::Float64).is_err(), "{bad}");
        }
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(value(&nested(200), Numbers::Float64).is_err());
        assert!(value(&nested(100), Numbers::Float64).is_ok());
    }
}
