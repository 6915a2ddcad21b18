//! A template as a tree: texts, lists and mappings, each with its line.

use std::str::FromStr;

use super::error::{TemplateError, problem};

/// A value of the template. The line of a mapping's value is that of its key. CloudFormation's functions are mappings
/// with one key, such as `Ref` or `Fn::Sub`, in both of their spellings.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) value: Value,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// The methods take a path, such as `Properties/Auth`.
impl Node {
    pub(super) fn at(&self, path: &str) -> Result<Option<&Node>, TemplateError> {
        let mut node = self;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let Value::Map(entries) = &node.value else {
                return problem(node.line, format!("expected a mapping with `{name}`"));
            };
            match entries.iter().find(|(key, _)| key == name) {
                Some((_, value)) => node = value,
                None => return Ok(None),
            }
        }
        Ok(Some(node))
    }

    pub(super) fn text(&self, path: &str) -> Result<Option<String>, TemplateError> {
        match self.at(path)? {
            Some(Node {
                value: Value::Text(text),
                ..
            }) => Ok(Some(text.clone())),
            Some(node) => problem(node.line, "expected a text"),
            None => Ok(None),
        }
    }

    pub(super) fn required(&self, path: &str) -> Result<String, TemplateError> {
        let missing = || problem(self.line, format!("`{path}` is missing"));
        self.text(path)?.map_or_else(missing, Ok)
    }

    /// A number or a boolean.
    pub(super) fn parsed<T: FromStr>(&self, path: &str) -> Result<Option<T>, TemplateError> {
        let Some(node) = self.at(path)? else {
            return Ok(None);
        };
        let text = node.required("")?;
        let unexpected = |_| problem(node.line, format!("`{path}` cannot be `{text}`"));
        unquoted(&text)
            .parse()
            .map_or_else(unexpected, |value| Ok(Some(value)))
    }

    /// The items of a list, or the value itself, as a list of one.
    pub(super) fn items(&self, path: &str) -> Result<&[Node], TemplateError> {
        Ok(match self.at(path)? {
            Some(Node {
                value: Value::List(items),
                ..
            }) => items,
            Some(node) => std::slice::from_ref(node),
            None => &[],
        })
    }

    pub(super) fn texts(&self, path: &str) -> Result<Vec<String>, TemplateError> {
        self.items(path)?
            .iter()
            .map(|item| item.required(""))
            .collect()
    }

    pub(super) fn entries(&self, path: &str) -> Result<&[(String, Node)], TemplateError> {
        match self.at(path)? {
            Some(Node {
                value: Value::Map(entries),
                ..
            }) => Ok(entries),
            Some(node) => problem(node.line, "expected a mapping"),
            None => Ok(&[]),
        }
    }
}

/// A text without the single quotes around values of a REST API.
pub(super) fn unquoted(text: &str) -> &str {
    text.trim_matches('\'')
}
