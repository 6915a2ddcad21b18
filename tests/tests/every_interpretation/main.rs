//! A text allows only what all its interpretations allow: all values that the declaration permits and that have
//! this text.
//!
//! The tests generate all small values of each declaration, from strings that look like parts of the gateway's
//! text, and group them by their text. With the token next to the text, the token's value decides.

mod arrays_and_strings;
mod authorizer_strings;
mod comparison;
mod list_shapes;
mod nested;
mod scalars;
mod values;
