//! Properties of every input: the functions that the fuzz targets run. The usual test run replays them on the
//! inputs in `tests/corpus` and runs them on random ones (`tests/properties`).
//!
//! They check requirements on events, as a handler does. If a property does not hold, they panic, and the
//! test or the fuzzer fails.

mod access_tokens;
mod binding;
mod duplicate_keys;
mod extraction;
mod go_text;
mod growth;
mod interpretations;
mod requests;
mod requirements;
mod shapes;
mod text;
mod token;
mod verdict;

pub use growth::growth;
pub use requests::{Texts, cognito, http_api, lambda_authorizer, with_authorization};
pub use requirements::{KeyedRequirement, Outcome, of_requirement_sets, on_shapes};
pub use text::text;
pub use token::token;
pub use verdict::{check_payload, check_with_names, verdict};
