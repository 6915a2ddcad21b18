//! CloudFormation's functions → their values.

use super::error::{TemplateError, problem};
use super::node::{Node, Value};

/// Returns the value of a parameter, or the placeholder of a resource, such as `${Api}` or `${OrdersFunction.Arn}`, or
/// of a function that is not evaluated. Called with the name and the line.
pub(super) type Lookup<'a> = dyn FnMut(&str, usize) -> Result<Value, TemplateError> + 'a;

/// Replaces every function in a node by its value.
pub(super) fn resolve(node: &Node, lookup: &mut Lookup<'_>) -> Result<Node, TemplateError> {
    let line = node.line;
    let value = match &node.value {
        Value::Text(text) => Value::Text(text.clone()),
        Value::List(items) => {
            let items = items.iter().map(|item| resolve(item, lookup));
            Value::List(items.collect::<Result<_, _>>()?)
        }
        Value::Map(entries) => match entries.as_slice() {
            [(name, argument)] if name == "Ref" || name.starts_with("Fn::") => {
                let argument = resolve(argument, lookup)?;
                call(name, &argument, lookup)?
            }
            _ => {
                let mut resolved = Vec::new();
                for (key, value) in entries {
                    let value = resolve(value, lookup)?;
                    // `AWS::NoValue` removes the property.
                    if !matches!(&value.value, Value::Text(text) if text == "${AWS::NoValue}") {
                        resolved.push((key.clone(), value));
                    }
                }
                Value::Map(resolved)
            }
        },
    };
    Ok(Node { line, value })
}

fn call(name: &str, argument: &Node, lookup: &mut Lookup<'_>) -> Result<Value, TemplateError> {
    let line = argument.line;
    match (name, &argument.value) {
        ("Ref" | "Fn::GetAtt", Value::Text(name)) => lookup(name, line),
        ("Fn::GetAtt", Value::List(_)) => lookup(&argument.texts("")?.join("."), line),
        ("Fn::Sub", Value::Text(text)) => substitute(text, &[], line, lookup),
        ("Fn::Sub" | "Fn::Join", Value::List(items)) => match items.as_slice() {
            [separator, list] if name == "Fn::Join" => {
                Ok(Value::Text(list.texts("")?.join(&separator.required("")?)))
            }
            [text, variables] => {
                substitute(&text.required("")?, variables.entries("")?, line, lookup)
            }
            _ => problem(line, format!("`{name}` takes two arguments")),
        },
        ("Ref" | "Fn::GetAtt" | "Fn::Sub" | "Fn::Join", _) => {
            problem(line, format!("the argument of `{name}` has the wrong type"))
        }
        _ => lookup(name, line),
    }
}

/// Replaces each `${Name}` in the text. `${!Name}` stands for the text `${Name}`.
fn substitute(
    text: &str,
    variables: &[(String, Node)],
    line: usize,
    lookup: &mut Lookup<'_>,
) -> Result<Value, TemplateError> {
    let mut parts = text.split("${");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        let variable = variables.iter().find(|(key, _)| key == name);
        let value = match (name.strip_prefix('!'), variable) {
            (Some(literal), _) => Value::Text(format!("${{{literal}}}")),
            (None, Some((_, node))) => node.value.clone(),
            (None, None) => lookup(name, line)?,
        };
        match value {
            Value::Text(text) => result.push_str(&text),
            _ => return problem(line, format!("`{name}` is not a text")),
        }
        result.push_str(rest);
    }
    Ok(Value::Text(result))
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
