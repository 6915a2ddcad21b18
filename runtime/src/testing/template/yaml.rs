//! YAML → a tree with lines.
//!
//! The events come from `saphyr-parser`. The tree is built here, because it needs what ready-made trees do not have:
//! the lines of keys, for messages, and CloudFormation's tags in one form with their long spelling.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, Span};

use super::{Node, Result, TemplateError, Value, bail};

/// More levels than any template has. The tree is walked by recursion.
const MAX_DEPTH: usize = 100;

type Events<'a> = dyn Iterator<Item = Result<(Event<'a>, Span)>> + 'a;

/// Reads a document.
pub(super) fn parse(text: &str) -> Result<Node> {
    let mut events = Parser::new_from_str(text).map(|event| {
        event.map_err(|error| {
            let (line, info) = (error.marker().line(), error.info());
            TemplateError(format!("{line}: not YAML: {info}"))
        })
    });
    let mut root = None;
    while let Some((event, span)) = events.next().transpose()? {
        if let Event::DocumentStart(_) = event {
            if root.is_some() {
                bail!(span.start.line() => "a second document; a template is one");
            }
            root = node(&mut events, 0)?;
        }
    }
    root.map_or_else(|| bail!(1 => "the template is empty"), Ok)
}

/// The next node, or `None` at the end of a list or mapping.
fn node(events: &mut Events<'_>, depth: usize) -> Result<Option<Node>> {
    let Some((event, span)) = events.next().transpose()? else {
        return Ok(None);
    };
    let line = span.start.line();
    if depth == MAX_DEPTH {
        bail!(line => "more than {MAX_DEPTH} levels");
    }
    let (value, tag) = match event {
        Event::Scalar(text, _, _, tag) => (Value::Text(text.into_owned()), tag),
        Event::SequenceStart(_, tag) => {
            let mut items = Vec::new();
            while let Some(item) = node(events, depth + 1)? {
                items.push(item);
            }
            (Value::List(items), tag)
        }
        Event::MappingStart(_, tag) => (Value::Map(entries(events, depth + 1)?), tag),
        Event::Alias(_) => bail!(line => "aliases are not supported; repeat the value"),
        _ => return Ok(None),
    };
    // `!Sub` stands for the key `Fn::Sub`.
    let value = match tag.filter(|tag| tag.handle == "!") {
        Some(tag) => Value::Map([(format!("Fn::{}", tag.suffix), value.in_line(line))].into()),
        None => value,
    };
    Ok(Some(value.in_line(line)))
}

/// The rest of a mapping.
fn entries(events: &mut Events<'_>, depth: usize) -> Result<BTreeMap<String, Node>> {
    let mut entries = BTreeMap::new();
    while let Some(mut key) = node(events, depth)? {
        let (name, line) = (key.required("")?, key.line);
        let Some(mut value) = node(events, depth)? else {
            bail!(line => "`{name}` has no value");
        };
        value.line = line;
        if let Some(Node { line: first, .. }) = entries.insert(name.clone(), value) {
            bail!(line => "`{name}` is defined twice, first in line {first}");
        }
    }
    Ok(entries)
}
