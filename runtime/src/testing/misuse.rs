//! The panic of a test that describes an impossible caller or event.

/// Panics with this message, which says what to change in the test. With `#[track_caller]` on every function in
/// between, the location is that of the test.
#[track_caller]
#[expect(
    clippy::panic,
    reason = "only tests call this, and a mistake must fail them"
)]
pub(super) fn misuse(message: &str) -> ! {
    panic!("require_claims::testing: {message}")
}
