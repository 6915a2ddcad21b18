//! A Lambda function: its program, and how to tell that the program was built again.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The Lambda function: a program with its arguments and environment.
#[derive(Clone, Debug)]
pub struct Function {
    /// The path of the Lambda binary.
    pub program: PathBuf,
    /// Arguments of the program. (Lambda itself passes none.)
    pub arguments: Vec<OsString>,
    /// The working directory, if it is not the gateway's.
    pub folder: Option<PathBuf>,
    /// The file with the code, if it is not the program: a change of it restarts the processes.
    pub code: Option<PathBuf>,
    /// Additional environment variables. They override those that Lambda sets.
    pub environment: Vec<(String, String)>,
    /// The function's timeout for one event, instead of the gateway's default.
    pub timeout: Option<Duration>,
    /// Why this gateway cannot run the function, which has no program then. Its requests get a 501 with this text.
    pub unavailable: Option<String>,
}

impl<P: Into<PathBuf>> From<P> for Function {
    fn from(program: P) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
            folder: None,
            code: None,
            environment: Vec::new(),
            timeout: None,
            unavailable: None,
        }
    }
}

/// The state of a program's file, which a build changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileState {
    modified: Option<SystemTime>,
    size: u64,
}

impl Function {
    /// The path of the program. A name without a slash is a file in the current directory: unlike a shell, the gateway
    /// never looks for it in `PATH`.
    pub(super) fn program_path(&self) -> PathBuf {
        if self.program.parent() == Some(Path::new("")) {
            return Path::new(".").join(&self.program);
        }
        self.program.clone()
    }

    /// The state of the file with the code, or `None` if it does not exist, for example during a build.
    pub(super) fn file_state(&self) -> Option<FileState> {
        let program = || self.program_path();
        let metadata = std::fs::metadata(self.code.clone().unwrap_or_else(program)).ok()?;
        Some(FileState {
            modified: metadata.modified().ok(),
            size: metadata.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Function;

    #[test]
    fn a_name_without_a_slash_is_a_file_in_the_current_directory() {
        for (program, expected) in [("ls", "./ls"), ("./ls", "./ls"), ("/bin/ls", "/bin/ls")] {
            assert_eq!(Function::from(program).program_path(), Path::new(expected));
        }
    }
}
