//! Loads a table: `files` and `location` find it, `parse` reads it, `extend` and `merge` add its
//! bases, `check` applies the rules of the whole table. `report` collects what is wrong.

/// Defines an enum whose variants have names.
macro_rules! named_enum {
    ($(#[$attribute:meta])* pub enum $type:ident { $($(#[doc = $doc:literal])* $variant:ident = $name:literal,)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[doc = $doc])* $variant,)*
        }

        impl $type {
            /// All variants, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The names of all variants, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// Returns the name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Returns what the variant means: the lines of its documentation.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),*),)*
                }
            }
        }

        /// Writes [`as_str`](Self::as_str). Honours width.
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

pub(crate) mod ascii;
pub(crate) mod check;
pub(crate) mod column;
pub(crate) mod envelope;
mod extend;
pub(crate) mod files;
pub(crate) mod location;
mod merge;
pub(crate) mod model;
pub(crate) mod names;
mod ordered_map;
pub(crate) mod parse;
pub(crate) mod report;
pub(crate) mod row;
mod source;

use self::check::check;
use self::extend::Resolver;
use self::files::{Directory, Files};
use self::location::Location;
use self::model::Table;
use self::names::Violation;
use self::report::diagnostic::Diagnostic;

/// The JSON Schema of tables, `spec/table.schema.json`, with which editors check and complete them.
///
/// ```
/// assert!(errtable_spec::SCHEMA.contains("\"errors\""));
/// ```
pub const SCHEMA: &str = include_str!("../table.schema.json");

/// The keys of a table, in their usual order.
///
/// ```
/// assert_eq!(errtable_spec::TABLE_KEYS.last(), Some(&"errors"));
/// ```
pub const TABLE_KEYS: &[&str] = parse::header::TABLE_KEYS;

/// The result of loading a table: its valid parts and all problems.
///
/// ```
/// use errtable_spec::{Directory, Table};
///
/// # let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics");
/// let loaded = Table::load(&Directory::new(root), "unknown-value/t.json");
/// assert_eq!(loaded.diagnostics.len(), 4);
/// assert_eq!(loaded.table.rows[0].code, "A"); // the row is kept, without the invalid values
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Loaded {
    /// The table, without invalid rows.
    pub table: Table,
    /// All problems: files in the order they were read, each from top to bottom.
    pub diagnostics: Vec<Diagnostic>,
    /// The warnings: what is valid, but probably a mistake.
    pub warnings: Vec<Diagnostic>,
    /// Whether the table, its bases and their columns could be read. If not, rows and columns may
    /// be missing, or a column may have another type.
    pub is_complete: bool,
    /// The files that were read, as paths relative to the root, each once.
    pub files: Vec<String>,
}

impl Table {
    /// Loads a table and everything it extends.
    ///
    /// ```
    /// use errtable_spec::{Directory, Table};
    ///
    /// let loaded = Table::load(&Directory::new(env!("CARGO_MANIFEST_DIR")), "common.json");
    /// assert!(loaded.diagnostics.is_empty());
    /// assert_eq!(loaded.table.rows.len(), 26);
    /// ```
    #[must_use]
    pub fn load(files: &dyn Files, path: &str) -> Loaded {
        let mut resolver = Resolver::new(files);
        match Location::from_path(path, "use a path relative to the directory of Cargo.toml, with `/` as separator") {
            Ok(location) => finish(resolver, &location),
            Err(Violation { rule, message, help }) => {
                resolver.report.file_error(rule, path, message).add_help(help);
                Loaded { diagnostics: resolver.report.into_diagnostics(), ..Loaded::default() }
            }
        }
    }

    /// Loads a table that is part of this crate, such as `common`.
    ///
    /// ```
    /// use errtable_spec::Table;
    ///
    /// assert_eq!(Table::load_bundled("common").table.rows.len(), 26);
    /// ```
    #[must_use]
    pub fn load_bundled(name: &str) -> Loaded {
        finish(Resolver::new(&Directory::new("")), &Location::Bundled(name.to_owned()))
    }
}

fn finish(mut resolver: Resolver<'_>, location: &Location) -> Loaded {
    let merged = resolver.resolve(location, None);
    let is_complete = merged
        .as_ref()
        .is_some_and(|merged| merged.is_complete && merged.columns.values().all(|column| !column.value.is_flawed));
    let table = merged.map(|merged| check(&merged, &mut resolver.report)).unwrap_or_default();
    let (warnings, diagnostics) = resolver.report.into_diagnostics().into_iter().partition(Diagnostic::is_warning);
    Loaded { table, is_complete, diagnostics, warnings, files: resolver.files_read }
}
