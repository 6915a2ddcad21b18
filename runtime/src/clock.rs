//! FIND: the time that ages are counted to.

use std::cell::Cell;
use std::time::{SystemTime, UNIX_EPOCH};

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
    pub(crate) fn milliseconds_since_1970(&self) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_says_the_same_twice() {
        let clock = Clock::system();
        let first = clock.milliseconds_since_1970().to_bits();
        assert!(f64::from_bits(first) > 1.7e12);
        // By now a clock that is read again says something else.
        while milliseconds_since_1970(SystemTime::now()).to_bits() == first {
            std::hint::spin_loop();
        }
        assert_eq!(clock.milliseconds_since_1970().to_bits(), first);
    }
}
