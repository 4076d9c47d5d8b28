//! The rows of a table file, with the places to edit.

use std::borrow::Cow;
use std::ops::Range;

use errtable_spec::__private::Json;
use errtable_spec::RowKey;

use crate::place::member;

/// A range of the text, and what replaces it.
pub(super) type Edit = (Range<usize>, String);

/// A table file.
pub(super) struct TableFile<'t> {
    pub(super) text: &'t str,
    /// The value of `errors`.
    pub(super) array: Range<usize>,
    pub(super) rows: Vec<FileRow<'t>>,
    /// The start of each derived variant name.
    pub(super) variant_prefix: Cow<'t, str>,
}

/// A row of a table file.
pub(super) struct FileRow<'t> {
    text: &'t str,
    pub(super) range: Range<usize>,
    pub(super) code: Cow<'t, str>,
    pub(super) members: Vec<Member<'t>>,
    aliases: Vec<Cow<'t, str>>,
}

/// A key of a row, and its value.
pub(super) struct Member<'t> {
    key: Cow<'t, str>,
    key_range: Range<usize>,
    value: Json<'t>,
}

/// Returns the JSON of a string.
pub(super) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl<'t> TableFile<'t> {
    /// Returns `None` if the text is not a table, or if a row has no code.
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let root = Json::of(text)?;
        let errors = member(root, "errors")?;
        let rows = errors.elements()?.into_iter().map(|row| FileRow::parse(text, row)).collect::<Option<_>>()?;
        let variant_prefix =
            member(root, "variant_prefix").and_then(|prefix| prefix.unescape().ok()).unwrap_or_default();
        Some(Self { text, array: errors.range(), rows, variant_prefix })
    }

    /// Returns the text between two places.
    pub(super) fn between(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }
}

impl<'t> FileRow<'t> {
    fn parse(text: &'t str, row: Json<'t>) -> Option<Self> {
        let member = |(key, value): (Json<'t>, Json<'t>)| {
            Some(Member { key: key.unescape().ok()?, key_range: key.range(), value })
        };
        let members = row.entries()?.into_iter().map(member).collect::<Option<Vec<_>>>()?;
        let value = |key: &str| members.iter().find(|member| member.key == key).map(|member| member.value);
        let code = value("code")?.unescape().ok()?;
        let aliases = value("aliases").and_then(Json::elements).unwrap_or_default();
        let aliases = aliases.into_iter().filter_map(|alias| alias.unescape().ok()).collect();
        Some(Self { text, range: row.range(), code, members, aliases })
    }

    pub(super) fn aliases(&self) -> impl Iterator<Item = &str> {
        self.aliases.iter().map(|alias| &**alias)
    }

    /// Returns the code and the aliases.
    pub(super) fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.code).chain(self.aliases())
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.member(key).is_some()
    }

    /// Returns the string of a key.
    pub(super) fn string(&self, key: &str) -> Option<Cow<'t, str>> {
        self.member(key)?.value.unescape().ok()
    }

    /// Returns the value of a key.
    pub(super) fn value(&self, key: &str) -> Option<serde_json::Value> {
        serde_json::from_str(self.slice(self.member(key)?.value.range())).ok()
    }

    fn member(&self, key: &str) -> Option<&Member<'t>> {
        self.members.iter().find(|member| member.key == key)
    }

    /// Sets a key. A new one follows the last key that is before it in the usual order. Columns
    /// have no order: a new one follows those of the row.
    pub(super) fn set(&self, key: &str, value: &str) -> Edit {
        if let Some(member) = self.member(key) {
            return (member.value.range(), value.to_owned());
        }
        let rank = rank(key);
        // Each row has a code, which is the first in the order.
        let before = self.members.iter().rfind(|member| self::rank(&member.key) <= rank);
        let end = before.map_or(self.range.start + 1, |member| member.value.range().end);
        (end..end, format!("{}{}{}{value}", self.comma(), json(key), self.colon()))
    }

    /// Adds elements to `aliases`.
    pub(super) fn add_aliases(&self, aliases: &[String]) -> Edit {
        let elements = aliases.iter().map(|alias| json(alias)).collect::<Vec<_>>().join(", ");
        let last = self.member("aliases").and_then(|member| member.value.elements()?.last().copied());
        match last {
            Some(last) => (last.range().end..last.range().end, format!(", {elements}")),
            None => self.set("aliases", &format!("[{elements}]")),
        }
    }

    /// Removes a key that is not the first one.
    pub(super) fn remove(&self, key: &str) -> Option<Edit> {
        let at = self.members.iter().position(|member| member.key == key)?;
        let before = self.members.get(at.checked_sub(1)?)?;
        Some((before.value.range().end..self.members.get(at)?.value.range().end, String::new()))
    }

    /// Returns the text from the brace to the first key.
    pub(super) fn open(&self) -> &'t str {
        let first = self.members.first().map_or(self.range.end, |member| member.key_range.start);
        self.slice(self.range.start..first)
    }

    /// Returns the text between two keys and values.
    pub(super) fn comma(&self) -> String {
        if let [first, second, ..] = &*self.members {
            return self.slice(first.value.range().end..second.key_range.start).to_owned();
        }
        match self.open().get(1..).unwrap_or_default() {
            "" if self.colon().ends_with(' ') => ", ".to_owned(),
            space => format!(",{space}"),
        }
    }

    /// Returns the text between a key and its value.
    pub(super) fn colon(&self) -> &'t str {
        let colon = |member: &Member<'_>| self.slice(member.key_range.end..member.value.range().start);
        self.members.first().map_or(": ", colon)
    }

    /// Returns the text from the last value to the brace.
    pub(super) fn close(&self) -> &'t str {
        let last = self.members.last().map_or(self.range.start, |member| member.value.range().end);
        self.slice(last..self.range.end)
    }

    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }
}

/// Returns the position of a key in the usual order. Columns are last.
pub(super) fn rank(key: &str) -> usize {
    RowKey::NAMES.iter().position(|known| *known == key).unwrap_or(RowKey::NAMES.len())
}
