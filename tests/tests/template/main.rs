//! The reader of SAM templates: the templates of this repository, the drift test, values, and bad input.

#![allow(missing_docs, reason = "tests")]

mod bad_input;
mod guarded;
mod stack;
mod values;

use require_claims::testing::template::{Stack, Template};

/// The path of a template of this repository.
fn path(name: &str) -> String {
    format!(
        "{}/../examples/supertokens/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// The first line of a template that contains a text.
fn line(name: &str, text: &str) -> usize {
    let template = std::fs::read_to_string(path(name)).unwrap();
    let line = template.lines().position(|line| line.contains(text));
    1 + line.unwrap_or_else(|| panic!("{name} does not contain {text:?}"))
}

/// The template, with a text replaced once.
fn changed(name: &str, from: &str, to: &str) -> Template {
    let text = std::fs::read_to_string(path(name)).unwrap();
    assert!(text.contains(from), "{name} does not contain {from:?}");
    Template::parse(&text.replacen(from, to, 1), name).unwrap()
}

fn parse(text: &str) -> Stack {
    let stack = Template::parse(text, "template.yaml").and_then(|template| template.stack());
    stack.unwrap_or_else(|error| panic!("{error}"))
}

/// The message of a template that cannot be read.
fn error(text: &str) -> String {
    let stack = Template::parse(text, "template.yaml").and_then(|template| template.stack());
    stack.expect_err("the template is not an error").to_string()
}
