//! CloudFormation's functions → their values.

use std::collections::BTreeMap;

use super::{Node, Result, Value, bail, resource};

/// What functions can refer to.
pub(super) struct Names {
    /// The values of parameters: the given ones, and defaults.
    pub(super) values: BTreeMap<String, Value>,
    /// Other names: of parameters without a value, and of resources.
    pub(super) without_value: Vec<String>,
    /// The names that [`resolve`](Self::resolve) has met.
    pub(super) references: Vec<String>,
}

impl Names {
    /// Replaces every function in a node by its value: by that of a parameter, or by a placeholder for what only AWS
    /// knows, such as `${Api}`, `${OrdersFunction.Arn}` or `${Fn::If}`.
    pub(super) fn resolve(&mut self, node: &mut Node) -> Result<()> {
        match &mut node.value {
            Value::Missing(_) | Value::Text(_) => {}
            Value::List(items) => items.iter_mut().try_for_each(|item| self.resolve(item))?,
            Value::Map(entries) => {
                for (key, value) in entries.iter_mut() {
                    let count = self.references.len();
                    self.resolve(value)?;
                    // SAM makes other resources of a function's events, so these are not references of the function.
                    if key == "Events" {
                        self.references.truncate(count);
                    }
                }
                if let (1, Some((name, argument))) = (entries.len(), entries.iter_mut().next())
                    && (name == "Ref" || name.starts_with("Fn::"))
                {
                    node.value = self.call(name, argument)?;
                }
            }
        }
        Ok(())
    }

    fn call(&mut self, function: &str, argument: &mut Node) -> Result<Value> {
        match (function, &argument.value) {
            ("Ref" | "Fn::Ref", _) => self.value(&argument.required("")?, argument.line),
            ("Fn::GetAtt", _) => self.value(&argument.texts("")?.join("."), argument.line),
            ("Fn::Sub", Value::Text(text)) => self.substitute(text, argument.line),
            _ => Ok(placeholder(function)),
        }
    }

    /// Replaces each `${Name}` in the text. `${!Name}` stands for the text `${Name}`.
    fn substitute(&mut self, text: &str, line: usize) -> Result<Value> {
        let mut parts = text.split("${");
        let mut result = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or((part, ""));
            let value = match name.strip_prefix('!') {
                Some(literal) => placeholder(literal),
                None => self.value(name, line)?,
            };
            result.push_str(&value.in_line(line).required("")?);
            result.push_str(rest);
        }
        Ok(Value::Text(result))
    }

    fn value(&mut self, name: &str, line: usize) -> Result<Value> {
        if let Some(value) = self.values.get(name) {
            return Ok(value.clone());
        }
        // It removes the property.
        if name == "AWS::NoValue" {
            return Ok(Value::Missing(name.to_owned()));
        }
        let id = resource(name);
        // SAM adds resources, such as `OrdersFunctionRole` for `OrdersFunction`.
        let is_generated = |rest: &str| rest.is_empty() || rest.starts_with(char::is_uppercase);
        let is_known = |name: &String| id.strip_prefix(name.as_str()).is_some_and(is_generated);
        if !id.contains("::") && !self.without_value.iter().any(is_known) {
            bail!(line => "`{id}` is neither a parameter nor a resource of this template");
        }
        self.references.push(id.to_owned());
        Ok(placeholder(name))
    }
}

fn placeholder(name: &str) -> Value {
    Value::Text(format!("${{{name}}}"))
}
