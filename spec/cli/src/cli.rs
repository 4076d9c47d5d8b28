//! The command line.

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::check;
use crate::diff::{Deny, DenyParser, Side};
use crate::doc::DocOptions;
use crate::envelope::EnvelopeOptions;
use crate::explain::ExplainOptions;
use crate::export::ExportOptions;
use crate::import::ImportOptions;
use crate::input::Input;

/// Create, check and compare tables of error codes, and explain the codes.
#[derive(Debug, Parser)]
// Without a `bin_name`, the usage on Windows is that of `errtable.exe`.
#[command(name = "errtable", bin_name = "errtable", version, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the help of the command ends with.
const AFTER_HELP: &str = "\
`errtable COMMAND --help` has examples. As a file, `-` is standard input.
The exit code is 0 if there is nothing to report, 1 if there are findings,
and 2 if the command line or an input cannot be used.";

/// The commands, in the order in which a new user needs them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Explain what a code or a response means, and whether to retry.
    ///
    /// Prints what the code means, whether and how to retry the request, why, and which tables list
    /// the code. The exit code is 1 unless the code is known or the response is a success.
    ///
    /// A response is read by the envelope of `--table`. Without one, or if it does not fit, the
    /// envelopes of the bundled tables and the named ones, such as `nested`, are tried. An envelope
    /// fits if it finds a code in the body, or at least a message. If several fit, the one that
    /// describes most of the body is used.
    #[command(
        after_help = "Examples:\n  errtable explain RequestLimitExceeded\n  curl -s https://api.example.com/orders/17 | errtable explain - --table spec/my-api.json\n  errtable explain body.json --status 503 --header 'retry-after: 7'"
    )]
    Explain {
        /// A code or its number, the body of a response, or a file that contains one.
        ///
        /// If a file of this name exists, it is read. Standard input may contain a body or a code.
        /// An argument that looks like a path, with `/` or an extension such as `.json`, must be a
        /// file or a known code.
        #[arg(value_name = "CODE|BODY|FILE|-", allow_negative_numbers = true, required_unless_present = "rule")]
        subject: Option<Input>,

        /// Explain a rule of `check` or `diff`, such as `number-changed`. Without one, list all.
        #[arg(
            long,
            value_name = "RULE",
            num_args = 0..=1,
            default_missing_value = "",
            conflicts_with_all = ["subject", "tables", "status", "headers", "format"]
        )]
        rule: Option<String>,

        #[command(flatten)]
        options: ExplainOptions,

        /// How to print the explanation.
        #[arg(long, value_enum, default_value_t)]
        format: OutputFormat,
    },

    /// Create or update a table from pages that list error codes.
    ///
    /// A page is plain text, Markdown, HTML, CSV, TSV, source code with constants, response bodies
    /// or records in JSON, a Smithy model, or an OpenAPI document. The format is detected. A
    /// directory is all of its files.
    ///
    /// The headings decide which columns are the codes, their numbers and descriptions. `--map`
    /// reads other columns, and those that are not imported are named. Rows without a valid code
    /// are skipped and reported; `--strict` then exits with 1.
    ///
    /// With `--into`, new codes are added to the table, and descriptions follow the page. The rest
    /// of the file stays as it is, so a second run changes nothing. Rows that the page does not
    /// list are reported; `--prune` removes them. Response bodies only add rows. The exit code is 1
    /// if the table has problems after the import, such as a row without a required column.
    #[command(
        after_help = "Examples:\n  errtable import errors.html --name my-api > spec/my-api.json\n  curl -s https://example.com/errors | errtable import - --into spec/my-api.json --check\n  errtable import errors.html --into spec/my-api.json --map retry=Retriable --value retry:True=transient\n  yq -o json openapi.yaml | errtable import - --at /components/schemas/ErrorCode"
    )]
    Import {
        /// Files that list error codes, or directories of such files.
        #[arg(required = true, value_name = "PAGE|DIR|-")]
        pages: Vec<Input>,

        #[command(flatten)]
        options: ImportOptions,

        /// How to print the changes.
        #[arg(long, value_enum, default_value_t, requires = "into")]
        format: OutputFormat,
    },

    /// Propose the `envelope` of a table from the bodies of failures.
    ///
    /// Finds the code, the message, the request id and the wait by their names and their form. The
    /// key `envelope` is printed to standard output: paste it into your table, before `errors`.
    /// What it reads from each body, and what is uncertain, is printed to standard error.
    ///
    /// Pass failures of every form that your API sends: each form becomes a sample. The exit code
    /// is 1 if nothing looks like a code or a message.
    #[command(
        after_help = "Examples:\n  curl -s https://api.example.com/orders/0 | errtable envelope -\n  errtable envelope failure.json other-failure.json --success success.json\n  errtable envelope failure.json --status 429 --header 'x-request-id: 7f3a'"
    )]
    Envelope {
        /// Files that contain the bodies of failures.
        #[arg(required = true, value_name = "BODY|-")]
        failures: Vec<Input>,

        #[command(flatten)]
        options: EnvelopeOptions,
    },

    /// Report all problems in tables, or in a project.
    ///
    /// Without arguments, everything in `errtable.toml` is checked: that its tables have no
    /// problems and are formatted, that they agree with the pages that they come from, that exports
    /// and pages are up to date, and that no change since a git revision is denied. A table that
    /// was moved is compared with its former path, and one that is gone is a change, too. The file
    /// is that of the working directory or of one above it. `errtable init` writes one.
    ///
    /// Problems are what a build reports as errors. Warnings are likely mistakes, and do not change
    /// the exit code. A table that is not valid JSON is a finding, too: the exit code is 2 only if
    /// an input cannot be read. A problem in a base of several tables is reported once.
    #[command(
        after_help = "Examples:\n  errtable check\n  errtable check spec\n  errtable check spec/my-api.json --format github"
    )]
    Check {
        /// Tables, or directories that contain tables.
        ///
        /// In a directory, each `*.json` file with the key `errors` is a table. Hidden files, cache
        /// directories, such as `target`, and directories named `tests` are skipped. `bundled:NAME`
        /// is a table of errtable.
        #[arg(value_name = "FILE|DIR|-")]
        inputs: Vec<Input>,

        #[command(flatten)]
        rules: check::Rules,

        /// How to print the problems.
        #[arg(long, value_enum, default_value_t)]
        format: CheckFormat,
    },

    /// Format tables.
    ///
    /// Puts the keys of tables and rows in the order of the documentation, with columns last. Each
    /// key gets its line, but a row or a value that you wrote on one line stays there. Values and
    /// the order of rows do not change. Files are replaced. Standard input is formatted to standard
    /// output.
    #[command(after_help = "Examples:\n  errtable fmt spec\n  errtable fmt --check spec")]
    Fmt {
        /// Tables, or directories that contain tables.
        #[arg(required = true, value_name = "FILE|DIR|-")]
        inputs: Vec<Input>,

        /// Change no file. Exit with 1 if a table is not formatted, and list such tables.
        #[arg(long)]
        check: bool,
    },

    /// Compare two versions of a table: what breaks, and what clients retry.
    ///
    /// `API` is the version bump that a crate with the enum needs: `major` if programs may no
    /// longer compile, `minor` for additions, `patch` for values and texts.
    ///
    /// `Behaviour` is what programs do differently: which requests they retry, and how they read
    /// codes, columns and responses. An unknown code without an HTTP status is never retried, so a
    /// new code with the class `throttled` means that more requests are retried.
    ///
    /// A row with a new code counts as renamed if it shares an alias, its number, its unique
    /// description or its variant with an old row. The exit code is 0 even if there are changes,
    /// unless `--deny` forbids one.
    #[command(
        after_help = "Examples:\n  errtable diff HEAD:spec/my-api.json spec/my-api.json\n  errtable diff v1.2.0:spec/my-api.json spec/my-api.json --deny breaking --deny retry"
    )]
    Diff {
        /// The old table: a file, `bundled:NAME`, `-`, or a file of a git revision, such as
        /// `HEAD~1:spec/my-api.json`.
        ///
        /// As for `git show`, the path is relative to the top directory of the repository, or
        /// starts with `./`. Bases are read from the same revision. `:spec/my-api.json` is the
        /// staged file.
        #[arg(value_name = "OLD")]
        old: Side,

        /// The new table, in one of these forms.
        #[arg(value_name = "NEW")]
        new: Side,

        /// How to print the changes.
        #[arg(long, value_enum, default_value_t)]
        format: DiffFormat,

        /// Exit with 1 if there is a change of this kind that is not accepted. Repeatable.
        ///
        /// A kind is one of these groups, or a rule such as `number-changed`.
        #[arg(long, value_parser = DenyParser::DIFF, value_name = "RULE")]
        deny: Vec<Deny>,

        /// Deny all changes of `--deny` but those of this rule or group. Repeatable.
        #[arg(long, value_parser = DenyParser::DIFF, hide_possible_values = true, value_name = "RULE")]
        allow: Vec<Deny>,

        /// The changes that `--deny` lets pass: a file with a JSON array of objects.
        ///
        /// Take `rule`, `code` and `column` from `--format json`, and add a `reason` for readers:
        /// `[{"rule": "code-removed", "code": "Upload.Broken", "reason": "never sent"}]`. Without
        /// `column`, all columns of the code are accepted, and without `old` and `new`, all values.
        /// The verdicts include accepted changes.
        /// Entries that no longer apply are reported.
        #[arg(long, value_name = "FILE")]
        accept: Option<Input>,
    },

    /// Export a table as JSON, TypeScript or OpenAPI.
    ///
    /// The export contains the rows and columns of all bases. The table must have no problems.
    #[command(
        after_help = "Examples:\n  errtable export spec/my-api.json --to typescript --out web/my-api.ts\n  errtable export spec/my-api.json --to openapi > openapi/my-api.json"
    )]
    Export {
        /// The table.
        #[arg(value_name = "TABLE|-")]
        table: Input,

        #[command(flatten)]
        options: ExportOptions,
    },

    /// Generate HTML and Markdown pages for the readers of your API.
    ///
    /// The table `my-api` gets `my-api.html`, where readers search and filter the codes or paste a
    /// response, and `my-api.md`. Several tables also get `index.html` and `index.md`.
    ///
    /// Link to a code with `my-api.html#Upload.TooFast`, and to a search with
    /// `my-api.html?q=upload&retry=throttled`. The filters are `family`, `retry`, `fault` and
    /// `table`.
    ///
    /// Pages contain the rows and columns of all bases, and load nothing from a network. The tables
    /// must have no problems. Pages of other tables in the directory are left alone.
    #[command(
        after_help = "Examples:\n  errtable doc spec --out docs/errors\n  errtable doc spec --out docs/errors --check"
    )]
    Doc {
        /// Tables, or directories that contain tables.
        #[arg(required = true, value_name = "TABLE|DIR|-")]
        tables: Vec<Input>,

        #[command(flatten)]
        options: DocOptions,
    },

    /// Print the JSON Schema of tables for your editor, or that of exports.
    ///
    /// Save it, and set the key `$schema` of your table to its path, such as `table.schema.json`.
    /// Your editor then completes keys and marks mistakes.
    #[command(after_help = "Example:\n  errtable schema > spec/table.schema.json")]
    Schema {
        /// What the schema describes.
        #[arg(value_enum, default_value_t)]
        of: SchemaOf,
    },

    /// Write everything that `errtable check` compares.
    ///
    /// Updates what `errtable.toml` lists: imports the pages, formats the tables, then writes the
    /// exports and pages. The exit code is 1 if something is left that you have to decide, such as
    /// rows that the pages do not list, and 2 if a table has problems or cannot be read.
    #[command(after_help = "Example:\n  errtable update && git diff")]
    Update,

    /// Write an `errtable.toml` with the tables, exports and pages of this directory.
    ///
    /// Comments in the file describe what else it can list.
    #[command(after_help = "Example:\n  errtable init && errtable check")]
    Init,

    /// Print a script that completes `errtable` in your shell.
    #[command(after_help = "Example:\n  errtable completions bash > /etc/bash_completion.d/errtable")]
    Completions {
        /// Your shell.
        #[arg(value_enum, value_name = "SHELL")]
        shell: Shell,
    },
}

impl Command {
    /// Returns the arguments that may be standard input.
    pub(crate) fn inputs(&self) -> Vec<&Input> {
        match self {
            Self::Explain { subject, options, .. } => subject.iter().chain(&options.tables).collect(),
            Self::Import { pages, .. } => pages.iter().collect(),
            Self::Envelope { failures, options } => failures.iter().chain(&options.success).collect(),
            Self::Check { inputs, .. } | Self::Fmt { inputs, .. } | Self::Doc { tables: inputs, .. } => {
                inputs.iter().collect()
            }
            Self::Diff { old, new, accept, .. } => {
                [old, new].into_iter().filter_map(Side::input).chain(accept).collect()
            }
            Self::Export { table, .. } => vec![table],
            Self::Schema { .. } | Self::Completions { .. } | Self::Init | Self::Update => Vec::new(),
        }
    }
}

/// What a JSON Schema describes.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A table.
    #[default]
    Table,
    /// What `errtable export --to json` writes.
    Export,
}

/// How `check` prints problems.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: the line with the problem and what to do, as rustc prints it.
    #[default]
    Text,
    /// For tools: a JSON object per line, with `level`, `rule`, `file`, `line`, `column`,
    /// `message`, `notes` and `help`. `line`, `column` and `help` may be null.
    Json,
    /// For GitHub workflows: an annotation per problem, which a pull request shows.
    Github,
}

/// How `diff` prints changes.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people: the verdicts, then the changes in groups.
    #[default]
    Text,
    /// For tools: a JSON object with `api` (null if nothing changed), `behaviour`, `changes` and
    /// `stale`.
    ///
    /// A change has `rule`, `code`, `column`, `old`, `new`, `details`, `api`, `behaviour` and
    /// `accepted`. `code`, `column`, `old` and `new` may be null. `details` are phrases. `stale`
    /// lists accepted changes that no longer apply.
    Json,
    /// For a changelog: the verdicts and the changes in Markdown.
    Markdown,
}

/// How a command prints its result.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people.
    #[default]
    Text,
    /// For tools: a JSON object.
    Json,
}
