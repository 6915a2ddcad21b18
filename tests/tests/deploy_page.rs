//! The guide's page "Deploy": its files and templates are those of the examples, which other tests build and run.

use std::fs;
use std::path::{Path, PathBuf};

use require_claims::testing::template::Template;

const PAGE: &str = include_str!("../../runtime/docs/deploy.md");

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    let path = repository().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The code blocks with this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let start = format!("```{language}\n");
    let blocks = PAGE.split(&start).skip(1);
    blocks
        .map(|block| block.split_once("```").unwrap().0)
        .collect()
}

/// The result of each `sed` command: the file that it reads, and the template that it writes.
fn templates() -> Vec<(&'static str, String)> {
    let commands = PAGE.lines().filter_map(|line| {
        let (expression, file) = line.strip_prefix("sed 's|")?.split_once("|' ")?;
        let (from, to) = expression.split_once('|').unwrap();
        let file = file.strip_prefix("../require-claims/").unwrap();
        let file = file.strip_suffix(" > template.yaml").unwrap();
        let text = read(file);
        assert!(text.contains(from), "{file}");
        Some((file, text.replace(from, to)))
    });
    commands.collect()
}

#[test]
fn writes_a_guarded_template_for_each_authorizer() {
    let templates = templates();
    assert_eq!(templates.len(), 3);
    for (file, text) in &templates {
        assert!(text.contains("CodeUri: .\n"), "{file}");
        let template = Template::parse(text, "template.yaml").unwrap();
        template
            .public("GET /health")
            .assert_guarded("OrdersFunction");
    }
}

#[test]
fn shows_parts_of_the_examples() {
    let templates: String = templates().into_iter().map(|(_, text)| text).collect();
    for block in blocks("yaml") {
        assert!(templates.contains(block), "{block}");
    }
    let handlers = read("examples/orders/src/handlers.rs");
    for block in blocks("rs") {
        assert!(handlers.contains(block), "{block}");
    }

    // What the reader adds to the template.
    let added = "      CodeUri: ../require-claims\n";
    let [function, message] = blocks("text")[..] else {
        panic!("other text blocks: {:?}", blocks("text"));
    };
    let (before, after) = function.split_once(added).unwrap();
    assert!(templates.contains(before) && after.is_empty(), "{before}");

    let [(_, http), ..] = &self::templates()[..] else {
        panic!("no template");
    };
    let route = "            Method: GET\n            Path: /orders\n";
    assert_eq!(http.matches(route).count(), 1);
    let open = format!("{route}            Auth: {{Authorizer: NONE}}\n");
    let template = Template::parse(&http.replace(route, &open), "template.yaml").unwrap();
    let findings = template.public("GET /health").findings("OrdersFunction");
    let [finding] = &findings.unwrap()[..] else {
        panic!("other findings");
    };
    assert_eq!(finding.to_string(), message.trim_end());
}

/// The lines of a manifest's `[dependencies]`, without where the crates come from.
fn dependencies(manifest: &str) -> Vec<String> {
    let (_, table) = manifest.split_once("[dependencies]\n").unwrap();
    let lines = table.lines().take_while(|line| !line.is_empty());
    let lines = lines.map(|line| {
        let (name, value) = line.split_once([' ', '.']).unwrap();
        let features = value
            .split_once("features = ")
            .map_or("", |(_, features)| features);
        format!("{name} {features}")
    });
    lines.collect()
}

#[test]
fn the_manifest_has_the_dependencies_of_the_example() {
    let [manifest] = blocks("toml")[..] else {
        panic!("not one manifest");
    };
    let example = dependencies(&read("examples/orders/Cargo.toml"));
    assert_eq!(dependencies(manifest), example);
    assert!(example.len() > 3, "{example:?}");
}

#[test]
fn every_file_that_it_names_exists() {
    let words = PAGE.split(|c: char| c.is_whitespace() || c == '`');
    let mut files = words.filter_map(|word| word.strip_prefix("../require-claims/"));
    let count = files.by_ref().fold(0, |count, file| {
        let file = file.trim_end_matches("*.rs");
        assert!(repository().join(file).exists(), "{file}");
        count + 1
    });
    assert!(count > 5, "{count}");
}
