//! Checks that every name that the template refers to exists, and that resources do not refer to each other in a
//! cycle.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{TemplateError, problem};
use super::node::{Node, Value};
use super::values::{resolve, resource};

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Checks the references in all resources and outputs.
pub(super) fn check(document: &Node) -> Result<(), TemplateError> {
    let resources = document.entries("Resources")?;
    let parameters = document.entries("Parameters")?;
    let known = || resources.iter().chain(parameters);
    let unchecked = |_: &str, _| Ok(Value::Text(String::new()));
    let mut graph = Graph::new();
    for section in ["Resources", "Outputs", "Globals"] {
        for (_, node) in document.entries(section)? {
            resolve(node, &mut |name, line| {
                let id = resource(name);
                let is_known = id.contains("::")
                    || known().any(|(other, _)| id == other || is_generated(id, other));
                if is_known {
                    return unchecked(name, line);
                }
                problem(
                    line,
                    format!("`{id}` is neither a parameter nor a resource of this template"),
                )
            })?;
        }
    }
    for (id, node) in resources.iter().filter(|(id, _)| !id.starts_with("Fn::")) {
        let targets = graph.entry(id.clone()).or_default();
        targets.extend(node.texts("DependsOn")?);
        // SAM makes other resources of a function's events.
        let properties = node.entries("Properties")?.iter();
        for (_, property) in properties.filter(|(key, _)| key != "Events") {
            resolve(property, &mut |name, line| {
                targets.insert(resource(name).to_owned());
                unchecked(name, line)
            })?;
        }
    }
    let mut done = BTreeSet::new();
    for (id, node) in resources {
        cycle(&graph, id, node.line, &mut Vec::new(), &mut done)?;
    }
    Ok(())
}

/// Whether SAM adds a resource with this name, such as `OrdersFunctionRole` for `OrdersFunction`.
fn is_generated(name: &str, resource: &str) -> bool {
    let mut kinds = "Alias Deployment Permission Role Stage Url Version".split(' ');
    let rest = name.strip_prefix(resource);
    rest.is_some_and(|rest| kinds.any(|kind| rest.contains(kind)))
}

/// Follows the references from a resource.
fn cycle(
    graph: &Graph,
    id: &str,
    line: usize,
    path: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) -> Result<(), TemplateError> {
    path.push(format!("`{id}`"));
    if path
        .iter()
        .filter(|other| path.last() == Some(other))
        .count()
        == 2
    {
        let cycle = path.iter().skip_while(|other| path.last() != Some(other));
        let cycle = cycle.cloned().collect::<Vec<_>>().join(" → ");
        return problem(
            line,
            format!("resources refer to each other in a cycle: {cycle}"),
        );
    }
    if !done.contains(id) {
        for target in graph.get(id).into_iter().flatten() {
            cycle(graph, target, line, path, done)?;
        }
        done.insert(id.to_owned());
    }
    path.pop();
    Ok(())
}
