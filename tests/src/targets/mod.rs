//! What is true of every input, whoever wrote it: the bodies of the fuzz targets, which the
//! ordinary test run replays on the inputs in `tests/corpus`.
//!
//! Everything goes through events and requirements, as a handler's does. A property that does not
//! hold panics, and so does the test or the fuzzer.

mod ask;
mod claim_text;
mod event;
mod extract;
mod growth;
mod identity;
mod json_keys;
mod readings;
mod text;
mod token;
mod verdict;

pub use ask::Answer;
pub use event::Texts;
pub use growth::growth;
pub use text::text;
pub use token::token;
pub use verdict::{rendered, verdict};
