//! Reads the rows of a table file, every part with its place, as the file alone gives them.

use std::rc::Rc;

use crate::columns::{ColumnKind, Declared, Value};
use crate::json::Json;
use crate::problems::Problems;
use crate::reader::{Fields, Reader};
use crate::source::Located;
use crate::text::check_code;
use crate::{Fault, Retry};

/// A row as it is written. Only the code is always there.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) code: Located<String>,
    pub(crate) description: Option<String>,
    pub(crate) retry: Option<Retry>,
    pub(crate) retry_after_ms: Option<u64>,
    pub(crate) fault: Option<Fault>,
    pub(crate) evidence: Option<String>,
    pub(crate) variant: Option<Located<String>>,
    pub(crate) aliases: Option<Vec<Located<String>>>,
    pub(crate) deprecated: Option<String>,
    /// The values of the table's columns, by name.
    pub(crate) columns: Vec<(Rc<str>, Value)>,
    /// Whether a part of the row could not be used.
    pub(crate) is_flawed: bool,
}

/// The keys that rows of every table have.
pub(crate) const ROW_KEYS: &[&str] =
    &["code", "description", "retry", "retry_after_ms", "fault", "evidence", "variant", "aliases", "deprecated"];

/// What rows may say beyond [`ROW_KEYS`].
pub(crate) struct RowKeys<'c> {
    pub(crate) columns: &'c [Located<Declared>],
    /// Whether the columns are all known; not so where a base could not be read.
    pub(crate) is_complete: bool,
}

/// Reads the rows; what cannot be used is a problem and left out, the rest is there.
pub(crate) fn parse_rows(errors: Json<'_>, keys: &RowKeys<'_>, problems: &mut Problems) -> Vec<Row> {
    let mut reader = Reader { problems };
    let names: Vec<_> = ROW_KEYS.iter().copied().chain(keys.columns.iter().map(|column| &*column.value.name)).collect();
    let rows = reader.array(errors, "`errors`").unwrap_or_default();
    rows.into_iter().filter_map(|row| reader.row(row, keys, &names)).collect()
}

impl Reader<'_> {
    /// A row that has a usable code is kept, whatever else is wrong in it: its variant exists.
    fn row(&mut self, json: Json<'_>, keys: &RowKeys<'_>, names: &[&str]) -> Option<Row> {
        const WHAT: &str = "a row of `errors`";
        let problems_before = self.problems.len();
        let fields = if keys.is_complete { self.object(json, WHAT, names) } else { self.any_object(json, WHAT) }?;
        let code = if let Some(code) = fields.get("code") {
            self.text(code, "`code`").filter(|code| self.check(code, |text| check_code("code", text)))
        } else {
            self.missing(json, &fields, "code", "the code exactly as the service sends it");
            None
        };
        let mut row = Row {
            description: self.optional_text(&fields, "description"),
            retry: self.retry(&fields),
            retry_after_ms: fields.get("retry_after_ms").and_then(|json| self.milliseconds(json)),
            fault: self.fault(&fields),
            evidence: self.optional_text(&fields, "evidence"),
            variant: fields.get("variant").and_then(|json| self.text(json, "`variant`")),
            aliases: fields.get("aliases").and_then(|json| self.aliases(json)),
            deprecated: self.optional_text(&fields, "deprecated"),
            columns: self.row_columns(&fields, keys.columns),
            // The keys above are checked even where the code is not usable.
            code: code?,
            is_flawed: false,
        };
        row.is_flawed = self.problems.len() > problems_before;
        Some(row)
    }

    fn aliases(&mut self, json: Json<'_>) -> Option<Vec<Located<String>>> {
        let mut aliases = self.texts(json, "aliases")?;
        aliases.retain(|alias| self.check(alias, |text| check_code("alias", text)));
        Some(aliases)
    }

    fn milliseconds(&mut self, json: Json<'_>) -> Option<u64> {
        match self.value(json, "retry_after_ms", &ColumnKind::DurationMs) {
            Some(Value::DurationMs(milliseconds)) => Some(milliseconds),
            _ => None,
        }
    }

    fn row_columns(&mut self, fields: &Fields<'_>, columns: &[Located<Declared>]) -> Vec<(Rc<str>, Value)> {
        let readable = columns.iter().map(|column| &column.value).filter(|column| !column.is_flawed);
        let given = readable.filter_map(|column| fields.get(&column.name).map(|json| (column, json)));
        let value = |(column, json): (&Declared, _)| {
            let value = self.value(json, &column.name, &column.column.kind)?;
            Some((Rc::clone(&column.name), value))
        };
        given.filter_map(value).collect()
    }
}
