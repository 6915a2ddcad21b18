//! The values of options that clap does not parse itself.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;

/// The value of `--function`: `PATH`, or `NAME=PATH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FunctionPath {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

impl FromStr for FunctionPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_name = |name: &str| {
            let mut chars = name.chars();
            !name.is_empty() && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        };
        if let Some((name, path)) = text.split_once('=')
            && is_name(name)
        {
            return Ok(Self {
                name: name.to_owned(),
                path: program_path(path)?,
            });
        }
        let path = program_path(text)?;
        let name = path
            .file_stem()
            .map_or(text.into(), |name| name.to_string_lossy());
        Ok(Self {
            name: name.into_owned(),
            path: path.clone(),
        })
    }
}

/// Checks that a path is that of an executable file. The result is absolute, so that it is never looked up in `PATH`.
pub(crate) fn program_path(path: &str) -> Result<PathBuf, String> {
    let file = std::fs::metadata(path).map_err(|error| {
        format!("{error}; pass the path of a binary, such as `target/debug/orders`")
    })?;
    #[cfg(unix)]
    let is_executable = {
        use std::os::unix::fs::PermissionsExt as _;
        file.permissions().mode() & 0o111 != 0
    };
    #[cfg(not(unix))]
    let is_executable = true;
    if file.is_file() && is_executable {
        std::path::absolute(Path::new(path)).map_err(|error| error.to_string())
    } else {
        Err("not an executable file; pass the path of a binary built by `cargo build`".to_owned())
    }
}

/// The value of `--env`: `NAME=VALUE`, or `FUNCTION:NAME=VALUE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    /// `None` is for all functions.
    pub(crate) function: Option<String>,
    pub(crate) name: String,
    pub(crate) value: String,
}

impl FromStr for Variable {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text
            .split_once('=')
            .ok_or("write a variable as `NAME=VALUE`, or `FUNCTION:NAME=VALUE`")?;
        let (function, name) = match name.split_once(':') {
            Some((function, name)) => (Some(function.to_owned()), name),
            None => (None, name),
        };
        if name.is_empty() {
            return Err(format!(
                "`{text}` has no name; write a variable as `NAME=VALUE`"
            ));
        }
        Ok(Self {
            function,
            name: name.to_owned(),
            value: value.to_owned(),
        })
    }
}

/// The value of `--parameter`: `NAME=VALUE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) value: String,
}

impl FromStr for Parameter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((name, value)) if !name.is_empty() => Ok(Self {
                name: name.to_owned(),
                value: value.to_owned(),
            }),
            _ => Err("write a parameter as `NAME=VALUE`".to_owned()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ApiKind {
    Http,
    Rest,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Payload {
    #[value(name = "1.0")]
    V1,
    #[value(name = "2.0")]
    V2,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum NumberForm {
    Float64,
    AsWritten,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AuthorizerKind {
    Request,
    Token,
    /// `REQUEST` with simple responses
    Simple,
}

#[cfg(test)]
mod tests {
    use super::{FunctionPath, Variable, program_path};

    #[test]
    fn a_function_has_a_name_and_an_absolute_path() {
        let program = std::env::current_exe().unwrap();
        let path = program.to_str().unwrap();
        let named: FunctionPath = format!("orders={path}").parse().unwrap();
        assert_eq!((named.name.as_str(), &named.path), ("orders", &program));
        let unnamed: FunctionPath = path.parse().unwrap();
        assert_eq!(unnamed.name, program.file_stem().unwrap().to_str().unwrap());
        assert!(
            program_path("ls")
                .unwrap_err()
                .contains("pass the path of a binary")
        );
        assert!("a=".parse::<FunctionPath>().is_err());
    }

    #[test]
    fn a_variable_is_for_one_function_or_for_all() {
        let variable = |text: &str| {
            text.parse::<Variable>()
                .map(|v| (v.function, v.name, v.value))
        };
        let text = |text: &str| text.to_owned();
        assert_eq!(variable("A=b:c=d"), Ok((None, text("A"), text("b:c=d"))));
        assert_eq!(variable("f:A="), Ok((Some(text("f")), text("A"), text(""))));
        assert!(variable("A").is_err() && variable("=b").is_err() && variable("f:=b").is_err());
    }
}
