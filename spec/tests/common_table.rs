//! `common.json` holds the 26 common codes of the reference API, with reasons for what it says beyond them.

use errtable_spec::{Fault, Retry, Table};

/// Code and description, as the API's page "Responses" lists them.
const PAGE: &str = include_str!("fixtures/common-error-codes.txt");

fn table() -> Table {
    let loaded = Table::load_bundled("common");
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.table
}

#[test]
fn codes_and_descriptions_are_those_of_the_page_to_the_letter() {
    let rows: Vec<_> = table().rows.iter().map(|row| format!("{} {}", row.code, row.description)).collect();
    let page: Vec<_> = PAGE.lines().collect();
    assert_eq!(page.len(), 26);
    assert_eq!(rows, page);
}

#[test]
fn every_row_that_is_not_never_and_client_says_why() {
    for row in table().rows {
        let plain = (row.retry, row.fault) == (Retry::Never, Fault::Client);
        assert_eq!(plain, row.evidence.is_empty(), "{}", row.code);
    }
}

#[test]
fn the_classes_are_those_of_the_evidence() {
    let classes: Vec<_> = table()
        .rows
        .into_iter()
        .filter(|row| row.retry != Retry::Never || row.fault != Fault::Client)
        .map(|row| (row.code, row.retry, row.fault))
        .collect();
    let expected = [
        ("AuthFailure.SignatureExpire", Retry::Reauthenticate, Fault::Client),
        ("AuthFailure.TokenFailure", Retry::Reauthenticate, Fault::Client),
        ("DryRunOperation", Retry::Never, Fault::None),
        ("InternalError", Retry::Transient, Fault::Server),
        ("RequestLimitExceeded", Retry::Throttled, Fault::Client),
        ("ResourceInUse", Retry::Conflict, Fault::Client),
        ("ResourceInsufficient", Retry::Never, Fault::Server),
        ("ResourceUnavailable", Retry::Conflict, Fault::Client),
    ];
    assert_eq!(classes, expected.map(|(code, retry, fault)| (code.to_owned(), retry, fault)));
}
