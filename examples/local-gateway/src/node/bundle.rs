//! Bundles the code of a function with esbuild, as SAM does.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use tokio::process::Command;

use super::{Node, NodeError, NodeFunction};
use crate::template;

/// The folder for bundles, next to the caches of other tools.
const CACHE: &str = "node_modules/.cache/local-gateway";

/// Bundles the entry point of the module, and returns the path of the bundle.
///
/// Several gateways may do so at the same time, so the bundle replaces the previous one at once, and only if it differs.
pub(super) async fn bundle(
    function: &NodeFunction,
    folder: &Path,
    entry_points: &[String],
    module: &str,
    node: &Node,
) -> Result<PathBuf, NodeError> {
    let failed =
        |reason: String| NodeError::Invalid(format!("cannot bundle `{}`: {reason}", function.name));
    let module = module.rsplit('/').next().unwrap_or(module);
    let is_entry = |entry: &&String| {
        Path::new(entry)
            .file_stem()
            .is_some_and(|stem| stem == module)
    };
    let entry = entry_points.iter().find(is_entry).ok_or_else(|| {
        failed(format!(
            "`EntryPoints` has no file `{module}` for the handler `{}`",
            function.handler
        ))
    })?;
    function.check_packages(folder)?;
    let esbuild = folder.join("node_modules/.bin/esbuild");
    if !esbuild.exists() {
        return Err(function.unavailable(&format!(
            "needs esbuild; run `npm install --save-dev esbuild --prefix {}`",
            template::shown(folder).display()
        )));
    }
    let cache = folder.join(CACHE).join(&function.name);
    let bundle = cache.join(format!("{module}.cjs"));
    let new = cache.join(format!("{module}.{}.cjs", std::process::id()));
    let output = run(&esbuild, folder, entry, &new, node).await;
    let output =
        output.map_err(|error| failed(format!("cannot run {}: {error}", esbuild.display())))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(failed(format!("esbuild failed:\n{}", errors.trim())));
    }
    let replaced = replace(&new, &bundle);
    replaced.map_err(|error| failed(format!("{}: {error}", bundle.display())))?;
    Ok(bundle)
}

async fn run(
    esbuild: &Path,
    folder: &Path,
    entry: &str,
    bundle: &Path,
    node: &Node,
) -> io::Result<Output> {
    Command::new(esbuild)
        // An entry that starts with `-` is not an option.
        .arg(Path::new(".").join(entry))
        .args([
            "--bundle",
            "--platform=node",
            "--format=cjs",
            "--log-level=warning",
        ])
        .arg(format!("--target=node{}", node.major))
        .arg(format!("--outfile={}", bundle.display()))
        .current_dir(folder)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
}

fn replace(new: &Path, bundle: &Path) -> io::Result<()> {
    if fs::read(bundle).is_ok_and(|old| fs::read(new).is_ok_and(|new| new == old)) {
        return fs::remove_file(new);
    }
    fs::rename(new, bundle)
}
