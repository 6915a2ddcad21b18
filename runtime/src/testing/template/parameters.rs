//! The values of the template's parameters.

use std::collections::BTreeMap;

use super::error::{TemplateError, problem};
use super::node::{Node, Value};

/// The value of each parameter: the given one, or its default. Without a value, a parameter is an error if all are
/// required, and absent otherwise.
pub(super) fn values(
    document: &Node,
    given: &BTreeMap<String, String>,
    all: bool,
) -> Result<BTreeMap<String, Value>, TemplateError> {
    let declared = document.entries("Parameters")?;
    let mut values = BTreeMap::new();
    for (name, text) in given {
        if !name.starts_with("AWS::") && !declared.iter().any(|(other, _)| other == name) {
            return problem(
                None,
                format!("`{name}` is not a parameter of this template"),
            );
        }
        values.insert(name.clone(), Value::Text(text.clone()));
    }
    for (name, node) in declared {
        let line = node.line;
        let default = node.text("Default")?;
        let Some(text) = given.get(name).cloned().or(default) else {
            if all {
                return problem(
                    line,
                    format!("the parameter `{name}` has no default; set its value"),
                );
            }
            continue;
        };
        let allowed = node.texts("AllowedValues")?;
        if !allowed.is_empty() && !allowed.contains(&text) {
            let allowed = allowed.join("` or `");
            return problem(
                line,
                format!("the parameter `{name}` is `{allowed}`, not `{text}`"),
            );
        }
        let item = |item: &str| Node {
            line,
            value: Value::Text(item.trim().to_owned()),
        };
        let value = match node.text("Type")? {
            Some(kind) if kind.contains("List") => Value::List(text.split(',').map(item).collect()),
            _ => Value::Text(text),
        };
        values.insert(name.clone(), value);
    }
    Ok(values)
}
