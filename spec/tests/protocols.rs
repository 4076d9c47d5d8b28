//! The tables of open protocols contain the codes of their sources, and follow their verdicts.

use errtable_spec::{Directory, Fault, Retry, Row, Table};

const KAFKA: &str = include_str!("fixtures/kafka-errors.json");
const GRPC: &str = include_str!("fixtures/grpc-codes.json");

/// The codes that Java's client retries after a look-up, but that are not `renew`. The evidence of
/// each row says why.
const NOT_RENEWED: [(&str, Retry); 7] = [
    ("LEADER_NOT_AVAILABLE", Retry::Throttled),
    ("NETWORK_EXCEPTION", Retry::Transient),
    ("COORDINATOR_NOT_AVAILABLE", Retry::Transient),
    ("KAFKA_STORAGE_ERROR", Retry::Transient),
    ("PREFERRED_LEADER_NOT_AVAILABLE", Retry::Conflict),
    ("ELIGIBLE_LEADERS_NOT_AVAILABLE", Retry::Conflict),
    ("ELECTION_NOT_NEEDED", Retry::Never),
];

/// The codes for which Java's client retries or looks up, although their classes do not say so.
const RETRIED_ANYWAY: [&str; 2] = ["BROKER_NOT_AVAILABLE", "REBOOTSTRAP_REQUIRED"];

fn load(file: &str) -> Table {
    let loaded = Table::load(&Directory::new(env!("CARGO_MANIFEST_DIR")), file);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    loaded.table
}

fn entries(fixture: &str, key: &str) -> Vec<serde_json::Value> {
    let fixture: serde_json::Value = serde_json::from_str(fixture).unwrap();
    fixture[key].as_array().unwrap().clone()
}

/// Each row with the entry of the fixture that has the same name and number.
fn paired(file: &str, entries: Vec<serde_json::Value>) -> Vec<(Row, serde_json::Value)> {
    let rows = load(file).rows;
    let listed: Vec<_> = rows.iter().map(|row| (row.code.as_str(), row.number)).collect();
    let expected: Vec<_> =
        entries.iter().map(|entry| (entry["name"].as_str().unwrap(), entry["number"].as_i64())).collect();
    assert_eq!(listed, expected);
    rows.into_iter().zip(entries).collect()
}

#[test]
fn kafka_contains_the_codes_of_its_enum() {
    assert_eq!(paired("kafka.json", entries(KAFKA, "errors")).len(), 135);
}

#[test]
fn kafka_follows_the_java_client() {
    let mut not_renewed = Vec::new();
    for (row, java) in paired("kafka.json", entries(KAFKA, "errors")) {
        let code = row.code.as_str();
        let (retriable, refresh) = (java["retriable"] == true, java["refresh"] == true);
        let may_retry = !matches!(row.retry, Retry::Never | Retry::Restart);
        if refresh && row.retry != Retry::Renew {
            not_renewed.push((row.code, row.retry));
        } else {
            assert_eq!(may_retry, retriable || RETRIED_ANYWAY.contains(&code), "{code}");
        }
    }
    assert_eq!(not_renewed, NOT_RENEWED.map(|(code, retry)| (code.to_owned(), retry)));
}

#[test]
fn grpc_follows_the_guidance_on_retries() {
    for (row, guidance) in paired("grpc.json", entries(GRPC, "codes")) {
        let expected = match guidance["retry"].as_str().unwrap() {
            "should" => Retry::Transient,
            "higher" => Retry::Restart,
            // "Until it is authenticated", which is what `renew` means.
            _ if row.code == "UNAUTHENTICATED" => Retry::Renew,
            _ => Retry::Never,
        };
        assert_eq!(row.retry, expected, "{}", row.code);
    }
}

#[test]
fn successes_have_no_fault() {
    for (file, success) in [("kafka.json", "NONE"), ("grpc.json", "OK")] {
        let row = load(file).rows.into_iter().find(|row| row.code == success).unwrap();
        assert_eq!((row.number, row.retry, row.fault), (Some(0), Retry::Never, Fault::None));
        assert!(row.description.starts_with("Not an error"), "{}", row.description);
    }
}

#[test]
fn protocols_over_json_rpc_extend_it() {
    let base = load("json-rpc.json");
    for (file, name) in [("lsp.json", "ServerNotInitialized"), ("mcp.json", "ResourceNotFound")] {
        let table = load(file);
        assert_eq!(table.envelope, base.envelope, "{file}");
        for (row, inherited) in table.rows.iter().zip(&base.rows) {
            assert_eq!((&row.code, row.number, row.retry), (&inherited.code, inherited.number, inherited.retry));
        }
        // One number has a meaning of its own in each protocol.
        let row = table.rows.iter().find(|row| row.number == Some(-32002)).unwrap();
        assert_eq!(row.code, name);
    }
}

#[test]
fn protocol_tables_have_evidence_and_distinct_descriptions() {
    for file in ["kafka.json", "grpc.json", "json-rpc.json", "lsp.json", "mcp.json"] {
        let mut seen = std::collections::HashSet::new();
        for row in load(file).rows {
            let plain = (row.retry, row.fault) == (Retry::Never, Fault::Client);
            assert!(plain || !row.evidence.is_empty(), "{file}: {}", row.code);
            assert!(row.description.ends_with('.'), "{file}: {}", row.code);
            assert!(seen.insert(row.description), "{file}: {}", row.code);
        }
    }
}
