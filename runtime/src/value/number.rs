//! JSON numbers as text. The gateway writes numbers in the same syntax.

/// Parses a JSON number. Go's shortest form (`1.7e+12`) is also one.
pub(crate) fn number(text: &str) -> Option<f64> {
    // `f64::from_str` alone would also accept `inf`, `NaN`, `+1`, `.5` and `1.`.
    let value: f64 = is_number(text).then(|| text.parse().ok())??;
    value.is_finite().then_some(value)
}

/// The integer that a float represents, if there is exactly one. Beyond JavaScript's safe integers, several
/// integers round to the same float.
pub(crate) fn safe_integer(number: f64) -> Option<i64> {
    /// JavaScript's `Number.MAX_SAFE_INTEGER`, 2⁵³ − 1.
    const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

    let is_safe = number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER;
    #[expect(clippy::cast_possible_truncation, reason = "whole, and less than 2^53")]
    is_safe.then_some(number as i64)
}

/// The integer in a path parameter. It has one spelling: without a plus sign or leading zeros.
pub(crate) fn path_integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_canonical =
        text == "0" || digits.starts_with(|digit: char| ('1'..='9').contains(&digit));
    is_canonical.then(|| text.parse().ok()).flatten()
}

/// Whether the text is a JSON number. This is much cheaper than parsing it, and the value is rarely needed.
pub(crate) fn is_number(text: &str) -> bool {
    after_number(text) == Some("")
}

/// Strips a JSON number from the start of a text.
pub(super) fn after_number(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let rest = match digits.strip_prefix('0') {
        Some(rest) => rest,
        None => after_digits(digits)?,
    };
    let rest = match rest.strip_prefix('.') {
        Some(digits) => after_digits(digits)?,
        None => rest,
    };
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => after_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        None => Some(rest),
    }
}

/// Strips the digits at the start of a text. Returns `None` if there are none.
fn after_digits(text: &str) -> Option<&str> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit());
    let end = end.unwrap_or(text.len());
    text.get(end..).filter(|_| end > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_json_numbers_and_go_floats() {
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
    fn converts_a_float_to_an_integer_only_if_it_represents_exactly_one() {
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
    fn rejects_anything_other_than_a_number() {
        for text in [
            "", "-", "+1", ".5", "1.", "01", "1e", "1e+", "0x10", "1_000", "1 ", " 1", "inf",
            "NaN", "Infinity", "1e400", "--1", "1.e5", "٣", "1e5.0",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
