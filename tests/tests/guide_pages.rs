//! The guide's pages: each link leads to a file and a heading, each named test exists, and the index lists each page.
//! The README's costs are the recorded ones.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

const PAGES: &str = "runtime/docs";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The guide's pages, the README and SECURITY.md.
fn pages() -> Vec<PathBuf> {
    let files = fs::read_dir(repository().join(PAGES)).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let others = ["README.md", "SECURITY.md"].map(|name| repository().join(name));
    files.chain(others).collect()
}

/// The lines of a page that are not code.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    page.split("\n```").step_by(2).flat_map(str::lines)
}

/// A heading's anchor, as GitHub and rustdoc write it.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = words.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
        _ => None,
    });
    kept.collect()
}

fn has_heading(page: &str, expected: &str) -> bool {
    let mut headings = prose(page).filter(|line| line.starts_with('#'));
    headings.any(|heading| anchor(heading) == expected)
}

/// The targets of a page's links within this repository, such as `testing.md#the-template`.
fn links(page: &str) -> impl Iterator<Item = &str> {
    let definitions = prose(page).filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
    let inline = prose(page).flat_map(|line| line.split("](").skip(1));
    let inline = inline.filter_map(|rest| Some(rest.split_once(')')?.0));
    let links = definitions.map(|(_, target)| target).chain(inline);
    links.filter(|target| !target.starts_with("http"))
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut anchors = 0;
    for path in pages() {
        let page = read(&path);
        for link in links(&page) {
            let place = format!("{}: {link}", path.display());
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => path.clone(),
                file => path.parent().unwrap().join(file),
            };
            assert!(target.exists(), "{place}");
            if !heading.is_empty() {
                assert!(has_heading(&read(&target), heading), "{place}");
                anchors += 1;
            }
        }
    }
    assert!(anchors > 30, "{anchors}");
}

/// The tests in a table's last column: `` `file.rs`: `name`, `other_name`; … `` in `tests/tests/`, or in the repository.
fn assert_tests_exist(cell: &str, place: &str) -> usize {
    let mut file = None;
    let mut names = 0;
    for word in cell.split('`').skip(1).step_by(2) {
        let is_file = Path::new(word).extension().is_some_and(|end| end == "rs");
        if is_file || word.ends_with('/') {
            let is_in_tests = !word.starts_with("runtime/");
            let folder = if is_in_tests { "tests/tests" } else { "" };
            let path = repository().join(folder).join(word);
            assert!(path.exists(), "{place}: {word}");
            file = is_file.then(|| read(&path));
        } else if let Some(source) = file.as_ref().filter(|_| !word.contains(' ')) {
            assert!(source.contains(&format!("fn {word}(")), "{place}: {word}");
            names += 1;
        }
    }
    names
}

#[test]
fn every_test_that_a_guarantee_or_an_attack_names_exists() {
    for (page, least) in [("runtime/docs/guarantees.md", 18), ("SECURITY.md", 70)] {
        let text = read(&repository().join(page));
        let rows = prose(&text).filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
        let cells = rows.filter_map(|row| Some(row.rsplit_once(" | ")?.1));
        let count: usize = cells.map(|cell| assert_tests_exist(cell, page)).sum();
        assert!(count >= least, "{page}: {count}");
    }
}

#[test]
fn the_index_the_readme_and_the_docs_have_each_page() {
    let places = [
        "runtime/docs/README.md",
        "README.md",
        "runtime/src/guide.rs",
    ];
    let places = places.map(|path| (path, read(&repository().join(path))));
    let mut count = 0;
    for file in fs::read_dir(repository().join(PAGES)).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let name = path.file_name().and_then(|name| name.to_str()).unwrap();
        for (path, text) in &places {
            let is_linked =
                text.contains(name) || *path == "runtime/docs/README.md" && name == "README.md";
            assert!(is_linked, "{path}: {name}");
        }
        count += 1;
    }
    assert!(count > 8, "{count}");
}

/// A line of the recorded counts as the case and its count.
fn flipped(line: &str) -> Option<(&str, &str)> {
    let (count, case) = line.split_once(' ')?;
    Some((case, count))
}

/// `.ci/instructions update` records the counts, and `.ci/instructions` compares them.
#[test]
fn the_costs_of_the_readme_are_the_recorded_ones() {
    let recorded = read(&repository().join("runtime/benches/instructions/counts.txt"));
    let recorded: HashMap<_, _> = recorded.lines().filter_map(flipped).collect();
    let readme = read(&repository().join("README.md"));
    let (_, table) = readme
        .split_once("| Case | Guard | By hand | Event |")
        .unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut count = 0;
    for row in rows.take_while(|row| row.ends_with(" |")) {
        let (case, rest) = row.split_once('`').unwrap();
        let cells: Vec<_> = rest
            .split('|')
            .map(|cell| cell.trim().replace(',', ""))
            .collect();
        let by_hand = match case {
            "axum" => "text by hand".to_owned(),
            "token" => "token by hand Value".to_owned(),
            _ => format!("{case} by hand"),
        };
        let is_token = case.starts_with("token");
        let event = if is_token {
            "event with token"
        } else {
            "event"
        };
        assert_eq!(cells[1], recorded[case], "{case}");
        for (cell, other) in [(&cells[2], &*by_hand), (&cells[3], event)] {
            assert!(
                cell.is_empty() || *cell == recorded[other],
                "{case}: {other}"
            );
        }
        count += 1;
    }
    assert_eq!(count, 7);
}
