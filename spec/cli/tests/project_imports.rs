//! How `errtable.toml` says that pages are read.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

const TABLE: &str = r#"{
  "name": "my-api",
  "errors": [
    { "code": "Quota.Full", "description": "The quota is full." }
  ]
}
"#;

/// Checks a project whose table is imported from a page. Returns the exit code, standard output
/// and standard error.
fn check(page: (&str, &str), keys: &str) -> (Option<i32>, String, String) {
    let folder = TempDir::new().unwrap();
    let (name, text) = page;
    let toml = format!("[[table]]\npath = 'a.json'\n[table.import]\npages = ['{name}']\n{keys}");
    for (name, text) in [("errtable.toml", &*toml), ("a.json", TABLE), (name, text)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    let output = command.arg("check").current_dir(folder.path()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn format_that_is_given_is_not_detected() {
    let page = ("a.csv", "code,description\nQuota.Full,The quota is full.\n");
    for (keys, code) in [("", 0), ("from = 'csv'\n", 0), ("from = 'html'\n", 2)] {
        let (found, out, error) = check(page, keys);
        assert_eq!(found, Some(code), "{keys}: {out}{error}");
    }
}

#[test]
fn records_are_read_at_a_pointer() {
    let page = r#"{ "v1": [{ "code": "Quota.Full", "description": "The quota is full." }],
                    "v2": [{ "code": "Quota.Full", "description": "No space." }] }"#;
    for (at, change) in [("/v1", None), ("/v2", Some("from `The quota is full.` to `No space.`"))] {
        let (code, out, error) = check(("page.json", page), &format!("at = '{at}'\n"));
        assert_eq!(code, Some(i32::from(change.is_some())), "{at}: {out}{error}");
        assert_eq!(change.is_some_and(|change| out.contains(change)), !out.is_empty(), "{at}: {out}");
    }
}

#[test]
fn long_list_of_differences_is_shortened() {
    let page = (1..=8).map(|code| format!("New.Code{code},It is new.\n")).collect::<Vec<_>>().concat();
    let page = format!("code,description\nQuota.Full,The quota is full.\n{page}");
    let (_, out, _) = check(("a.csv", &page), "");
    assert_eq!(out.matches("would be added").count(), 6, "{out}");
    assert!(out.contains("note: and 2 more\n"), "{out}");
}
