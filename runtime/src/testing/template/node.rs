//! A template as a tree: texts, lists and mappings, each with its line.

use std::collections::BTreeMap;
use std::slice;
use std::str::FromStr;

use super::{Result, bail};

/// A value of the template. The line of a mapping's value is that of its key. CloudFormation's functions are mappings
/// with one key, such as `Ref` or `Fn::Sub`, in both of their spellings.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) line: usize,
    /// Whether it has been read. A node that nobody reads is reported as unsupported.
    pub(super) is_read: bool,
    pub(super) value: Value,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    /// What the template does not have, with its name.
    Missing(String),
    Text(String),
    List(Vec<Node>),
    Map(BTreeMap<String, Node>),
}

impl Value {
    pub(super) fn in_line(self, line: usize) -> Node {
        let (is_read, value) = (false, self);
        Node {
            line,
            is_read,
            value,
        }
    }
}

/// Each method takes the path of a value, such as `Auth/Authorizers`, and marks it as read.
impl Node {
    pub(super) fn at(&mut self, path: &str) -> Result<&mut Node> {
        let mut node = self;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let missing = Value::Missing(name.to_owned()).in_line(node.line);
            node = node.map("")?.entry(name.to_owned()).or_insert(missing);
        }
        node.is_read = true;
        Ok(node)
    }

    pub(super) fn is_missing(&self) -> bool {
        matches!(self.value, Value::Missing(_))
    }

    pub(super) fn required(&mut self, path: &str) -> Result<String> {
        let node = self.at(path)?;
        match &node.value {
            Value::Text(text) => Ok(text.clone()),
            Value::Missing(name) => bail!(node.line => "`{name}` is missing"),
            _ => bail!(node.line => "expected a text"),
        }
    }

    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>> {
        let node = self.at(path)?;
        (!node.is_missing()).then(|| node.required("")).transpose()
    }

    /// The logical id that a `Ref` refers to, or the text itself.
    pub(super) fn reference(&mut self, path: &str) -> Result<String> {
        let text = self.required(path)?;
        Ok(logical_id(&text).unwrap_or(&text).to_owned())
    }

    /// A number or a boolean.
    pub(super) fn parsed<T: FromStr>(&mut self, path: &str) -> Result<Option<T>> {
        let node = self.at(path)?;
        let text = node.text("")?.unwrap_or_default();
        match unquoted(&text).parse() {
            _ if node.is_missing() => Ok(None),
            Ok(value) => Ok(Some(value)),
            Err(_) => bail!(node.line => "expected a number, `true` or `false`, not `{text}`"),
        }
    }

    /// The items of a list, or the value itself, as a list of one.
    pub(super) fn items(&mut self, path: &str) -> Result<&mut [Node]> {
        Ok(match self.at(path)? {
            Node {
                value: Value::List(items),
                ..
            } => items,
            Node {
                value: Value::Missing(_),
                ..
            } => &mut [],
            node => slice::from_mut(node),
        })
    }

    pub(super) fn texts(&mut self, path: &str) -> Result<Vec<String>> {
        let items = self.items(path)?.iter_mut();
        items.map(|item| item.required("")).collect()
    }

    pub(super) fn map(&mut self, path: &str) -> Result<&mut BTreeMap<String, Node>> {
        let node = self.at(path)?;
        if node.is_missing() {
            node.value = Value::Map(BTreeMap::new());
        }
        match &mut node.value {
            Value::Map(entries) => Ok(entries),
            _ => bail!(node.line => "expected a mapping"),
        }
    }

    /// The entries of a mapping, in the order of the template.
    pub(super) fn entries(&mut self, path: &str) -> Result<Vec<(&String, &mut Node)>> {
        let mut entries: Vec<_> = self.map(path)?.iter_mut().collect();
        entries.sort_by_key(|(_, node)| node.line);
        Ok(entries)
    }
}

/// A text without the single quotes around values of a REST API.
pub(super) fn unquoted(text: &str) -> &str {
    text.trim_matches('\'')
}

/// The resource in `Resource.Attribute`.
pub(super) fn resource(name: &str) -> &str {
    name.split_once('.').map_or(name, |(resource, _)| resource)
}

/// The resource in a placeholder: `OrdersFunction` of `${OrdersFunction.Arn}`, at the start of the text or after
/// `functions/`.
pub(super) fn logical_id(text: &str) -> Option<&str> {
    let start = text.split_once("functions/").map_or(text, |(_, rest)| rest);
    let (name, _) = start.strip_prefix("${")?.split_once('}')?;
    Some(resource(name))
}
