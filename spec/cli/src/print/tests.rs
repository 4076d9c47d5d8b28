//! Commands accept any bytes: they print a result, and do not panic.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tempfile::TempDir;

use crate::check::{Rules, check};
use crate::diff::{Deny, Side, diff};
use crate::doc::{DocOptions, doc};
use crate::envelope::{EnvelopeOptions, envelope};
use crate::explain::{ExplainOptions, explain};
use crate::export::{ExportFormat, ExportOptions, export};
use crate::fmt::{fmt, format};
use crate::input::Input;
use crate::print::{diagnostics, diff as differences, explanation};
use crate::project::Project;

const TABLE: &str = r#"{
  "name": "my-api",
  "extends": ["bundled:common"],
  "columns": { "severity": { "enum": ["low", "high"], "default": "low" } },
  "errors": [{ "code": "Upload.TooFast", "retry": "thortled", "aliases": ["SlowDown"], "severity": "high" }]
}"#;

/// The body of a failure with most that an envelope can have.
const FAILURE: &str = r#"{"ok": false, "error": {"code": 429, "status": "EXHAUSTED", "message": "m {x}", "details": [
    {"@type": "a/ErrorInfo", "reason": "RATE"}, {"@type": "a/RetryInfo", "retryDelay": "1.5s"}],
    "inner": {"type": "urn:a:{b}:c", "title": "t"}}, "request_id": "r", "data": null}"#;

/// A project with most that it can have.
const PROJECT: &str = r#"[[table]]
path = "a.json"
import = { pages = ["a.md"], from = "csv", missing = "prune", unlisted = ["A"] }
export = [{ to = "json", out = "b.json" }]
[doc]
out = "d"
[rules]
deny = ["breaking", "lints"]
[diff]
against = "HEAD"
[[diff.accept]]
rule = "code-removed"
old = "A\u00e9"
"#;

const BODY: &str = r#"{"Response": {"Error": {"Code": "AuthFailure", "Message": "签名"}, "RequestId": "ed93f3cb"}}"#;

/// Returns the tables and bodies that are mutated. A published package has no fixtures.
fn corpus() -> Vec<Vec<u8>> {
    let folders = fs::read_dir("../tests/diagnostics").into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = folders.map(|folder| folder.path().join("t.json")).collect();
    files.extend(
        ["columns", "hostile", "storage"].map(|name| format!("../../tests/fixtures/tables/{name}.json").into()),
    );
    files.extend(["failure", "success"].map(|name| format!("../../tests/fixtures/{name}.json").into()));
    files.extend(["../common.json".into(), "../tchouse-p.json".into()]);
    files.sort();
    let fixtures = files.into_iter().filter_map(|file| fs::read(file).ok());
    [TABLE, BODY, FAILURE, PROJECT].map(Into::into).into_iter().chain(fixtures).collect()
}

/// Pieces that are inserted.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\n",
    b"\r\n",
    b"\t",
    b"\0",
    b"\xff",
    b"null",
    b"-1e999",
    b"\"\\ud800\"",
    b"\"errors\":",
    b"\"Error\":",
    b"\"Response\":",
    b"\"code\":",
    b"\"message\": \"m\",",
    b"\"{code}\":",
    b"\"...\":",
    b"\xef\xbb\xbf",
    b"\x1b[31m",
    "\u{202e}".as_bytes(),
    "签名".as_bytes(),
    "\u{301}".as_bytes(),
    "😀".as_bytes(),
    b"65535",
    b"\"bundled:common\"",
];

#[derive(Clone, Debug)]
enum Mutation {
    Insert(Index, &'static [u8]),
    Remove(Index, usize),
    Repeat(Index, usize),
    Replace(Index, u8),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        (any::<Index>(), select(PIECES)).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        (any::<Index>(), 1..40_usize).prop_map(|(at, len)| Mutation::Remove(at, len)),
        (any::<Index>(), 1..200_usize).prop_map(|(at, len)| Mutation::Repeat(at, len)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Replace(at, byte)),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    let len = bytes.len();
    let range = |at: &Index, size: usize| {
        let start = at.index(len + 1);
        start..(start + size).min(len)
    };
    match mutation {
        Mutation::Insert(at, piece) => drop(bytes.splice(range(at, 0), piece.iter().copied())),
        Mutation::Remove(at, size) => drop(bytes.drain(range(at, *size))),
        Mutation::Repeat(at, size) => bytes.extend_from_within(range(at, *size)),
        Mutation::Replace(at, byte) => drop(bytes.splice(range(at, 1), [*byte])),
    }
}

/// Runs every command with a file, and prints the results in every format.
fn run_commands(path: &Path) {
    let input = Input::Path(path.to_owned());
    let mut out = Vec::new();
    let checked = check(std::slice::from_ref(&input), &Rules { deny: vec![Deny::Lints], ..Rules::default() });
    for diagnostic in &checked.diagnostics {
        diagnostics::write_text(diagnostic, &mut out).unwrap();
        diagnostics::write_json(diagnostic, &mut out).unwrap();
        diagnostics::write_github(diagnostic, &mut out).unwrap();
    }
    for finding in checked.lints {
        diagnostics::write_text(finding, &mut out).unwrap();
    }
    if let Err(error) = Project::parse(&fs::read_to_string(path).unwrap_or_default()) {
        super::write_error(&error, &mut out).unwrap();
    }
    let common = Input::Bundled("common".to_owned());
    let code = Input::Path("AuthFailure".into());
    let by = |table: &Input, status| ExplainOptions { tables: vec![table.clone()], status, headers: Vec::new() };
    let explained = [
        explain(&input, &ExplainOptions::default()),
        explain(&input, &by(&common, Some(500))),
        explain(&code, &by(&input, None)),
    ];
    for result in explained {
        match result {
            Ok(explained) => {
                explanation::write_text(&explained, &mut out).unwrap();
                explanation::write_json(&explained, &mut out).unwrap();
            }
            Err(error) => super::write_error(&error, &mut out).unwrap(),
        }
    }
    let wrapped = |success| EnvelopeOptions { success, status: Some(200), headers: Vec::new() };
    for options in [EnvelopeOptions::default(), wrapped(None), wrapped(Some(input.clone()))] {
        match envelope(std::slice::from_ref(&input), &options) {
            Ok(proposal) => {
                super::write_proposal_messages(&proposal, &mut out).unwrap();
                let text = proposal.text.map(|text| format!("{{\n  \"name\": \"t\",\n{text},\n  \"errors\": []\n}}\n"));
                assert_eq!(text.as_deref().and_then(format), text, "as `fmt` formats it");
            }
            Err(error) => super::write_error(&error, &mut out).unwrap(),
        }
    }
    let sides = [common, input.clone()].map(Side::Input);
    let [common, table] = &sides;
    for (old, new) in [(common, table), (table, common), (table, table)] {
        match diff(old, new, Some(&input)) {
            Ok(comparison) => {
                differences::write_text(&comparison, &mut out).unwrap();
                differences::write_json(&comparison, &mut out).unwrap();
                differences::write_markdown(&comparison, &mut out).unwrap();
            }
            Err(error) => super::write_error(&error, &mut out).unwrap(),
        }
    }
    for to in [ExportFormat::Json, ExportFormat::Typescript, ExportFormat::Openapi] {
        if let Err(error) = export(&input, &ExportOptions { to, out: None, check: false }) {
            super::write_error(&error, &mut out).unwrap();
        }
    }
    if let Err(error) = doc(std::slice::from_ref(&input), &DocOptions { out: path.with_extension("d"), check: true }) {
        super::write_error(&error, &mut out).unwrap();
    }
    let formatted = fmt(&[input], true);
    formatted.errors.iter().try_for_each(|error| super::write_error(error, &mut out)).unwrap();
    if let Some(text) = fs::read_to_string(path).ok().and_then(|text| format(&text)) {
        assert_eq!(format(&text).as_ref(), Some(&text), "the layout is not stable");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_input_does_not_panic(
        original in select(corpus()),
        mutations in prop::collection::vec(mutation(), 0..8),
    ) {
        let mut bytes = original;
        for mutation in &mutations {
            mutate(&mut bytes, mutation);
        }
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("t.json");
        fs::write(&path, bytes).unwrap();
        run_commands(&path);
    }
}
