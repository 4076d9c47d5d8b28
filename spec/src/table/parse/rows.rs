//! Reads the rows of a table file. A [`FileRow`] contains the keys that the file writes; the rows
//! of bases are merged into it later.

use std::rc::Rc;

use crate::table::model::{ColumnType, Row, Value};
use crate::table::names::{check_code, check_spelling, variant_name};
use crate::table::parse::columns::ColumnDecl;
use crate::table::parse::json::Json;
use crate::table::parse::{Fields, Reader};
use crate::table::report::Report;
use crate::table::source::{Span, Spanned};
use crate::vocabulary::{Fault, Retry};

/// Defines `FileRow` and what applies to every key from one list of keys and types.
macro_rules! row_keys {
    ($($key:ident: $type:ty,)*) => {
        /// A row as a file writes it. Only the code is required.
        #[derive(Clone, Debug)]
        pub(crate) struct FileRow {
            pub(crate) code: Spanned<String>,
            $(pub(crate) $key: Option<$type>,)*
            /// The values of columns, by name.
            pub(crate) columns: Vec<(Rc<str>, Spanned<Value>)>,
            /// The name of the first table that contains the code.
            pub(crate) table: Rc<str>,
            /// The prefix that this table sets for derived variant names.
            pub(crate) variant_prefix: Option<Rc<str>>,
            /// Whether a part of the row is invalid, and missing.
            pub(crate) is_flawed: bool,
        }

        /// The keys of rows in every table.
        pub(crate) const ROW_KEYS: &[&str] = &["code", $(stringify!($key)),*];

        impl FileRow {
            /// Reads all keys, even if the code is invalid and there is no row.
            fn read(
                code: Option<Spanned<String>>,
                fields: &Fields<'_>,
                context: &RowContext<'_>,
                reader: &mut Reader<'_>,
            ) -> Option<Self> {
                $(let $key = reader.key(fields, stringify!($key));)*
                let columns = reader.row_columns(fields, context.columns);
                let table = Rc::clone(context.table);
                Some(Self { code: code?, $($key,)* columns, table, variant_prefix: None, is_flawed: false })
            }

            /// Replaces the keys that `own` overrides.
            pub(crate) fn override_with(&mut self, own: Self) {
                if own.overrides("retry_after_ms") {
                    self.retry_after_ms = None;
                }
                self.code = own.code;
                $(self.$key = own.$key.or(self.$key.take());)*
                self.columns.retain(|(name, _)| !own.columns.iter().any(|(own, _)| own == name));
                self.columns.extend(own.columns);
                self.is_flawed |= own.is_flawed;
            }

            /// Returns whether the row overrides a key or a column of a base.
            pub(crate) fn overrides(&self, key: &str) -> bool {
                match key {
                    // A table cannot remove a key of a base, and `never` does not allow a wait.
                    "retry_after_ms" if self.retry == Some(Retry::Never) => true,
                    $(stringify!($key) => self.$key.is_some(),)*
                    column => self.value(column).is_some(),
                }
            }

            fn differing_row_keys(&self, other: &Self) -> Vec<Rc<str>> {
                let mut differing: Vec<Rc<str>> = Vec::new();
                $(if !same(self.$key.as_ref(), other.$key.as_ref()) {
                    differing.push(stringify!($key).into());
                })*
                differing
            }
        }
    };
}

row_keys! {
    description: String,
    retry: Retry,
    retry_after_ms: Spanned<u64>,
    fault: Fault,
    evidence: String,
    variant: Spanned<String>,
    aliases: Vec<Spanned<String>>,
    deprecated: Spanned<String>,
}

/// A type of the values of row keys.
trait RowValue: PartialEq + Sized {
    fn read(json: Json<'_>, key: &str, reader: &mut Reader<'_>) -> Option<Self>;

    /// Returns whether the value is equivalent to a missing key.
    fn is_blank(&self) -> bool {
        false
    }
}

fn same<V: RowValue>(a: Option<&V>, b: Option<&V>) -> bool {
    a.filter(|value| !value.is_blank()) == b.filter(|value| !value.is_blank())
}

impl RowValue for String {
    fn read(json: Json<'_>, key: &str, reader: &mut Reader<'_>) -> Option<Self> {
        reader.string(json, &format!("`{key}`")).map(|text| text.value)
    }

    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl RowValue for Spanned<String> {
    fn read(json: Json<'_>, key: &str, reader: &mut Reader<'_>) -> Option<Self> {
        reader.string(json, &format!("`{key}`"))
    }
}

/// The value of `aliases`.
impl RowValue for Vec<Spanned<String>> {
    fn read(json: Json<'_>, key: &str, reader: &mut Reader<'_>) -> Option<Self> {
        let mut aliases = reader.strings(json, key)?;
        aliases.retain(|alias| reader.check(alias, |text| check_spelling("alias", text)));
        Some(aliases)
    }

    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl RowValue for Retry {
    fn read(json: Json<'_>, _key: &str, reader: &mut Reader<'_>) -> Option<Self> {
        reader.retry(json)
    }
}

impl RowValue for Fault {
    fn read(json: Json<'_>, _key: &str, reader: &mut Reader<'_>) -> Option<Self> {
        reader.fault(json)
    }
}

/// The value of `retry_after_ms`.
impl RowValue for Spanned<u64> {
    fn read(json: Json<'_>, key: &str, reader: &mut Reader<'_>) -> Option<Self> {
        match reader.column_value(json, key, &ColumnType::DurationMs) {
            Some(Value::DurationMs(value)) => Some(Self { value, span: json.span }),
            _ => None,
        }
    }
}

impl FileRow {
    /// Returns the value in a column.
    pub(crate) fn value(&self, column: &str) -> Option<&Spanned<Value>> {
        self.columns.iter().find(|(name, _)| **name == *column).map(|(_, value)| value)
    }

    /// Returns the keys and columns in which two rows of one code differ.
    pub(crate) fn differing_keys(&self, other: &Self) -> Vec<Rc<str>> {
        let mut differing = self.differing_row_keys(other);
        // A row without `variant` equals a row that writes the derived name.
        differing.retain(|key| **key != *"variant" || self.variant_name() != other.variant_name());
        for (name, _) in self.columns.iter().chain(&other.columns) {
            if self.value(name) != other.value(name) && !differing.contains(name) {
                differing.push(Rc::clone(name));
            }
        }
        differing
    }

    /// Adds a valid value of a column that lacks one, so that one mistake is one message.
    pub(crate) fn add_placeholder(&mut self, column: &ColumnDecl, span: Span) {
        let value = column.column.ty.any_value().map(|value| (Rc::clone(&column.name), Spanned { value, span }));
        self.columns.extend(value);
        self.is_flawed = true;
    }

    /// Returns the name of the variant: the row's `variant`, or derived from the code.
    pub(crate) fn variant_name(&self) -> Spanned<String> {
        if let Some(variant) = &self.variant {
            return variant.clone();
        }
        let name = variant_name(&self.code.value);
        let value = match &self.variant_prefix {
            Some(prefix) if !name.is_empty() => format!("{prefix}{name}"),
            _ => name,
        };
        Spanned { value, span: self.code.span }
    }

    /// Converts the row, with its checked variant, aliases and values.
    pub(crate) fn checked(&self, variant: String, aliases: Vec<String>, values: Vec<Option<Value>>) -> Row {
        Row {
            code: self.code.value.clone(),
            variant,
            description: self.description.clone().unwrap_or_default(),
            retry: self.retry.unwrap_or(Retry::Never),
            retry_after_ms: self.retry_after_ms.as_ref().map(|milliseconds| milliseconds.value),
            fault: self.fault.unwrap_or(Fault::Client),
            evidence: self.evidence.clone().unwrap_or_default(),
            aliases,
            deprecated: self.deprecated.as_ref().map(|note| note.value.clone()),
            table: self.table.to_string(),
            values,
        }
    }
}

/// The unread value of `errors`.
pub(crate) struct Rows<'a>(pub(super) Json<'a>);

/// The table that rows belong to.
pub(crate) struct RowContext<'c> {
    pub(crate) table: &'c Rc<str>,
    pub(crate) columns: &'c [Spanned<ColumnDecl>],
    /// Whether all columns are known. They are not if a base could not be read.
    pub(crate) is_complete: bool,
}

impl Rows<'_> {
    /// Reads the rows. Reports what is invalid and leaves it out.
    pub(crate) fn parse(self, context: &RowContext<'_>, report: &mut Report) -> Vec<FileRow> {
        let mut reader = Reader { report };
        let columns = context.columns.iter().map(|column| &*column.value.name);
        let keys: Vec<_> = ROW_KEYS.iter().copied().chain(columns).collect();
        let rows = reader.array(self.0, "`errors`").unwrap_or_default();
        rows.into_iter().filter_map(|row| reader.row(row, context, &keys)).collect()
    }
}

impl Reader<'_> {
    /// Reads a row. A row with a valid code is kept even if other keys are invalid.
    fn row(&mut self, json: Json<'_>, context: &RowContext<'_>, keys: &[&str]) -> Option<FileRow> {
        let diagnostics_before = self.report.len();
        let fields = if context.is_complete {
            self.object(json, "row", keys, "; or declare it in `columns`")
        } else {
            self.any_object(json, "row")
        }?;
        let code = if let Some(code) = fields.get("code") {
            self.string(code, "`code`").filter(|code| self.check(code, check_code))
        } else {
            self.missing_key(json, &fields, "code", "the code exactly as the service sends it");
            None
        };
        let mut row = FileRow::read(code, &fields, context, self)?;
        row.is_flawed = self.report.len() > diagnostics_before;
        if row.is_flawed {
            // An invalid value and a misspelt column are not also missing values.
            for column in context.columns.iter().map(|column| &column.value) {
                let is_misspelt = fields.misspelt.iter().any(|misspelt| **misspelt == *column.name);
                if row.value(&column.name).is_none() && (is_misspelt || fields.get(&column.name).is_some()) {
                    row.add_placeholder(column, json.span);
                }
            }
        }
        Some(row)
    }

    /// Reads an optional key.
    fn key<V: RowValue>(&mut self, fields: &Fields<'_>, key: &str) -> Option<V> {
        V::read(fields.get(key)?, key, self)
    }

    fn row_columns(&mut self, fields: &Fields<'_>, columns: &[Spanned<ColumnDecl>]) -> Vec<(Rc<str>, Spanned<Value>)> {
        let readable = columns.iter().map(|column| &column.value).filter(|column| !column.is_flawed);
        let given = readable.filter_map(|column| fields.get(&column.name).map(|json| (column, json)));
        let value = |(column, json): (&ColumnDecl, Json<'_>)| {
            let value = self.column_value(json, &column.name, &column.column.ty)?;
            Some((Rc::clone(&column.name), Spanned { value, span: json.span }))
        };
        given.filter_map(value).collect()
    }
}
