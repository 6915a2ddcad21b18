//! The pages of the modules, and the list in the README.

use std::fs;
use std::path::Path;

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The names of the modules, and their source.
fn modules() -> Vec<(String, String)> {
    let folder = Path::new(REPOSITORY).join("runtime/src/claims/issuers");
    let mut modules = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if name != "mod" {
            modules.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    assert_eq!(modules.len(), 6);
    modules
}

#[test]
fn each_page_has_a_row_for_each_constant() {
    for (module, source) in modules() {
        let rows = |constant: &str| {
            let cell = format!("| [`{constant}`] |");
            let rows = source.lines().filter(move |line| line.contains(&cell));
            rows.map(str::to_owned).collect::<Vec<_>>()
        };
        let constants = source.lines().filter_map(|line| {
            let (name, _) = line.strip_prefix("pub const ")?.split_once(':')?;
            Some(name)
        });
        let mut found = 0;
        for constant in constants {
            let [row] = &rows(constant)[..] else {
                panic!("{module}::{constant} has not one row");
            };
            let usage = format!("| `{module}::{constant}");
            assert!(row.contains(&usage), "{row}");
            found += 1;
        }
        assert!(found >= 2, "{module}");
        for section in ["# Claims", "# Configuration", "# Text"] {
            assert!(
                source.contains(&format!("\n//! {section}")),
                "{module} {section}"
            );
        }
    }
}

#[test]
fn the_readme_lists_each_module() {
    let readme = fs::read_to_string(Path::new(REPOSITORY).join("README.md")).unwrap();
    for (module, _) in modules() {
        let row = format!("| [`{module}`][{module}] | `{module}::");
        assert!(readme.contains(&row), "{module}");
        let link = format!("\n[{module}]: runtime/src/claims/issuers/{module}.rs\n");
        assert!(readme.contains(&link), "{module}");
    }
}
