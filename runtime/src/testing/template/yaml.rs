//! YAML → a tree with lines.
//!
//! The events come from `saphyr-parser`. The tree is built here, because it needs what ready-made trees do not have:
//! the lines of keys, for messages, and CloudFormation's tags in one form with their long spelling.

use saphyr_parser::{Event, Parser, Span, StrInput, Tag};

use super::error::{TemplateError, problem};
use super::node::{Node, Value};

/// More levels than any template has. The tree is walked by recursion.
const MAX_DEPTH: usize = 100;

type Events<'a> = Parser<'a, StrInput<'a>>;

/// Reads a document.
pub(super) fn parse(text: &str) -> Result<Node, TemplateError> {
    let mut events = Parser::new_from_str(text);
    let mut root = None;
    loop {
        match next(&mut events)? {
            (Event::StreamEnd, _) => break,
            (Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd, _) => {}
            (_, span) if root.is_some() => {
                return problem(span.start.line(), "a second document; a template is one");
            }
            start => root = Some(node(&mut events, start, 0)?),
        }
    }
    root.map_or_else(|| problem(1, "the template is empty"), Ok)
}

fn next<'a>(events: &mut Events<'a>) -> Result<(Event<'a>, Span), TemplateError> {
    match events.next_event() {
        Some(Ok(event)) => Ok(event),
        Some(Err(error)) => problem(error.marker().line(), format!("not YAML: {}", error.info())),
        None => problem(1, "not YAML: it has no end"),
    }
}

/// The node that starts with this event.
fn node<'a>(
    events: &mut Events<'a>,
    (event, span): (Event<'a>, Span),
    depth: usize,
) -> Result<Node, TemplateError> {
    let line = span.start.line();
    if depth == MAX_DEPTH {
        return problem(line, format!("more than {MAX_DEPTH} levels"));
    }
    let (value, tag) = match event {
        Event::Scalar(text, _, _, tag) => (Value::Text(text.into_owned()), tag),
        Event::SequenceStart(_, tag) => {
            let mut items = Vec::new();
            loop {
                match next(events)? {
                    (Event::SequenceEnd, _) => break,
                    start => items.push(node(events, start, depth + 1)?),
                }
            }
            (Value::List(items), tag)
        }
        Event::MappingStart(_, tag) => (Value::Map(entries(events, depth + 1)?), tag),
        _ => {
            return problem(
                line,
                "aliases are not supported, as in CloudFormation; repeat the value",
            );
        }
    };
    let value = match tag.as_deref().and_then(function) {
        Some(name) => Value::Map(vec![(name, Node { line, value })]),
        None => value,
    };
    Ok(Node { line, value })
}

/// The rest of a mapping.
fn entries(events: &mut Events<'_>, depth: usize) -> Result<Vec<(String, Node)>, TemplateError> {
    let mut entries: Vec<(String, Node)> = Vec::new();
    loop {
        let key = match next(events)? {
            (Event::MappingEnd, _) => return Ok(entries),
            start => node(events, start, depth)?,
        };
        let name = key.required("")?;
        if let Some((_, first)) = entries.iter().find(|(other, _)| *other == name) {
            let message = format!("`{name}` is defined twice, first in line {}", first.line);
            return problem(key.line, message);
        }
        let start = next(events)?;
        let mut value = node(events, start, depth)?;
        value.line = key.line;
        entries.push((name, value));
    }
}

/// The key that a tag stands for: `Fn::Sub` for `!Sub`.
fn function(tag: &Tag) -> Option<String> {
    match tag.suffix.as_str() {
        _ if tag.handle != "!" => None,
        name @ ("Ref" | "Condition") => Some(name.to_owned()),
        name => Some(format!("Fn::{name}")),
    }
}
