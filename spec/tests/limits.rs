//! The limits of tables: 65,535 codes and aliases, 64 tables in a chain of `extends`, regular files
//! of 64 MiB, and suggestions from a long list for a hundred mistakes.

mod memory;

use std::fs::{self, File};
use std::path::Path;

use errtable_spec::{Directory, Files as _, MAX_CODES, Rule, Table};
use memory::load;

/// Returns a table whose last code has the aliases.
fn table(codes: usize, aliases: usize) -> String {
    let rows: Vec<_> = (1..codes).map(|code| format!(r#"{{"code": "C{code}"}}"#)).collect();
    let aliases: Vec<_> = (0..aliases).map(|alias| format!(r#""A{alias}""#)).collect();
    let last = format!(r#"{{"code": "Last", "aliases": [{}]}}"#, aliases.join(","));
    format!("{{\"name\": \"t\", \"errors\": [\n{},\n{last}]}}", rows.join(",\n"))
}

#[test]
fn maximum_is_accepted() {
    for (codes, aliases) in [(MAX_CODES, 0), (MAX_CODES - 5, 5)] {
        let loaded = load(&[("t.json", &table(codes, aliases))]);
        assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
        assert_eq!(loaded.table.rows.len(), codes);
    }
}

#[test]
fn excess_is_reported_at_its_row() {
    for (codes, aliases) in [(MAX_CODES + 1, 0), (MAX_CODES - 5, 6)] {
        let loaded = load(&[("t.json", &table(codes, aliases))]);
        assert_eq!(loaded.diagnostics.len(), 1);
        let diagnostic = &loaded.diagnostics[0];
        assert_eq!((diagnostic.line(), diagnostic.column()), (Some(codes + 1), Some(10)));
        assert_eq!(diagnostic.rule(), Rule::TooManyCodes);
        let message = "too many codes and aliases: the maximum is 65535";
        assert_eq!((diagnostic.message(), diagnostic.help()), (message, Some("split the table")));
        assert_eq!(loaded.table.rows.len(), codes - 1, "earlier rows are kept");
    }
}

/// Loads a chain of tables, each of which extends the next.
fn load_chain(tables: usize) -> errtable_spec::Loaded {
    let table = |number| {
        let extends = if number < tables { format!("\"t{}.json\"", number + 1) } else { String::new() };
        let text = format!(r#"{{"name": "t", "extends": [{extends}], "errors": [{{"code": "C{number}"}}]}}"#);
        (&*format!("t{number}.json").leak(), text)
    };
    let files: Vec<_> = (1..=tables).map(table).collect();
    load(&files.iter().map(|(path, text)| (*path, text.as_str())).collect::<Vec<_>>())
}

#[test]
fn long_chain_of_bases_is_rejected() {
    let loaded = load_chain(64);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    assert_eq!(loaded.table.rows.len(), 64);
    for tables in [65, 20_000] {
        let loaded = load_chain(tables);
        assert_eq!(loaded.diagnostics.len(), 1);
        let diagnostic = &loaded.diagnostics[0];
        assert_eq!((diagnostic.file(), diagnostic.line(), diagnostic.column()), ("t64.json", Some(1), Some(27)));
        let message = "cannot read base `t65.json`: the chain of `extends` is longer than 64 tables";
        assert_eq!((diagnostic.rule(), diagnostic.message()), (Rule::UnreadableFile, message));
        assert!(!loaded.is_complete);
    }
}

#[track_caller]
fn assert_unreadable(folder: &Path, name: &str, why: &str, help: &str) {
    let loaded = Table::load(&Directory::new(folder), name);
    let messages: Vec<_> = loaded.diagnostics.iter().map(|problem| (problem.message(), problem.help())).collect();
    assert_eq!(messages, [(&*format!("cannot read the table: {why}"), Some(help))], "{name}");
}

#[cfg(unix)]
#[test]
fn device_and_pipe_are_not_read() {
    let (why, help) = ("it is not a regular file", "use the path of a table");
    assert_unreadable(Path::new("/dev"), "zero", why, help);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let pipe = folder.join("pipe.json");
    let _ = fs::remove_file(&pipe);
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_unreadable(folder, "pipe.json", why, help);
}

#[test]
fn large_file_is_rejected() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("large.json");
    // A sparse file, which takes no space.
    let file = File::create(&path).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    assert_unreadable(folder, "large.json", "it is larger than 64 MiB", "split the table");
    file.set_len(64 << 20).unwrap();
    assert_eq!(Directory::new(folder).read("large.json").unwrap().len(), 64 << 20);
    fs::remove_file(path).unwrap();
}

/// The number of keys or values for which a quadratic reader takes minutes.
const MANY: usize = 100_000;

/// Returns `MANY` items, separated by commas.
fn many(item: impl Fn(usize) -> String) -> String {
    (0..MANY).map(item).collect::<Vec<_>>().join(",\n")
}

#[test]
fn many_columns_are_read() {
    let columns = many(|number| format!(r#""c{number}": "u32""#));
    let values = many(|number| format!(r#""c{number}": {number}"#));
    let base = format!(
        r#"{{"name": "base", "columns": {{{columns}}}, "errors": [{{"code": "A", {values}}}, {{"code": "B", {values}}}]}}"#
    );
    let child = format!(
        r#"{{"name": "child", "extends": ["base.json", "base.json"], "columns": {{{columns}}}, "errors": [{{"code": "A", {values}}}]}}"#
    );
    let loaded = load(&[("child.json", &child), ("base.json", &base)]);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    assert_eq!(loaded.table.columns.len(), MANY);
    assert!(loaded.table.rows.iter().all(|row| row.values.iter().flatten().count() == MANY));
}

#[test]
fn many_lookups_are_read() {
    let unique = many(|number| format!(r#""from_c{number}": {{"type": "u32", "unique": true}}"#));
    let loaded = load(&[("t.json", &format!(r#"{{"name": "t", "columns": {{{unique}}}, "errors": []}}"#))]);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
}

#[test]
fn many_enum_values_are_read() {
    let values = many(|number| format!(r#""V{number}""#));
    let rows = (0..MAX_CODES).map(|row| format!(r#"{{"code": "C{row}", "c": "V{}"}}"#, MANY - 1 - row));
    let rows = rows.collect::<Vec<_>>().join(",\n");
    let table = format!(r#"{{"name": "t", "columns": {{"c": {{"enum": [{values}]}}}}, "errors": [{rows}]}}"#);
    let loaded = load(&[("t.json", &table)]);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    let last = loaded.table.rows[MAX_CODES - 1].values[0].as_ref().and_then(errtable_spec::Value::number);
    assert_eq!(last, Some((MANY - MAX_CODES) as u64));
}

/// A table may be full of mistakes, each of which has a help.
#[test]
fn many_mistakes_are_reported() {
    const ROWS: usize = 5_000;
    let values = many(|number| format!(r#""Value{number}""#));
    let reserved = many(|number| format!(r#"{{"code": "R{number}", "numbers": [-{number}, {number}]}}"#));
    let row =
        |row| format!(r#"{{"code": "C{row}", "number": {row}, "replaced_by": "K{row}", "d": 1, "e": "Values{row}"}}"#);
    let rows = (0..ROWS).map(row).collect::<Vec<_>>().join(",\n");
    let table = format!(
        r#"{{"name": "t", "columns": {{"e": {{"enum": [{values}]}}}}, "reserved": [{reserved}], "errors": [{rows}]}}"#
    );
    let loaded = load(&[("t.json", &table)]);
    assert_eq!(loaded.diagnostics.len(), 4 * ROWS);
}

#[test]
fn values_of_a_long_list_are_suggested_for_the_first_hundred_mistakes() {
    for (values, mistakes, suggestions) in [(64, 120, 120), (65, 1, 1), (65, 120, 100)] {
        let values: Vec<_> = (0..values).map(|number| format!(r#""Value{number}""#)).collect();
        let rows: Vec<_> = (0..mistakes).map(|row| format!(r#"{{"code": "C{row}", "e": "Vslue1"}}"#)).collect();
        let (values, rows) = (values.join(","), rows.join(","));
        let text = format!(r#"{{"name": "t", "columns": {{"e": {{"enum": [{values}]}}}}, "errors": [{rows}]}}"#);
        let diagnostics = load(&[("t.json", &text)]).diagnostics;
        let near = diagnostics.iter().filter(|problem| problem.help() == Some("did you mean `Value1`?"));
        assert_eq!((diagnostics.len(), near.count()), (mistakes, suggestions));
    }
}
