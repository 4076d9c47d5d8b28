//! `table.schema.json` and the parser agree on which tables are valid.

mod memory;

use std::fs;
use std::path::Path;

use errtable_spec::{Directory, Loaded, Rule, Table};
use memory::load;
use serde_json::Value;

/// The rules that a schema can express: they concern a single value.
const EXPRESSIBLE: &[Rule] = &[
    Rule::InvalidType,
    Rule::UnknownKey,
    Rule::MissingKey,
    Rule::UnknownValue,
    Rule::InvalidTableName,
    Rule::InvalidPath,
    Rule::EmptyCode,
    Rule::ControlCharacter,
    Rule::SurroundingWhitespace,
    Rule::CodeTooLong,
    Rule::InvalidDate,
    Rule::InvalidVariantPrefix,
    Rule::InvalidVariant,
    Rule::InvalidColumn,
    Rule::TypeAndEnum,
    Rule::UnusableDefault,
    Rule::InvalidUnique,
    Rule::EmptyEnum,
    Rule::InvalidEnumValue,
    Rule::UnmatchedBrace,
    Rule::InvalidRest,
    Rule::InvalidSuccess,
    Rule::EmptyFailure,
    Rule::InvalidHeaderName,
];

/// Golden files that violate such a rule in a way that a schema cannot express: in another file, in
/// a value or the name of a declared column, in a derived name, or in a key that a base may
/// declare.
const INEXPRESSIBLE: &[&str] = &[
    "conflicting-base-columns",
    "unknown-value.flawed-base",
    "invalid-type.column-value",
    "invalid-variant.column",
    "invalid-variant.numbers",
    "missing-value",
];

fn schema() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(include_str!("../table.schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// Returns whether the parser reports an expressible rule in the table itself.
fn is_invalid(loaded: &Loaded, file: &str) -> bool {
    let own = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.file() == file);
    own.map(errtable_spec::Diagnostic::rule).any(|rule| EXPRESSIBLE.contains(&rule))
}

#[test]
fn schema_agrees_on_golden_files() {
    let schema = schema();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut compared = 0;
    for case in fs::read_dir(folder).unwrap() {
        let case = case.unwrap();
        let name = case.file_name().into_string().unwrap();
        let text = fs::read(case.path().join("t.json")).unwrap();
        let Ok(json) = serde_json::from_slice::<Value>(&text) else { continue };
        let loaded = Table::load(&Directory::new(case.path()), "t.json");
        let rejected = !schema.is_valid(&json);
        if INEXPRESSIBLE.contains(&name.as_str()) {
            assert!(!rejected, "{name}: the schema rejects it");
            continue;
        }
        let errors: Vec<_> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
        assert_eq!(rejected, is_invalid(&loaded, "t.json"), "{name}: {errors:?} {:?}", loaded.diagnostics);
        compared += 1;
    }
    assert!(compared >= 40, "{compared}");
}

#[test]
fn schema_covers_every_expressible_rule() {
    for rule in EXPRESSIBLE {
        let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics").join(rule.as_str()).join("t.json");
        let json: Value = serde_json::from_slice(&fs::read(case).unwrap()).unwrap();
        assert!(!schema().is_valid(&json), "{rule}");
    }
}

/// Tables that both accept.
const VALID: &[&str] = &[
    r#"{"name": "t", "errors": []}"#,
    r#"{"name": "a-1-b", "description": "", "source": "", "version": "", "$schema": "x", "errors": []}"#,
    r#"{"name": "t", "defaults": {}, "errors": [{"code": "A"}]}"#,
    r#"{"name": "t", "defaults": {"retry": "transient", "fault": "none"}, "errors": [{"code": "a. B_c."}]}"#,
    r#"{"name": "t", "errors": [{"code": "错误.签名", "variant": "A_1", "aliases": ["x y", "`"]}]}"#,
    r#"{"name": "t", "defaults": {"retry": "throttled"}, "errors": [{"code": "A", "retry_after_ms": 0}, {"code": "B", "retry_after_ms": 18446744073709551615}]}"#,
    r#"{"name": "t", "errors": [{"code": "A", "description": "\u0008", "evidence": "", "deprecated": ""}]}"#,
    r#"{"name": "t", "ignore_case": true, "errors": [{"code": "A", "aliases": ["a"]}]}"#,
    r#"{"name": "t", "extends": ["bundled:common", "bundled:cls"], "errors": []}"#,
    r#"{"name": "t", "columns": {}, "errors": []}"#,
    r#"{"name": "t", "columns": {"http_status": "u16", "a1": "str"}, "errors": [{"code": "A", "http_status": 1}]}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u16", "default": 65535}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u32", "default": 4294967295}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u64", "default": 18446744073709551615}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "i64", "default": -9223372036854775808}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u16", "default": -0}}, "errors": [{"code": "A", "retry": "throttled", "retry_after_ms": -0}]}"#,
    r#"{"name": "t", "columns": {"c": {"type": "f64", "default": -1.5e3}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "str", "default": ""}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "bool", "default": false}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "duration_ms", "default": 5}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"http_status": "http_status"}, "errors": [{"code": "A", "http_status": 100}]}"#,
    r#"{"name": "t", "columns": {"c": {"type": "http_status", "default": 599}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "http_status", "unique": true, "required": true}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "str", "required": true, "unique": false}}, "errors": [{"code": "A", "c": ""}]}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u16", "required": false, "default": 1}}, "errors": [{"code": "A"}]}"#,
    r#"{"name": "t", "columns": {"c": {"enum": ["low"], "required": true, "unique": false}}, "errors": [{"code": "A", "c": "low"}]}"#,
    r#"{"name": "t", "columns": {"c": {"type": "i64", "private": true}, "d": {"enum": ["a"], "private": false}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "i64", "required": true, "unique": true}}, "errors": [{"code": "A", "c": -5}]}"#,
    r#"{"name": "t", "columns": {"str": "u16", "from_c": {"type": "u64", "unique": true}}, "errors": [{"code": "A"}]}"#,
    r#"{"name": "t", "variant_prefix": "Sql2", "errors": [{"code": "42000"}]}"#,
    r#"{"name": "t", "columns": {"c": {"enum": ["low", "very high"], "default": "low"}}, "errors": [{"code": "A", "c": "low"}]}"#,
    r#"{"name": "t", "envelope": "nested", "errors": []}"#,
    r#"{"name": "t", "envelope": {"like": "json-rpc", "headers": {}}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"failure": "{code}"}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"success": "{data}", "failure": [[{"code": "{code}", "a": [], "o": {}, "n": 1.5e3}], "{message}"]}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"success": {"ok": true, "n": null, "...": "{data}"}, "failure": {"ok": false, "text": "{{}}\n{_}#{code?}:{_}"}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"doc": "str"}, "envelope": {"failure": {"code": "{code}", "doc": "https://a.b/{doc}"}, "headers": {"X-Error!": "{code?}:{_}"}}, "errors": []}"#,
];

/// Tables that both reject, each for one reason.
const INVALID: &[&str] = &[
    r#"{"name": "t", "variant_prefix": "错误", "errors": []}"#,
    r#"{"name": "t", "columns": {"名": "bool"}, "errors": []}"#,
    r#"{"name": "t", "errors": [{"code": "A", "variant": "Ä"}]}"#,
    r#"{"name": "t", "columns": {"c": {"enum": ["é"]}}, "errors": []}"#,
    "5",
    r#"{"errors": []}"#,
    r#"{"name": "t"}"#,
    r#"{"name": "T", "errors": []}"#,
    r#"{"name": "a--b", "errors": []}"#,
    r#"{"name": "-a", "errors": []}"#,
    r#"{"name": "t", "version": 1, "errors": []}"#,
    r#"{"name": "t", "extends": "bundled:common", "errors": []}"#,
    r#"{"name": "t", "extends": [5], "errors": []}"#,
    r#"{"name": "t", "extends": ["C:/x.json"], "errors": []}"#,
    r#"{"name": "t", "extends": ["."], "errors": []}"#,
    r#"{"name": "t", "defaults": {"code": "A"}, "errors": []}"#,
    r#"{"name": "t", "errors": {}}"#,
    r#"{"name": "t", "errors": [[]]}"#,
    r#"{"name": "t", "errors": [{"code": "A", "retry": null}]}"#,
    r#"{"name": "t", "errors": [{"code": "A", "fault": "Client"}]}"#,
    r#"{"name": "t", "errors": [{"code": "A", "retry_after_ms": -1}]}"#,
    r#"{"name": "t", "errors": [{"code": "A", "aliases": [null]}]}"#,
    r#"{"name": "t", "errors": [{"code": "A", "variant": "async"}]}"#,
    r#"{"name": "t", "errors": [{"code": "A", "variant": "A-B"}]}"#,
    r#"{"name": "t", "errors": [{"code": "A\u0085"}]}"#,
    r#"{"name": "t", "errors": [{"code": "A", "colour": 1}]}"#,
    r#"{"name": "t", "ignore_case": 1, "errors": []}"#,
    r#"{"name": "t", "columns": [], "errors": []}"#,
    r#"{"name": "t", "columns": {"c": "string"}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u16", "default": 65536}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "bool", "default": 0}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "str", "default": 0}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "duration_ms", "default": 0.5}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "http_status", "default": 99}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "http_status", "default": 600}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": "http"}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"enum": "low"}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u16", "required": 1}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u16", "unique": null}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u16", "private": 1}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u16", "required": true, "default": 1}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "u16", "unique": true, "default": 1}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"enum": ["a"], "required": true, "default": "a"}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"enum": ["a"], "unique": true}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "bool", "unique": true}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "f64", "unique": true}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "str", "unique": true}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c": {"type": "duration_ms", "unique": true}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"str": {"type": "u16", "unique": true}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"code_ignore_case": {"type": "u16", "unique": true}}, "errors": []}"#,
    r#"{"name": "t", "columns": {"meaning": "str"}, "errors": []}"#,
    r#"{"name": "t", "columns": {"retry_action": "str"}, "errors": []}"#,
    r#"{"name": "t", "variant_prefix": "", "errors": []}"#,
    r#"{"name": "t", "variant_prefix": "sql", "errors": []}"#,
    r#"{"name": "t", "variant_prefix": "Sql_", "errors": []}"#,
    r#"{"name": "t", "variant_prefix": "2", "errors": []}"#,
    r#"{"name": "t", "variant_prefix": 2, "errors": []}"#,
    r#"{"name": "t", "errors": [{"code": "A "}]}"#,
    r#"{"name": "t", "errors": [{"code": "\u3000A"}]}"#,
    r#"{"name": "t", "columns": {"_c": "u16"}, "errors": []}"#,
    r#"{"name": "t", "columns": {"c__d": "u16"}, "errors": []}"#,
    r#"{"name": "t", "columns": {"description": "str"}, "errors": []}"#,
    r#"{"name": "t", "columns": {"message": "str"}, "errors": []}"#,
    r#"{"name": "t", "columns": {"status": "str"}, "errors": []}"#,
    r#"{"name": "t", "columns": {"details": "str"}, "errors": []}"#,
    r#"{"name": "t", "envelope": "Nested", "errors": []}"#,
    r#"{"name": "t", "envelope": null, "errors": []}"#,
    r#"{"name": "t", "envelope": {}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"success": "{data}"}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"like": "nestd"}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"like": "nested", "failures": []}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"failure": []}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"failure": "{code"}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"failure": [{"a": ["{code}", "}"]}]}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"failure": {"code": "{code}", "...": null}}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"success": [], "failure": "{code}"}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"success": {"a": {}, "d": "{data}"}, "failure": "{code}"}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"success": {"...": "{_}"}, "failure": "{code}"}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"like": "flat", "headers": []}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"like": "flat", "headers": {"x y": "{code}"}}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"like": "flat", "headers": {"x": "{code}}"}}, "errors": []}"#,
    r#"{"name": "t", "envelope": {"like": "flat", "headers": {"x": 5}}, "errors": []}"#,
];

#[test]
fn schema_agrees_on_small_tables() {
    let schema = schema();
    for (tables, is_valid) in [(VALID, true), (INVALID, false)] {
        for text in tables {
            let json: Value = serde_json::from_str(text).unwrap();
            let loaded = load(&[("t.json", text)]);
            assert_eq!(loaded.diagnostics.is_empty(), is_valid, "{text}: {:?}", loaded.diagnostics);
            let errors: Vec<_> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
            assert_eq!(errors.is_empty(), is_valid, "{text}: {errors:?}");
        }
    }
    assert!(VALID.len() + INVALID.len() >= 50);
}

#[test]
fn bundled_tables_match_the_schema() {
    for name in errtable_spec::bundled_names() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{name}.json"));
        let json: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        assert_eq!(json["$schema"], "./table.schema.json", "{name}");
        let errors: Vec<_> = schema().iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}
