//! How old a value may be.

use std::cell::Cell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::reason::Reason;

/// How far ahead of this machine's clock the issuer's may be.
const CLOCK_SKEW_IN_SECONDS: f64 = 60.0;

/// What tells the time: read once at most, and only where a requirement asks for an age.
pub(crate) struct Clock {
    milliseconds_since_1970: Cell<Option<f64>>,
}

impl Clock {
    /// This machine's clock.
    pub(crate) fn system() -> Self {
        Self {
            milliseconds_since_1970: Cell::new(None),
        }
    }

    /// A clock that stands still.
    pub(crate) fn at(time: SystemTime) -> Self {
        Self {
            milliseconds_since_1970: Cell::new(Some(milliseconds_since_1970(time))),
        }
    }

    /// The same at every call, so that a request is denied for the reason that is told.
    fn milliseconds_since_1970(&self) -> f64 {
        self.milliseconds_since_1970.get().unwrap_or_else(|| {
            let now = milliseconds_since_1970(SystemTime::now());
            self.milliseconds_since_1970.set(Some(now));
            now
        })
    }
}

/// Whole milliseconds, as JavaScript's `Date.now()` tells them.
fn milliseconds_since_1970(time: SystemTime) -> f64 {
    // A clock before 1970 makes every value one from the future, which is denied.
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds are exact for the next 285,000 years"
    )]
    let milliseconds = since.as_millis() as f64;
    milliseconds
}

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
    fn the_clock_says_the_same_twice() {
        let clock = Clock::system();
        let first = clock.milliseconds_since_1970();
        assert!(first > 1.7e12);
        // Both in one assertion of bits: a clock that moves would have moved by now.
        let later = (0..1000).map(|_| clock.milliseconds_since_1970().to_bits());
        assert!(later.into_iter().all(|bits| bits == first.to_bits()));
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
