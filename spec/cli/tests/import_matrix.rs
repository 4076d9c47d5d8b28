//! Odd cells and pages: what is found, and what is reported.

use std::fmt::Write as _;

use errtable_cli::import::listing::Listing;
use errtable_cli::import::page::Page;
use errtable_cli::import::page::format::Format;
use errtable_cli::import::page::mapping::Mapping;

/// What an import finds: the codes with their numbers, and the counts of what is reported.
fn found(page: &str, mapping: &Mapping) -> String {
    let read = match Page::read_mapped(page, None, mapping) {
        Ok(read) => read,
        Err(error) => {
            let why = error.rejected.first().map_or_else(|| "nothing".to_owned(), |(at, why)| format!("{at}: {why}"));
            return format!("error {why}");
        }
    };
    let (unused, notes) = (read.unused.join(","), read.notes.len());
    let mut listing = Listing::default();
    listing.add("page", read);
    let codes = listing.codes.iter().map(|listed| match listed.number {
        Some(number) => format!("{}={number}", listed.code),
        None => listed.code.clone(),
    });
    let mut text = codes.collect::<Vec<_>>().join(" ");
    for (name, count) in
        [("skipped", listing.skipped.len()), ("differs", listing.disagreements.len()), ("notes", notes)]
    {
        if count > 0 {
            write!(text, " {name}:{count}").unwrap();
        }
    }
    if !unused.is_empty() {
        write!(text, " unused:{unused}").unwrap();
    }
    text
}

/// Returns a Markdown page with one cell of a code.
fn markdown(cell: &str) -> String {
    format!("| Code | Description |\n|---|---|\n| {cell} | Text. |\n")
}

/// Returns an HTML page with one cell of a code.
fn html(cell: &str) -> String {
    format!("<table><tr><th>Code</th><th>Description</th></tr><tr><td>{cell}</td><td>Text.</td></tr></table>")
}

#[test]
fn odd_cells_of_markdown_are_read() {
    for (cell, expected) in [
        ("`A.B`", "A.B"),
        ("``A.B``", "A.B"),
        ("**A.B**", "A.B"),
        ("*A.B*", "A.B"),
        ("_A.B_", "A.B"),
        ("__`A.B`__", "A.B"),
        ("[A.B](#a-b)", "A.B"),
        ("[`A.B`](#a-b \"title\")", "A.B"),
        ("**[`A.B`](x)**", "A.B"),
        ("<code>A.B</code>", "A.B"),
        ("<a name=\"ab\"></a>A.B", "A.B"),
        ("`A.B`[^1]", "A.B"),
        ("A.B<sup>2</sup>", "A.B"),
        ("A.B [1]", "A.B"),
        ("A.B\\*", "A.B"),
        ("A.B†", "A.B"),
        ("\"A.B\"", "A.B"),
        ("A.B (deprecated)", "A.B notes:1"),
        ("A.B（旧）", "A.B notes:1"),
        ("~~A.B~~", "A.B notes:1"),
        ("~~`A.B`~~ **Deprecated**", "A.B notes:1"),
        ("~~A.B~~, A.C", "A.B A.C notes:1"),
        ("~~A.B~~ or ~~A.C~~", "A.B A.C notes:1"),
        ("<del>A.B</del>", "A.B notes:1"),
        ("`wild_*`", "error 1: heading `Code`, but 1 cell is not a code, such as `wild_*`"),
        ("`*`", "error 1: heading `Code`, but 1 cell is not a code, such as `*`"),
        ("<code>dd*</code>", "error 1: heading `Code`, but 1 cell is not a code, such as `dd*`"),
        ("`A.B[1]`", "error 1: heading `Code`, but 1 cell is not a code, such as `A.B[1]`"),
        ("`dd`*", "dd"),
        ("A.B<br>A.C", "A.B A.C"),
        ("`A.B`, `A.C`", "A.B A.C"),
        ("**A.B**, *A.C*", "A.B A.C"),
        ("[A.B](x), [`A.C`](y)", "A.B A.C"),
        ("A.B / A.C", "A.B A.C"),
        ("A.B or A.C", "A.B A.C"),
        ("`A_B`", "A_B"),
        ("-1", "-1"),
        ("`-32601`", "-32601"),
        ("\u{2212}7", "-7"),
        ("A.B\u{200B}", "A.B"),
        ("&nbsp;A.B", "A.B"),
    ] {
        assert_eq!(found(&markdown(cell), &Mapping::default()), expected, "{cell}");
    }
}

#[test]
fn odd_cells_of_html_are_read() {
    for (cell, expected) in [
        ("<a href=\"#x\">A.B</a>", "A.B"),
        ("<code><a>A.<wbr>B</a></code>", "A.B"),
        ("<strong>A.B</strong><sup><a href=\"#f\">1</a></sup>", "A.B"),
        ("<p>A.B</p><p>A.C</p>", "A.B A.C"),
        ("<ul><li>A.B<li>A.C</ul>", "A.B A.C"),
        ("A.B<br><small>(beta)</small>", "A.B notes:1"),
        ("<s><code>A.B</code></s>", "A.B notes:1"),
        ("<del>A.B</del> <b>Deprecated</b>", "A.B notes:1"),
        ("<code>wild_*</code>", "error table 1, row 1: heading `Code`, but 1 cell is not a code, such as `wild_*`"),
        ("-1", "-1"),
    ] {
        assert_eq!(found(&html(cell), &Mapping::default()), expected, "{cell}");
    }
}

#[test]
fn descriptions_of_markdown_are_those_of_html() {
    for (markdown, html) in [
        ("Call `POST /v1/token` **now**.[^1]", "Call <code>POST /v1/token</code> <b>now</b>."),
        (
            "See [the `Job`](job.md), ~~then~~ _wait_.",
            "See <a href=job.md>the <code>Job</code></a>, <s>then</s> <i>wait</i>.",
        ),
        ("`FOO_BAR` or FOO_BAR, a * b, {{1}}", "<code>FOO_BAR</code> or FOO_BAR, a * b, {{1}}"),
        ("`a | b` and `*`", "<code>a | b</code> and <code>*</code>"),
    ] {
        let markdown = format!("| Code | Description |\n|---|---|\n| A.B | {markdown} |\n");
        let html = format!("<table><tr><th>Code<th>Description<tr><td>A.B<td>{html}</table>");
        let [markdown, html] = [markdown, html].map(|page| Page::read(&page, None).unwrap().rows.remove(0));
        assert_eq!(markdown.description, html.description);
    }
}

#[test]
fn odd_pages_are_read_or_rejected() {
    for (page, expected) in [
        ("Error,Code\nUNKNOWN,-1\nNONE,0\n", "UNKNOWN=-1 NONE=0"),
        ("Code,Number,Text\nA.B,7,a\nA.C,8,b\n", "A.B=7 A.C=8 unused:Text"),
        ("Code,HTTP,Description\nA.B,404,a\n", "A.B unused:HTTP"),
        ("Error,Code,Description\nNotFound,404,a\nBusy,503,b\n", "NotFound Busy unused:Code"),
        ("Name;Number;Description\nCANCELLED;1;a\nUNKNOWN;2;b\n", "CANCELLED=1 UNKNOWN=2"),
        ("Code,Description\nA.B,one\nA.B,two\n", "A.B differs:1"),
        ("Code,Description\nA.B,one\nA.B,\nA.B,one\n", "A.B"),
        ("Code,Description\nA.B,one\nSee below.,two\n,three\n", "A.B skipped:2"),
        (
            "Code,Description\nSee below.,one\n",
            "error 1: heading `Code`, but 1 cell is not a code, such as `See below.`",
        ),
        (
            "Code,Meaning\n404,one\n5xx,two\n",
            "error 1: heading `Code`, but its cells are HTTP statuses; `--map code=Code` imports them",
        ),
        ("Error,Code\nUNKNOWN,-1\nNONE,0\nNONE,0\n", "UNKNOWN=-1 NONE=0"),
        ("Parameter,Type\nName,string\n", "error nothing"),
        ("", "error nothing"),
        (
            "<table><tr><th>Code<th>Meaning<tr><td>404<td>a</table><table><tr><th>Code<th>Cause<tr><td>A.B<td>a</table>",
            "A.B notes:1",
        ),
        (
            "<table><tr><th rowspan=2>Name<th colspan=2>Code<tr><th>Number<th>HTTP<tr><td>A.B<td>7<td>400<tr><td>A.C<td>8<td>400</table>",
            "A.B=7 A.C=8 unused:HTTP",
        ),
        ("<table><tr><th>Code<th>Cause<tr><td colspan=2>Section<tr><td>A.B<td>a</table>", "A.B"),
        ("<table><tr><th>Code<th>Cause<tr><td>Busy<tr><td>A.B<td>a</table>", "Busy A.B"),
        ("VERSION = '1.2.3'\n#: Text.\nNOT_FOUND = 'NotFound'\n", "NotFound"),
        (r#"[{"code": "A.B", "message": "a", "retry": true}, {"code": "A.C"}]"#, "A.B A.C unused:retry"),
        (r#"[{"name": "A", "code": -1}, {"name": "B", "code": 7}]"#, "A=-1 B=7"),
        (r#"{"code": "A.B", "message": "openapi"}"#, "A.B"),
        (
            r#"{"openapi": "3.1.0", "components": {"schemas": {"Code": {"enum": ["A.B"]}}}}"#,
            "error 1: no enum in `/components/schemas`",
        ),
    ] {
        assert_eq!(found(page, &Mapping::default()), expected, "{page}");
    }
}

#[test]
fn documents_of_projects_are_read() {
    let kafka = "<table><tr><th>Error<th>Code<th>Retriable<th>Description\
        <tr><td>UNKNOWN_SERVER_ERROR<td>-1<td>False<td>Unknown.<tr><td>NONE<td>0<td>False<td></table>";
    assert_eq!(found(kafka, &Mapping::default()), "UNKNOWN_SERVER_ERROR=-1 NONE=0 unused:Retriable");
    let nats = r#"[{"constant": "JSNotFoundErr", "code": 404, "error_code": 10059, "description": "none", "help": ""},
        {"constant": "JSOffErr", "code": 503, "error_code": 10076, "description": "off", "help": ""}]"#;
    assert_eq!(found(nats, &Mapping::default()), "JSNotFoundErr=10059 JSOffErr=10076 unused:code,help");
    let postgres = "# Comment.\nSection: Class 00 - Success\n\n00000    S    ERRCODE_SUCCESS        successful\n\
        # More.\n2202E    E    ERRCODE_ARRAY\n";
    let pair = |key: &str, heading: &str| (key.to_owned(), heading.to_owned());
    let columns = vec![pair("code", "1"), pair("description", "4"), pair("severity", "2")];
    let mapping = Mapping { columns, ..Mapping::default() };
    assert_eq!(found(postgres, &mapping), "00000 2202E");
    assert_eq!(Page::read_mapped(postgres, None, &mapping).unwrap().format, Format::Text);
}

#[test]
fn mapped_columns_are_found_or_named() {
    let long = "What went wrong in the request, and what to do about it";
    let markdown = format!("| Code | {long} | Status |\n|--|--|--|\n| A.B | first | 400 |\n");
    let many: Vec<_> = (0..120).map(|column| format!(",h{column}")).collect();
    let many = many.concat();
    let csv = format!("Code{many}\nA.B{}\n", ",x".repeat(120));
    for (page, heading, missing) in [
        (&*markdown, long, None),
        (&markdown, "status", None),
        (&markdown, "3", None),
        (&markdown, "4", Some("4")),
        (&markdown, "0", Some("0")),
        (&markdown, "Text", Some("Text")),
        (&csv, "h119", None),
        ("A.B first\nC.D second\n", "Text", Some("Text")),
    ] {
        let columns = vec![("http_status".to_owned(), heading.to_owned())];
        let mapping = Mapping { columns, ..Mapping::default() };
        let read = Page::read_mapped(page, None, &mapping).unwrap();
        assert_eq!(read.missing_heading(&mapping), missing, "{heading}: {page}");
    }
}

#[test]
fn columns_that_a_section_lacks_are_reported() {
    let sections = "| Code | Status |\n|--|--|\n| A.B | 400 |\n\n## More\n\n| Code | State |\n|--|--|\n| C.D | 404 |\n";
    let html = "<table><tr><th>Code<th>Status<tr><td>A.B<td>400</table>\
        <table><tr><th>Code<th>State<tr><td>C.D<td>404</table>";
    // The only column `Status` is that of another table, whose rows are not imported.
    let other = format!("| Error | Status |\n|--|--|\n| It fails. | 400 |\n\n{}", sections.replace("Status", "State"));
    let text = "Code   Status\nA.B   400\n\n\nCode   State   Status\nIt fails.\n\n\nCode   Cause\nC.D   404\n";
    for (page, missing) in [
        (sections, &["7"][..]),
        (html, &["table 2, row 1"]),
        (&other, &["5", "11"]),
        (text, &["9"]),
        ("| Code | Status |\n|--|--|\n| A.B | 400 |\n\n| Parameter | Type |\n|--|--|\n| PageSize | int |\n", &[]),
    ] {
        let columns = vec![("http_status".to_owned(), "Status".to_owned())];
        let mapping = Mapping { columns, ..Mapping::default() };
        let read = Page::read_mapped(page, None, &mapping).unwrap();
        let found = read.missing_columns;
        let places: Vec<_> = found.iter().map(|(place, _)| place.to_string()).collect();
        assert_eq!(places, missing, "{page}");
        assert!(found.iter().all(|(_, message)| message == "no column `Status` for `http_status`"), "{found:?}");
    }
}

#[test]
fn tables_that_are_not_read_are_named() {
    let note =
        |place: &str, headings: &str| format!("{place} is not imported: it has no column of codes, only {headings}");
    let read = "| Code | Text |\n|--|--|\n| A.B | a |\n\n";
    for (table, expected) in [
        ("| Name | Text |\n|--|--|\n| `C.D` | a |\n", Some(note("the table at line 5", "`Name`, `Text`"))),
        (
            "| Name | Text |\n|--|--|\n| busy | a |\n| too_late | b |\n",
            Some(note("the table at line 5", "`Name`, `Text`")),
        ),
        ("| Parameters | Text |\n|--|--|\n| PageSize | a |\n", None),
        ("| Name | Data type |\n|--|--|\n| page_size | int |\n", None),
        ("| Status | Text |\n|--|--|\n| 404 | a |\n", None),
        ("| Language | Text |\n|--|--|\n| Rust | a |\n| See the docs. | NotFound |\n", None),
    ] {
        let page = Page::read(&format!("{read}{table}"), None).unwrap();
        assert_eq!(page.notes, expected.into_iter().collect::<Vec<_>>(), "{table}");
    }
    let html = "<table><tr><th>Code<th>Text<tr><td>A.B<td>a</table><dl></dl>\
        <table><tr><th>Name<th>Text<tr><td><code>C.D</code><td>a</table>";
    assert_eq!(Page::read(html, None).unwrap().notes, [note("table 3", "`Name`, `Text`")]);
}

#[test]
fn descriptions_of_an_enum_are_read_by_value() {
    let count = 30_000;
    let values: Vec<_> = (0..count).map(|value| format!("\"c{value}\"")).collect();
    let texts: Vec<_> = (0..count).map(|value| format!("\"c{value}\": \"{value}\"")).collect();
    let (values, texts) = (values.join(","), texts.join(","));
    let page = format!(
        r#"{{"openapi": "3.1.0", "components": {{"schemas": {{"E": {{"enum": [{values}], "x-enum-descriptions": {{{texts}}}}}}}}}}}"#
    );
    let rows = Page::read(&page, None).unwrap().rows;
    // Quadratic time would be minutes.
    assert!(rows.len() == count && rows.iter().all(|row| row.code[1..] == row.description));
}

#[test]
fn documents_without_columns_cannot_be_mapped() {
    let mapping = Mapping { columns: vec![("http_status".to_owned(), "1".to_owned())], ..Mapping::default() };
    for page in [
        r#"{"smithy": "2.0", "shapes": {"x#Busy": {"traits": {"smithy.api#error": "server"}}}}"#,
        r#"{"openapi": "3.1.0", "components": {"schemas": {"Code": {"enum": ["A.B", "C"]}}}}"#,
    ] {
        assert!(Page::read(page, None).is_ok(), "{page}");
        assert_eq!(Page::read_mapped(page, None, &mapping).unwrap_err().tried, [], "{page}");
    }
}

#[test]
fn records_in_an_openapi_document_are_read() {
    let page = r#"{"openapi": "3.0.0", "components": {"schemas": {"Code": {"enum": ["A", "B"], "x-enum-elements":
        [{"name": "A", "description": "First."}, {"name": "B", "description": "Second."}]}}}}"#;
    let columns = vec![("code".to_owned(), "name".to_owned())];
    let records =
        Mapping { at: Some("/components/schemas/Code/x-enum-elements".to_owned()), columns, ..Mapping::default() };
    assert_eq!(found(page, &records), "A B");
    let schema = Mapping { at: Some("/components/schemas/Code".to_owned()), ..Mapping::default() };
    assert_eq!(found(page, &schema), "A B");
}

#[test]
fn rows_that_disagree_in_a_mapped_value_are_reported() {
    let mapping = Mapping { columns: vec![("http_status".to_owned(), "Status".to_owned())], ..Mapping::default() };
    assert_eq!(found("Code,Status\nA.B,404\nA.B,404\nA.B,\n", &mapping), "A.B");
    assert_eq!(found("Code,Status\nA.B,404\nA.B,410\n", &mapping), "A.B differs:1");
}

#[test]
fn pointer_without_a_value_is_an_error() {
    let mapping = Mapping { at: Some("/x".to_owned()), ..Mapping::default() };
    for page in [r#"{"openapi": "3.1.0", "components": {}}"#, r#"{"errors": []}"#] {
        assert_eq!(found(page, &mapping), "error 1: no value at `/x`");
    }
}

#[test]
fn enums_are_searched_in_schemas_only() {
    let code = r#""code": {"enum": ["A.B", "C"]}"#;
    let other = r#"{"enum": ["D", "E"]}"#;
    for key in ["example", "examples", "default", "x-internal"] {
        let page = format!(
            r#"{{"openapi": "3.1.0", "components": {{"schemas": {{"Failure": {{"properties": {{{code}}}, "{key}": {other}}}}}}}}}"#
        );
        assert_eq!(found(&page, &Mapping::default()), "A.B C", "{key}");
    }
    // The depth is limited.
    let (start, end) = (r#"{"items":"#.repeat(100), "}".repeat(100));
    let page = format!(r#"{{"openapi": "3.1.0", "components": {{"schemas": {{"Deep": {start}{other}{end}}}}}}}"#);
    assert_eq!(found(&page, &Mapping::default()), "error 1: no enum in `/components/schemas`");
}

#[test]
fn codes_are_found_behind_many_columns() {
    let many = |column: &dyn Fn(usize) -> String| (0..200).map(column).collect::<String>();
    let page = format!("{}| Code |\n{}| A.B |\n", many(&|key| format!("| k{key} ")), "| 1 ".repeat(200));
    let page = Page::read(&page, None).unwrap();
    // Messages name at most 100 unused columns.
    assert_eq!((&*page.rows[0].code, page.unused.len()), ("A.B", 100));
}
