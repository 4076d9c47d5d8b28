//! Reads the keys of `errtable.toml`, and reports all problems.

use std::collections::BTreeMap;
use std::ops::Range;

use clap::ValueEnum;
use errtable_spec::__private::did_you_mean;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Finding;

/// A value of the file, and its range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The bytes of the file that contain it.
    pub range: Range<usize>,
}

/// The file that is read, and its problems.
pub(super) struct ProjectReader<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
    pub(super) problems: Vec<Finding>,
}

/// A table of the file.
pub(super) struct TableKeys<'t> {
    /// The range of the table, or of its header.
    pub(super) range: Range<usize>,
    values: BTreeMap<&'t str, &'t Spanned<DeValue<'t>>>,
}

impl<'t> ProjectReader<'t> {
    /// Reports a problem at a range.
    pub(super) fn report(&mut self, range: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let finding = Finding::new("project-file", self.name, message).at(self.text, range);
        self.problems.push(finding.with_help(help));
    }

    /// Reads a table, which may only have these keys.
    pub(super) fn keys(&mut self, table: &'t DeTable<'t>, range: Range<usize>, known: &[&str]) -> TableKeys<'t> {
        let mut values = BTreeMap::new();
        for (key, value) in table {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                values.insert(name, value);
            } else {
                self.report(&key.span(), format!("unknown key `{name}`"), did_you_mean(name, known));
            }
        }
        TableKeys { range, values }
    }

    /// Reads a string that is not empty.
    pub(super) fn string(&mut self, keys: &TableKeys<'t>, key: &str) -> Option<Located<String>> {
        let value = keys.values.get(key)?;
        self.text_of(key, value)
    }

    /// Reads a string that may be empty.
    pub(super) fn any_string(&mut self, keys: &TableKeys<'t>, key: &str) -> Option<String> {
        let value = keys.values.get(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(key, value, "a string");
        }
        text
    }

    /// Reads a string that must be there.
    pub(super) fn required(&mut self, keys: &TableKeys<'t>, key: &str, example: &str) -> Option<Located<String>> {
        if !keys.values.contains_key(key) {
            self.report(&keys.range, format!("missing key `{key}`"), format!("add `{key} = {example}`"));
        }
        self.string(keys, key)
    }

    /// Reads an array of strings.
    pub(super) fn strings(&mut self, keys: &TableKeys<'t>, key: &str) -> Vec<Located<String>> {
        let Some(value) = keys.values.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "an array of strings");
            return Vec::new();
        };
        array.iter().filter_map(|element| self.text_of(key, element)).collect()
    }

    /// Reads a table whose keys are free, and whose values are strings.
    pub(super) fn pairs(&mut self, keys: &TableKeys<'t>, key: &str) -> Vec<(String, Located<String>)> {
        let Some(value) = keys.values.get(key) else { return Vec::new() };
        self.pairs_of(key, value)
    }

    /// Reads a table of tables, whose keys are free, and whose values are strings.
    pub(super) fn nested_pairs(&mut self, keys: &TableKeys<'t>, key: &str) -> Vec<(String, String, Located<String>)> {
        let Some(value) = keys.values.get(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table of tables");
            return Vec::new();
        };
        let mut nested = Vec::new();
        for (name, inner) in table {
            let pairs = self.pairs_of(name.get_ref(), inner);
            nested.extend(pairs.into_iter().map(|(text, value)| (name.get_ref().to_string(), text, value)));
        }
        nested
    }

    fn pairs_of(&mut self, key: &str, value: &'t Spanned<DeValue<'t>>) -> Vec<(String, Located<String>)> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table of strings");
            return Vec::new();
        };
        let pairs = table
            .iter()
            .filter_map(|(name, text)| Some((name.get_ref().to_string(), self.text_of(name.get_ref(), text)?)));
        pairs.collect()
    }

    /// Reads a Boolean. The default is `false`.
    pub(super) fn flag(&mut self, keys: &TableKeys<'t>, key: &str) -> bool {
        let Some(value) = keys.values.get(key) else { return false };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, "`true` or `false`");
        }
        flag.unwrap_or_default()
    }

    /// Reads a string that is one of the values of an option.
    pub(super) fn choice<T: ValueEnum>(&mut self, text: &Located<String>) -> Option<T> {
        let choice = T::from_str(&text.value, false).ok();
        if choice.is_none() {
            let values: Vec<_> = T::value_variants().iter().filter_map(T::to_possible_value).collect();
            let names: Vec<_> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
            let message = format!("unknown value `{}`", text.value);
            self.report(&text.range, message, did_you_mean(&text.value, &names));
        }
        choice
    }

    /// Reads a table of the file, `[key]`.
    pub(super) fn table(&mut self, keys: &TableKeys<'t>, key: &str, known: &[&str]) -> Option<TableKeys<'t>> {
        let value = keys.values.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, &format!("a table, `[{key}]`"));
            return None;
        };
        Some(self.keys(table, value.span(), known))
    }

    /// Reads tables of the file, `[[key]]`.
    pub(super) fn tables(&mut self, keys: &TableKeys<'t>, key: &str, known: &[&str]) -> Vec<TableKeys<'t>> {
        let Some(value) = keys.values.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, &format!("an array of tables, `[[{key}]]`"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for element in array {
            match element.get_ref().as_table() {
                Some(table) => tables.push(self.keys(table, element.span(), known)),
                None => self.wrong_type(key, element, "a table"),
            }
        }
        tables
    }

    fn text_of(&mut self, key: &str, value: &'t Spanned<DeValue<'t>>) -> Option<Located<String>> {
        match value.get_ref().as_str() {
            Some("") => self.report(&value.span(), format!("`{key}` is empty"), "write a value, or remove the key"),
            Some(text) => return Some(Located { value: text.to_owned(), range: value.span() }),
            None => self.wrong_type(key, value, "a string"),
        }
        None
    }

    fn wrong_type(&mut self, key: &str, value: &Spanned<DeValue<'t>>, expected: &str) {
        let found = value.get_ref().type_str();
        self.report(&value.span(), format!("`{key}` has the type {found}"), format!("expected {expected}"));
    }
}
