//! Times as tokens and events contain them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::misuse::misuse;

/// Returns the time this long ago, in whole seconds since 1970, for claims such as `auth_time`.
///
/// Ages are relative to the system clock, which the attribute reads. Like an issuer, this rounds down, so an age can
/// be up to a second greater than given.
///
/// ```
/// use std::time::Duration;
/// use require_claims::testing::{Caller, ago};
///
/// let five_minutes_ago = ago(Duration::from_secs(300));
/// let caller = Caller::new("user-1").claim("auth_time", five_minutes_ago);
/// assert_eq!(caller.payload()["auth_time"], five_minutes_ago);
/// ```
///
/// # Panics
///
/// If this time is before 1970.
#[must_use]
#[track_caller]
pub fn ago(age: Duration) -> u64 {
    seconds(before(SystemTime::now(), age))
}

/// The time this long before another.
#[track_caller]
pub(super) fn before(now: SystemTime, age: Duration) -> SystemTime {
    match now.checked_sub(age) {
        Some(time) if time >= UNIX_EPOCH => time,
        _ => misuse(&format!("{age:?} ago is before 1970; use a smaller age")),
    }
}

/// Whole seconds since 1970.
pub(super) fn seconds(time: SystemTime) -> u64 {
    since_1970(time).as_secs()
}

/// Whole milliseconds since 1970.
pub(super) fn milliseconds(time: SystemTime) -> u64 {
    u64::try_from(since_1970(time).as_millis()).unwrap_or(u64::MAX)
}

fn since_1970(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The time in Common Log Format, such as `12/Mar/2020:19:03:58 +0000`, as in `requestTime`.
pub(super) fn common_log(time: SystemTime) -> String {
    let date = Date::new(seconds(time));
    let Date {
        day,
        month,
        year,
        time,
        ..
    } = date;
    format!("{day:02}/{month}/{year}:{time} +0000")
}

/// The time as Cognito's authorizer writes it, such as `Tue Nov 14 22:13:20 UTC 2023`.
pub(super) fn cognito(seconds: u64) -> String {
    let Date {
        weekday,
        day,
        month,
        year,
        time,
    } = Date::new(seconds);
    format!("{weekday} {month} {day:02} {time} UTC {year}")
}

struct Date {
    weekday: &'static str,
    day: u64,
    month: &'static str,
    year: u64,
    /// Such as `19:03:58`.
    time: String,
}

impl Date {
    /// The date of a time in seconds since 1970 (`civil_from_days` in
    /// <https://howardhinnant.github.io/date_algorithms.html>). A year starts in March, so that a leap day is its
    /// last day.
    fn new(seconds: u64) -> Self {
        let (days, second) = (seconds / 86_400, seconds % 86_400);
        // Since March of the year 0, in periods of 400 years.
        let (era, day) = ((days + 719_468) / 146_097, (days + 719_468) % 146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let name = |names: &'static str, index: u64| {
            let mut names = names.split(' ');
            names
                .nth(usize::try_from(index).unwrap_or_default())
                .unwrap_or_default()
        };
        Self {
            weekday: name("Thu Fri Sat Sun Mon Tue Wed", days % 7),
            day: day - (153 * month + 2) / 5 + 1,
            month: name("Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb", month),
            year: year + era * 400 + u64::from(month >= 10),
            time: format!(
                "{:02}:{:02}:{:02}",
                second / 3600,
                second / 60 % 60,
                second % 60
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_times_as_documented() {
        for (seconds, log, java) in [
            (
                0,
                "01/Jan/1970:00:00:00 +0000",
                "Thu Jan 01 00:00:00 UTC 1970",
            ),
            (
                951_782_400,
                "29/Feb/2000:00:00:00 +0000",
                "Tue Feb 29 00:00:00 UTC 2000",
            ),
            (
                951_868_800,
                "01/Mar/2000:00:00:00 +0000",
                "Wed Mar 01 00:00:00 UTC 2000",
            ),
            (
                1_583_348_638,
                "04/Mar/2020:19:03:58 +0000",
                "Wed Mar 04 19:03:58 UTC 2020",
            ),
            (
                1_700_000_000,
                "14/Nov/2023:22:13:20 +0000",
                "Tue Nov 14 22:13:20 UTC 2023",
            ),
            (
                1_767_225_599,
                "31/Dec/2025:23:59:59 +0000",
                "Wed Dec 31 23:59:59 UTC 2025",
            ),
            (
                4_107_542_400,
                "01/Mar/2100:00:00:00 +0000",
                "Mon Mar 01 00:00:00 UTC 2100",
            ),
        ] {
            assert_eq!(common_log(UNIX_EPOCH + Duration::from_secs(seconds)), log);
            assert_eq!(cognito(seconds), java);
        }
    }
}
