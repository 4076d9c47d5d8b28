//! Compares columns and their values.

use errtable_spec::{Column, ColumnType, EnumValue, Row, Table, Value};

use crate::diff::change::{Change, Effect, Rule};
use crate::value::text;

/// A column of both tables, with its positions.
type Pair<'t> = ((usize, &'t Column), (usize, &'t Column));

/// Compares the columns of two tables, and the values of the rows that both have.
pub(super) fn compare_columns(old: &Table, new: &Table, rows: &[(&Row, &Row)]) -> Vec<Change> {
    let mut changes = Vec::new();
    for column in old.columns.iter().filter(|column| find(new, &column.name).is_none()) {
        changes.push(Change::new(Rule::ColumnRemoved, Some(returned(column)), None).of_column(&column.name));
    }
    let mut values = Vec::new();
    for (position, column) in new.columns.iter().enumerate() {
        match find(old, &column.name) {
            Some(found) => {
                let pair = (found, (position, column));
                compare_column(found.1, column, &mut changes);
                compare_values(&pair, rows, &mut values);
            }
            None => changes.push(Change::new(Rule::ColumnAdded, None, Some(returned(column))).of_column(&column.name)),
        }
    }
    changes.append(&mut values);
    changes
}

fn find<'t>(table: &'t Table, name: &str) -> Option<(usize, &'t Column)> {
    table.columns.iter().enumerate().find(|(_, column)| column.name == name)
}

fn compare_column(old: &Column, new: &Column, changes: &mut Vec<Change>) {
    let mut push = |rule, (old, new_text): (Option<String>, Option<String>), effect: Option<Effect>| {
        if old != new_text {
            changes.push(Change::new(rule, old, new_text).of_column(&new.name).with(effect));
        }
    };
    let types = (Some(returned(old)), Some(returned(new)));
    if type_name(old) != type_name(new) {
        return push(Rule::ColumnRetyped, types, None);
    }
    push(Rule::ColumnOptionChanged, types, None);
    match (old.unique, new.unique) {
        (true, false) => push(Rule::ColumnLookupRemoved, (Some(lookup(old)), None), None),
        (false, true) => push(Rule::ColumnLookupAdded, (None, Some(lookup(new))), None),
        _ => {}
    }
    push(Rule::ColumnDefaultChanged, (default(old), default(new)), Some(Effect::ValueChanged));
    if let (ColumnType::Enum(old_values), ColumnType::Enum(new_values)) = (&old.ty, &new.ty) {
        compare_enums(&new.name, old_values, new_values, changes);
    }
}

/// Compares the values of an enum column, which are the same if their variants are.
fn compare_enums(column: &str, old: &[EnumValue], new: &[EnumValue], changes: &mut Vec<Change>) {
    let mut push = |rule, old: Option<&str>, new: Option<&str>, effects: Option<Effect>| {
        let change = Change::new(rule, old.map(str::to_owned), new.map(str::to_owned));
        changes.push(change.of_column(column).with(effects));
    };
    let position = |value: &EnumValue| new.iter().position(|new| new.variant == value.variant);
    for value in old.iter().filter(|value| position(value).is_none()) {
        push(Rule::EnumValueRemoved, Some(&value.text), None, None);
    }
    for value in new {
        match old.iter().find(|old| old.variant == value.variant) {
            None => push(Rule::EnumValueAdded, None, Some(&value.text), None),
            Some(old) if old.text != value.text => {
                push(Rule::EnumValueRenamed, Some(&old.text), Some(&value.text), Some(Effect::ValueChanged));
            }
            Some(_) => {}
        }
    }
    if !old.iter().filter_map(position).is_sorted() {
        push(Rule::EnumValuesReordered, None, None, Some(Effect::ValueChanged));
    }
}

fn compare_values((old, new): &Pair<'_>, rows: &[(&Row, &Row)], changes: &mut Vec<Change>) {
    let ((old_position, old), (new_position, new)) = (*old, *new);
    if type_name(old) != type_name(new) {
        return;
    }
    for (old_row, new_row) in rows {
        let before = old_row.values.get(old_position).and_then(Option::as_ref);
        let after = new_row.values.get(new_position).and_then(Option::as_ref);
        // A changed default is one change, not one for each row.
        let is_default = is_same(before, old.default.as_ref()) && is_same(after, new.default.as_ref());
        if !is_same(before, after) && !is_default {
            // `from_errno(5)` returned this row, and no longer does.
            let is_lookup_changed = old.unique && before.is_some();
            let rule = if is_lookup_changed { Rule::UniqueValueChanged } else { Rule::ValueChanged };
            let effects = [Effect::ValueChanged].into_iter().chain(is_lookup_changed.then_some(Effect::LookupChanged));
            let change = Change::new(rule, before.map(text), after.map(text));
            changes.push(change.of_code(&new_row.code).of_column(&new.name).with(effects));
        }
    }
}

/// Returns whether two values are the same. The position of an enum value may differ.
fn is_same(old: Option<&Value>, new: Option<&Value>) -> bool {
    match (old, new) {
        (Some(Value::Enum(old)), Some(Value::Enum(new))) => old.variant == new.variant,
        _ => old == new,
    }
}

/// Returns the name of the type. An HTTP status is a `u16` to the program.
fn type_name(column: &Column) -> &'static str {
    let ty = if column.ty == ColumnType::HttpStatus { &ColumnType::U16 } else { &column.ty };
    ty.name()
}

/// Returns what the method of a column returns, such as `Option<u16>`.
fn returned(column: &Column) -> String {
    let name = type_name(column);
    let is_optional = column.default.is_none() && !column.required;
    if is_optional { format!("Option<{name}>") } else { name.to_owned() }
}

/// Returns the name of the method that looks up a unique value.
fn lookup(column: &Column) -> String {
    format!("from_{}", column.name)
}

fn default(column: &Column) -> Option<String> {
    column.default.as_ref().map(text)
}
