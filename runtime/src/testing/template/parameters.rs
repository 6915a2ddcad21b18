//! The values of the template's parameters.

use std::collections::BTreeMap;

use super::{Names, Node, Result, Value, bail};

/// Reads the parameters. One without a value is an error if all are required, and otherwise a name without a value.
pub(super) fn read(
    document: &mut Node,
    given: &BTreeMap<String, String>,
    all_required: bool,
) -> Result<Names> {
    let (mut values, mut without_value) = (BTreeMap::new(), Vec::new());
    let section = document.at("Parameters")?;
    for (name, text) in given {
        if !name.starts_with("AWS::") && !section.map("")?.contains_key(name) {
            bail!(section.line => "`{name}` is not a parameter of this template");
        }
        values.insert(name.clone(), Value::Text(text.clone()));
    }
    for (name, node) in section.entries("")? {
        let line = node.line;
        let kind = node.required("Type")?;
        // The default of a parameter of such a type is where AWS finds the value.
        let is_stored = kind.starts_with("AWS::SSM::");
        let default = node.text("Default")?.filter(|_| !is_stored);
        let Some(text) = given.get(name).cloned().or(default) else {
            if all_required {
                bail!(line => "the parameter `{name}` has no default; set its value");
            }
            without_value.push(name.clone());
            continue;
        };
        let allowed = node.texts("AllowedValues")?;
        if !allowed.is_empty() && !allowed.contains(&text) {
            let allowed = allowed.join("` or `");
            bail!(line => "the parameter `{name}` is `{allowed}`, not `{text}`");
        }
        let is_list = kind.contains("List");
        let item = |item: &str| Value::Text(item.trim().to_owned()).in_line(line);
        let list = Value::List(text.split(',').map(item).collect());
        let value = if is_list { list } else { Value::Text(text) };
        values.insert(name.clone(), value);
    }
    let references = Vec::new();
    Ok(Names {
        values,
        without_value,
        references,
    })
}
