//! How old a value may be.

use std::time::Duration;

use serde_json::Value;

use crate::clock::Clock;
use crate::reason::Reason;

/// How far ahead of this machine's clock the issuer's may be.
const CLOCK_SKEW_IN_SECONDS: f64 = 60.0;

/// Why a value is not of the age that was asked for.
#[derive(Clone, Copy)]
pub(super) enum WrongAge {
    Unknown(Duration),
    Future(f64, Duration),
    Expired(f64, Duration),
}

impl WrongAge {
    pub(super) fn reason(self) -> Reason {
        match self {
            WrongAge::Unknown(max_age) => Reason::time_unknown(seconds(max_age)),
            WrongAge::Future(age, max_age) => Reason::time_in_future(age, seconds(max_age)),
            WrongAge::Expired(age, max_age) => Reason::expired(age, seconds(max_age)),
        }
    }
}

/// Whether a value of this time, in milliseconds since 1970, is no older than that; without a
/// maximum age any value is. An age equal to the maximum passes, as in the SDK.
pub(super) fn check_age(
    time: impl FnOnce() -> Option<f64>,
    max_age: Option<Duration>,
    clock: &Clock,
) -> Result<(), WrongAge> {
    let Some(max_age) = max_age else {
        return Ok(());
    };
    let Some(time) = time() else {
        return Err(WrongAge::Unknown(max_age));
    };
    // As the SDK calculates, to the last bit: a difference of seconds would be another float.
    let age = (clock.milliseconds_since_1970() - time) / 1000.0;
    if age > max_age.as_secs_f64() {
        Err(WrongAge::Expired(age, max_age))
    } else if age < -CLOCK_SKEW_IN_SECONDS {
        Err(WrongAge::Future(age, max_age))
    } else {
        Ok(())
    }
}

fn seconds(max_age: Duration) -> Value {
    if max_age.subsec_nanos() == 0 {
        max_age.as_secs().into()
    } else {
        max_age.as_secs_f64().into()
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;
    use crate::reason::{ClaimValidationError, ReasonKind};

    fn kind(time: Option<f64>, max_age: u64) -> Option<ReasonKind> {
        let clock = Clock::at(UNIX_EPOCH + Duration::from_millis(1_700_000_000_123));
        let wrong = check_age(|| time, Some(Duration::from_secs(max_age)), &clock).err()?;
        Some(ClaimValidationError::new("", wrong.reason()).kind())
    }

    #[test]
    fn an_age_equal_to_the_maximum_passes_and_a_greater_one_does_not() {
        assert_eq!(kind(Some(1_699_999_700_123.0), 300), None);
        assert_eq!(
            kind(Some(1_699_999_700_122.0), 300),
            Some(ReasonKind::Expired)
        );
    }

    #[test]
    fn a_little_clock_skew_passes_and_the_future_does_not() {
        assert_eq!(kind(Some(1_700_000_060_123.0), 300), None);
        assert_eq!(
            kind(Some(1_700_000_060_124.0), 300),
            Some(ReasonKind::TimeInFuture)
        );
    }

    #[test]
    fn ages_are_the_floats_that_the_sdk_calculates() {
        // Seconds taken from seconds made 300.00099992752075 of this.
        let clock = Clock::at(UNIX_EPOCH + Duration::from_millis(1_700_000_000_123));
        let max_age = Some(Duration::from_secs(300));
        let expired = check_age(|| Some(1_699_999_700_122.0), max_age, &clock).err();
        let expired = ClaimValidationError::new("", expired.unwrap().reason());
        assert_eq!(expired.detail("ageInSeconds"), Some(&300.001.into()));
    }

    #[test]
    fn no_time_has_no_age() {
        assert_eq!(kind(None, 300), Some(ReasonKind::TimeUnknown));
        assert_eq!(
            check_age(|| None, None, &Clock::system()).err().map(|_| ()),
            None
        );
    }
}
