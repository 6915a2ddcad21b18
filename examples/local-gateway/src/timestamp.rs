//! Formats times as they appear in events.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};

/// Milliseconds since 1970.
pub(crate) fn epoch_milliseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The time in Common Log Format, such as `12/Mar/2020:19:03:58 +0000`.
pub(crate) fn common_log(time: SystemTime) -> String {
    let time = DateTime::<Utc>::from(time);
    time.format("%d/%b/%Y:%H:%M:%S %z").to_string()
}

/// The time as the log of this gateway writes it, such as `2020-03-12T19:03:58.390Z`.
pub(crate) fn log(time: SystemTime) -> String {
    let time = DateTime::<Utc>::from(time);
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{common_log, log};

    #[test]
    fn formats_times_as_documented() {
        for (seconds, text) in [
            (0, "01/Jan/1970:00:00:00 +0000"),
            (951_782_400, "29/Feb/2000:00:00:00 +0000"),
            (1_583_348_638, "04/Mar/2020:19:03:58 +0000"),
            (1_767_225_599, "31/Dec/2025:23:59:59 +0000"),
        ] {
            assert_eq!(common_log(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
        let time = UNIX_EPOCH + Duration::from_millis(951_782_400_007);
        assert_eq!(log(time), "2000-02-29T00:00:00.007Z");
    }
}
