//! The layout that `fmt` writes.

use std::fs;
use std::path::Path;

use errtable_cli::fmt::format;
use serde_json::Value;

/// Returns the texts of all tables in the fixtures of the workspace.
fn tables() -> Vec<String> {
    let mut texts = Vec::new();
    for root in ["..", "../tests/diagnostics", "../../tests/fixtures/tables"] {
        add_tables(Path::new(root), &mut texts);
    }
    assert!(texts.len() > 80, "{}", texts.len());
    texts
}

fn add_tables(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && folder.ends_with("diagnostics") {
            for entry in fs::read_dir(path).unwrap() {
                texts.extend(fs::read_to_string(entry.unwrap().path()).ok());
            }
        } else if path.extension().is_some_and(|extension| extension == "json") {
            texts.extend(fs::read_to_string(path).ok());
        }
    }
}

#[test]
fn formatted_table_stays_as_it_is() {
    for text in tables() {
        if let Some(formatted) = format(&text) {
            assert_eq!(format(&formatted).as_ref(), Some(&formatted), "{text}");
        }
    }
}

#[test]
fn values_are_kept() {
    for text in tables() {
        let Some(formatted) = format(&text) else { continue };
        assert_eq!(serde_json::from_str::<Value>(&formatted).ok(), serde_json::from_str::<Value>(&text).ok(), "{text}");
        // Only white space and the order change.
        let sorted = |text: &str| {
            let mut bytes: Vec<_> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            bytes.sort_unstable();
            bytes
        };
        assert_eq!(sorted(&formatted), sorted(&text), "{text}");
    }
}

#[test]
fn numbers_and_strings_are_copied() {
    let table = r#"{
  "name": "t",
  "errors": [{ "code": "\u0041\/", "share": 1.50e+3, "count": -0, "size": 123456789012345678901234567890 }]
}"#;
    let formatted = format(table).unwrap();
    for value in [r#""\u0041\/""#, "1.50e+3", "-0,", "123456789012345678901234567890"] {
        assert!(formatted.contains(value), "{formatted}");
    }
}

#[test]
fn keys_are_sorted_and_columns_follow_their_declaration() {
    let table = r#"{"errors": [{"b": 1, "inherited": 2, "a": 3, "fault": "client", "code": "A"}],
        "columns": {"a": "u16", "b": "u16"}, "unknown": 0, "name": "t"}"#;
    let expected = r#"{
  "name": "t",
  "columns": { "a": "u16", "b": "u16" },
  "errors": [
    { "code": "A", "fault": "client", "a": 3, "b": 1, "inherited": 2 }
  ],
  "unknown": 0
}
"#;
    assert_eq!(format(table).unwrap(), expected);
}

#[test]
fn envelope_keeps_its_lines_and_the_order_of_members() {
    let table = r#"{
  "errors": [],
  "envelope": {"headers": {"x-request-id": "{request_id}"},
    "failure": [{"error":{"message":"{message}","code":"\u007bcode}"}},
      {"items":[{"@type":"a","id":"{code}"},{"@type":"b"}],
       "status": 1.50e+3}],
    "success": {"data":"{data}","error":null}},
  "name": "t"
}"#;
    let expected = r#"{
  "name": "t",
  "envelope": {
    "headers": { "x-request-id": "{request_id}" },
    "failure": [
      { "error": { "message": "{message}", "code": "\u007bcode}" } },
      {
        "items": [{ "@type": "a", "id": "{code}" }, { "@type": "b" }],
        "status": 1.50e+3
      }
    ],
    "success": { "data": "{data}", "error": null }
  },
  "errors": []
}
"#;
    assert_eq!(format(table).unwrap(), expected);
    assert_eq!(format(expected).unwrap(), expected);
    let named = "{\n  \"name\": \"t\",\n  \"envelope\": \"nested\",\n  \"errors\": []\n}\n";
    assert_eq!(format(named).unwrap(), named);
}

#[test]
fn deep_envelope_is_kept() {
    let levels = 30;
    let sample = format!("{}\"{{code}}\"{}", "{\n\"a\":".repeat(levels), "}".repeat(levels));
    let table = format!("{{\"name\": \"t\", \"envelope\": {{\"failure\": {sample}}}, \"errors\": []}}");
    let formatted = format(&table).unwrap();
    assert_eq!(format(&formatted).unwrap(), formatted);
    assert_eq!(serde_json::from_str::<Value>(&formatted).unwrap(), serde_json::from_str::<Value>(&table).unwrap());
}

#[test]
fn duplicate_keys_keep_their_order() {
    let table = r#"{"name": "b", "errors": [], "name": "a"}"#;
    assert_eq!(format(table).unwrap(), "{\n  \"name\": \"b\",\n  \"name\": \"a\",\n  \"errors\": []\n}\n");
}

#[test]
fn deep_values_are_copied() {
    let deep = format!("{}\n{}", "[".repeat(100_000), "]".repeat(100_000));
    let formatted = format(&format!("{{\"errors\": {deep}}}")).unwrap();
    assert_eq!(format(&formatted).unwrap(), formatted);
    assert_eq!(formatted.matches('[').count(), 100_000);
}

#[test]
fn values_are_laid_out_to_a_depth_of_15() {
    for (open, close, copied, formatted) in [("[", "]", "[ 1 ]", "[1]"), ("{\"a\":", "}", "{\"a\":1}", "{ \"a\": 1 }")]
    {
        for (depth, innermost) in [(15, formatted), (16, copied)] {
            let value = [open.repeat(depth - 1), copied.to_owned(), close.repeat(depth - 1)].concat();
            let text = format(&format!("{{\"name\": {value}}}")).unwrap();
            assert!(text.contains(innermost), "{depth}: {text}");
        }
    }
}

#[test]
fn other_json_is_not_formatted() {
    for text in ["", "[]", "1", "{", "{} {}", "\u{feff}{}"] {
        assert_eq!(format(text), None, "{text}");
    }
}
