//! The bundled tables of open protocols contain the codes of their sources. Where a class differs
//! from the verdict of a client, the evidence says so.

use std::collections::{BTreeMap, BTreeSet};

use errtable_spec::{Fault, Retry, Row, Table, Value, variant_name};
use serde_json::Value as Json;

/// Facts about Kafka's protocol and its Java client.
const KAFKA: &str = include_str!("fixtures/kafka-errors.json");
/// The file of that name in PostgreSQL, without comments.
const ERRCODES: &str = include_str!("fixtures/errcodes.txt");
/// The SQLSTATEs that clients retry, or call errors of the connection.
const POSTGRES_CLIENTS: &str = include_str!("fixtures/postgres-retries.json");
/// gRPC's codes, and the guidance of AIP-194.
const GRPC: &str = include_str!("fixtures/grpc-codes.json");

fn load(name: &str) -> Table {
    let loaded = Table::load_bundled(name);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    loaded.table
}

fn list(fixture: &str, key: &str) -> Vec<Json> {
    let Json::Object(mut fixture) = serde_json::from_str(fixture).unwrap() else { panic!("not an object") };
    let Json::Array(list) = fixture.remove(key).unwrap() else { panic!("not an array") };
    list
}

/// Returns the value of a column.
fn column<'r>(table: &Table, row: &'r Row, name: &str) -> &'r Value {
    let at = table.columns.iter().position(|column| column.name == name).unwrap();
    row.values[at].as_ref().unwrap()
}

fn names_and_numbers(table: &Table) -> Vec<(&str, i64)> {
    table.rows.iter().map(|row| (&*row.code, row.number.unwrap())).collect()
}

#[test]
fn kafka_has_the_codes_of_its_source() {
    let (table, errors) = (load("kafka"), list(KAFKA, "errors"));
    let errors: Vec<_> =
        errors.iter().map(|error| (error["name"].as_str().unwrap(), error["number"].as_i64().unwrap())).collect();
    assert_eq!(names_and_numbers(&table), errors);
    assert_eq!(errors.len(), 135);
}

/// The Java client knows two classes: retriable, and of these, those that refresh metadata first.
#[test]
fn classes_of_kafka_that_differ_from_the_java_client_are_justified() {
    let mut differing = BTreeMap::<_, Vec<_>>::new();
    for (row, error) in load("kafka").rows.iter().zip(list(KAFKA, "errors")) {
        let [retriable, refresh] = ["retriable", "refresh"].map(|key| error[key].as_bool().unwrap());
        let agrees = match row.retry {
            Retry::Never => !retriable,
            Retry::Renew => refresh,
            Retry::Restart => false,
            Retry::Throttled | Retry::Conflict | Retry::Transient => retriable && !refresh,
            _ => unreachable!("a new class"),
        };
        if !agrees {
            assert!(
                row.evidence.contains("RetriableException") || row.evidence.contains("MetadataException"),
                "{}",
                row.code
            );
            let java = if refresh {
                "refresh"
            } else if retriable {
                "retry"
            } else {
                "never"
            };
            differing.entry((java, row.retry.as_str())).or_default().push(row.code.clone());
        }
    }
    let text: Vec<_> =
        differing.iter().map(|((java, ours), codes)| format!("{java}, {ours}: {}", codes.join(" "))).collect();
    assert_eq!(
        text,
        [
            "never, renew: BROKER_NOT_AVAILABLE REBOOTSTRAP_REQUIRED",
            "never, restart: OFFSET_OUT_OF_RANGE ILLEGAL_GENERATION UNKNOWN_MEMBER_ID REBALANCE_IN_PROGRESS \
             INVALID_PRODUCER_EPOCH INVALID_PRODUCER_ID_MAPPING UNKNOWN_PRODUCER_ID MEMBER_ID_REQUIRED \
             OFFSET_MOVED_TO_TIERED_STORAGE FENCED_MEMBER_EPOCH STALE_MEMBER_EPOCH UNKNOWN_SUBSCRIPTION_ID \
             TRANSACTION_ABORTABLE",
            "refresh, conflict: PREFERRED_LEADER_NOT_AVAILABLE ELIGIBLE_LEADERS_NOT_AVAILABLE",
            "refresh, never: ELECTION_NOT_NEEDED",
            "refresh, throttled: LEADER_NOT_AVAILABLE",
            "refresh, transient: NETWORK_EXCEPTION COORDINATOR_NOT_AVAILABLE KAFKA_STORAGE_ERROR",
            "retry, renew: NOT_CONTROLLER FETCH_SESSION_ID_NOT_FOUND INVALID_FETCH_SESSION_EPOCH \
             FETCH_SESSION_TOPIC_ID_ERROR SHARE_SESSION_NOT_FOUND INVALID_SHARE_SESSION_EPOCH",
        ]
    );
}

/// Returns the SQLSTATEs, their condition names, and their classes.
fn sqlstates() -> Vec<(&'static str, Option<&'static str>, String)> {
    let mut class = String::new();
    let mut states = Vec::new();
    for line in ERRCODES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some(section) = line.strip_prefix("Section: Class ") {
            section.split_once(" - ").unwrap().1.clone_into(&mut class);
        } else {
            let cells: Vec<_> = line.split_whitespace().collect();
            states.push((cells[0], cells.get(3).copied(), class.clone()));
        }
    }
    states
}

#[test]
fn postgres_has_the_codes_of_its_source() {
    let table = load("postgres");
    let states: BTreeSet<_> = sqlstates().into_iter().map(|(state, ..)| state).collect();
    let rows: BTreeSet<_> = table.rows.iter().map(|row| &*row.code).collect();
    assert_eq!(states.len(), 262);
    // Releases up to 16 have this code.
    assert_eq!(rows.difference(&states).collect::<Vec<_>>(), [&"72000"]);
    assert!(states.is_subset(&rows));
}

#[test]
fn variants_of_postgres_are_the_condition_names() {
    let table = load("postgres");
    let named: BTreeMap<_, _> =
        sqlstates().into_iter().filter_map(|(state, name, _)| Some((state, variant_name(name?)))).collect();
    let repeated = |variant: &String| named.values().filter(|name| *name == variant).count() > 1;
    for row in table.rows.iter().filter(|row| row.code != "72000") {
        let Value::Enum(class) = column(&table, row, "class") else { panic!("not an enum") };
        let name = &named[&*row.code];
        let prefix = if repeated(name) { variant_name(&class.text) } else { String::new() };
        assert_eq!(row.variant, prefix + name, "{}", row.code);
    }
}

#[test]
fn classes_of_postgres_are_the_sections() {
    let table = load("postgres");
    let first_of = |class: &str| table.rows.iter().find(|row| row.code.starts_with(class)).unwrap();
    // A state without a condition name is another constant for one of another section.
    for (state, _, section) in sqlstates().into_iter().filter(|(_, name, _)| name.is_some()) {
        let Value::Enum(class) = column(&table, first_of(&state[..2]), "class") else { panic!("not an enum") };
        let letters = |text: &str| text.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "");
        assert!(letters(&section).starts_with(&letters(&class.text)), "{section}: {}", class.text);
    }
}

#[test]
fn classes_of_postgres_that_differ_from_a_client_are_justified() {
    let table = load("postgres");
    let clients = list(POSTGRES_CLIENTS, "clients");
    assert!(clients.len() >= 5);
    for client in clients {
        let name = client["name"].as_str().unwrap();
        let codes: BTreeSet<_> =
            client["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        for row in &table.rows {
            let differs = if codes.contains(&*row.code) {
                row.retry == Retry::Never
            } else {
                // Its list is meant to be complete; the others are about one purpose.
                row.retry != Retry::Never && name == "Npgsql"
            };
            assert!(!differs || row.evidence.contains(name), "{name}, {}: {}", row.code, row.evidence);
        }
    }
}

#[test]
fn grpc_has_the_codes_of_its_source() {
    let table = load("grpc");
    let codes = list(GRPC, "codes");
    assert_eq!(table.rows.len(), codes.len());
    for (row, code) in table.rows.iter().zip(codes) {
        assert_eq!((&*row.code, row.number), (code["name"].as_str().unwrap(), code["number"].as_i64()));
        let Value::Unsigned(status) = column(&table, row, "http_status") else { panic!("not an integer") };
        assert_eq!(Some(*status), code["http_status"].as_u64(), "{}", row.code);
    }
}

#[test]
fn classes_of_grpc_follow_the_guidance() {
    for (row, code) in load("grpc").rows.iter().zip(list(GRPC, "codes")) {
        let expected = match code["retry"].as_str().unwrap() {
            "should" => Retry::Transient,
            "higher" => Retry::Restart,
            // "Not until the client is authenticated": then once.
            "not" if row.code == "UNAUTHENTICATED" => Retry::Renew,
            _ => Retry::Never,
        };
        assert_eq!(row.retry, expected, "{}", row.code);
    }
}

/// The numbers of <https://www.jsonrpc.org/specification#error_object>, and those of the protocols
/// that are built on it.
#[test]
fn tables_of_json_rpc_have_the_codes_of_their_sources() {
    let base = [
        ("ParseError", -32700),
        ("InvalidRequest", -32600),
        ("MethodNotFound", -32601),
        ("InvalidParams", -32602),
        ("InternalError", -32603),
    ];
    assert_eq!(names_and_numbers(&load("json-rpc")), base);
    let own = |name: &str| {
        let table = load(name);
        let rows = names_and_numbers(&table).into_iter().skip(base.len());
        rows.map(|(code, number)| format!("{code} {number}")).collect::<Vec<_>>()
    };
    let lsp = [
        "ServerNotInitialized -32002",
        "UnknownErrorCode -32001",
        "RequestFailed -32803",
        "ServerCancelled -32802",
        "ContentModified -32801",
        "RequestCancelled -32800",
    ];
    assert_eq!(own("lsp"), lsp);
    let mcp = [
        "HeaderMismatch -32020",
        "MissingRequiredClientCapability -32021",
        "UnsupportedProtocolVersion -32022",
        "ResourceNotFound -32002",
        "UrlElicitationRequired -32042",
    ];
    assert_eq!(own("mcp"), mcp);
}

#[test]
fn successes_have_no_fault() {
    for (name, success) in [("kafka", "NONE"), ("grpc", "OK")] {
        let row = load(name).rows.into_iter().find(|row| row.code == success).unwrap();
        assert_eq!((row.number, row.retry, row.fault), (Some(0), Retry::Never, Fault::None));
        assert!(row.description.starts_with("Not an error"), "{}", row.description);
    }
}

#[test]
fn protocols_over_json_rpc_extend_it() {
    let base = load("json-rpc");
    for (name, own) in [("lsp", "ServerNotInitialized"), ("mcp", "ResourceNotFound")] {
        let table = load(name);
        assert_eq!(table.envelope, base.envelope, "{name}");
        for (row, inherited) in table.rows.iter().zip(&base.rows) {
            assert_eq!((&row.code, row.number, row.retry), (&inherited.code, inherited.number, inherited.retry));
        }
        // One number has a meaning of its own in each protocol.
        let row = table.rows.iter().find(|row| row.number == Some(-32002)).unwrap();
        assert_eq!(row.code, own);
    }
}
