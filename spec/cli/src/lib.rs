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
mod escape;
pub mod explain;
pub mod export;
pub mod finding;
pub mod fmt;
pub mod import;
pub mod input;
pub mod lint;
mod place;
mod print;
pub mod project;
mod replace;
pub mod revision;
mod row;
pub mod rule;
mod value;

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use self::cli::{Cli, Command, SchemaOf};
use self::diff::Comparison;
use self::error::Status;

/// Runs the command line of the process, and returns its exit code.
#[must_use]
pub fn run() -> ExitCode {
    let status = dispatch(Cli::parse().command).unwrap_or_else(|error| {
        // The reader of a pipe may close it early, as `head` does.
        if error.kind() != ErrorKind::BrokenPipe {
            print::output_error(&error);
        }
        Status::Unusable
    });
    ExitCode::from(status as u8)
}

fn dispatch(command: Command) -> io::Result<Status> {
    match command {
        Command::Check { inputs, rules, format } if inputs.is_empty() => match project::find() {
            Ok(mut project) => {
                project.rules.extend(&rules);
                let report = project::check(&project);
                print::project(&report, format)?;
                Ok(report.status())
            }
            Err(error) => print::error(&error).map(|()| Status::Unusable),
        },
        Command::Check { inputs, rules, format } => {
            let checked = check::check(&inputs, &rules);
            print::checked(&checked, format)?;
            Ok(checked.status())
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "errtable", &mut script);
            print::data(&script).map(|()| Status::Fine)
        }
        Command::Diff { old, new, format, deny, allow, accept } => match diff::diff(&old, &new, accept.as_ref()) {
            Ok(comparison) => {
                let comparison = Comparison { allow, ..comparison };
                print::comparison(&comparison, format, &deny)?;
                Ok(comparison.status(&deny))
            }
            Err(error) => print::error(&error).map(|()| Status::Unusable),
        },
        Command::Doc { tables, options } => match doc::doc(&tables, &options) {
            Ok(documented) => {
                print::documented(&documented)?;
                Ok(documented.status())
            }
            Err(error) => print::error(&error).map(|()| Status::Unusable),
        },
        Command::Envelope { failures, options } => match envelope::envelope(&failures, &options) {
            Ok(proposal) => {
                print::proposal(&proposal)?;
                Ok(proposal.status())
            }
            Err(error) => print::error(&error).map(|()| Status::Unusable),
        },
        Command::Explain { rule: Some(name), .. } => match rule::explain(&name) {
            Ok(rules) => print::rules(&rules).map(|()| Status::Fine),
            Err(error) => print::error(&error).map(|()| Status::Unusable),
        },
        Command::Explain { subject: None, .. } => Ok(Status::Unusable),
        Command::Explain { subject: Some(subject), options, format, .. } => {
            match explain::explain(&subject, &options) {
                Ok(explanation) => {
                    print::explanation(&explanation, format)?;
                    Ok(explanation.status())
                }
                Err(error) => print::error(&error).map(|()| Status::Unusable),
            }
        }
        Command::Export { table, options } => match export::export(&table, &options) {
            Ok(exported) => {
                print::exported(&exported)?;
                Ok(exported.status())
            }
            Err(error) => print::error(&error).map(|()| Status::Unusable),
        },
        Command::Fmt { inputs, check } => {
            let formatted = fmt::fmt(&inputs, check);
            print::formatted(&formatted, check)?;
            Ok(formatted.status(check))
        }
        Command::Import { pages, options, format } => match import::import(&pages, &options) {
            Ok(imported) => {
                print::imported(&imported, format)?;
                Ok(imported.status())
            }
            Err(error) => print::error(&error).map(|()| Status::Unusable),
        },
        Command::Init => match project::init() {
            Ok(initialized) => {
                print::initialized(&initialized)?;
                Ok(Status::Fine)
            }
            Err(error) => print::error(&error).map(|()| Status::Unusable),
        },
        Command::Schema { of } => {
            let schema = match of {
                SchemaOf::Table => errtable_spec::SCHEMA,
                SchemaOf::Export => export::SCHEMA,
            };
            print::data(schema.as_bytes()).map(|()| Status::Fine)
        }
        Command::Update => match project::find() {
            Ok(project) => {
                let updated = project::update(&project);
                print::updated(&updated)?;
                Ok(updated.status())
            }
            Err(error) => print::error(&error).map(|()| Status::Unusable),
        },
    }
}
