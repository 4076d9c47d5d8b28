//! A table contains the rows of its bases, overridden key by key.

mod memory;

use errtable_spec::{Fault, Retry, Row, RowKey, Table, Value};
use memory::load;

fn row<'t>(table: &'t Table, code: &str) -> &'t Row {
    table.rows.iter().find(|row| row.code == code).unwrap()
}

fn codes(table: &Table) -> Vec<&str> {
    table.rows.iter().map(|row| row.code.as_str()).collect()
}

const BASE: &str = r#"{
    "name": "base",
    "defaults": { "retry": "transient", "fault": "server" },
    "errors": [
        { "code": "First", "description": "the first", "retry": "conflict", "retry_after_ms": 5, "evidence": "seen",
          "aliases": ["Eins"], "deprecated": "old", "variant": "One" },
        { "code": "Second", "description": "the second" }
    ]
}"#;

/// Returns two values of a key, as JSON and as [`Row::get`] shows them.
fn samples(key: RowKey) -> [(&'static str, &'static str); 2] {
    match key {
        RowKey::Code => [("\"First\"", "First"); 2],
        RowKey::Description => [("\"the first\"", "the first"), ("\"number one\"", "number one")],
        RowKey::Retry => [("\"conflict\"", "conflict"), ("\"throttled\"", "throttled")],
        RowKey::RetryAfterMs => [("5", "5 ms"), ("6", "6 ms")],
        RowKey::Fault => [("\"server\"", "server"), ("\"none\"", "none")],
        RowKey::Evidence => [("\"seen\"", "seen"), ("\"read\"", "read")],
        RowKey::Variant => [("\"One\"", "One"), ("\"Primo\"", "Primo")],
        RowKey::Aliases => [("[\"Eins\"]", "Eins"), ("[\"Uno\", \"Un\"]", "Uno, Un")],
        RowKey::Number => [("-1", "-1"), ("7", "7")],
        RowKey::FormerVariants => [("[\"Erst\"]", "Erst"), ("[\"Primero\"]", "Primero")],
        RowKey::ReplacedBy => [("\"Second\"", "Second"), ("\"Third\"", "Third")],
        RowKey::RemoveAfter => [("\"2027-01-31\"", "2027-01-31"), ("\"2028-02-29\"", "2028-02-29")],
        RowKey::Since => [("\"2.1\"", "2.1"), ("\"3\"", "3")],
        RowKey::Deprecated => [("\"old\"", "old"), ("\"older\"", "older")],
    }
}

/// Returns a table with a row, whose keys have the samples that `sample` selects.
fn table_of(extends: &str, sample: impl Fn(RowKey) -> Option<usize>) -> String {
    let keys = RowKey::ALL.iter().filter_map(|key| Some((*key, samples(*key)[sample(*key)?].0)));
    let keys: Vec<_> = keys.map(|(key, json)| format!("\"{key}\": {json}")).collect();
    // Replacements must be codes of the table, and each row must have a number.
    let others = r#", { "code": "Second", "number": 2 }, { "code": "Third", "number": 3 }"#;
    let others = if extends.is_empty() { others } else { "" };
    format!("{{ \"name\": \"t\", \"extends\": [{extends}], \"errors\": [{{ {} }}{others}] }}", keys.join(", "))
}

#[test]
fn each_key_can_be_overridden() {
    for overridden in RowKey::ALL {
        let base = table_of("", |_| Some(0));
        let child = table_of("\"base.json\"", |key| (key == RowKey::Code || key == *overridden).then_some(1));
        let loaded = load(&[("child.json", &child), ("base.json", &base)]);
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        let row = row(&loaded.table, "First");
        // Another class does not inherit the reason for the first one.
        let is_lost = |key: &&RowKey| (**key, *overridden) == (RowKey::Evidence, RowKey::Retry);
        for key in RowKey::ALL.iter().filter(|key| !is_lost(key)) {
            let (_, expected) = samples(*key)[usize::from(key == overridden)];
            assert_eq!(row.get(*key).unwrap().to_string(), expected, "{key}, overridden: {overridden}");
        }
    }
}

#[test]
fn each_key_can_conflict() {
    for different in RowKey::ALL.iter().filter(|key| ![RowKey::Code, RowKey::Since].contains(key)) {
        let left = table_of("", |_| Some(0));
        let right = table_of("", |key| Some(usize::from(key == *different)));
        let open = r#"{ "name": "t", "extends": ["left.json", "right.json"], "errors": [] }"#;
        let bases = [("left.json", left.as_str()), ("right.json", &right)];
        let loaded = load(&[&[("t.json", open)], &bases[..]].concat());
        let messages: Vec<_> = loaded.diagnostics.iter().map(errtable_spec::Diagnostic::message).collect();
        assert_eq!(messages, [format!("conflicting `{different}` of code `First` in two bases")]);
        let own =
            table_of("\"left.json\", \"right.json\"", |key| (key == RowKey::Code || key == *different).then_some(1));
        let resolved = load(&[&[("t.json", own.as_str())], &bases[..]].concat());
        assert!(resolved.diagnostics.is_empty(), "{different}: {:?}", resolved.diagnostics);
        let other =
            table_of("\"left.json\", \"right.json\"", |key| [RowKey::Code, RowKey::Since].contains(&key).then_some(1));
        let conflicting = load(&[&[("t.json", other.as_str())], &bases[..]].concat());
        assert_eq!(conflicting.diagnostics.len(), 1, "{different}, overridden: since");
    }
}

#[test]
fn evidence_of_another_class_is_not_inherited() {
    let evidence = |keys: &str| {
        let child =
            format!(r#"{{ "name": "t", "extends": ["base.json"], "errors": [{{ "code": "First", {keys} }}] }}"#);
        let table = load(&[("t.json", &child), ("base.json", BASE)]).table;
        row(&table, "First").evidence.clone()
    };
    assert_eq!(evidence(r#""retry": "throttled""#), "");
    assert_eq!(evidence(r#""retry": "throttled", "evidence": "told""#), "told");
    assert_eq!(evidence(r#""retry": "conflict""#), "seen");
    assert_eq!(evidence(r#""description": "one""#), "seen");
}

#[test]
fn override_keeps_the_position() {
    let child = r#"{ "name": "child", "extends": ["base.json"], "errors": [
        { "code": "Third" },
        { "code": "First", "retry": "throttled" }
    ] }"#;
    let loaded = load(&[("child.json", child), ("base.json", BASE)]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(codes(&loaded.table), ["First", "Second", "Third"]);
    assert_eq!(row(&loaded.table, "First").table, "base");
}

#[test]
fn default_fault_follows_the_class() {
    let base = r#"{ "name": "base", "errors": [
        { "code": "A", "retry": "transient" },
        { "code": "B" },
        { "code": "C", "retry": "transient", "fault": "client" },
        { "code": "D" }
    ] }"#;
    let child = r#"{ "name": "t", "extends": ["base.json"], "errors": [{ "code": "D", "retry": "transient" }] }"#;
    let loaded = load(&[("t.json", child), ("base.json", base)]);
    let faults: Vec<_> = loaded.table.rows.iter().map(|row| row.fault).collect();
    assert_eq!(faults, [Fault::Server, Fault::Client, Fault::Client, Fault::Server]);
}

#[test]
fn first_of_duplicate_overrides_wins() {
    let child = r#"{ "name": "child", "extends": ["a.json", "b.json"], "errors": [
        { "code": "A", "retry": "transient" },
        { "code": "A", "retry": "never", "description": "second" }
    ] }"#;
    let base = |retry| format!(r#"{{ "name": "base", "errors": [{{ "code": "A", "retry": "{retry}" }}] }}"#);
    let loaded = load(&[("child.json", child), ("a.json", &base("throttled")), ("b.json", &base("conflict"))]);
    let rules: Vec<_> = loaded.diagnostics.iter().map(errtable_spec::Diagnostic::rule).collect();
    assert_eq!(rules, [errtable_spec::Rule::DuplicateCode], "{:?}", loaded.diagnostics);
    assert_eq!((row(&loaded.table, "A").retry, row(&loaded.table, "A").description.as_str()), (Retry::Transient, ""));
}

#[test]
fn never_removes_an_inherited_wait() {
    let child = r#"{ "name": "child", "extends": ["base.json"], "errors": [{ "code": "First", "retry": "never" }] }"#;
    let loaded = load(&[("child.json", child), ("base.json", BASE)]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(row(&loaded.table, "First").retry_after_ms, None);

    let other = r#"{ "name": "other", "errors": [{ "code": "First", "description": "the first", "retry": "never",
        "fault": "server", "evidence": "seen", "aliases": ["Eins"], "deprecated": "old", "variant": "One" }] }"#;
    let child = child.replace(r#"["base.json"]"#, r#"["base.json", "other.json"]"#);
    let loaded = load(&[("child.json", &child), ("base.json", BASE), ("other.json", other)]);
    assert!(loaded.diagnostics.is_empty(), "the conflict is resolved: {:?}", loaded.diagnostics);
}

#[test]
fn variant_prefix_applies_to_new_rows() {
    let base = r#"{ "name": "base", "variant_prefix": "Sql", "errors": [{ "code": "23505" }, { "code": "A" }] }"#;
    let child = r#"{ "name": "child", "extends": ["base.json"], "variant_prefix": "My", "errors": [
        { "code": "23505", "retry": "conflict" },
        { "code": "a.b" },
        { "code": "C", "variant": "Seen" }
    ] }"#;
    let loaded = load(&[("child.json", child), ("base.json", base)]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let variants: Vec<_> = loaded.table.rows.iter().map(|row| row.variant.as_str()).collect();
    assert_eq!(variants, ["Sql23505", "SqlA", "MyAB", "Seen"]);
}

#[test]
fn required_value_may_come_from_an_override() {
    let base = r#"{ "name": "base", "errors": [{ "code": "A" }] }"#;
    let child = r#"{ "name": "child", "extends": ["base.json"],
        "columns": { "errno": { "type": "u16", "required": true, "unique": true } },
        "errors": [{ "code": "A", "errno": 1 }, { "code": "B", "errno": 0 }] }"#;
    let grandchild =
        r#"{ "name": "grandchild", "extends": ["child.json"], "errors": [{ "code": "A", "retry": "throttled" }] }"#;
    let files = [("grandchild.json", grandchild), ("child.json", child), ("base.json", base)];
    let loaded = load(&files);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(row(&loaded.table, "A").values, [Some(Value::Unsigned(1))]);
}

#[test]
fn missing_value_is_not_reported_without_its_base() {
    let child = r#"{ "name": "child", "extends": ["missing.json"],
        "columns": { "errno": { "type": "u16", "required": true } }, "errors": [{ "code": "A" }] }"#;
    let loaded = load(&[("child.json", child)]);
    let rules: Vec<_> = loaded.diagnostics.iter().map(errtable_spec::Diagnostic::rule).collect();
    assert_eq!(rules, [errtable_spec::Rule::UnreadableFile], "{:?}", loaded.diagnostics);
}

#[test]
fn defaults_apply_only_to_new_rows() {
    let child = r#"{ "name": "child", "extends": ["base.json"],
        "defaults": { "retry": "throttled", "fault": "none" },
        "errors": [{ "code": "Second", "description": "overridden" }, { "code": "Third" }] }"#;
    let loaded = load(&[("child.json", child), ("base.json", BASE)]);
    let second = row(&loaded.table, "Second");
    assert_eq!((second.retry, second.fault), (Retry::Transient, Fault::Server), "as the base resolved it");
    let third = row(&loaded.table, "Third");
    assert_eq!((third.retry, third.fault), (Retry::Throttled, Fault::None));
}

#[test]
fn reservations_are_not_inherited() {
    let base = r#"{ "name": "base", "reserved": [{ "code": "Old" }], "errors": [] }"#;
    let child = r#"{ "name": "t", "extends": ["base.json"], "errors": [{ "code": "Old" }],
        "reserved": [{ "code": "Older", "note": "removed" }, { "numbers": [200, 299] }] }"#;
    let loaded = load(&[("t.json", child), ("base.json", base)]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let reserved: Vec<_> =
        loaded.table.reserved.iter().map(|reserved| (reserved.code.as_deref(), reserved.numbers.clone())).collect();
    assert_eq!(reserved, [(Some("Older"), None), (None, Some(200..=299))]);
}

#[test]
fn default_is_never_and_client() {
    let loaded = load(&[("t.json", r#"{ "name": "t", "errors": [{ "code": "A" }] }"#)]);
    let row = row(&loaded.table, "A");
    assert_eq!((row.retry, row.fault, row.retry_after_ms), (Retry::Never, Fault::Client, None));
    assert_eq!((row.description.as_str(), row.table.as_str()), ("", "t"));
}

#[test]
fn table_is_the_first_that_contains_the_code() {
    let middle = r#"{ "name": "middle", "extends": ["base.json"], "errors": [{ "code": "M" }, { "code": "First" }] }"#;
    let child = r#"{ "name": "child", "extends": ["middle.json"], "errors": [{ "code": "C" }, { "code": "M" }] }"#;
    let loaded = load(&[("child.json", child), ("middle.json", middle), ("base.json", BASE)]);
    let tables: Vec<_> = loaded.table.rows.iter().map(|row| (row.code.as_str(), row.table.as_str())).collect();
    assert_eq!(tables, [("First", "base"), ("Second", "base"), ("M", "middle"), ("C", "child")]);
    assert_eq!(loaded.files, ["child.json", "middle.json", "base.json"]);
}

#[test]
fn base_reached_twice_counts_once() {
    let left = r#"{ "name": "left", "extends": ["base.json"], "errors": [{ "code": "L" }] }"#;
    let right = r#"{ "name": "right", "extends": ["./base.json"], "errors": [{ "code": "R" }] }"#;
    let child = r#"{ "name": "child", "extends": ["left.json", "right.json", "left.json"], "errors": [] }"#;
    let loaded = load(&[("child.json", child), ("left.json", left), ("right.json", right), ("base.json", BASE)]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(codes(&loaded.table), ["First", "Second", "L", "R"]);
    assert_eq!(loaded.files, ["child.json", "left.json", "base.json", "right.json"], "each is read once");
}

#[test]
fn own_row_resolves_conflicting_bases() {
    let a = r#"{ "name": "a", "errors": [{ "code": "X", "retry": "throttled" }] }"#;
    let b = r#"{ "name": "b", "errors": [{ "code": "X", "retry": "conflict" }] }"#;
    let open = r#"{ "name": "t", "extends": ["a.json", "b.json"], "errors": [] }"#;
    let loaded = load(&[("t.json", open), ("a.json", a), ("b.json", b)]);
    assert_eq!(loaded.diagnostics.len(), 1);
    let resolved = r#"{ "name": "t", "extends": ["a.json", "b.json"], "errors": [{ "code": "X", "retry": "never" }] }"#;
    let loaded = load(&[("t.json", resolved), ("a.json", a), ("b.json", b)]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(row(&loaded.table, "X").retry, Retry::Never);
}

#[test]
fn bundled_table_can_be_a_base() {
    let t = r#"{ "name": "t", "extends": ["bundled:common"], "errors": [{ "code": "Own" }] }"#;
    let loaded = load(&[("t.json", t)]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    assert_eq!(loaded.table.rows.len(), 27);
    assert_eq!(row(&loaded.table, "InternalError").table, "common");
    assert_eq!(loaded.files, ["t.json"], "bundled tables are not files of the package");
}

#[test]
fn base_without_a_column_does_not_conflict_in_it() {
    let common = r#"{ "name": "common", "errors": [{ "code": "X" }, { "code": "Y" }] }"#;
    let with = r#"{ "name": "with", "extends": ["common.json"], "columns": { "http_status": "u16" },
        "errors": [{ "code": "X", "http_status": 404 }] }"#;
    let without = r#"{ "name": "without", "extends": ["common.json"], "errors": [] }"#;
    for bases in ["\"with.json\", \"without.json\"", "\"without.json\", \"with.json\""] {
        let child = format!(r#"{{ "name": "t", "extends": [{bases}], "errors": [] }}"#);
        let files =
            [("t.json", child.as_str()), ("with.json", with), ("without.json", without), ("common.json", common)];
        let loaded = load(&files);
        assert!(loaded.diagnostics.is_empty(), "{bases}: {}", loaded.diagnostics[0]);
        assert_eq!(row(&loaded.table, "X").values, [Some(Value::Unsigned(404))], "{bases}");
        assert_eq!(row(&loaded.table, "Y").values, [None], "{bases}");
    }
}

#[test]
fn order_of_bases_does_not_cause_a_conflict() {
    let without = r#"{ "name": "without", "errors": [{ "code": "X" }] }"#;
    let only_column = r#"{ "name": "only-column", "columns": { "c": "u16" }, "errors": [] }"#;
    let with = r#"{ "name": "with", "columns": { "c": "u16" }, "errors": [{ "code": "X", "c": 5 }] }"#;
    let names = ["without", "only", "with"];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let bases = order.map(|base| format!("\"{}.json\"", names[base])).join(", ");
        let child = format!(r#"{{ "name": "t", "extends": [{bases}], "errors": [] }}"#);
        let files =
            [("t.json", child.as_str()), ("without.json", without), ("only.json", only_column), ("with.json", with)];
        let loaded = load(&files);
        assert!(loaded.diagnostics.is_empty(), "{bases}: {}", loaded.diagnostics[0]);
        assert_eq!(row(&loaded.table, "X").values, [Some(Value::Unsigned(5))], "{bases}");
    }
}

#[test]
fn bases_conflict_in_any_order() {
    let without = r#"{ "name": "without", "errors": [{ "code": "X" }] }"#;
    let no_value = r#"{ "name": "no-value", "columns": { "c": "u16" }, "errors": [{ "code": "X" }] }"#;
    let with = r#"{ "name": "with", "columns": { "c": "u16" }, "errors": [{ "code": "X", "c": 5 }] }"#;
    for bases in [r#""a.json", "b.json", "c.json""#, r#""c.json", "a.json", "b.json""#, r#""b.json", "c.json""#] {
        let child = format!(r#"{{ "name": "t", "extends": [{bases}], "errors": [] }}"#);
        let loaded = load(&[("t.json", &child), ("a.json", without), ("b.json", no_value), ("c.json", with)]);
        let messages: Vec<_> = loaded.diagnostics.iter().map(errtable_spec::Diagnostic::message).collect();
        assert_eq!(messages, ["conflicting `c` of code `X` in two bases"], "{bases}");
    }
}

#[test]
fn override_of_a_column_keeps_the_others() {
    let base = r#"{ "name": "base", "columns": { "a": "u16", "b": "str", "c": { "type": "bool", "default": true } },
        "errors": [{ "code": "X", "a": 1, "b": "base" }, { "code": "Y" }] }"#;
    let child = r#"{ "name": "t", "extends": ["base.json"], "columns": { "d": "i64" },
        "errors": [{ "code": "X", "a": 2, "d": -5 }, { "code": "Z", "b": "own", "c": false }] }"#;
    let loaded = load(&[("t.json", child), ("base.json", base)]);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    let names: Vec<_> = loaded.table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "d"], "those of the base first");
    let text = |text: &str| Some(Value::Str(text.to_owned()));
    let yes = Some(Value::Bool(true));
    let values = |code| row(&loaded.table, code).values.clone();
    assert_eq!(values("X"), [Some(Value::Unsigned(2)), text("base"), yes.clone(), Some(Value::Signed(-5))]);
    assert_eq!(values("Y"), [None, None, yes, None]);
    assert_eq!(values("Z"), [None, text("own"), Some(Value::Bool(false)), None]);
}

#[test]
fn header_is_not_inherited() {
    let base = r#"{ "name": "base", "description": "base", "source": "base", "version": "base", "ignore_case": true, "errors": [] }"#;
    let child =
        r#"{ "name": "t", "description": "d", "source": "s", "version": "v", "extends": ["base.json"], "errors": [] }"#;
    let table = load(&[("t.json", child), ("base.json", base)]).table;
    let header = [&table.name, &table.description, &table.source, &table.version];
    assert_eq!(header, ["t", "d", "s", "v"]);
    assert!(!table.ignore_case, "not inherited");
}

#[test]
fn table_is_complete_if_all_bases_are() {
    let child = r#"{ "name": "child", "extends": ["middle.json"], "errors": [] }"#;
    let middle = r#"{ "name": "middle", "extends": ["base.json"], "errors": [] }"#;
    let files = [("child.json", child), ("middle.json", middle), ("base.json", BASE)];
    assert!(load(&files).is_complete);
    assert!(!load(&files[..2]).is_complete);
    let base = r#"{ "name": "base", "columns": { "c": "u61" }, "errors": [] }"#;
    assert!(!load(&[files[0], files[1], ("base.json", base)]).is_complete, "a column of an unknown type");
}

/// Returns a table with an envelope, which may be empty, and bases.
fn with_envelope(envelope: &str, extends: &str) -> String {
    let envelope = if envelope.is_empty() { String::new() } else { format!(r#""envelope": {envelope}, "#) };
    format!(r#"{{ "name": "t", "extends": [{extends}], {envelope}"errors": [] }}"#)
}

#[test]
fn envelope_is_inherited_unless_the_table_has_its_own() {
    let base = with_envelope("\"flat\"", "");
    for (own, expected) in [("", "flat"), ("\"nested\"", "nested"), (r#"{"like": "problem"}"#, "problem")] {
        let child = with_envelope(own, "\"middle.json\"");
        let middle = with_envelope("", "\"base.json\"");
        let loaded = load(&[("t.json", &child), ("middle.json", &middle), ("base.json", &base)]);
        assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
        assert_eq!(loaded.table.envelope, errtable_spec::named_envelope(expected), "{expected}");
    }
    assert_eq!(load(&[("t.json", &with_envelope("", ""))]).table.envelope, None);
}

#[test]
fn own_envelope_resolves_conflicting_bases() {
    let rules = |own: &str, second: &str| {
        let (child, a) = (with_envelope(own, r#""a.json", "b.json""#), with_envelope("\"flat\"", ""));
        let loaded = load(&[("t.json", &child), ("a.json", &a), ("b.json", &with_envelope(second, ""))]);
        let rules: Vec<_> = loaded.diagnostics.iter().map(errtable_spec::Diagnostic::rule).collect();
        (rules, loaded.table.envelope)
    };
    let named = errtable_spec::named_envelope;
    assert_eq!(rules("", "\"nested\""), (vec![errtable_spec::Rule::ConflictingEnvelopes], named("flat")));
    assert_eq!(rules("\"problem\"", "\"nested\""), (Vec::new(), named("problem")));
    assert_eq!(rules("", ""), (Vec::new(), named("flat")), "one base has none");
    assert_eq!(rules("", r#"{"like": "flat"}"#), (Vec::new(), named("flat")), "they are equal");
    let flawed = rules("", r#"{"failure": []}"#);
    assert_eq!(flawed, (vec![errtable_spec::Rule::EmptyFailure], named("flat")), "one mistake is one message");
    let own = rules(r#"{"failure": []}"#, "\"nested\"");
    assert_eq!(own.0, [errtable_spec::Rule::EmptyFailure], "the table has its own");
}

#[test]
fn conflict_of_envelopes_is_reported_once() {
    let child = with_envelope("", r#""middle.json", "b.json", "c.json""#);
    let middle = with_envelope("", r#""a.json", "b.json""#);
    let [a, b, c] = ["flat", "nested", "problem"].map(|name| with_envelope(&format!("\"{name}\""), ""));
    let files = [("t.json", child.as_str()), ("middle.json", &middle), ("a.json", &a), ("b.json", &b), ("c.json", &c)];
    let loaded = load(&files);
    let conflicts: Vec<_> = loaded.diagnostics.iter().map(errtable_spec::Diagnostic::file).collect();
    assert_eq!(conflicts, ["middle.json"], "{:?}", loaded.diagnostics);
}

#[test]
fn base_with_an_envelope_is_reached_twice() {
    let [left, right] = [(); 2].map(|()| with_envelope("", "\"base.json\""));
    let child = with_envelope("", r#""left.json", "right.json", "base.json""#);
    let base = with_envelope("\"nested\"", "");
    let loaded = load(&[("t.json", &child), ("left.json", &left), ("right.json", &right), ("base.json", &base)]);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    assert_eq!(loaded.table.envelope, errtable_spec::named_envelope("nested"));
}

#[test]
fn envelope_may_use_inherited_columns() {
    let base = r#"{ "name": "base", "columns": { "doc": "str" }, "errors": [] }"#;
    let child = with_envelope(r#"{"failure": {"code": "{code}", "link": "{doc}"}}"#, "\"base.json\"");
    let loaded = load(&[("t.json", &child), ("base.json", base)]);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    let unreadable = load(&[("t.json", &child)]);
    let rules: Vec<_> = unreadable.diagnostics.iter().map(errtable_spec::Diagnostic::rule).collect();
    assert_eq!(rules, [errtable_spec::Rule::UnreadableFile], "the column may be in the base");
}

#[test]
fn envelope_with_an_unknown_column_does_not_conflict() {
    let sample = r#"{"failure": {"code": "{code}", "link": "{doc}"}}"#;
    let left = with_envelope(sample, "\"missing.json\"");
    let right = format!(r#"{{ "name": "t", "columns": {{ "doc": "str" }}, "envelope": {sample}, "errors": [] }}"#);
    let child = with_envelope("", r#""left.json", "right.json""#);
    let loaded = load(&[("t.json", &child), ("left.json", &left), ("right.json", &right)]);
    let rules: Vec<_> = loaded.diagnostics.iter().map(errtable_spec::Diagnostic::rule).collect();
    assert_eq!(rules, [errtable_spec::Rule::UnreadableFile], "they may be equal");
}
