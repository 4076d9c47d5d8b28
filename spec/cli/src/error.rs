//! What a command reports if it cannot do its work, and its exit code.

use std::io;

use errtable_spec::Diagnostic;

use crate::finding::Finding;

/// The result of a command as an exit code. The result of several inputs is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// There is nothing to report.
    Success = 0,
    /// The command found what it searches for, such as a problem in a table.
    Findings = 1,
    /// The command line or an input is not usable.
    Failure = 2,
}

impl Status {
    /// Returns the exit code of a command that goes on after an input that is not usable.
    pub(crate) fn of(errors: &[Error], has_findings: bool) -> Self {
        match (errors.is_empty(), has_findings) {
            (true, false) => Self::Success,
            (true, true) => Self::Findings,
            (false, _) => Self::Failure,
        }
    }
}

/// An input that is not usable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// An input that cannot be read or written, or that does not contain what the command requires.
    Input {
        /// What is wrong.
        message: String,
        /// What to do, if there is a suggestion.
        help: Option<String>,
    },
    /// A table with problems, in a command that requires a valid one.
    Table(Vec<Diagnostic>),
    /// An `errtable.toml` with problems.
    Project(Vec<Finding>),
}

impl Error {
    /// Creates an error of an input.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Input { message: message.into(), help: None }
    }

    /// Creates an error of the system, such as "cannot read `spec/a.json`: no such file".
    pub(crate) fn system(action: &str, name: &str, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "no such file or directory".to_owned(),
            io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
            // `create_dir_all` returns this if the path is that of a file.
            io::ErrorKind::AlreadyExists => "it is not a directory".to_owned(),
            _ => error.to_string(),
        };
        Self::new(format!("cannot {action} `{name}`: {why}"))
    }

    /// Adds a suggestion.
    pub(crate) fn with_help(self, help: impl Into<String>) -> Self {
        match self {
            Self::Input { message, .. } => Self::Input { message, help: Some(help.into()) },
            other => other,
        }
    }
}
