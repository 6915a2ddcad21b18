//! READ: the grammar and the value of JSON numbers, which are also how the gateway writes numbers.

/// The value of a JSON number, or of Go's shortest form of one (`1.7e+12`), which is one too.
pub(crate) fn number(text: &str) -> Option<f64> {
    // By itself, `f64::from_str` would also take `inf`, `NaN`, `+1`, `.5` and `1.`.
    let value: f64 = is_number(text).then(|| text.parse().ok())??;
    value.is_finite().then_some(value)
}

/// The whole number that a float is, where it is exact: JavaScript's safe integers, since a greater
/// float is what several whole numbers are rounded to.
pub(crate) fn safe_integer(number: f64) -> Option<i64> {
    /// JavaScript's `Number.MAX_SAFE_INTEGER`, 2⁵³ − 1.
    const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

    let is_safe = number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER;
    #[expect(clippy::cast_possible_truncation, reason = "whole, and less than 2^53")]
    is_safe.then_some(number as i64)
}

/// Whether both are JSON numbers of the same value, as 64-bit floats, whatever their spelling.
pub(crate) fn are_same_number(text: &str, other: &str) -> bool {
    if text == other {
        return is_number(text);
    }
    #[expect(
        clippy::float_cmp,
        reason = "two spellings of one number are the same float"
    )]
    let are_equal = |(value, other): (f64, f64)| value == other;
    number(text).zip(number(other)).is_some_and(are_equal)
}

/// Whether the text is a JSON number; much cheaper than its value, which is rarely asked for.
pub(crate) fn is_number(text: &str) -> bool {
    after_number(text) == Some("")
}

/// What follows the JSON number at the start of a text.
pub(crate) fn after_number(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let fraction = match digits {
        [b'0', rest @ ..] => rest,
        digits => after_digits(digits)?,
    };
    let exponent = match fraction {
        [b'.', digits @ ..] => after_digits(digits)?,
        rest => rest,
    };
    let rest = match exponent {
        [b'e' | b'E', b'+' | b'-', digits @ ..] | [b'e' | b'E', digits @ ..] => {
            after_digits(digits)?
        }
        rest => rest,
    };
    text.get(text.len() - rest.len()..)
}

/// What follows at least one digit.
#[inline]
fn after_digits(text: &[u8]) -> Option<&[u8]> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    match digits.count() {
        0 => None,
        count => text.get(count..),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_numbers_and_go_floats_have_their_value() {
        for (text, value) in [
            ("0", 0.0),
            ("-0", 0.0),
            ("1700000000", 1.7e9),
            ("1.7e+09", 1.7e9),
            ("1.699999999999e+12", 1_699_999_999_999.0),
            ("-1.5", -1.5),
            ("1E3", 1000.0),
            ("1e-07", 1e-7),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
    }

    #[test]
    fn a_float_is_a_whole_number_where_it_is_of_one_alone() {
        for (number, integer) in [
            (0.0, Some(0)),
            (-0.0, Some(0)),
            (-5.0, Some(-5)),
            (9_007_199_254_740_991.0, Some(9_007_199_254_740_991)),
            (-9_007_199_254_740_991.0, Some(-9_007_199_254_740_991)),
            (9_007_199_254_740_992.0, None),
            (-9_007_199_254_740_992.0, None),
            (0.5, None),
            (1e300, None),
            (f64::INFINITY, None),
            (f64::NAN, None),
        ] {
            assert_eq!(safe_integer(number), integer, "{number}");
        }
    }

    #[test]
    fn nothing_else_is_a_number() {
        for text in [
            "", "-", "+1", ".5", "1.", "01", "1e", "1e+", "0x10", "1_000", "1 ", " 1", "inf",
            "NaN", "Infinity", "1e400", "--1", "1.e5", "٣", "1e5.0",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
