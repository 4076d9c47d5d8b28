//! How `errtable import` reads and writes files.

use std::fs;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const PAGE: &str = "code,description\nA.B,First.\n";

/// Runs the command in a directory with a page, and returns its exit code and the table.
fn import(folder: &TempDir, page: &str, arguments: &[&str]) -> (Option<i32>, Option<String>) {
    fs::write(folder.path().join("page.csv"), page).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    command.current_dir(folder).arg("import").args(arguments).arg("page.csv");
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    (status.code(), fs::read_to_string(folder.path().join("t.json")).ok())
}

fn write(folder: &TempDir, text: &str) {
    fs::write(folder.path().join("t.json"), text).unwrap();
}

#[test]
fn second_import_keeps_the_bytes() {
    let folder = TempDir::new().unwrap();
    let arguments = ["--into", "t.json", "--name", "my-api"];
    let first = import(&folder, PAGE, &arguments);
    assert_eq!(first.0, Some(0));
    assert!(first.1.as_deref().unwrap().starts_with("{\n  \"name\": \"my-api\",\n"));
    assert_eq!(import(&folder, PAGE, &arguments), first);
    assert_eq!(import(&folder, PAGE, &["--into", "t.json", "--name", "other"]), (Some(2), first.1));
}

#[test]
fn check_reports_one_changed_line() {
    let folder = TempDir::new().unwrap();
    let (_, table) = import(&folder, PAGE, &["--into", "t.json"]);
    let check = ["--into", "t.json", "--check"];
    assert_eq!(import(&folder, PAGE, &check), (Some(0), table.clone()));
    for page in [&PAGE.replace("First.", "First!"), &format!("{PAGE}C,\n"), "code,description\nC,\n"] {
        assert_eq!(import(&folder, page, &check), (Some(1), table.clone()), "{page}");
    }
}

#[test]
fn row_without_required_value_is_written_and_reported() {
    let folder = TempDir::new().unwrap();
    let table = r#"{"name": "t", "columns": {"n": {"type": "u16", "required": true}}, "errors": []}"#;
    write(&folder, table);
    let (status, table) = import(&folder, PAGE, &["--into", "t.json"]);
    assert_eq!(status, Some(1));
    assert!(table.unwrap().contains("A.B"));
}

#[test]
fn column_that_a_section_lacks_is_strict() {
    let folder = TempDir::new().unwrap();
    let page = "| Code | Status |\n|--|--|\n| A.B | 400 |\n\n| Code | State |\n|--|--|\n| C.D | 404 |\n";
    let arguments = ["--from", "markdown", "--map", "http_status=Status"];
    assert_eq!(import(&folder, page, &arguments).0, Some(0));
    assert_eq!(import(&folder, page, &[&arguments[..], &["--strict"]].concat()).0, Some(1));
    let page = page.replace("State", "Status");
    assert_eq!(import(&folder, &page, &[&arguments[..], &["--strict"]].concat()).0, Some(0));
}

#[test]
fn check_of_a_missing_table_is_not_usable() {
    let folder = TempDir::new().unwrap();
    assert_eq!(import(&folder, PAGE, &["--into", "t.json", "--check"]), (Some(2), None));
}

#[test]
fn invalid_table_is_unchanged() {
    let folder = TempDir::new().unwrap();
    for errors in [
        r#"{"code": "A", "retry": "nevr"}, {"code": "A.B", "description": "Other."}"#,
        r#"{"code": "A.B", "description": "Other."}, {"code": "A.B"}"#,
        r#"{"code": "A", "aliases": ["A.B"]}, {"code": "A.B"}"#,
    ] {
        let table = format!(r#"{{"name": "t", "errors": [{errors}]}}"#);
        write(&folder, &table);
        assert_eq!(import(&folder, PAGE, &["--into", "./t.json"]), (Some(2), Some(table)), "{errors}");
    }
}

#[test]
fn missing_values_are_imported() {
    let folder = TempDir::new().unwrap();
    let table = r#"{"name": "t", "columns": {"n": {"type": "u16", "required": true}}, "errors": [{"code": "A.B"}]}"#;
    write(&folder, table);
    let page = "code,Status\nA.B,7\n";
    let (status, table) = import(&folder, page, &["--into", "./t.json", "--map", "n=Status"]);
    assert_eq!(status, Some(0));
    assert!(table.unwrap().contains(r#""n": 7"#));
}

#[test]
fn table_without_a_base_is_unchanged() {
    let folder = TempDir::new().unwrap();
    for table in [
        r#"{"name": "t", "extends": ["missing.json"], "errors": []}"#,
        r#"{"name": "t", "errors": [{"description": "First."}]}"#,
        r#"{"name": "t"}"#,
        "{",
    ] {
        write(&folder, table);
        assert_eq!(import(&folder, PAGE, &["--into", "t.json"]), (Some(2), Some(table.to_owned())), "{table}");
    }
}

#[test]
fn more_codes_than_a_table_has_are_not_merged() {
    let folder = TempDir::new().unwrap();
    let page = |count| {
        let rows = (0..count).map(|number| format!("A{number},\n"));
        format!("code,description\n{}", rows.collect::<String>())
    };
    for (count, expected) in [(65_536, Some(2)), (65_535, Some(0))] {
        let (status, table) = import(&folder, &page(count), &["--into", "t.json"]);
        assert_eq!((status, table.is_some()), (expected, expected == Some(0)), "{count}");
    }
}

#[test]
fn strict_import_rejects_skipped_rows() {
    let folder = TempDir::new().unwrap();
    for (page, strict) in
        [(PAGE, 0), ("code,description\nA.B,First.\nSee below,\n", 1), ("code,description\nA,a\nA,b\n", 1)]
    {
        assert_eq!(import(&folder, page, &[]).0, Some(0), "{page}");
        assert_eq!(import(&folder, page, &["--strict"]).0, Some(strict), "{page}");
    }
}

#[test]
fn mapped_columns_become_keys_and_columns() {
    let folder = TempDir::new().unwrap();
    let page = "Code,Status,Again,Text\nA,404,yes,one\nB,503,no,two\n";
    let map = ["--map", "http_status=Status", "--map", "retry=Again", "--map", "description=Text"];
    let values = ["--value", "retry:yes=transient", "--value", "retry:no=never"];
    let arguments = [&["--into", "t.json"][..], &map, &values].concat();
    let first = import(&folder, page, &arguments);
    let table = first.1.as_deref().unwrap();
    assert!(table.contains(r#""columns": { "http_status": "http_status" }"#), "{table}");
    assert!(table.contains(r#""retry": "transient","#) && table.contains(r#""http_status": 503"#), "{table}");
    assert_eq!(import(&folder, page, &arguments), first);
    // A value that changes, and one that is not valid.
    let changed = import(&folder, &page.replace("404", "410").replace("no", "maybe"), &arguments).1.unwrap();
    assert_eq!(changed, table.replace("404", "410"));
}

#[test]
fn mappings_that_do_not_fit_are_errors() {
    let folder = TempDir::new().unwrap();
    for arguments in [
        &["--map", "code=Nr"][..],
        &["--map", "retry=Again"],
        &["--map", "former_variants=Description"],
        &["--map", "retry"],
        &["--map", "retry=Description", "--value", "fault:a=server"],
        &["--value", "retry:a=never"],
        &["--map", "description=Description", "--map", "description=Code"],
    ] {
        assert_eq!(import(&folder, PAGE, arguments).0, Some(2), "{arguments:?}");
    }
    write(&folder, r#"{"name": "t", "errors": []}"#);
    assert_eq!(import(&folder, PAGE, &["--into", "t.json", "--map", "cause=Description"]).0, Some(2));
}

#[test]
fn file_of_a_directory_without_a_mapped_column_is_an_error() {
    let folder = TempDir::new().unwrap();
    let docs = folder.path().join("docs");
    fs::create_dir(&docs).unwrap();
    fs::write(docs.join("a.csv"), "code,Status\nA.B,400\n").unwrap();
    fs::write(docs.join("b.txt"), "Prose.\n").unwrap();
    fs::write(docs.join("c.bin"), [0xFF, 0xC0, 0]).unwrap();
    let arguments = ["--map", "http_status=Status", "docs"];
    assert_eq!(run(&folder, &arguments).0, Some(0));
    fs::write(docs.join("d.csv"), "code,description\nA.C,c\n").unwrap();
    let (code, _, error) = run(&folder, &arguments);
    assert_eq!(code, Some(2));
    assert!(error.replace('\\', "/").contains("no column `Status` in `docs/d.csv`"), "{error}");
}

/// Runs the command, and returns its exit code, the table and what it prints to standard error.
fn run(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    let output = command.current_dir(folder).arg("import").args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Imports a page as [`run`] does.
fn messages(folder: &TempDir, page: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    fs::write(folder.path().join("page.csv"), page).unwrap();
    run(folder, &[arguments, &["page.csv"]].concat())
}

#[test]
fn odd_cells_do_not_silently_change_a_type() {
    let folder = TempDir::new().unwrap();
    let page = "Code,Status,Limit\nA,404,1\nB,422 Unprocessable,n/a\nC,4xx,3\nD,4xx,\n";
    let map = ["--map", "http_status=Status", "--map", "limit=Limit"];
    let (status, table, messages) = messages(&folder, page, &map);
    assert_eq!(status, Some(0));
    assert!(table.contains(r#""columns": { "http_status": "http_status", "limit": "str" }"#), "{table}");
    for line in [
        "skipped page.csv:3: `http_status` must be an HTTP status: `422 Unprocessable`\n",
        "skipped page.csv:4: `http_status` must be an HTTP status: `4xx`, in 2 rows\n",
        "note: the column `limit` has the type `str`, because `n/a` is not an integer\n",
        "\n3 values skipped\n",
    ] {
        assert!(messages.contains(line), "{line}{messages}");
    }
}

#[test]
fn missing_column_is_proposed_with_its_type() {
    let folder = TempDir::new().unwrap();
    write(&folder, r#"{"name": "t", "errors": []}"#);
    let page = "Code,Status,Limit\nA,404,70000\nB,500,\n";
    for (map, column) in
        [("http_status=Status", r#""http_status": "http_status""#), ("limit=Limit", r#""limit": "u64""#)]
    {
        let (status, _, messages) = messages(&folder, page, &["--into", "t.json", "--map", map]);
        assert_eq!(status, Some(2));
        assert!(messages.contains(column), "{messages}");
    }
}

#[test]
fn strict_import_rejects_skipped_values() {
    let folder = TempDir::new().unwrap();
    let arguments = ["--map", "retry=Again"];
    let page = "Code,Again\nA,no\n";
    assert_eq!(import(&folder, page, &arguments).0, Some(0));
    assert_eq!(import(&folder, page, &[&arguments[..], &["--strict"]].concat()).0, Some(1));
}

#[test]
fn row_of_a_typo_is_not_deleted() {
    let folder = TempDir::new().unwrap();
    let table = r#"{"name": "t", "errors": [{"code": "A.B", "description": "First."}, {"code": "rate_limited"}]}"#;
    write(&folder, table);
    let page = format!("{PAGE}rate limited,\n");
    let (status, _, messages) = messages(&folder, &page, &["--into", "t.json", "--prune"]);
    assert_eq!(status, Some(0));
    assert!(messages.contains("kept `rate_limited`: skipped at page.csv:3\n"), "{messages}");
    assert_eq!(fs::read_to_string(folder.path().join("t.json")).unwrap(), table);
}

#[test]
fn arguments_with_an_empty_part_are_rejected() {
    let folder = TempDir::new().unwrap();
    for (option, argument, expected) in [
        ("--map", "=description", "expected `KEY=HEADING`"),
        ("--map", "description=", "expected `KEY=HEADING`"),
        ("--value", ":no=never", "expected `KEY:TEXT=VALUE`"),
    ] {
        let (status, _, messages) = messages(&folder, PAGE, &[option, argument]);
        assert!(status == Some(2) && messages.contains(expected), "{argument}: {messages}");
    }
}

#[test]
fn table_in_a_directory_of_pages_is_not_a_page() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("docs")).unwrap();
    fs::write(folder.path().join("docs/a.csv"), PAGE).unwrap();
    let table = r#"{"name": "t", "errors": [{"code": "A.B", "description": "Other."}, {"code": "Old", "description": "Old."}]}"#;
    fs::write(folder.path().join("docs/t.json"), table).unwrap();
    let (status, _, messages) = run(&folder, &["--into", "docs/t.json", "docs"]);
    assert!(status == Some(0) && messages.contains("0 added, 1 changed, 1 missing, written"), "{messages}");
}

#[test]
fn files_of_a_directory_without_codes_are_counted() {
    let folder = TempDir::new().unwrap();
    let docs = folder.path().join("docs");
    fs::create_dir(&docs).unwrap();
    fs::write(folder.path().join("first.csv"), "code,description\nC.D,Other.\n").unwrap();
    let import = || {
        let (status, _, messages) = run(&folder, &["first.csv", "docs"]);
        (status, messages)
    };
    fs::write(docs.join("a.csv"), PAGE).unwrap();
    let (status, messages) = import();
    assert!(status == Some(0) && !messages.contains("no codes in"), "{messages}");
    fs::write(docs.join("b.txt"), "Prose.\n").unwrap();
    let (status, messages) = import();
    assert!(status == Some(0) && messages.contains("no codes in 1 of 2 files of `docs`"), "{messages}");
    fs::write(docs.join("a.csv"), "Prose, too.\n").unwrap();
    let (status, messages) = import();
    assert!(status == Some(2) && messages.contains("no error codes found in the 2 files of `docs`"), "{messages}");
}

#[test]
fn page_without_codes_is_explained() {
    let folder = TempDir::new().unwrap();
    let parameters = "Parameter,Type\nName,string\n";
    let tables = |count| "| Code | Text |\n|--|--|\n| See below. | a |\n\n".repeat(count);
    for (page, arguments, expected) in [
        (parameters, &[][..], "the page must contain one of these:\n"),
        (
            parameters,
            &["--map", "description=Type"],
            "`--map code=HEADING` selects one of the headings `Parameter`, `Type`",
        ),
        ("", &["--map", "description=Type"], "the page must contain one of these:\n"),
        (&*tables(12), &[], "page.csv:45: heading `Code`, but 1 cell is not a code, such as `See below.`\n"),
        (&tables(13), &[], "and 1 more\n"),
    ] {
        let (status, _, messages) = messages(&folder, page, arguments);
        assert!(status == Some(2) && messages.contains(expected), "{page}{arguments:?}\n{messages}");
        assert_eq!(messages.contains(" more\n"), expected.contains(" more\n"), "{messages}");
    }
}
