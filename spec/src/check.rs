//! The rules of a table as a whole: each code, alias and variant once, and not too many of them.

use std::collections::hash_map::Entry;
use std::hash::BuildHasherDefault;

use crate::columns::{ColumnKind, Declared};
use crate::merge::ResolvedRow;
use crate::problems::Problems;
use crate::resolve::Resolved;
use crate::source::{Located, Span};
use crate::table::{Row, Table};
use crate::text::{check_variant_name, variant_name};
use crate::text_map::{TextMap, TextSet};
use crate::words::shown;
use crate::{MAX_CODES, Rule};

/// Checks a table; rows that break a rule are problems and left out.
pub(crate) fn check(resolved: &Resolved, problems: &mut Problems) -> Table {
    let columns = distinct_enums(&resolved.columns, problems);
    let wanted: Vec<_> = resolved.rows.iter().map(ResolvedRow::wanted_name).collect();
    let mut names = Names::of(&wanted);
    let mut aliases = Aliases::of(resolved);
    let mut entries = 0;
    let mut rows = Vec::with_capacity(resolved.rows.len());
    let mut cases = resolved.ignore_case.then(Cases::default);
    for (row, wanted) in resolved.rows.iter().zip(&wanted) {
        if cases.as_mut().is_some_and(|cases| cases.collide(row, problems)) {
            continue;
        }
        let own_aliases = aliases.distinct(row, problems);
        entries += 1 + own_aliases.len();
        if entries > MAX_CODES {
            let message =
                format!("this is one of more than {MAX_CODES} codes and aliases, which is the most a table may hold");
            problems.report(Rule::TooManyCodes, row.row.code.span, message).help("split the table in two");
            break;
        }
        if let Some(variant) = names.variant(row, wanted, problems) {
            rows.push(checked(row, variant, own_aliases, &columns));
        }
    }
    Table {
        name: resolved.name.clone(),
        description: resolved.description.clone(),
        source: resolved.source.clone(),
        version: resolved.version.clone(),
        ignore_case: resolved.ignore_case,
        columns: columns.iter().map(|column| column.value.column.clone()).collect(),
        rows,
    }
}

/// The columns, without those whose enum would have the name of another's.
fn distinct_enums<'c>(columns: &'c [Located<Declared>], problems: &mut Problems) -> Vec<&'c Located<Declared>> {
    let mut enums: TextMap<String, &Located<Declared>> = TextMap::default();
    let mut distinct = Vec::with_capacity(columns.len());
    for column in columns {
        if matches!(column.value.column.kind, ColumnKind::Enum(_)) {
            let name = variant_name(&column.value.name);
            if let Some(other) = enums.get(&name) {
                let (first, second) = (&other.value.name, &column.value.name);
                let message = format!("the columns `{first}` and `{second}` make one enum, `…{name}`");
                let note = format!("`{first}` stands at {}", problems.place(other.span));
                let problem = problems.report(Rule::ColumnEnumTaken, column.span, message);
                problem.note(note).help("give one of them another name");
                continue;
            }
            enums.insert(name, column);
        }
        distinct.push(column);
    }
    distinct
}

fn checked(resolved: &ResolvedRow, variant: String, aliases: Vec<String>, columns: &[&Located<Declared>]) -> Row {
    let ResolvedRow { row, retry, fault, table } = resolved;
    let value =
        |column: &&Located<Declared>| row.value(&column.value.name).or(column.value.column.default.as_ref()).cloned();
    Row {
        code: row.code.value.clone(),
        variant,
        description: row.description.clone().unwrap_or_default(),
        retry: *retry,
        retry_after_ms: row.retry_after_ms,
        fault: *fault,
        evidence: row.evidence.clone().unwrap_or_default(),
        aliases,
        deprecated: row.deprecated.clone(),
        table: table.to_string(),
        values: columns.iter().map(value).collect(),
    }
}

/// Every spelling that is read as a code, and where it stands.
struct Aliases<'a>(TextMap<&'a str, Span>);

impl<'a> Aliases<'a> {
    fn of(resolved: &'a Resolved) -> Self {
        // Most tables have none: then no code need be looked up.
        if resolved.rows.iter().all(|row| row.row.aliases.is_none()) {
            return Self(TextMap::default());
        }
        Self(resolved.rows.iter().map(|row| (row.row.code.value.as_str(), row.row.code.span)).collect())
    }

    /// The aliases of a row that nothing else is read as.
    fn distinct(&mut self, row: &'a ResolvedRow, problems: &mut Problems) -> Vec<String> {
        let mut distinct = Vec::new();
        for alias in row.row.aliases.iter().flatten() {
            if alias.value == row.row.code.value {
                let message = format!("the alias `{}` is the code itself", shown(&alias.value));
                problems.report(Rule::AliasTaken, alias.span, message).help("take the alias out");
                continue;
            }
            if let Some(first) = self.0.get(alias.value.as_str()) {
                report_taken(alias, *first, &row.row.code.value, problems);
                continue;
            }
            self.0.insert(&alias.value, alias.span);
            distinct.push(alias.value.clone());
        }
        distinct
    }
}

/// Two rows want one spelling. Of two files the one that extends the other is where it can be mended; it was read first.
fn report_taken(alias: &Located<String>, first: Span, code: &str, problems: &mut Problems) {
    if first.source < alias.span.source {
        let note = format!("the alias stands at {}", problems.place(alias.span));
        let problem = problems.report(
            Rule::AliasTaken,
            first,
            format!("`{}` is an alias of `{}` in a base", shown(&alias.value), shown(code)),
        );
        problem.note(note).help(format!("write `{}` here, or give that row other `aliases`", shown(code)));
        return;
    }
    let note = format!("it stands at {}", problems.place(first));
    let problem =
        problems.report(Rule::AliasTaken, alias.span, format!("the alias `{}` is taken", shown(&alias.value)));
    problem.note(note).help("take the alias out: each spelling is read as one code");
}

/// The spellings so far in lower case, each with its row's code and its place, for a table that ignores case.
#[derive(Default)]
struct Cases<'a>(TextMap<String, (&'a Located<String>, &'a str)>);

impl<'a> Cases<'a> {
    /// Reports a code or alias that another row's differs from by case alone; says whether there is one.
    fn collide(&mut self, row: &'a ResolvedRow, problems: &mut Problems) -> bool {
        let code = &row.row.code;
        let problems_before = problems.len();
        for text in std::iter::once(code).chain(row.row.aliases.iter().flatten()) {
            let (other, its_code) = *self.0.entry(text.value.to_ascii_lowercase()).or_insert((text, &code.value));
            if its_code != code.value && other.value != text.value {
                let message = format!("`{}` and `{}` differ by case alone", shown(&other.value), shown(&text.value));
                let note = format!("`{}` stands at {}", shown(&other.value), problems.place(other.span));
                let help = "make one an alias of the other, or take `ignore_case` out";
                problems.report(Rule::CaseAlone, text.span, message).note(note).help(help);
            }
        }
        problems.len() > problems_before
    }
}

/// The variants so far, each with its code and place.
struct Names<'a> {
    variants: TextMap<&'a str, (&'a str, Span)>,
    wanted: &'a [Located<String>],
    /// The names that some row wants, or that were suggested for one: no suggestion may be any of these. Collected at the
    /// first suggestion, because most tables need none.
    reserved: Option<TextSet<String>>,
    /// The number that the next suggestion of a name tries.
    numbers: TextMap<String, usize>,
}

impl<'a> Names<'a> {
    fn of(wanted: &'a [Located<String>]) -> Self {
        Self {
            variants: TextMap::with_capacity_and_hasher(wanted.len(), BuildHasherDefault::default()),
            wanted,
            reserved: None,
            numbers: TextMap::default(),
        }
    }

    /// The name of a row's variant, where it is one and no other row has it.
    fn variant(
        &mut self,
        row: &'a ResolvedRow,
        wanted: &'a Located<String>,
        problems: &mut Problems,
    ) -> Option<String> {
        let code = &row.row.code;
        let Located { value: name, span } = wanted;
        if let Err(why) = check_variant_name(name) {
            let help = self.suggestion(&format!("Code{}", variant_name(name)));
            let message = match (name.as_str(), &row.row.variant) {
                ("", None) => format!("no variant name can be made of the code `{}`", shown(&code.value)),
                ("", Some(_)) => "the variant name is empty".to_owned(),
                _ => format!("the variant name `{}` {why}", shown(name)),
            };
            problems.report(Rule::VariantName, *span, message).help(help);
            return None;
        }
        let (other, place) = match self.variants.entry(name) {
            Entry::Occupied(taken) => *taken.get(),
            Entry::Vacant(free) => {
                free.insert((&code.value, *span));
                return Some(name.clone());
            }
        };
        let message = format!("the codes `{}` and `{}` give one variant, `{name}`", shown(other), shown(&code.value));
        let note = format!("`{}` stands at {}", shown(other), problems.place(place));
        let help = self.suggestion(name);
        problems.report(Rule::VariantTaken, *span, message).note(note).help(help);
        None
    }

    /// The line that gives a row a name of its own.
    fn suggestion(&mut self, name: &str) -> String {
        let stem: String = name.chars().filter(|c| unicode_ident::is_xid_continue(*c)).collect();
        let number = self.numbers.entry(stem.clone()).or_insert(1);
        let reserved = self.reserved.get_or_insert_with(|| self.wanted.iter().map(|name| name.value.clone()).collect());
        let mut free = stem.clone();
        while reserved.contains(&free) {
            *number += 1;
            free = format!("{stem}{number}");
        }
        reserved.insert(free.clone());
        format!("give the row a name of its own: `\"variant\": \"{free}\"`")
    }
}
