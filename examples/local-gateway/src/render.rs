//! How an HTTP API writes a claim as a string: Go's `fmt.Sprint` of the decoded JSON.
//!
//! The two number forms are those of Go's decoder: `float64`, its default, and `json.Number`,
//! which keeps the spelling. At the top level of a payload, numbers have been seen without an
//! exponent only, whatever their size.

use std::collections::BTreeMap;
use std::fmt;

use crate::json::Json;

/// The form in which numbers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// Decoded as float64 and written in Go's shortest form: `1.7e+12`.
    #[default]
    Float64,
    /// As the token spells them: `1700000000000`.
    AsWritten,
}

/// Why a payload has no rendering.
#[derive(Debug)]
pub struct RenderError(String);

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RenderError {}

impl From<serde_json::Error> for RenderError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Writes the claims of a token's payload, given as JSON text, as the gateway hands them over.
///
/// A claim whose value is `null` is left out.
///
/// # Errors
///
/// When the payload is not a JSON object, nested too deeply, or holds a number that no float64
/// can hold.
pub fn claims(payload: &str, numbers: Numbers) -> Result<BTreeMap<String, String>, RenderError> {
    let Json::Object(members) = Json::parse(payload)? else {
        return Err(RenderError("the payload is not an object".to_owned()));
    };
    claims_of(&members, numbers)
}

/// Writes one JSON value, given as JSON text, as it appears inside an object or a list.
///
/// # Errors
///
/// As for [`claims`].
pub fn value(json: &str, numbers: Numbers) -> Result<String, RenderError> {
    let mut text = String::new();
    write_value(&mut text, &Json::parse(json)?, numbers)?;
    Ok(text)
}

/// Writes the members of a decoded payload.
pub(crate) fn claims_of(
    members: &BTreeMap<String, Json>,
    numbers: Numbers,
) -> Result<BTreeMap<String, String>, RenderError> {
    let mut claims = BTreeMap::new();
    for (key, value) in members {
        let mut text = String::new();
        match (value, numbers) {
            (Json::Null, _) => continue,
            (Json::Number(spelling), Numbers::Float64) => {
                text = plain(finite(spelling)?);
            }
            _ => write_value(&mut text, value, numbers)?,
        }
        claims.insert(key.clone(), text);
    }
    Ok(claims)
}

fn write_value(text: &mut String, value: &Json, numbers: Numbers) -> Result<(), RenderError> {
    match value {
        Json::Null => text.push_str("<nil>"),
        Json::Bool(true) => text.push_str("true"),
        Json::Bool(false) => text.push_str("false"),
        Json::Number(spelling) => match numbers {
            Numbers::Float64 => text.push_str(&shortest(finite(spelling)?)),
            Numbers::AsWritten => text.push_str(spelling),
        },
        Json::Text(string) => text.push_str(string),
        Json::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(' ');
                }
                write_value(text, item, numbers)?;
            }
            text.push(']');
        }
        Json::Object(members) => {
            text.push_str("map[");
            // A `BTreeMap` of strings is in the order of their bytes, and so is Go's output.
            for (index, (key, member)) in members.iter().enumerate() {
                if index > 0 {
                    text.push(' ');
                }
                text.push_str(key);
                text.push(':');
                write_value(text, member, numbers)?;
            }
            text.push(']');
        }
    }
    Ok(())
}

fn finite(spelling: &str) -> Result<f64, RenderError> {
    let number: f64 = spelling
        .parse()
        .map_err(|_| RenderError("not a number".to_owned()))?;
    if number.is_finite() {
        Ok(number)
    } else {
        // Go's decoder refuses such a number, and with it the whole payload.
        Err(RenderError(
            "a number is out of the range of float64".to_owned(),
        ))
    }
}

/// Go's `%v` of a float64: the shortest digits, with an exponent of at least two digits where it
/// is below -4 or above 5 (`formatDigits` in
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

/// The same digits without an exponent, whatever their size.
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

/// A number's sign, its shortest digits, and the exponent of the first of them.
///
/// Where two shortest numbers are equally near, as 0.2 and 0.3 are to 0.25 between large floats, Go
/// takes the even one.
fn decimal(number: f64) -> (&'static str, String, i32) {
    let shortest = format!("{number:e}");
    let mantissa = shortest.split('e').next().unwrap_or_default();
    let count = mantissa.bytes().filter(u8::is_ascii_digit).count();
    // To so many digits, Rust rounds a half to the even one.
    let nearest = format!("{number:.*e}", count.saturating_sub(1));
    // Below a power of two floats are denser, so the nearest may be another float's.
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
    fn every_vector_comes_out_as_go_wrote_it_in_both_number_forms() {
        let vectors = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/vectors/gateway-claims.jsonl"
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
    fn nested_numbers_are_written_in_the_form_that_is_asked() {
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
    fn numbers_at_the_top_have_no_exponent() {
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
    fn null_is_absent_at_the_top_and_nil_below() {
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
    fn keys_are_sorted_by_their_bytes() {
        assert_eq!(
            value(r#"{"b":1,"a":2,"B":3,"\u00e4":4}"#, Numbers::Float64).unwrap(),
            "map[B:3 a:2 b:1 ä:4]"
        );
    }

    #[test]
    fn what_go_cannot_decode_has_no_rendering() {
        assert!(claims(r#"{"n":1e400}"#, Numbers::Float64).is_err());
        assert!(claims("[]", Numbers::Float64).is_err());
        assert!(claims(r#"{"a":1"#, Numbers::AsWritten).is_err());
    }
}
