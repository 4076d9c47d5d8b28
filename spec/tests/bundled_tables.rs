//! The bundled tables hold the codes of the reference API, with reasons for what they say beyond them.

use std::collections::{BTreeMap, HashSet};

use errtable_spec::{Fault, Retry, Table, bundled_names};

/// Code and description, as the API's page "Responses" lists them.
const PAGE: &str = include_str!("fixtures/common-error-codes.txt");

/// The API-specific codes of each service, as its public SDK lists them.
const SERVICES: &str = include_str!("fixtures/service-codes.json");

fn load(name: &str) -> Table {
    let loaded = Table::load_bundled(name);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    loaded.table
}

fn services() -> BTreeMap<String, Vec<String>> {
    serde_json::from_str(SERVICES).unwrap()
}

#[test]
fn there_is_one_for_the_common_codes_and_one_for_each_service() {
    let services = services();
    let names: Vec<_> = std::iter::once("common").chain(services.keys().map(String::as_str)).collect();
    assert_eq!(bundled_names(), names);
    for name in names {
        assert_eq!(load(name).name, name);
    }
}

#[test]
fn every_code_of_a_service_is_in_its_table() {
    let common: HashSet<_> = load("common").rows.into_iter().map(|row| row.code).collect();
    for (name, codes) in services() {
        let own: HashSet<_> = load(&name).rows.into_iter().map(|row| row.code).collect();
        let expected: HashSet<_> = codes.into_iter().chain(common.iter().cloned()).collect();
        assert_eq!(own, expected, "{name}");
    }
}

#[test]
fn descriptions_are_sentences_and_no_two_of_a_table_are_alike() {
    for name in bundled_names() {
        let mut seen = HashSet::new();
        for row in load(name).rows {
            assert!(row.description.ends_with('.'), "{name}: {}", row.code);
            assert!(seen.insert(row.description), "{name}: {}", row.code);
        }
    }
}

#[test]
fn codes_and_descriptions_are_those_of_the_page_to_the_letter() {
    let rows: Vec<_> = load("common").rows.iter().map(|row| format!("{} {}", row.code, row.description)).collect();
    let page: Vec<_> = PAGE.lines().collect();
    assert_eq!(page.len(), 26);
    assert_eq!(rows, page);
}

#[test]
fn every_row_that_is_not_never_and_client_says_why() {
    for name in bundled_names() {
        for row in load(name).rows {
            let plain = (row.retry, row.fault) == (Retry::Never, Fault::Client);
            assert!(plain || !row.evidence.is_empty(), "{name}: {}", row.code);
        }
    }
}

#[test]
fn the_common_classes_are_those_of_the_evidence() {
    let classes: Vec<_> = load("common")
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

#[test]
fn the_classes_of_services_are_chosen_row_by_row() {
    for (name, code, retry) in [
        ("cls", "FailedOperation.ReadQpsLimit", Retry::Throttled),
        ("cls", "FailedOperation.WriteTrafficLimit", Retry::Throttled),
        ("cls", "FailedOperation.TopicCreating", Retry::Conflict),
        ("cls", "FailedOperation.Timeout", Retry::Transient),
        ("cls", "FailedOperation.SearchTimeout", Retry::Transient),
        ("cls", "InternalError.ServerBusy", Retry::Transient),
        ("cls", "LimitExceeded.Topic", Retry::Never),
        ("cls", "InternalError.IllegalRole", Retry::Never),
        ("wedata", "InternalError.InvalidParameter", Retry::Never),
        ("wedata", "AuthFailure.SignatureExpire", Retry::Reauthenticate),
    ] {
        let table = load(name);
        let row = table.rows.iter().find(|row| row.code == code).unwrap();
        assert_eq!(row.retry, retry, "{name}: {code}");
    }
}

#[test]
fn one_code_may_mean_another_thing_in_a_service() {
    let row = |table: &str| {
        let table = load(table);
        table.rows.into_iter().find(|row| row.code == "AuthFailure.SignatureExpire").unwrap()
    };
    let (common, wedata) = (row("common"), row("wedata"));
    assert_ne!(common.description, wedata.description);
    assert!(wedata.evidence.contains("renew the login"), "signing again is not enough");
    assert_eq!((common.table.as_str(), wedata.table.as_str()), ("common", "common"));
}
