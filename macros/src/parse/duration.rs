//! `max_age = "5m"`: a text with a unit → seconds.

use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

use crate::parse::ast::MaxAge;
use crate::parse::list::text;
use crate::parse::peek::{is_end, rest};

impl Parse for MaxAge {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let example = "write `max_age = \"5m\"`";
        let key: Ident = input.parse()?;
        if !input.peek(Token![=]) {
            return Err(syn::Error::new(
                key.span(),
                format!("`max_age` needs an age; {example}"),
            ));
        }
        let equals: Token![=] = input.parse()?;
        if is_end(input) {
            let message = format!("`max_age =` needs an age; {example}");
            return Err(syn::Error::new_spanned(equals, message));
        }
        if !input.peek(LitStr) {
            let message = format!("an age is text with a unit; {example}");
            return Err(syn::Error::new_spanned(rest(input), message));
        }
        let text = text(input)?;
        let seconds = seconds(&text)?;
        Ok(Self { key, text, seconds })
    }
}

/// Seconds of a text such as `"5m"`.
fn seconds(text: &LitStr) -> syn::Result<u64> {
    read(&text.value()).map_err(|message| syn::Error::new(text.span(), message))
}

fn read(text: &str) -> Result<u64, String> {
    let digits_end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(digits_end).unwrap_or((text, ""));
    if digits.is_empty() || unit.starts_with(['.', ',']) {
        return Err(format!(
            "`{text}` is no age; write a whole number and a unit, such as `\"5m\"`"
        ));
    }
    if unit.is_empty() {
        return Err(format!(
            "an age needs a unit: `\"{digits}s\"`, `\"{digits}m\"`, `\"{digits}h\"` or `\"{digits}d\"`"
        ));
    }
    let factor = factor(digits, unit)?;
    let seconds = digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(factor));
    match seconds {
        Some(0) => {
            Err("nothing is younger than zero; write an age of at least `\"1s\"`".to_owned())
        }
        Some(seconds) => Ok(seconds),
        None => Err(format!(
            "`{text}` is longer than can be counted; write a smaller age"
        )),
    }
}

fn factor(digits: &str, unit: &str) -> Result<u64, String> {
    Ok(match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => {
            let meant = match unit.trim().to_lowercase().as_str() {
                "s" | "sec" | "secs" | "second" | "seconds" => "s",
                "m" | "min" | "mins" | "minute" | "minutes" => "m",
                "h" | "hr" | "hrs" | "hour" | "hours" => "h",
                "d" | "day" | "days" => "d",
                _ => {
                    return Err(format!(
                        "`{unit}` is no unit; the units are `s`, `m`, `h` and `d`"
                    ));
                }
            };
            return Err(format!(
                "`{unit}` is no unit; did you mean `\"{digits}{meant}\"`?"
            ));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn units_are_seconds_minutes_hours_and_days() {
        for (text, seconds) in [
            ("1s", 1),
            ("90s", 90),
            ("5m", 300),
            ("1h", 3600),
            ("30d", 2_592_000),
            ("007m", 420),
        ] {
            assert_eq!(read(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn the_largest_age_is_read_and_one_more_is_not() {
        assert_eq!(read("18446744073709551615s"), Ok(u64::MAX));
        for text in [
            "18446744073709551616s",
            "18446744073709551615m",
            "99999999999999999999999d",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "", " ", "0s", "0d", "000m", "5", "5 m", " 5m", "5m ", "+5m", "-5m", "1.5h", "1,5h",
            "5M", "5min", "m", "5mm", "5m3s", "٥m", "5\u{b5}s", "5w", "5ms", "1e3s", "0x5s",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_unit_spelt_out_is_answered_with_the_short_one() {
        assert!(
            read("5 minutes")
                .unwrap_err()
                .contains("did you mean `\"5m\"`")
        );
        assert!(read("2Days").unwrap_err().contains("did you mean `\"2d\"`"));
    }
}
