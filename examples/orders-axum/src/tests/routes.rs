//! The list of routes in `ROUTES.md`.

use std::fs;
use std::path::Path;

use crate::routes;

const UPDATE: &str = "UPDATE=1 cargo test -p orders-axum routes_file";

#[test]
fn routes_file_lists_the_routes() {
    let expected = format!(
        "# Routes\n\n`{UPDATE}` writes this file.\n\n{}",
        routes().routes()
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ROUTES.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    // Git may have checked out the file with other line ends.
    let found = fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        found == expected,
        "ROUTES.md does not list the routes of the router. If the change is intended, run `{UPDATE}` and commit the \
         file.\n\nin the file:\n{found}\nin the router:\n{expected}"
    );
}
