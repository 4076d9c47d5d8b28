//! The `errtable` command: creates, checks, compares and documents tables of error codes, and
//! explains the codes.
//!
//! Each command is a module that returns a value. Only `print` writes to standard output and
//! standard error. The library is for the command and its tests, and may change in any release.

#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used))]

pub mod check;
mod cli;
pub mod diff;
pub mod doc;
mod engine;
pub mod envelope;
pub mod error;
pub mod explain;
pub mod export;
pub mod finding;
pub mod fmt;
pub mod import;
pub mod input;
mod lint;
mod place;
pub mod print;
pub mod project;
pub mod replace;
mod revision;
mod row;
mod rule;
mod value;

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use self::cli::{Cli, Command, SchemaOf};
use self::diff::Comparison;
use self::error::{Error, Status};
use self::input::Input;

/// Runs the command line of the process, and returns its exit code.
#[must_use]
pub fn run() -> ExitCode {
    let unusable = |error| print::error(&error).map(|()| Status::Failure);
    let status = dispatch(Cli::parse().command).unwrap_or_else(unusable).unwrap_or_else(|error| {
        // The reader of a pipe may close it early, as `head` does.
        if error.kind() != ErrorKind::BrokenPipe {
            print::output_error(&error);
        }
        Status::Failure
    });
    ExitCode::from(status as u8)
}

/// Runs a command. Returns an error if an input is not usable. The inner error is that of printing.
fn dispatch(command: Command) -> Result<io::Result<Status>, Error> {
    Input::check_stdin(&command.inputs())?;
    Ok(match command {
        Command::Check { inputs, rules, format } if inputs.is_empty() => {
            let mut project = project::find()?;
            project.rules.extend(&rules);
            let report = project::check(&project);
            print::project(&report, format).map(|()| report.status())
        }
        Command::Check { inputs, rules, format } => {
            let checked = check::check(&inputs, &rules);
            print::checked(&checked, format).map(|()| checked.status())
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "errtable", &mut script);
            print::data(&script).map(|()| Status::Success)
        }
        Command::Diff { old, new, format, deny, allow, accept } => {
            let comparison = Comparison { allow, ..diff::diff(&old, &new, accept.as_ref())? };
            print::comparison(&comparison, format, &deny).map(|()| comparison.status(&deny))
        }
        Command::Doc { tables, options } => {
            let documented = doc::doc(&tables, &options)?;
            print::documented(&documented).map(|()| documented.status())
        }
        Command::Envelope { failures, options } => {
            let proposal = envelope::envelope(&failures, &options)?;
            print::proposal(&proposal).map(|()| proposal.status())
        }
        Command::Explain { rule: Some(name), .. } => {
            let rules = rule::explain(&name)?;
            print::rules(&rules).map(|()| Status::Success)
        }
        // clap requires one of the two.
        Command::Explain { subject: None, .. } => Ok(Status::Failure),
        Command::Explain { subject: Some(subject), options, format, .. } => {
            let explanation = explain::explain(&subject, &options)?;
            print::explanation(&explanation, format).map(|()| explanation.status())
        }
        Command::Export { table, options } => {
            let exported = export::export(&table, &options)?;
            print::exported(&exported).map(|()| exported.status())
        }
        Command::Fmt { inputs, check } => {
            let formatted = fmt::fmt(&inputs, check);
            print::formatted(&formatted).map(|()| formatted.status())
        }
        Command::Import { pages, options, format } => {
            let imported = import::import(&pages, &options)?;
            print::imported(&imported, format).map(|()| imported.status())
        }
        Command::Init => {
            let initialized = project::init()?;
            print::initialized(&initialized).map(|()| Status::Success)
        }
        Command::Schema { of } => {
            let schema = match of {
                SchemaOf::Table => errtable_spec::SCHEMA,
                SchemaOf::Export => export::SCHEMA,
            };
            print::data(schema.as_bytes()).map(|()| Status::Success)
        }
        Command::Update => {
            let project = project::find()?;
            let updated = project::update(&project);
            print::updated(&updated).map(|()| updated.status())
        }
    })
}
