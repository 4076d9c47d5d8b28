//! A table has at most 65,535 codes and aliases.

mod memory;

use errtable_spec::{MAX_CODES, Rule};
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
        assert_eq!((diagnostic.message(), diagnostic.help_text()), (message, Some("split the table")));
        assert_eq!(loaded.table.rows.len(), codes - 1, "earlier rows are kept");
    }
}
