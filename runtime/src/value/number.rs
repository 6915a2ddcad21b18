//! JSON numbers as text, which is also how the gateway writes numbers.

/// The value of a JSON number, or of Go's shortest form of one (`1.7e+12`), which is one too.
pub(crate) fn number(text: &str) -> Option<f64> {
    // By itself, `f64::from_str` would also take `inf`, `NaN`, `+1`, `.5` and `1.`.
    let value: f64 = is_number(text).then(|| text.parse().ok())??;
    value.is_finite().then_some(value)
}

/// The integer that a float represents, if there is exactly one. Above JavaScript's safe integers,
/// several integers round to the same float.
pub(crate) fn safe_integer(number: f64) -> Option<i64> {
    /// JavaScript's `Number.MAX_SAFE_INTEGER`, 2⁵³ − 1.
    const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

    let is_safe = number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER;
    #[expect(clippy::cast_possible_truncation, reason = "whole, and less than 2^53")]
    is_safe.then_some(number as i64)
}

/// Whether the text is a JSON number; much cheaper than its value, which is rarely needed.
pub(crate) fn is_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let rest = match bytes.strip_prefix(b"-").unwrap_or(bytes) {
        [b'0', rest @ ..] => Some(rest),
        digits => after_digits(digits),
    };
    let rest = match rest {
        Some([b'.', digits @ ..]) => after_digits(digits),
        rest => rest,
    };
    let rest = match rest {
        Some([b'e' | b'E', b'+' | b'-', digits @ ..] | [b'e' | b'E', digits @ ..]) => {
            after_digits(digits)
        }
        rest => rest,
    };
    rest.is_some_and(<[u8]>::is_empty)
}

/// The rest of a text that starts with at least one digit.
fn after_digits(text: &[u8]) -> Option<&[u8]> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    let count = digits.count();
    text.get(count..).filter(|_| count > 0)
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
