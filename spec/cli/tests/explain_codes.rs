//! What `explain` prints about a code of a table.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

#[test]
fn variant_is_printed_unless_the_code_implies_it() {
    let folder = TempDir::new().unwrap();
    let table = r#"{"name": "t", "errors": [{"code": "Disk.Full"}, {"code": "Disk.Slow", "variant": "SlowDisk"}]}"#;
    fs::write(folder.path().join("t.json"), table).unwrap();
    for (code, variant) in [("Disk.Full", None), ("Disk.Slow", Some("SlowDisk"))] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
        command.args(["explain", code, "--table", "t.json"]).current_dir(folder.path());
        let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let line = out.lines().find_map(|line| line.trim().strip_prefix("variant"));
        assert_eq!(line.map(str::trim), variant, "{out}");
    }
}

#[test]
fn reserved_code_or_number_has_a_note() {
    let folder = TempDir::new().unwrap();
    let reserved = r#"[{"code": "Old", "note": "It is gone."}, {"number": 7, "note": "It is gone."}]"#;
    let table = format!(r#"{{"name": "t", "reserved": {reserved}, "errors": [{{"code": "A", "number": 1}}]}}"#);
    fs::write(folder.path().join("t.json"), table).unwrap();
    for code in ["Old", "7"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
        command.args(["explain", code, "--table", "t.json"]).current_dir(folder.path());
        let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(out.contains("`t.json` reserves it: It is gone."), "{out}");
    }
}
