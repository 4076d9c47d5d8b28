//! Reads the rows of a table file. A [`FileRow`] contains the keys that the file writes; the rows
//! of bases are merged into it later.

use std::rc::Rc;

use crate::packed::write::text_map::TextMap;
use crate::table::column::{ColumnType, Value};
use crate::table::names::{Violation, check_code, check_date, check_spelling, variant_name};
use crate::table::ordered_map::OrderedMap;
use crate::table::parse::columns::ColumnDecl;
use crate::table::parse::json::{Json, JsonType};
use crate::table::parse::{Fields, Reader};
use crate::table::report::Report;
use crate::table::report::suggest::excerpt;
use crate::table::row::{Row, RowKey, default_fault};
use crate::table::source::{Span, Spanned};
use crate::vocabulary::{Fault, Retry};

/// A row as a file writes it. Only the code is required.
#[derive(Clone, Debug)]
pub(crate) struct FileRow {
    pub(crate) code: Spanned<String>,
    /// The values of the other keys.
    keys: Keys,
    /// The values of columns, by name.
    pub(crate) columns: OrderedMap<Rc<str>, Spanned<Value>>,
    /// The name of the first table that contains the code.
    pub(crate) table: Rc<str>,
    /// The prefix that this table sets for derived variant names.
    pub(crate) variant_prefix: Option<Rc<str>>,
    /// Whether a part of the row is invalid, and missing.
    pub(crate) is_flawed: bool,
}

/// The values of the keys of a row, in the order of [`RowKey`].
#[derive(Clone, Debug)]
struct Keys([Option<Spanned<FileValue>>; RowKey::ALL.len()]);

impl Keys {
    fn get(&self, key: RowKey) -> Option<&Spanned<FileValue>> {
        self.0.get(key as usize)?.as_ref()
    }

    /// Returns the value of a key, unless it is equivalent to a missing one.
    fn written(&self, key: RowKey) -> Option<&FileValue> {
        self.get(key).map(|value| &value.value).filter(|value| !value.is_blank(key))
    }

    fn set(&mut self, key: RowKey, value: Option<Spanned<FileValue>>) {
        if let Some(slot) = self.0.get_mut(key as usize) {
            *slot = value;
        }
    }

    fn take(&mut self, key: RowKey) -> Option<Spanned<FileValue>> {
        self.0.get_mut(key as usize)?.take()
    }
}

/// The value of a key as a file writes it.
#[derive(Clone, Debug, PartialEq)]
enum FileValue {
    Text(String),
    List(Vec<Spanned<String>>),
    Integer(i64),
    Milliseconds(u64),
    Retry(Retry),
    Fault(Fault),
}

impl FileValue {
    /// Returns whether the value is equivalent to a missing key.
    fn is_blank(&self, key: RowKey) -> bool {
        match self {
            Self::Text(text) => text.is_empty() && !matches!(key, RowKey::Variant | RowKey::Deprecated),
            Self::List(list) => list.is_empty(),
            Self::Integer(_) | Self::Milliseconds(_) | Self::Retry(_) | Self::Fault(_) => false,
        }
    }
}

impl FileRow {
    /// Returns the string of a key.
    pub(crate) fn text(&self, key: RowKey) -> Option<&str> {
        match &self.keys.get(key)?.value {
            FileValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the strings of a key, such as the aliases.
    pub(crate) fn list(&self, key: RowKey) -> &[Spanned<String>] {
        match self.keys.get(key).map(|value| &value.value) {
            Some(FileValue::List(list)) => list,
            _ => &[],
        }
    }

    /// Returns the code and the aliases.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &Spanned<String>> {
        std::iter::once(&self.code).chain(self.list(RowKey::Aliases))
    }

    pub(crate) fn number(&self) -> Option<i64> {
        match self.keys.get(RowKey::Number)?.value {
            FileValue::Integer(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn retry(&self) -> Option<Retry> {
        match self.keys.get(RowKey::Retry)?.value {
            FileValue::Retry(retry) => Some(retry),
            _ => None,
        }
    }

    /// Returns the fault that the row sets. The default of other rows follows `retry`, also of a
    /// base row whose `retry` is overridden.
    fn own_fault(&self) -> Option<Fault> {
        match self.keys.get(RowKey::Fault)?.value {
            FileValue::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    fn fault(&self) -> Fault {
        self.own_fault().unwrap_or_else(|| default_fault(self.retry().unwrap_or(Retry::Never)))
    }

    pub(crate) fn retry_after_ms(&self) -> Option<u64> {
        match self.keys.get(RowKey::RetryAfterMs)?.value {
            FileValue::Milliseconds(milliseconds) => Some(milliseconds),
            _ => None,
        }
    }

    /// Sets the keys that this table's own rows get by default.
    pub(crate) fn set_defaults(&mut self, retry: Option<Retry>, fault: Option<Fault>) {
        let span = self.code.span;
        let retry = self.retry().or(retry).unwrap_or(Retry::Never);
        self.keys.set(RowKey::Retry, Some(Spanned { value: FileValue::Retry(retry), span }));
        let fault = self.own_fault().or(fault).map(|fault| Spanned { value: FileValue::Fault(fault), span });
        self.keys.set(RowKey::Fault, fault);
    }

    /// Returns where the value of a key is.
    pub(crate) fn span(&self, key: RowKey) -> Option<Span> {
        self.keys.get(key).map(|value| value.span)
    }

    /// Replaces the keys and columns that `own` overrides.
    pub(crate) fn override_with(&mut self, own: Self) {
        // A table cannot remove a key of a base, and `never` does not allow a wait.
        if own.retry() == Some(Retry::Never) {
            self.keys.set(RowKey::RetryAfterMs, None);
        }
        // The reason for the class of the base is none for another class.
        if own.retry().is_some_and(|retry| self.retry() != Some(retry)) {
            self.keys.set(RowKey::Evidence, None);
        }
        self.code = own.code;
        for (slot, value) in self.keys.0.iter_mut().zip(own.keys.0) {
            *slot = value.or(slot.take());
        }
        self.columns.extend(own.columns.iter());
        self.is_flawed |= own.is_flawed;
    }

    /// Returns whether the row overrides a key or a column of a base.
    pub(crate) fn overrides(&self, name: &str) -> bool {
        match RowKey::ALL.iter().find(|key| key.as_str() == name) {
            // As in `override_with`.
            Some(RowKey::RetryAfterMs) if self.retry() == Some(Retry::Never) => true,
            Some(key) => self.keys.get(*key).is_some(),
            None => self.value(name).is_some(),
        }
    }

    /// Returns the value in a column.
    pub(crate) fn value(&self, column: &str) -> Option<&Spanned<Value>> {
        self.columns.get(column)
    }

    /// Returns the keys and columns in which two rows of one code differ.
    pub(crate) fn differing_keys(&self, other: &Self) -> Vec<Rc<str>> {
        let differs = |key: &RowKey| match key {
            // Two APIs may add a code in different versions.
            RowKey::Since => false,
            // A row without `fault` or `variant` equals a row that writes the derived one.
            RowKey::Fault => self.own_fault().or(other.own_fault()).is_some() && self.fault() != other.fault(),
            RowKey::Variant => self.variant_name() != other.variant_name(),
            key => self.keys.written(*key) != other.keys.written(*key),
        };
        let keys = RowKey::ALL.iter().copied().filter(differs);
        let mut differing: Vec<Rc<str>> = keys.map(|key| key.as_str().into()).collect();
        let own = self.columns.iter().filter(|(name, value)| other.value(name) != Some(value));
        let others = other.columns.iter().filter(|(name, _)| self.value(name).is_none());
        differing.extend(own.chain(others).map(|(name, _)| Rc::clone(name)));
        differing
    }

    /// Adds a valid value of a column that lacks one, so that one mistake is one message.
    pub(crate) fn add_placeholder(&mut self, column: &ColumnDecl, span: Span) {
        if let Some(value) = column.column.ty.any_value() {
            self.columns.insert(Rc::clone(&column.name), Spanned { value, span });
        }
        self.is_flawed = true;
    }

    /// Returns the name of the variant: the row's `variant`, or derived from the code.
    pub(crate) fn variant_name(&self) -> Spanned<String> {
        if let (Some(variant), Some(span)) = (self.text(RowKey::Variant), self.span(RowKey::Variant)) {
            return Spanned { value: variant.to_owned(), span };
        }
        let name = variant_name(&self.code.value);
        let value = match &self.variant_prefix {
            Some(prefix) if !name.is_empty() => format!("{prefix}{name}"),
            _ => name,
        };
        Spanned { value, span: self.code.span }
    }

    /// Converts the row, with its checked names and values.
    pub(crate) fn checked(&self, names: Names, values: Vec<Option<Value>>) -> Row {
        let Names { variant, former_variants, aliases } = names;
        let text = |key| self.text(key).unwrap_or_default().to_owned();
        Row {
            code: self.code.value.clone(),
            number: self.number(),
            variant,
            former_variants,
            description: text(RowKey::Description),
            retry: self.retry().unwrap_or(Retry::Never),
            retry_after_ms: self.retry_after_ms(),
            fault: self.fault(),
            evidence: text(RowKey::Evidence),
            aliases,
            since: text(RowKey::Since),
            deprecated: self.text(RowKey::Deprecated).map(str::to_owned),
            replaced_by: self.text(RowKey::ReplacedBy).map(str::to_owned),
            remove_after: text(RowKey::RemoveAfter),
            table: self.table.to_string(),
            values,
        }
    }
}

/// The names of a row that are valid and distinct.
pub(crate) struct Names {
    pub(crate) variant: String,
    pub(crate) former_variants: Vec<String>,
    pub(crate) aliases: Vec<String>,
}

/// The unread value of `errors`.
pub(crate) struct Rows<'a>(pub(super) Json<'a>);

/// The table that rows belong to.
pub(crate) struct RowContext<'c> {
    pub(crate) table: &'c Rc<str>,
    pub(crate) columns: &'c OrderedMap<Rc<str>, Spanned<ColumnDecl>>,
    /// Whether all columns are known. They are not if a base could not be read.
    pub(crate) is_complete: bool,
}

impl Rows<'_> {
    /// Reads the rows. Reports what is invalid and leaves it out.
    pub(crate) fn parse(self, context: &RowContext<'_>, report: &mut Report) -> Vec<FileRow> {
        let mut reader = Reader { report };
        let columns = context.columns.iter().map(|(name, _)| &**name);
        let keys: Vec<_> = RowKey::NAMES.iter().copied().chain(columns).collect();
        let rows = reader.array(self.0, "`errors`").unwrap_or_default();
        rows.into_iter().filter_map(|row| reader.row(row, context, &keys)).collect()
    }
}

impl Reader<'_> {
    /// Reads a row. A row with a valid code is kept even if other keys are invalid.
    fn row(&mut self, json: Json<'_>, context: &RowContext<'_>, keys: &[&str]) -> Option<FileRow> {
        let diagnostics_before = self.report.len();
        let mut fields = self.any_object(json, "row")?;
        if context.is_complete {
            let is_known = |key: &str| RowKey::NAMES.contains(&key) || context.columns.get(key).is_some();
            self.report_unknown_keys(&mut fields, is_known, keys, "; or declare it in `columns`");
        }
        let mut keys = Keys([const { None }; RowKey::ALL.len()]);
        for key in RowKey::ALL {
            if let Some(json) = fields.get(key.as_str()) {
                let value = self.key_value(*key, json);
                keys.set(*key, value.map(|value| Spanned { value, span: json.span }));
            }
        }
        if fields.get("code").is_none() {
            self.missing_key(
                json,
                &fields,
                "code",
                "the code exactly as the service sends it, or the name of the `number` that it sends",
            );
        }
        let columns = self.row_columns(&fields, context.columns);
        let Some(Spanned { value: FileValue::Text(code), span }) = keys.take(RowKey::Code) else { return None };
        let mut row = FileRow {
            code: Spanned { value: code, span },
            keys,
            columns,
            table: Rc::clone(context.table),
            variant_prefix: None,
            is_flawed: false,
        };
        row.is_flawed = self.report.len() > diagnostics_before;
        if row.is_flawed {
            // An invalid value and a misspelt column are not also missing values.
            let written = fields.entries.iter().map(|(key, _)| &**key);
            for name in written.chain(fields.misspelt.iter().map(String::as_str)) {
                if let (None, Some(column)) = (row.value(name), context.columns.get(name)) {
                    row.add_placeholder(&column.value, json.span);
                }
            }
        }
        Some(row)
    }

    /// Reads the value of a key.
    fn key_value(&mut self, key: RowKey, json: Json<'_>) -> Option<FileValue> {
        let name = key.as_str();
        match key {
            RowKey::Description
            | RowKey::Evidence
            | RowKey::Variant
            | RowKey::Since
            | RowKey::Deprecated
            | RowKey::ReplacedBy => self.checked_string(json, name, |_| Ok(())),
            RowKey::Code if json.ty() == JsonType::Number => {
                let help = format!("write a name, and the integer as `\"number\": {}`", excerpt(json.raw()));
                self.invalid_value(json, "`code`", "a string", Some(help));
                None
            }
            RowKey::Code => self.checked_string(json, name, check_code),
            RowKey::RemoveAfter => self.checked_string(json, name, check_date),
            RowKey::Aliases => self.checked_strings(json, name, |text| check_spelling("alias", text)),
            RowKey::FormerVariants => self.checked_strings(json, name, |_| Ok(())),
            RowKey::Retry => self.retry(json).map(FileValue::Retry),
            RowKey::Fault => self.fault(json).map(FileValue::Fault),
            RowKey::Number => self.integer(json, name).map(FileValue::Integer),
            RowKey::RetryAfterMs => match self.column_value(json, name, &ColumnType::DurationMs, &TextMap::default()) {
                Some(Value::DurationMs(milliseconds)) => Some(FileValue::Milliseconds(milliseconds)),
                _ => None,
            },
        }
    }

    fn checked_string(
        &mut self,
        json: Json<'_>,
        key: &str,
        check: impl Fn(&str) -> Result<(), Violation>,
    ) -> Option<FileValue> {
        let text = self.string(json, &format!("`{key}`"))?;
        self.check(&text, check).then_some(FileValue::Text(text.value))
    }

    /// Reads an array of strings, without those that violate a rule.
    fn checked_strings(
        &mut self,
        json: Json<'_>,
        key: &str,
        check: impl Fn(&str) -> Result<(), Violation>,
    ) -> Option<FileValue> {
        let mut texts = self.strings(json, key)?;
        texts.retain(|text| self.check(text, &check));
        Some(FileValue::List(texts))
    }

    fn row_columns(
        &mut self,
        fields: &Fields<'_>,
        columns: &OrderedMap<Rc<str>, Spanned<ColumnDecl>>,
    ) -> OrderedMap<Rc<str>, Spanned<Value>> {
        let mut values = OrderedMap::default();
        for (key, (_, json)) in fields.entries.iter() {
            let Some(Spanned { value: declaration, .. }) = columns.get(key) else { continue };
            let ColumnDecl { column, name, positions, is_flawed: false } = declaration else { continue };
            if let Some(value) = self.column_value(*json, name, &column.ty, positions) {
                values.insert(Rc::clone(name), Spanned { value, span: json.span });
            }
        }
        values
    }
}
