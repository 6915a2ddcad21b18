//! Hints in the log at likely causes of a function's errors.

use crate::event::{Format, PayloadFormat};

/// Adds the format of the event to an error about reading it: a function for another kind of API or payload format
/// rejects every event.
pub(super) fn with_payload_format(reason: String, format: Format) -> String {
    if !reason.contains("deserialize") {
        return reason;
    }
    let remedy = match format {
        Format::Http(PayloadFormat::V2) => {
            "a function that reads the events of a REST API or of payload format 1.0 needs another one: \
             `--payload 1.0`, or `--api rest`"
        }
        Format::Http(PayloadFormat::V1) => {
            "a function that reads payload format 2.0 needs `--payload 2.0`"
        }
        Format::Rest => "a function that reads payload format 2.0 needs an HTTP API: `--api http`",
    };
    format!("{reason} (the event has {format}; {remedy})")
}

#[cfg(test)]
mod tests {
    use super::with_payload_format;
    use crate::event::{Format, PayloadFormat};

    #[test]
    fn an_error_about_reading_the_event_names_its_format() {
        let hint =
            |reason: &str| with_payload_format(reason.to_owned(), Format::Http(PayloadFormat::V2));
        let hinted = hint("failed to deserialize the incoming data: missing field `httpMethod`");
        assert!(
            hinted.contains("the event has payload format 2.0"),
            "{hinted}"
        );
        assert_eq!(hint("no database"), "no database");
    }
}
