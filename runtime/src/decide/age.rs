//! Checks how old a value is.

use std::cell::OnceCell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How far the issuer's clock may be ahead of this machine's.
const CLOCK_SKEW_IN_SECONDS: f64 = 60.0;

/// The current time in milliseconds since 1970. It is read at most once per request, and only if a
/// requirement has a maximum age.
pub(crate) struct Clock(OnceCell<f64>);

/// Why a value does not meet a maximum age. Ages are in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum WrongAge {
    /// The value has no time.
    Unknown { max: Duration },
    /// The value is from the future, or this machine's clock is before 1970.
    Future { age: f64, max: Duration },
    /// The value is too old.
    Expired { age: f64, max: Duration },
}

impl Clock {
    /// This machine's clock, or a clock fixed at `now`.
    pub(crate) fn new(now: Option<SystemTime>) -> Self {
        let now = now.map(milliseconds_since_1970);
        Self(now.map_or_else(OnceCell::new, OnceCell::from))
    }

    /// Checks the age of a value whose time is in milliseconds since 1970. An age equal to the maximum is
    /// allowed, as in the SDK.
    pub(crate) fn check(&self, time: Option<f64>, max: Duration) -> Result<(), WrongAge> {
        let now = *self
            .0
            .get_or_init(|| milliseconds_since_1970(SystemTime::now()));
        let time = time.ok_or(WrongAge::Unknown { max })?;
        // The SDK also divides the difference. Dividing first could give a different float.
        let age = (now - time) / 1000.0;
        if age < -CLOCK_SKEW_IN_SECONDS || now.is_sign_negative() {
            // If the clock is before 1970, it is wrong, so no age can be trusted.
            Err(WrongAge::Future { age, max })
        } else if age > max.as_secs_f64() {
            Err(WrongAge::Expired { age, max })
        } else {
            Ok(())
        }
    }
}

/// Whole milliseconds, as in JavaScript's `Date.now()`; negative before 1970.
fn milliseconds_since_1970(time: SystemTime) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds are exact for the next 285,000 years"
    )]
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_millis() as f64,
        Err(before) => -(before.duration().as_millis() as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: SystemTime) -> Clock {
        Clock::new(Some(time))
    }

    const NOW: f64 = 1_700_000_000_123.0;

    fn check(time: Option<f64>, max_age: u64) -> Result<(), WrongAge> {
        let clock = at(UNIX_EPOCH + Duration::from_millis(1_700_000_000_123));
        clock.check(time, Duration::from_secs(max_age))
    }

    #[test]
    fn allows_an_age_equal_to_the_maximum_and_denies_a_greater_one() {
        let max = Duration::from_secs(300);
        assert_eq!(check(Some(NOW - 300_000.0), 300), Ok(()));
        // Subtracting seconds from seconds would give 300.00099992752075.
        let age = 300.001;
        let expired = Err(WrongAge::Expired { age, max });
        assert_eq!(check(Some(NOW - 300_001.0), 300), expired);
    }

    #[test]
    fn allows_60_seconds_of_clock_skew_and_denies_later_times() {
        let max = Duration::from_secs(300);
        assert_eq!(check(Some(NOW + 60_000.0), 300), Ok(()));
        let age = -60.001;
        let future = Err(WrongAge::Future { age, max });
        assert_eq!(check(Some(NOW + 60_001.0), 300), future);
    }

    #[test]
    fn denies_a_value_without_a_time() {
        let max = Duration::from_secs(300);
        assert_eq!(check(None, 300), Err(WrongAge::Unknown { max }));
    }

    #[test]
    fn denies_every_value_if_the_clock_is_before_1970() {
        let before = [1, 1_000_000, 60_000_000_000, 86_400_000_000_000];
        for before in before.map(Duration::from_nanos) {
            let clock = at(UNIX_EPOCH - before);
            for time in [-1e12, -1_000.0, 0.0, 1_000.0, NOW] {
                let checked = clock.check(Some(time), Duration::MAX);
                assert!(matches!(checked, Err(WrongAge::Future { .. })), "{time}");
            }
        }
        let clock = at(UNIX_EPOCH);
        assert_eq!(clock.check(Some(0.0), Duration::ZERO), Ok(()));
    }

    #[test]
    fn reads_the_clock_once() {
        let clock = Clock::new(None);
        let now = || {
            let far = clock.check(Some(0.0), Duration::ZERO);
            match far {
                Err(WrongAge::Expired { age, .. }) => age.to_bits(),
                other => panic!("{other:?}"),
            }
        };
        let first = now();
        assert!(f64::from_bits(first) > 1.7e9);
        // Wait until reading the clock again would give another time.
        let system = || milliseconds_since_1970(SystemTime::now()) / 1000.0;
        while system().to_bits() == first {
            std::hint::spin_loop();
        }
        assert_eq!(now(), first);
    }
}
