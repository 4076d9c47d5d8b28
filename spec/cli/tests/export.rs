//! Exports contain the table, whatever its texts are.

use std::fs;
use std::path::Path;

use errtable_cli::doc::{DocOptions, doc};
use errtable_cli::error::Status;
use errtable_cli::export::{ExportFormat, ExportOptions, SCHEMA, export};
use errtable_cli::input::Input;
use errtable_cli::replace::Outcome;
use errtable_spec::{Row, Table, Value, bundled_names, variant_name};
use proptest::prelude::*;
use tempfile::TempDir;

/// Returns all valid tables of the workspace.
fn inputs() -> Vec<Input> {
    let fixtures = ["tables", "envelopes"].map(|folder| Path::new("../../tests/fixtures").join(folder));
    let fixtures = fixtures.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let inputs = fixtures.map(|entry| Input::Path(entry.unwrap().path()));
    let inputs: Vec<_> = inputs.chain(Input::bundled()).filter(|input| input.load_valid().is_ok()).collect();
    assert!(inputs.len() > bundled_names().len() + 8, "{inputs:?}");
    inputs
}

fn text(input: &Input, to: ExportFormat) -> String {
    export(input, &ExportOptions { to, out: None, check: false }).unwrap().text
}

fn json(input: &Input, to: ExportFormat) -> serde_json::Value {
    serde_json::from_str(&text(input, to)).unwrap()
}

/// Returns whether the texts of an export show all characters but line breaks.
fn is_visible(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || !errtable_spec::__private::is_invisible(c))
}

fn value(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::Unsigned(value) | Value::DurationMs(value) => (*value).into(),
        Value::Signed(value) => (*value).into(),
        Value::Float(value) => (*value).into(),
        Value::Str(text) => text.as_str().into(),
        Value::Enum(value) => value.text.as_str().into(),
    }
}

/// Asserts that the JSON of a row has all its data.
fn assert_row(json: &serde_json::Value, row: &Row, table: &Table) {
    let columns = table.columns.iter().zip(&row.values);
    let columns: serde_json::Map<_, _> = columns.map(|(c, v)| (c.name.clone(), v.as_ref().map(value).into())).collect();
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let expected = serde_json::json!({
        "code": row.code, "number": row.number, "description": text(&row.description), "retry": row.retry.as_str(),
        "retry_after_ms": row.retry_after_ms, "fault": row.fault.as_str(), "evidence": text(&row.evidence),
        "variant": row.variant, "former_variants": row.former_variants, "aliases": row.aliases,
        "since": text(&row.since), "deprecated": row.deprecated, "replaced_by": row.replaced_by,
        "remove_after": text(&row.remove_after), "table": row.table, "columns": columns,
    });
    assert_eq!(*json, expected);
}

/// Denies keys that a schema does not describe, except where it describes none.
fn deny_other_keys(schema: &mut serde_json::Value) {
    if let Some(properties) = schema.get_mut("properties").and_then(serde_json::Value::as_object_mut) {
        properties.values_mut().for_each(deny_other_keys);
        schema["additionalProperties"] = false.into();
    }
    schema.get_mut("items").into_iter().for_each(deny_other_keys);
}

/// Asserts that each example of a failure fits its schema.
fn assert_examples(document: &serde_json::Value, name: &str) {
    let Some(failure) = document["components"]["schemas"].get(format!("{name}Failure")) else { return };
    let schema = serde_json::json!({
        "$ref": format!("#/components/schemas/{name}Failure"), "components": document["components"],
    });
    let responses = document["components"]["responses"].as_object().into_iter().flat_map(|it| it.values());
    let contents = responses.flat_map(|response| response["content"].as_object().unwrap().values());
    let examples = contents.flat_map(|content| content["examples"].as_object().unwrap().values());
    for example in failure.get("example").into_iter().chain(examples.map(|example| &example["value"])) {
        jsonschema::validate(&schema, example).unwrap_or_else(|error| panic!("{name}: {error} in {example}"));
    }
}

/// Asserts that all exports of a table contain its rows.
fn assert_exports(input: &Input) {
    let table = input.load_valid().unwrap();
    let document = json(input, ExportFormat::Json);
    let errors = document["errors"].as_array().unwrap();
    assert_eq!(errors.len(), table.rows.len());
    errors.iter().zip(&table.rows).for_each(|(json, row)| assert_row(json, row, &table));

    assert_eq!(document["envelope"].is_null(), table.envelope.is_none());
    let mut schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    deny_other_keys(&mut schema);
    jsonschema::validate(&schema, &document).unwrap();

    let document = json(input, ExportFormat::Openapi);
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let name = variant_name(&table.name);
    assert_examples(&document, &name);
    let schema = &schemas[&format!("{name}Code")];
    let has_descriptions = table.rows.iter().any(|row| !row.description.is_empty());
    for (position, row) in table.rows.iter().enumerate() {
        let wire = row.number.map_or_else(|| row.code.clone(), |number| number.to_string());
        assert_eq!(
            schema["enum"][position],
            row.number.map_or_else(|| row.code.clone().into(), serde_json::Value::from)
        );
        assert_eq!(schema["x-enum-varnames"][position], row.variant);
        assert_eq!(schema["x-enum-descriptions"].get(position).is_some(), has_descriptions);
        assert_eq!(schema["x-enum-descriptions"][position].as_str().unwrap_or_default(), row.description);
        assert_eq!(schema["x-retry-after-ms"][&wire].as_u64(), row.retry_after_ms);
        assert_eq!(schema["x-retry"][&wire], row.retry.as_str());
        assert_eq!(schema["x-fault"][&wire], row.fault.as_str());
        assert_eq!(schema["x-since"][&wire].as_str().unwrap_or_default(), row.since);
        assert_eq!(schema["x-deprecated"][&wire].as_str(), row.deprecation().as_deref());
    }

    let module = text(input, ExportFormat::Typescript);
    // Each string of the object is JSON. A raw line break would end its line.
    let (codes, functions) = module.split_once("} as const;").unwrap();
    let strings = |key: &str| {
        let values = codes.lines().filter_map(|line| line.strip_prefix(key)?.strip_suffix(','));
        values.map(|value| serde_json::from_str::<Option<String>>(value).unwrap()).collect::<Vec<_>>()
    };
    let some = |text: fn(&Row) -> &String| table.rows.iter().map(|row| Some(text(row).clone())).collect::<Vec<_>>();
    assert_eq!(strings("    code: "), some(|row| &row.code));
    assert_eq!(strings("    description: "), some(|row| &row.description));
    let deprecations = table.rows.iter().filter_map(Row::deprecation).map(Some);
    assert_eq!(strings("    deprecated: "), deprecations.collect::<Vec<_>>());
    for comment in module.lines().filter_map(|line| line.trim_start().strip_prefix("/** ")) {
        assert_eq!(comment.find("*/"), Some(comment.len() - 2), "{comment}");
    }
    for line in module.lines().filter_map(|line| line.trim_start().strip_prefix("* ")) {
        assert!(!line.contains("*/"), "{line}");
    }

    for function in functions.lines().filter_map(|line| line.strip_prefix("function ")) {
        let name = function.split_inclusive('(').next().unwrap();
        assert!(functions.matches(name).count() > 1, "unused: {function}");
    }
    assert_eq!(functions.contains("export function parseResponse"), table.envelope.is_some());

    for format in [ExportFormat::Json, ExportFormat::Openapi, ExportFormat::Typescript] {
        assert!(is_visible(&text(input, format)), "{input}: {format:?}");
    }
}

#[test]
fn exports_contain_all_rows() {
    inputs().iter().for_each(assert_exports);
}

#[test]
fn reserved_codes_are_exported_with_their_notes() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("t.json");
    let reserved = r#"[{ "code": "Disk.Gone", "note": "Never sent." }, { "code": "Disk.Lost" }]"#;
    fs::write(&path, format!(r#"{{ "name": "t", "reserved": {reserved}, "errors": [] }}"#)).unwrap();
    let expected = serde_json::json!([
        { "code": "Disk.Gone", "number": null, "numbers": null, "note": "Never sent." },
        { "code": "Disk.Lost", "number": null, "numbers": null, "note": null },
    ]);
    assert_eq!(json(&Input::Path(path), ExportFormat::Json)["reserved"], expected);
}

#[test]
fn check_changes_no_file() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("common.ts");
    let common = Input::Bundled("common".to_owned());
    let run = |check| {
        export(&common, &ExportOptions { to: ExportFormat::Typescript, out: Some(out.clone()), check }).unwrap()
    };
    let outcome = |check| run(check).file.map(|file| file.outcome);
    assert_eq!(outcome(true), Some(Outcome::WouldBeCreated));
    assert_eq!(run(true).status(), Status::Findings);
    assert!(!out.exists());
    assert_eq!(outcome(false), Some(Outcome::Written));
    assert_eq!(fs::read_to_string(&out).unwrap(), run(true).text);
    assert_eq!(run(true).status(), Status::Success);
    assert_eq!(outcome(false), Some(Outcome::Unchanged));
    fs::write(&out, "stale").unwrap();
    assert_eq!(run(true).status(), Status::Findings);
    assert_eq!(fs::read_to_string(&out).unwrap(), "stale");
}

/// Texts with the syntax of JSON, TypeScript and comments.
const TEXT: &str = "([\"'`\\\\/*${}\r\n\t\u{0}\u{7f}\u{85}\u{2028}\u{202e}\u{feff} @a签😀]|\\*/|//|__proto__){0,12}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_texts_are_escaped(code in TEXT, description in TEXT, deprecated in TEXT, column in TEXT) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("t.json");
        let table = serde_json::json!({
            "name": "t", "description": &description, "columns": { "note": "str" },
            "errors": [
                { "code": "First", "description": description, "deprecated": deprecated, "note": column },
                { "code": code, "variant": "Second" },
            ],
        });
        fs::write(&path, table.to_string()).unwrap();
        let input = Input::Path(path);
        prop_assume!(input.load_valid().is_ok());
        assert_exports(&input);
    }
}

#[test]
fn numbers_are_exported() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("t.json");
    let rows = r#"{"code": "NONE", "number": 0}, {"code": "BIG", "number": -9007199254740993, "replaced_by": "NONE"}"#;
    fs::write(&path, format!(r#"{{"name": "t", "errors": [{rows}]}}"#)).unwrap();
    let input = Input::Path(path);
    assert_exports(&input);
    let module = text(&input, ExportFormat::Typescript);
    assert!(module.contains("  readonly number: CodeNumber;\n"), "{module}");
    assert!(module.contains("    number: 0,\n") && module.contains("    number: -9007199254740993n,\n"), "{module}");
    assert!(module.contains("  /** @deprecated use `NONE` */\n  \"BIG\": {"), "{module}");
    assert_eq!(json(&input, ExportFormat::Openapi)["components"]["schemas"]["TCode"]["type"], "integer");
}

/// The column `owner_team` and its value are private.
#[test]
fn private_columns_are_in_no_export_and_no_page() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("t.json");
    let table = r#"{ "name": "t",
        "columns": { "a": "u16", "owner_team": { "type": "str", "private": true }, "c": { "enum": ["x"], "default": "x" } },
        "errors": [{ "code": "Quota.Full", "a": 404, "owner_team": "billing" }] }"#;
    fs::write(&path, table).unwrap();
    let input = Input::Path(path);
    let mut texts =
        [ExportFormat::Json, ExportFormat::Typescript, ExportFormat::Openapi].map(|to| text(&input, to)).to_vec();
    assert_eq!(json(&input, ExportFormat::Json)["errors"][0]["columns"], serde_json::json!({ "a": 404, "c": "x" }));
    let pages = doc(&[input], &DocOptions { out: folder.path().to_owned(), check: false }).unwrap();
    texts.extend(pages.files.iter().map(|file| fs::read_to_string(&file.path).unwrap()));
    assert_eq!(texts.len(), 5);
    for text in texts {
        assert!(text.contains("Quota.Full"), "{text}");
        assert!(!text.contains("owner_team") && !text.contains("billing"), "{text}");
    }
}
