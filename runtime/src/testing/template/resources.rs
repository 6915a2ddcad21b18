//! The resources of a template, with the values of their functions and with SAM's `Globals`.

use std::collections::BTreeMap;
use std::mem;

use super::{Names, Node, Result, Value, bail};

/// Each resource's line and the names that it refers to.
type Graph = BTreeMap<String, (usize, Vec<String>)>;

pub(super) struct Resource {
    pub(super) id: String,
    /// The type, without `AWS::`.
    pub(super) kind: String,
    pub(super) node: Node,
}

/// Reads the resources, and checks that every name that the template refers to exists.
pub(super) fn read(document: &mut Node, mut names: Names) -> Result<Vec<Resource>> {
    let declared = document.map("Resources")?.clone();
    if declared.is_empty() {
        bail!(document.line => "`Resources` is missing");
    }
    names.without_value.extend(declared.keys().cloned());
    names.resolve(document.at("Globals")?)?;
    names.resolve(document.at("Outputs")?)?;
    let (mut resources, mut graph) = (Vec::new(), Graph::new());
    for (id, mut node) in declared {
        names.references = node.texts("DependsOn")?;
        names.resolve(&mut node)?;
        graph.insert(id.clone(), (node.line, mem::take(&mut names.references)));
        let kind = node.required("Type")?;
        let kind = kind.strip_prefix("AWS::").unwrap_or_default().to_owned();
        let section = kind.strip_prefix("Serverless::").unwrap_or("none");
        let globals = document.at(&format!("Globals/{section}"))?;
        merge(globals, node.at("Properties")?);
        node.at("Properties")?.line = node.line;
        resources.push(Resource { id, kind, node });
    }
    check_cycles(graph)?;
    Ok(resources)
}

/// Adds what the properties do not have. As SAM does, mappings are merged, and lists appended.
fn merge(globals: &Node, properties: &mut Node) {
    match (&globals.value, &mut properties.value) {
        (Value::Map(globals), Value::Map(properties)) => {
            for (key, global) in globals {
                let missing = Value::Missing(key.clone()).in_line(global.line);
                merge(global, properties.entry(key.clone()).or_insert(missing));
            }
        }
        (Value::List(globals), Value::List(items)) => *items = [globals.as_slice(), items].concat(),
        (value, Value::Missing(_)) => properties.value = value.clone(),
        _ => {}
    }
}

fn check_cycles(mut graph: Graph) -> Result<()> {
    loop {
        let before = graph.clone();
        // A resource that refers to no other, or to which no other refers, is in no cycle.
        graph.retain(|id, (_, references)| {
            let is_target = before.values().any(|(_, others)| others.contains(id));
            is_target && references.iter().any(|id| before.contains_key(id))
        });
        if graph.len() == before.len() {
            break;
        }
    }
    if let Some((line, _)) = graph.values().next() {
        let ids = graph.keys().cloned().collect::<Vec<_>>().join("`, `");
        bail!(line => "resources refer to each other in a cycle: `{ids}`");
    }
    Ok(())
}
