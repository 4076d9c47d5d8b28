//! The commands accept any tables and responses, and print only what is visible. A table does not
//! differ from itself, its differences can be accepted, and its exports are JSON.
//!
//! The input is an array: a table, a later one, then responses, their status as an integer, and
//! their headers as strings. Any other input is all of them.
//!
//! The target leaks the layout of each envelope, because a shape is `'static`.

#![no_main]

use std::io::{self, Write};

use errtable_cli::check::{Rules, check};
use errtable_cli::diff::change::Change;
use errtable_cli::diff::{Accepted, Comparison, Deny, Side, diff};
use errtable_cli::doc::{DocOptions, doc};
use errtable_cli::envelope::{EnvelopeOptions, envelope};
use errtable_cli::error::Error;
use errtable_cli::explain::{ExplainOptions, Explanation, explain};
use errtable_cli::export::{ExportFormat, ExportOptions, export};
use errtable_cli::finding::Finding;
use errtable_cli::fmt::format;
use errtable_cli::input::Input;
use errtable_cli::print::{diagnostics, diff as differences, explanation, write_error, write_proposal_messages};
use errtable_spec::__private::is_invisible;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use folder::{path, write};
use mutate::mutate;

mod folder;
mod mutate;
#[path = "../model/object.rs"]
mod object;

/// The maximum number of responses.
const MAX_RESPONSES: usize = 4;

fuzz_target!(|input: &[u8]| {
    let parts: Vec<&RawValue> = serde_json::from_slice(input).unwrap_or_default();
    let part = |at: usize| parts.get(at).map_or(input, |part| part.get().as_bytes());
    let [table, later] = [write("table.json", part(0)), write("later.json", part(1))];
    let responses = Responses::new(&parts, input);
    check_tables(&[table.clone(), later.clone()]);
    check_format(part(0), &table);
    check_exports(&table);
    check_differences(&table, &later, &responses.bodies[0]);
    responses.explain(&table);
    responses.propose();
});

fuzz_mutator!(|input: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(input, size, max_size, seed) });

struct Responses {
    bodies: Vec<Input>,
    status: Option<u16>,
    headers: Vec<(String, String)>,
}

impl Responses {
    fn new(parts: &[&RawValue], input: &[u8]) -> Self {
        let (mut bodies, mut status, mut headers) = (Vec::new(), None, Vec::new());
        for part in parts.iter().skip(2).map(|part| part.get()) {
            if let Ok(number) = serde_json::from_str(part) {
                status = Some(number).filter(|status| (100..=999).contains(status));
            } else if let Ok(header) = serde_json::from_str::<String>(part) {
                headers.extend(header.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())));
            } else if bodies.len() < MAX_RESPONSES {
                bodies.push(write(&format!("body-{}.json", bodies.len()), part));
            }
        }
        if bodies.is_empty() {
            bodies.push(write("body.json", input));
        }
        Self { bodies, status, headers }
    }

    fn explain(&self, table: &Input) {
        for body in &self.bodies {
            for tables in [Vec::new(), vec![table.clone()]] {
                let (status, headers) = (self.status, self.headers.clone());
                if let Some(explained) = usable(explain(body, &ExplainOptions { tables, status, headers })) {
                    check_explanation(&explained);
                }
            }
        }
    }

    fn propose(&self) {
        for success in [None, self.bodies.last().cloned()] {
            let options = EnvelopeOptions { success, status: self.status, headers: self.headers.clone() };
            let Some(proposal) = usable(envelope(&self.bodies, &options)) else { continue };
            check_visible(|out| write_proposal_messages(&proposal, out));
            if let Some(text) = proposal.text {
                let table = format!("{{\n  \"name\": \"t\",\n{text},\n  \"errors\": []\n}}\n");
                assert_eq!(format(&table).as_ref(), Some(&table), "as `fmt` formats it");
                let table = write("proposal.json", table);
                table.load_valid().expect("a valid proposal");
                self.explain(&table);
            }
        }
    }
}

/// Returns the value of a command, or prints its error.
fn usable<T>(result: Result<T, Error>) -> Option<T> {
    result.map_err(|error| check_visible(|out| write_error(&error, out))).ok()
}

/// Checks that a text has no invisible characters but those of colours.
fn check_visible(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains(|c| !"\n\u{1b}".contains(c) && is_invisible(c)), "{text:?}");
    text
}

/// Checks that a text is visible JSON.
fn check_json(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) {
    let text = check_visible(write);
    assert!(serde_json::from_str::<IgnoredAny>(&text).is_ok(), "{text}");
}

fn check_explanation(explained: &Explanation) {
    check_visible(|out| explanation::write_text(explained, out));
    check_json(|out| explanation::write_json(explained, out));
}

fn check_tables(tables: &[Input]) {
    let checked = check(tables, &Rules { deny: vec![Deny::Lints], ..Rules::default() });
    assert!(checked.errors.is_empty(), "{:?}", checked.errors);
    for finding in checked.diagnostics.iter().map(Finding::from).chain(checked.lints) {
        check_visible(|out| diagnostics::write_text(finding.clone(), out));
        check_json(|out| diagnostics::write_json(finding.clone(), out));
        check_visible(|out| diagnostics::write_github(finding, out));
    }
}

/// Checks that the format of a table is stable, and that it means the same.
fn check_format(text: &[u8], table: &Input) {
    let Some(formatted) = str::from_utf8(text).ok().and_then(format) else { return };
    assert_eq!(format(&formatted).as_ref(), Some(&formatted), "the layout is not stable");
    if let Ok(loaded) = table.load_valid() {
        assert_eq!(table.parse(formatted.into()).table, loaded);
    }
}

fn check_exports(table: &Input) {
    for to in [ExportFormat::Json, ExportFormat::Openapi, ExportFormat::Typescript] {
        let exported = usable(export(table, &ExportOptions { to, out: None, check: false }));
        let Some(text) = exported.map(|exported| exported.text) else { return };
        check_visible(|out| out.write_all(text.as_bytes()));
        assert!(to == ExportFormat::Typescript || serde_json::from_str::<IgnoredAny>(&text).is_ok(), "{text}");
    }
    doc(std::slice::from_ref(table), &DocOptions { out: path("docs"), check: true }).expect("a table with pages");
}

fn check_differences(table: &Input, later: &Input, accept: &Input) {
    let [old, new] = [table, later].map(|input| Side::Input(input.clone()));
    if let Some(same) = usable(diff(&old, &old, None)) {
        assert!(same.changes.is_empty(), "{:?}", same.changes);
    }
    usable(diff(&old, &new, Some(accept)));
    if let Some(comparison) = usable(diff(&old, &new, None)) {
        print_comparison(&comparison);
        let accepted: Vec<_> = comparison.changes.iter().map(accepted).collect();
        let accepted = write("accepted.json", serde_json::to_vec(&accepted).unwrap());
        let comparison = diff(&old, &new, Some(&accepted)).expect("usable entries");
        assert!(comparison.stale.is_empty(), "{:?}", comparison.stale);
        assert!(comparison.changes.iter().all(|change| change.is_accepted), "{:?}", comparison.changes);
    }
}

fn accepted(change: &Change) -> Accepted {
    let [code, column, old, new] = [&change.code, &change.column, &change.old, &change.new].map(Clone::clone);
    Accepted { rule: change.rule, code, column, old, new, reason: None }
}

fn print_comparison(comparison: &Comparison) {
    check_visible(|out| differences::write_text(comparison, out));
    check_visible(|out| differences::write_markdown(comparison, out));
    check_json(|out| differences::write_json(comparison, out));
}
