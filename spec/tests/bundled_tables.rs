//! The bundled tables have evidence for their metadata. Those of Tencent Cloud API 3.0 contain its
//! codes; `protocol_tables.rs` is about the others.

use std::collections::{BTreeMap, HashSet};

use errtable_spec::{Fault, Retry, Row, Table, bundled_names};

/// The codes and descriptions of the API's page "Responses".
const PAGE: &str = include_str!("fixtures/common-error-codes.txt");

/// The API-specific codes of each service in its public SDK.
const SERVICES: &str = include_str!("fixtures/service-codes.json");

fn load(name: &str) -> Table {
    let loaded = Table::load_bundled(name);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    loaded.table
}

fn services() -> BTreeMap<String, Vec<String>> {
    serde_json::from_str(SERVICES).unwrap()
}

/// Returns the names of the tables of Tencent Cloud API 3.0.
fn names() -> Vec<String> {
    ["common", "gateway"].map(str::to_owned).into_iter().chain(services().into_keys()).collect()
}

#[test]
fn common_gateway_services_and_protocols_have_tables() {
    let mut all = names();
    all.extend(["kafka", "postgres", "grpc", "json-rpc", "lsp", "mcp"].map(str::to_owned));
    assert_eq!(bundled_names(), all);
    for name in all {
        assert_eq!(load(&name).name, name);
    }
}

#[test]
fn service_tables_are_complete() {
    let gateway: HashSet<_> = load("gateway").rows.into_iter().map(|row| row.code).collect();
    for (name, codes) in services() {
        let own: HashSet<_> = load(&name).rows.into_iter().map(|row| row.code).collect();
        let expected: HashSet<_> = codes.into_iter().chain(gateway.iter().cloned()).collect();
        assert_eq!(own, expected, "{name}");
    }
}

#[test]
fn descriptions_are_distinct_sentences() {
    for name in bundled_names() {
        let mut seen = HashSet::new();
        for row in load(name).rows {
            assert!(row.description.ends_with('.'), "{name}: {}", row.code);
            assert!(seen.insert(row.description), "{name}: {}", row.code);
        }
    }
}

#[test]
fn common_table_equals_the_page() {
    let rows: Vec<_> = load("common").rows.iter().map(|row| format!("{} {}", row.code, row.description)).collect();
    let page: Vec<_> = PAGE.lines().collect();
    assert_eq!(page.len(), 26);
    assert_eq!(rows, page);
}

#[test]
fn metadata_has_evidence() {
    for name in bundled_names() {
        for row in load(name).rows {
            let plain = (row.retry, row.fault) == (Retry::Never, Fault::Client);
            assert!(plain || !row.evidence.is_empty(), "{name}: {}", row.code);
        }
    }
}

#[test]
fn common_classes_match_the_evidence() {
    let classes: Vec<_> = load("common")
        .rows
        .into_iter()
        .filter(|row| row.retry != Retry::Never || row.fault != Fault::Client)
        .map(|row| (row.code, row.retry, row.fault))
        .collect();
    let expected = [
        ("AuthFailure.SignatureExpire", Retry::Renew, Fault::Client),
        ("AuthFailure.TokenFailure", Retry::Renew, Fault::Client),
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
fn gateway_and_service_classes_match_the_evidence() {
    let expected = [
        ("gateway", "RequestLimitExceeded.GlobalRegionUinLimitExceeded", Retry::Throttled, Fault::Client),
        ("gateway", "RequestLimitExceeded.UinLimitExceeded", Retry::Throttled, Fault::Client),
        ("ckafka", "ResourceUnavailable.KafkaStorageError", Retry::Transient, Fault::Server),
        ("ckafka", "ResourcesSoldOut", Retry::Never, Fault::Server),
        ("ckafka", "UnsupportedOperation.FrequencyTopicDeleteOperate", Retry::Conflict, Fault::Client),
        ("cls", "FailedOperation.CloudProductInvocationError", Retry::Never, Fault::Server),
        ("cls", "FailedOperation.DownLoadFile", Retry::Transient, Fault::Server),
        ("cls", "FailedOperation.GetListFile", Retry::Transient, Fault::Server),
        ("cls", "FailedOperation.PreviewFile", Retry::Transient, Fault::Server),
        ("cls", "FailedOperation.ReadQpsLimit", Retry::Throttled, Fault::Client),
        ("cls", "FailedOperation.SearchTimeout", Retry::Transient, Fault::Server),
        ("cls", "FailedOperation.TagQpsLimit", Retry::Transient, Fault::Server),
        ("cls", "FailedOperation.Timeout", Retry::Transient, Fault::Server),
        ("cls", "FailedOperation.TopicCreating", Retry::Conflict, Fault::Client),
        ("cls", "FailedOperation.WriteQpsLimit", Retry::Throttled, Fault::Client),
        ("cls", "FailedOperation.WriteTrafficLimit", Retry::Throttled, Fault::Client),
        ("cls", "InternalError.DbError", Retry::Transient, Fault::Server),
        ("cls", "InternalError.SearchError", Retry::Transient, Fault::Server),
        ("cls", "InternalError.SearchFailed", Retry::Transient, Fault::Server),
        ("cls", "InternalError.ServerBusy", Retry::Transient, Fault::Server),
        ("cls", "LimitExceeded.IndexOperating", Retry::Throttled, Fault::Client),
        ("cls", "LimitExceeded.LogSearch", Retry::Throttled, Fault::Client),
        ("tchouse-p", "InternalError.SystemError", Retry::Transient, Fault::Server),
        ("wedata", "AuthFailure.SignatureExpire", Retry::Renew, Fault::Client),
        ("wedata", "FailedOperation.ExecutorClusterStatusError", Retry::Conflict, Fault::Client),
        ("wedata", "InternalError.UnknownError", Retry::Transient, Fault::Server),
    ];
    let mut classes = Vec::new();
    let names = names();
    for name in names.iter().skip(1).map(String::as_str) {
        let base = load(if name == "gateway" { "common" } else { "gateway" });
        let is_own = |row: &&Row| !base.rows.contains(*row) && (row.retry, row.fault) != (Retry::Never, Fault::Client);
        classes.extend(load(name).rows.iter().filter(is_own).map(|row| (name, row.code.clone(), row.retry, row.fault)));
    }
    // An override keeps the position of the base row, so the order differs from the file.
    let mut expected = expected.map(|(name, code, retry, fault)| (name, code.to_owned(), retry, fault));
    expected.sort_by_key(|(name, code, ..)| (*name, code.clone()));
    classes.sort_by_key(|(name, code, ..)| (*name, code.clone()));
    assert_eq!(classes, expected);
}

#[test]
fn service_overrides_a_common_code() {
    let row = |table: &str| {
        let table = load(table);
        table.rows.into_iter().find(|row| row.code == "AuthFailure.SignatureExpire").unwrap()
    };
    let (common, wedata) = (row("common"), row("wedata"));
    assert_ne!(common.description, wedata.description);
    assert!(wedata.evidence.contains("renew the login"), "signing again is not enough");
    assert_eq!((common.table.as_str(), wedata.table.as_str()), ("common", "common"));
}

#[test]
fn all_tables_of_the_api_have_the_envelope_of_common() {
    let common = load("common").envelope;
    assert_eq!(common.as_ref().map(|envelope| envelope.failures.len()), Some(2));
    for name in names() {
        assert_eq!(load(&name).envelope, common, "{name}");
    }
}
