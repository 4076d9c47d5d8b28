//! The command line.

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::diff::{Deny, Side};
use crate::doc;
use crate::envelope;
use crate::explain;
use crate::export;
use crate::import;
use crate::input::Input;

/// Checks, imports, exports, documents, compares, explains and formats tables of error codes.
///
/// The exit code is 0 if there is nothing to report, 1 if there are findings, and 2 if the command
/// line or an input is not usable. `-` reads standard input.
#[derive(Debug, Parser)]
#[command(name = "errtable", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reports all problems of tables.
    ///
    /// A table that cannot be parsed is a finding, too. Only an input that cannot be read has the
    /// exit code 2. A problem in a base of several tables is reported once.
    #[command(after_help = "Example: errtable check spec/my-api.json")]
    Check {
        /// Tables, or directories that contain them.
        ///
        /// In a directory, a table is a `*.json` file with the key `errors`. Hidden files and cache
        /// directories, such as `target`, are skipped. `bundled:NAME` is a table of errtable.
        #[arg(required = true, value_name = "FILE|DIR|-")]
        inputs: Vec<Input>,

        /// How to print the problems.
        #[arg(long, value_enum, default_value_t)]
        format: CheckFormat,
    },

    /// Prints the script that completes the command line in a shell.
    #[command(after_help = "Example: errtable completions bash > /etc/bash_completion.d/errtable")]
    Completions {
        /// The shell.
        #[arg(value_enum, value_name = "SHELL")]
        shell: Shell,
    },

    /// Reports what changed between two tables.
    ///
    /// The API verdict is the version that a crate with the enum requires: `major` if programs may
    /// not compile, `minor` for additions, `patch` for values and texts. The behaviour verdict is
    /// whether a program that compiles retries more or fewer requests, or acts in another way. An
    /// unknown code is never retried, so a new code with the class `throttled` means more retries.
    /// Without its envelope, a program that reads responses does not compile. With another one, it
    /// reads them in another way: the report says which values.
    ///
    /// A row with another code is renamed if it keeps its unique description or its variant, or has
    /// the old code as an alias. The exit code is 0, also if there are changes.
    #[command(after_help = "Example: errtable diff --deny retry HEAD:spec/my-api.json spec/my-api.json")]
    Diff {
        /// The old table: a file, `bundled:NAME`, `-`, or a file of a git revision, such as
        /// `HEAD~1:spec/my-api.json`.
        ///
        /// As for `git show`, the path is relative to the top directory, or starts with `./`. Bases
        /// are read from the same revision. `:spec/my-api.json` is the file in the index.
        #[arg(value_name = "OLD")]
        old: Side,

        /// The new table.
        #[arg(value_name = "NEW")]
        new: Side,

        /// How to print the changes.
        #[arg(long, value_enum, default_value_t)]
        format: DiffFormat,

        /// Exits with 1 if a change of this kind is not accepted.
        #[arg(long, value_enum, value_name = "KIND")]
        deny: Vec<Deny>,

        /// Accepted changes: a JSON array of objects with `rule`, `code`, `column` and `reason`.
        ///
        /// `rule`, `code` and `column` are those of `--format json`. All but `rule` are optional.
        /// Verdicts include accepted changes. Entries that no longer apply are reported.
        #[arg(long, value_name = "FILE")]
        accept: Option<Input>,
    },

    /// Writes pages that document tables.
    ///
    /// The pages of the table `my-api` are `my-api.html`, which searches and filters the codes, and
    /// `my-api.md`. Several tables also have `index.html` and `index.md`. The page
    /// `my-api.html#Upload.TooFast` shows the code `Upload.TooFast`, and `my-api.html?q=upload` the
    /// codes with this text. Other filters are `family`, `retry`, `fault` and `table`, as in
    /// `?q=upload&retry=throttled`.
    ///
    /// Pages contain the rows and columns of all bases, and load nothing from a network. The tables
    /// must have no problems. Pages of tables that are not given are neither checked nor removed.
    #[command(
        after_help = "Examples:\n  errtable doc spec/my-api.json --out docs/errors\n  errtable doc spec --out docs/errors --check"
    )]
    Doc {
        /// Tables, or directories that contain them.
        #[arg(required = true, value_name = "TABLE|DIR|-")]
        tables: Vec<Input>,

        #[command(flatten)]
        options: doc::Options,
    },

    /// Proposes the envelope of a table from responses.
    ///
    /// Finds codes, messages, request ids and waits by the names of members and the form of values,
    /// and prints the key `envelope`, to paste before `errors`. Standard error shows what the
    /// proposal reads from each body, and what is not certain. Failures of different forms become
    /// an array of samples.
    ///
    /// The exit code is 1 if nothing looks like a code or a message.
    #[command(
        after_help = "Examples:\n  curl … | errtable envelope -\n  errtable envelope failure.json other-failure.json --success success.json\n  errtable envelope --header 'x-request-id: 7f3a' failure.json"
    )]
    Envelope {
        /// Files that contain the bodies of failures.
        #[arg(required = true, value_name = "BODY|-")]
        failures: Vec<Input>,

        #[command(flatten)]
        options: envelope::Options,
    },

    /// Explains an error code, or a response.
    ///
    /// Prints the description of the code, which tables contain it, whether the request can be
    /// retried, and why. The exit code is 1 for a code that no table contains, and for a response
    /// that has no code and is not a success.
    ///
    /// A response is read by the envelope that fits: that of a `--table`, else of a bundled table,
    /// else a named one, such as `nested`. An envelope fits if the body has a code where the
    /// envelope has it, or else a message. Of several, the one that describes most of the body is
    /// taken.
    #[command(
        after_help = "Examples:\n  errtable explain AuthFailure.TokenFailure\n  errtable explain '{\"error\": {\"code\": \"AuthFailure\"}}'\n  curl … | errtable explain --table spec/my-api.json -\n  errtable explain --status 503 --header 'retry-after: 7' body.json"
    )]
    Explain {
        /// A code or its number, the body of a response, or a file that contains one.
        ///
        /// A file takes precedence. Standard input may contain a body or a code. An argument with
        /// `/` or `.json` that is neither a file nor a known code has the exit code 2.
        #[arg(value_name = "CODE|BODY|FILE|-", allow_negative_numbers = true)]
        subject: Input,

        #[command(flatten)]
        options: explain::Options,

        /// How to print the explanation.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },

    /// Exports a table and its bases for programs in other languages.
    ///
    /// The export contains the rows and columns of all bases. The table must have no problems.
    #[command(
        after_help = "Examples:\n  errtable export spec/my-api.json --to typescript --out web/my-api.ts\n  errtable export spec/my-api.json --to typescript --out web/my-api.ts --check"
    )]
    Export {
        /// The table.
        #[arg(value_name = "TABLE|-")]
        table: Input,

        #[command(flatten)]
        options: export::Options,
    },

    /// Formats tables.
    ///
    /// Sorts the keys of tables and rows into the order of the documentation, with columns last.
    /// Each key has a line. A row, or another value, that is written on one line stays on one line.
    /// Values and the order of rows are kept. Standard input is formatted to standard output.
    #[command(after_help = "Example: errtable fmt --check spec")]
    Fmt {
        /// Tables, or directories that contain them.
        #[arg(required = true, value_name = "FILE|DIR|-")]
        inputs: Vec<Input>,

        /// Changes no file. Prints the tables that are not formatted, and exits with 1.
        #[arg(long)]
        check: bool,
    },

    /// Imports the error codes of documentation, source code or responses into a table.
    ///
    /// A page is plain text, Markdown, HTML, CSV, TSV, source code with constants, or response
    /// bodies in JSON. The format is detected. Only codes and descriptions are read, no other
    /// columns of a page. Rows without a valid code are skipped and reported.
    ///
    /// With `--into`, new rows are added, and descriptions follow the page. All other keys and the
    /// layout of the file are kept, so that a second run changes nothing. Rows that the page does
    /// not list are reported. Response bodies only add rows. The exit code is 1 if the table has
    /// problems after the import, such as a row that lacks a required column.
    #[command(
        after_help = "Examples:\n  errtable import --name my-api errors.html > spec/my-api.json\n  curl … | errtable import --into spec/my-api.json --check -"
    )]
    Import {
        /// Files that list error codes.
        #[arg(required = true, value_name = "PAGE|-")]
        pages: Vec<Input>,

        #[command(flatten)]
        options: import::Options,

        /// How to print the changes.
        #[arg(long, value_enum, default_value_t, requires = "into")]
        format: Format,
    },

    /// Prints the JSON Schema of tables.
    ///
    /// Editors check and complete a table whose key `$schema` is the path of the schema.
    #[command(after_help = "Example: errtable schema > spec/table.schema.json")]
    Schema,
}

/// How `check` prints problems.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum CheckFormat {
    /// The line with the problem, in the style of rustc.
    #[default]
    Text,
    /// A line with a JSON object for each problem: `level`, `rule`, `file`, `line`, `column`,
    /// `message`, `notes`, `help`. `line`, `column` and `help` may be null.
    Json,
    /// An annotation of a GitHub workflow for each problem.
    Github,
}

/// How `diff` prints changes.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum DiffFormat {
    /// The verdicts and the changes, grouped, with colours in a terminal.
    #[default]
    Text,
    /// A JSON object: `api` (null if nothing changed), `behaviour`, `changes`, `stale`.
    ///
    /// A change has `rule`, `code`, `column`, `old`, `new`, `details`, `api`, `behaviour` and
    /// `accepted`. `code`, `column`, `old` and `new` may be null. `details` are phrases. `stale`
    /// lists accepted changes that no longer apply.
    Json,
    /// A part of a changelog.
    Markdown,
}

/// How a command prints its result.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people, with colours in a terminal.
    #[default]
    Text,
    /// A JSON object.
    Json,
}
