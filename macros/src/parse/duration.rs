//! `max_age = "5m"`: text with a unit → seconds.

use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitStr, Token};

use super::ast::MaxAge;
use super::list::text;
use super::peek::{is_end, rest};

impl Parse for MaxAge {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let message = "`max_age` needs a duration in quotes, such as `max_age = \"5m\"`";
        let key: Ident = input.parse()?;
        if !input.peek(Token![=]) {
            return Err(Error::new(key.span(), message));
        }
        let equals: Token![=] = input.parse()?;
        if is_end(input) {
            return Err(Error::new_spanned(equals, message));
        }
        if !input.peek(LitStr) {
            return Err(Error::new_spanned(rest(input), message));
        }
        let text = text(input)?;
        let seconds = read(&text.value()).map_err(|message| Error::new(text.span(), message))?;
        Ok(Self { key, text, seconds })
    }
}

/// Seconds of a text such as `"5m"`.
fn read(text: &str) -> Result<u64, String> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.strip_suffix(unit).unwrap_or_default();
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => 0,
    };
    if digits.is_empty() || factor == 0 {
        let instead = match meant(unit).filter(|_| !digits.is_empty()) {
            Some(meant) => &format!("did you mean `\"{digits}{meant}\"`?"),
            None => {
                "expected an integer and one of the units `s`, `m`, `h` and `d`, such as `\"5m\"`"
            }
        };
        return Err(format!("invalid duration `{text}`; {instead}"));
    }
    let number = digits.parse::<u64>().ok();
    match number.and_then(|number| number.checked_mul(factor)) {
        Some(0) => Err("`max_age` must be at least `\"1s\"`".to_owned()),
        Some(seconds) => Ok(seconds),
        None => Err(format!("duration `{text}` is too long")),
    }
}

/// The unit that a longer spelling of it means.
fn meant(unit: &str) -> Option<char> {
    let unit = unit.trim().to_lowercase();
    let units = ["seconds", "secs", "minutes", "mins", "hours", "hrs", "days"];
    let mut meant = units.iter().filter(|name| name.starts_with(&unit));
    let name = meant.next().filter(|_| !unit.is_empty())?;
    name.chars().next()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_seconds_minutes_hours_and_days() {
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
    fn reads_the_largest_duration_and_rejects_a_larger_one() {
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
    fn rejects_everything_else() {
        for text in [
            "", " ", "0s", "0d", "000m", "5", "5 m", " 5m", "5m ", "+5m", "-5m", "1.5h", "1,5h",
            "5M", "5min", "m", "5mm", "5m3s", "٥m", "5\u{b5}s", "5w", "5ms", "1e3s", "0x5s",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn suggests_the_short_name_of_a_unit() {
        assert!(
            read("5 minutes")
                .unwrap_err()
                .contains("did you mean `\"5m\"`")
        );
        assert!(read("2Days").unwrap_err().contains("did you mean `\"2d\"`"));
    }
}
