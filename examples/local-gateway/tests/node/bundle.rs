//! Code that is bundled, by a program in place of esbuild, and code that cannot be run.

use std::path::Path;

use crate::program::{Program, command};
use crate::{folder, has_node, template};

/// Copies the entry point, without its types.
const ESBUILD: &str = r#"#!/bin/sh
for argument; do
  case $argument in
    --outfile=*) mkdir -p "$(dirname "${argument#*=}")" && sed 's/: string//' "$1" > "${argument#*=}" ;;
  esac
done
echo "$@" > arguments
"#;

const CODE: &str = "exports.handler = async () => { const text: string = 'bundled'; return { statusCode: 200, body: text } }";

fn bundled(entry_points: &str) -> String {
    let metadata = format!(
        "    Metadata: {{BuildMethod: esbuild, BuildProperties: {{EntryPoints: [{entry_points}]}}}}\n"
    );
    template("HttpApi", "index.handler", &metadata)
}

/// The message of a program that cannot start.
fn error(template: &Path) -> String {
    let output = command(template).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let error = String::from_utf8(output.stderr).unwrap();
    let place = format!("error: {}:6: ", template.display());
    error
        .strip_prefix(&place)
        .unwrap_or_else(|| panic!("{error}"))
        .to_owned()
}

#[test]
fn bundles_the_entry_point_of_the_handler() {
    if !has_node() {
        return;
    }
    let template = bundled("src/other.ts, src/index.ts");
    let folder = folder(
        "bundle",
        &[
            ("template.yaml", &*template),
            ("code/src/index.ts", CODE),
            ("code/node_modules/.bin/esbuild", ESBUILD),
            // The bundle is a CommonJS module all the same.
            ("code/package.json", r#"{"type": "module"}"#),
        ],
    );
    let program = Program::start(&folder.join("template.yaml"));
    assert_eq!(program.get("/orders").body(), "bundled");
    let arguments = std::fs::read_to_string(folder.join("code/arguments")).unwrap();
    assert!(
        arguments.starts_with("./src/index.ts --bundle --platform=node --format=cjs"),
        "{arguments}"
    );
    let cache = folder.join("code/node_modules/.cache/local-gateway/NodeFunction");
    let files = || {
        std::fs::read_dir(&cache)
            .unwrap()
            .map(|file| file.unwrap().file_name())
    };
    assert_eq!(files().collect::<Vec<_>>(), ["index.cjs"]);
    // A second gateway leaves the same bundle as it is, so the processes of the first one continue.
    let modified = || {
        std::fs::metadata(cache.join("index.cjs"))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = modified();
    Program::start(&folder.join("template.yaml")).stop();
    assert_eq!(modified(), before);
    assert_eq!(files().collect::<Vec<_>>(), ["index.cjs"]);
}

#[test]
fn reports_code_that_cannot_be_bundled_or_found_with_file_and_line() {
    if !has_node() {
        return;
    }
    let failing = "#!/bin/sh\necho 'ERROR: Expected \";\"' >&2\nexit 1\n";
    let folder = folder(
        "no-bundle",
        &[
            ("fails.yaml", &*bundled("src/index.ts")),
            ("entry.yaml", &*bundled("src/other.ts")),
            ("file.yaml", &*template("HttpApi", "src/index.handler", "")),
            ("handler.yaml", &*template("HttpApi", "index", "")),
            (
                "folder.yaml",
                &*template("HttpApi", "index.handler", "")
                    .replace("CodeUri: code", "CodeUri: none"),
            ),
            ("code/src/index.ts", CODE),
            ("code/node_modules/.bin/esbuild", failing),
        ],
    );
    for (file, message) in [
        (
            "fails.yaml",
            "cannot bundle `NodeFunction`: esbuild failed:\nERROR: Expected \";\"\n",
        ),
        (
            "entry.yaml",
            "cannot bundle `NodeFunction`: `EntryPoints` has no file `index` for the handler `index.handler`\n",
        ),
        (
            "handler.yaml",
            "cannot run `NodeFunction`: expected `Handler` to be a file and an export, such as `index.handler`, found `index`\n",
        ),
    ] {
        assert_eq!(error(&folder.join(file)), message);
    }
    for (file, message) in [
        ("file.yaml", "code/src/index.js does not exist\n"),
        ("folder.yaml", "no-bundle/none: No such file"),
    ] {
        let error = error(&folder.join(file));
        assert!(error.contains(message), "{error}");
    }
}
