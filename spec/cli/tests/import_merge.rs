//! How an import changes a table.

use errtable_cli::import::listing::Listing;
use errtable_cli::import::merge::new_table::new_table;
use errtable_cli::import::merge::{DEPRECATED_NOTE, MergeOptions, Merged, Missing, merge};
use errtable_cli::import::page::Page;
use errtable_cli::import::page::mapping::Mapping;
use errtable_cli::input::Input;
use errtable_spec::Table;
use proptest::prelude::*;

const TABLE: &str = r#"{
  "name": "my-api",
  "columns": { "http_status": "u16" },
  "errors": [
    {
      "code": "A.First",
      "description": "First.",
      "retry": "transient",
      "evidence": "It was tried.",
      "variant": "Premier",
      "http_status":   500
    },
    { "description": "Second.", "code": "B.Second" },
    {"code": "C.\u0054hird"}
  ]
}
"#;

fn listing(page: &str) -> Listing {
    let mut listing = Listing::default();
    listing.add("page", Page::read(page, None).unwrap());
    listing
}

fn load(text: &str) -> Table {
    let loaded = Input::Stdin.parse(text.as_bytes().to_vec());
    assert!(loaded.diagnostics.is_empty(), "{text}\n{:?}", loaded.diagnostics);
    loaded.table
}

fn import_as(text: &str, page: &str, missing: Missing) -> Merged {
    let table = Input::Stdin.parse(text.as_bytes().to_vec()).table;
    let options = MergeOptions { missing, ..MergeOptions::default() };
    let merged = merge(text, &table, &listing(page), &options).unwrap();
    let table = Input::Stdin.parse(merged.text.as_bytes().to_vec()).table;
    let again = merge(&merged.text, &table, &listing(page), &options).unwrap();
    assert_eq!(again.text, merged.text, "a second import changes nothing");
    merged
}

fn import(text: &str, page: &str) -> Merged {
    import_as(text, page, Missing::Keep)
}

#[test]
fn envelope_is_kept() {
    let envelope = r#"{ "failure": {
    "errors": [{ "code": "{code}" }] }, "success": {"data" : "{data}"} }"#;
    let table = TABLE.replacen("\"errors\"", &format!("\"envelope\": {envelope},\n  \"errors\""), 1);
    let merged = import(&table, "Code\tDescription\nD.Fourth\tFourth.\n");
    assert!(merged.text.contains(envelope), "{}", merged.text);
    assert_eq!(load(&merged.text).rows.len(), 4);
    assert!(load(&merged.text).envelope.is_some());
}

#[test]
fn unchanged_page_keeps_the_bytes() {
    let merged = import(TABLE, "Code\tDescription\nA.First\tFirst.\nB.Second\tSecond.\nC.Third\t\n");
    assert_eq!(merged.text, TABLE);
    assert!(merged.added.is_empty() && merged.changed.is_empty() && merged.missing.is_empty());
}

#[test]
fn handmade_keys_survive() {
    let merged = import(TABLE, "Code\tDescription\nA.First\tNew text.\nB.Second\tSecond.\nC.Third\tThird.\n");
    let expected = TABLE
        .replace("\"First.\"", "\"New text.\"")
        .replace(r#"{"code": "C.\u0054hird"}"#, r#"{"code": "C.\u0054hird", "description": "Third."}"#);
    assert_eq!(merged.text, expected);
    assert_eq!(merged.changed.len(), 2);
    assert_eq!(merged.changed[0].old.as_deref(), Some("First."));
    assert_eq!(merged.changed[0].new.as_deref(), Some("New text."));
}

#[test]
fn new_rows_follow_the_page_and_the_layout() {
    let page = "Code\tDescription\nA.Zeroth\tZeroth.\nA.First\tFirst.\nA.Half\tHalf.\nB.Second\tSecond.\nB.More\tMore.\nC.Third\t\nD\tLast.\n";
    let merged = import(TABLE, page);
    let block = |code: &str, text: &str| {
        format!("{{\n      \"code\": \"{code}\",\n      \"description\": \"{text}\"\n    }},\n    ")
    };
    let expected = TABLE
        .replace(
            "{\n      \"code\": \"A.First\"",
            &format!("{}{{\n      \"code\": \"A.First\"", block("A.Zeroth", "Zeroth.")),
        )
        .replace("{ \"description\"", &format!("{}{{ \"description\"", block("A.Half", "Half.")))
        .replace("\"B.Second\" },", "\"B.Second\" },\n    { \"code\": \"B.More\", \"description\": \"More.\" },")
        .replace("hird\"}\n", &format!("hird\"}},\n    {}\n", block("D", "Last.").trim_end().trim_end_matches(',')));
    assert_eq!(merged.text, expected);
    assert_eq!(load(&merged.text).rows.len(), 7);
}

#[test]
fn empty_tables_are_filled() {
    let page = "Code\tDescription\nA\tText \"a\".\n\nB\t\n";
    let expected = "{\n  \"name\": \"t\",\n  \"errors\": [\n    {\n      \"code\": \"A\",\n      \"description\": \"Text \\\"a\\\".\"\n    },\n    {\n      \"code\": \"B\"\n    }\n  ]\n}\n";
    assert_eq!(import(&new_table("t", &Listing::default()), page).text, expected);
    let table = "{\r\n\t\"name\": \"t\",\r\n\t\"errors\": [ ]\r\n}";
    let expected = expected.trim_end().replace('\n', "\r\n").replace("  ", "\t");
    assert_eq!(import(table, page).text, expected);
    let table = "{\n  \"errors\": [\n    { \"code\": \"A\" }\n  ],\n  \"name\": \"t\"\n}\n";
    let expected = table.replace("\"A\" }", "\"A\" },\n    { \"code\": \"B\" }");
    assert_eq!(import(table, "Code\tDescription\nA\t\nB\t\n").text, expected);
    assert_eq!(
        import(r#"{"name":"t","errors":[{"code":"A"}]}"#, "Code\tDescription\nA\ta\nB\tb\n").text,
        r#"{"name":"t","errors":[{"code":"A","description":"a"}, {"code":"B","description":"b"}]}"#
    );
}

#[test]
fn derived_variants_have_the_prefix_of_the_table() {
    let table = r#"{"name":"t","variant_prefix":"Sql","errors":[{"code":"23505"}]}"#;
    let merged = import(table, "Code\tDescription\n23505\t\n42601\tSyntax.\n42-601\tSyntax.\n");
    assert_eq!((&merged.added[0].variant, &merged.added[1].variant), (&None, &Some("Sql42601_2".to_owned())));
    let variants = load(&merged.text).rows.into_iter().map(|row| row.variant);
    assert_eq!(variants.collect::<Vec<_>>(), ["Sql23505", "Sql42601", "Sql42601_2"]);
    // A code without letters and digits gets the name `Code`.
    let merged = import(table, r#"{"code": "!", "message": "Failed."}"#);
    assert_eq!(merged.added[0].variant.as_deref(), Some("Code"));
}

#[test]
fn missing_rows_are_reported_removed_or_deprecated() {
    let page = "Code\tDescription\nB.Second\tSecond.\nNew\tNew.\n";
    let kept = import(TABLE, page);
    assert_eq!(kept.missing, ["A.First", "C.Third"]);
    assert!(kept.text.contains("A.First"));

    let pruned = import_as(TABLE, page, Missing::Prune);
    let rows = "\"errors\": [\n    { \"description\": \"Second.\", \"code\": \"B.Second\" },\n    ";
    assert!(pruned.text.contains(rows), "{}", pruned.text);
    assert_eq!(load(&pruned.text).rows.iter().map(|row| &*row.code).collect::<Vec<_>>(), ["B.Second", "New"]);

    let deprecated = import_as(TABLE, page, Missing::Deprecate);
    assert_eq!(deprecated.missing, ["A.First", "C.Third"]);
    let row = &load(&deprecated.text).rows[0];
    assert_eq!((row.deprecated.as_deref(), &*row.variant), (Some(DEPRECATED_NOTE), "Premier"));
    // The vendor restores its page.
    let page = "Code\tDescription\nA.First\tFirst.\nB.Second\tSecond.\nNew\tNew.\nC.Third\t\n";
    let restored = import(&deprecated.text, page);
    assert!(restored.missing.is_empty());
    assert_eq!(
        restored.text,
        import(TABLE, "Code\tDescription\nA.First\tFirst.\nB.Second\tSecond.\nNew\tNew.\nC.Third\t\n").text
    );
}

#[test]
fn rows_of_skipped_cells_are_not_missing() {
    let table = r#"{"name": "t", "errors": [{"code": "rate_limited"}, {"code": "b", "aliases": ["old.b"]}, {"code": "gone"}, {"code": "new"}]}"#;
    let page = "Code,Description\nRate limited,Slow down.\nSee old.b below,\nnew,\n";
    for missing in [Missing::Keep, Missing::Deprecate, Missing::Prune] {
        let merged = import_as(table, page, missing);
        assert_eq!(merged.missing, ["gone"]);
        let kept: Vec<_> = merged.kept.iter().map(|kept| (&*kept.code, kept.origin.place.to_string())).collect();
        assert_eq!(kept, [("rate_limited", "2".to_owned()), ("b", "3".to_owned())]);
        let rows = load(&merged.text).rows;
        assert_eq!(rows.len(), if missing == Missing::Prune { 3 } else { 4 });
        assert!(rows.iter().all(|row| row.deprecated.is_none() || row.code == "gone"));
    }
}

#[test]
fn all_rows_can_be_removed() {
    let merged = import_as(
        r#"{"name": "t", "errors": [ {"code": "A"}, {"code": "B"} ]}"#,
        "code,description\nC,c\n",
        Missing::Prune,
    );
    assert_eq!(merged.text, r#"{"name": "t", "errors": [ {"code": "C", "description": "c"} ]}"#);
}

#[test]
fn rows_of_bases_are_not_repeated() {
    let table = r#"{"name": "t", "extends": ["bundled:common"], "errors": [{"code": "FailedOperation", "retry": "transient"}]}"#;
    let merged = import(table, "code,description\nInternalError,Another text.\nFailedOperation,Failed.\nNew,New.\n");
    let added: Vec<_> = merged.added.iter().map(|row| &*row.code).collect();
    assert_eq!((added, merged.changed.len(), merged.missing.len()), (vec!["New"], 0, 0));
    // An override is not a row of the page.
    assert!(import(table, "code,description\nInternalError,Another text.\n").missing.is_empty());
}

#[test]
fn colliding_variants_get_a_line() {
    let merged =
        import(&new_table("t", &Listing::default()), "code,description\nAB,1\nA.B,2\nA_B,3\n4001,4\nself,5\nALL,6\n");
    let variants: Vec<_> = merged.added.iter().map(|row| row.variant.as_deref()).collect();
    assert_eq!(variants, [None, None, Some("AB2"), Some("Code4001"), Some("CodeSelf"), None]);
    assert_eq!(load(&merged.text).rows.len(), 6);
    let table = r#"{"name": "t", "errors": [{"code": "X", "variant": "NotFound"}]}"#;
    assert_eq!(import(table, "code,description\nX,\nNotFound,\n").added[0].variant.as_deref(), Some("NotFound2"));
}

#[test]
fn padded_spellings_are_aliases() {
    let page = "// A.\nconst A = \"A \"\n// B.\nconst B = \"B\"\n";
    let merged = import(&new_table("t", &Listing::default()), page);
    assert_eq!(load(&merged.text).rows[0].aliases, ["A "]);
    let table =
        r#"{"name": "t", "errors": [{"code": "A", "aliases": ["a"]}, {"code": "B", "aliases": []}, {"code": "C"}]}"#;
    let merged = import(table, "A = \"A \"\nB = \" B\"\nC = \"C \"\n");
    assert_eq!(
        merged.text,
        r#"{"name": "t", "errors": [{"code": "A", "aliases": ["a", "A "]}, {"code": "B", "aliases": [" B"]}, {"code": "C", "aliases": ["C "]}]}"#
    );
    assert_eq!(merged.changed.len(), 3);
}

#[test]
fn digits_of_another_listed_row_are_skipped() {
    let page = "Error,Number,Cause\nA,-1,a\n-1,400,b\nB,7,c\n";
    let first = import(&new_table("t", &Listing::default()), page);
    let second = import(&first.text, page);
    assert_eq!(second.text, first.text);
    for merged in [first, second] {
        assert_eq!(merged.skipped.len(), 1, "{:?}", merged.skipped);
    }
}

#[test]
fn alias_identifies_its_row() {
    let table = r#"{"name": "t", "errors": [{"code": "New", "description": "n", "aliases": ["Old"]}]}"#;
    let ignoring_case =
        r#"{"name": "t", "ignore_case": true, "errors": [{"code": "New", "description": "n", "aliases": ["new"]}]}"#;
    for (table, alias) in [(table, "Old"), (ignoring_case, "new")] {
        let merged = import(table, &format!("code,description\n{alias},o\n"));
        assert_eq!((&*merged.text, merged.missing.len()), (table, 0));
    }
}

#[test]
fn bodies_only_add_rows() {
    let body = |code: &str, text: &str| {
        format!("{{\"Response\": {{\"Error\": {{\"Code\": \"{code}\", \"Message\": \"{text}\"}}}}}}\n")
    };
    let bodies = format!("{}{}{}", body("New", "n"), body("B.Second", "other"), body("New", "m"));
    let merged = import(TABLE, &bodies);
    assert_eq!((merged.added.len(), merged.changed.len(), merged.missing.len()), (1, 0, 0));
    assert_eq!(merged.added[0].description, "n");
    assert_eq!(load(&merged.text).rows[3].code, "New");
}

/// A table in a random layout, and the codes of a page with a description each.
fn table_and_page() -> impl Strategy<Value = (String, Vec<(String, String)>)> {
    let code = "[A-C][a-c]?(\\.[A-C][a-c]?)?";
    let rows = prop::collection::vec((code, "[a-z]{0,3}", any::<bool>(), any::<bool>()), 0..6);
    let page = prop::collection::vec((code, "[a-z]{0,3}"), 1..8);
    (rows, page, "[ \n]{0,2}", "[ \n]{0,2}").prop_map(|(mut rows, page, space, inner)| {
        rows.sort();
        rows.dedup_by(|a, b| a.0 == b.0);
        let row =
            |(at, (code, description, has_description, is_deprecated)): (usize, &(String, String, bool, bool))| {
                let mut keys = vec![format!("\"code\":{inner}\"{code}\""), format!("\"variant\": \"V{at}\"")];
                if *has_description {
                    keys.insert(at % 2, format!("\"description\" : \"{description}\""));
                }
                if *is_deprecated {
                    keys.push("\"deprecated\": \"old\"".to_owned());
                }
                format!("{{{inner}{}{inner}}}", keys.join(&format!(",{space}")))
            };
        let rows: Vec<_> = rows.iter().enumerate().map(row).collect();
        let rows = rows.join(&format!("{space},{inner}"));
        (format!("{{\"name\": \"t\", \"errors\": [{space}{rows}{inner}]}}\n"), page)
    })
}

proptest! {
    #[test]
    fn every_layout_is_merged((text, rows) in table_and_page(), how in 0_usize..3) {
        let missing = [Missing::Keep, Missing::Prune, Missing::Deprecate][how];
        let before = load(&text);
        let lines: Vec<_> = rows.iter().map(|(code, description)| format!("{code}\t{description}")).collect();
        let lines = lines.join("\n");
        let page = format!("code\tdescription\n{lines}");
        let merged = import_as(&text, &page, missing);
        let after = load(&merged.text);
        for listed in &listing(&page).codes {
            let row = after.rows.iter().find(|row| row.code == listed.code).expect("each listed code has a row");
            prop_assert!(listed.description.is_empty() || row.description == listed.description);
        }
        for row in &before.rows {
            let kept = after.rows.iter().find(|after| after.code == row.code);
            let is_listed = rows.iter().any(|(code, _)| *code == row.code);
            prop_assert_eq!(kept.is_some(), is_listed || missing != Missing::Prune);
            prop_assert!(kept.is_none_or(|kept| kept.variant == row.variant));
        }
        let known = |code: &str| before.rows.iter().any(|row| row.code == code);
        prop_assert_eq!(merged.added.len(), after.rows.iter().filter(|row| !known(&row.code)).count());
        if merged.added.is_empty() && merged.changed.is_empty() && (missing == Missing::Keep || merged.missing.is_empty()) {
            prop_assert_eq!(merged.text, text);
        }
    }
}

#[test]
fn large_import_adds_every_row() {
    let rows: String =
        (0..30_000).flat_map(|number| [format!("A.N{number}\ttext\n"), format!("A-N{number}\ttext\n")]).collect();
    let merged = import(&new_table("t", &Listing::default()), &format!("code\tdescription\n{rows}"));
    assert_eq!(merged.added.len(), 60_000);
}

#[test]
fn names_and_numbers_become_a_numeric_table() {
    let page =
        "Error | Code | Retriable | Description\n--|--|--|--\nUNKNOWN | -1 | False | Unknown.\nNONE | 0 | False |\n";
    let merged = import(&new_table("t", &Listing::default()), page);
    let rows = load(&merged.text).rows;
    let rows: Vec<_> = rows.iter().map(|row| (&*row.code, row.number)).collect();
    assert_eq!(rows, [("UNKNOWN", Some(-1)), ("NONE", Some(0))]);
}

#[test]
fn numbers_of_some_rows_are_noted() {
    let merged = import(&new_table("t", &Listing::default()), "Code,Number\nA,1\nB,\n");
    assert_eq!(load(&merged.text).rows[0].number, None);
    assert_eq!(merged.notes, ["numbers, such as 1 of `A`, are not imported: `B` has none"]);
    let merged = import(r#"{"name": "t", "errors": [{"code": "A"}]}"#, "Code,Number\nA,1\nB,2\n");
    assert_eq!(load(&merged.text).rows[1].number, None);
    assert_eq!(merged.notes, ["numbers, such as 1 of `A`, are not imported: the rows of the table have none"]);
}

const NUMERIC: &str =
    r#"{"name": "t", "errors": [{"code": "A", "number": 1, "description": "a"}, {"code": "B", "number": -2}]}"#;

#[test]
fn digits_identify_rows_of_a_numeric_table() {
    let merged = import_as(NUMERIC, "code,description\n1,first\n-2,second\n7,seventh\n", Missing::Deprecate);
    assert_eq!((merged.added.len(), merged.changed.len(), merged.missing.len()), (1, 2, 0));
    let rows = load(&merged.text).rows;
    let rows: Vec<_> = rows.iter().map(|row| (&*row.code, row.number, &*row.description)).collect();
    assert_eq!(rows, [("A", Some(1), "first"), ("B", Some(-2), "second"), ("7", Some(7), "seventh")]);
}

#[test]
fn rows_that_a_numeric_table_cannot_have_are_skipped() {
    let merged = import(NUMERIC, "Code,Number,Description\nA,3,a\nB,-2,\nC,1,c\nD,,d\nE,5,e\n");
    let skipped: Vec<_> = merged.skipped.iter().map(|skipped| &*skipped.message).collect();
    assert_eq!(
        skipped,
        [
            "`A` has the number 3, and another one in the table",
            "`C` has the number 1, which is that of `A`",
            "no number for `D`, and the rows of the table have one",
        ]
    );
    let rows = load(&merged.text).rows;
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [Some(1), Some(-2), Some(5)]);
}

#[test]
fn negative_codes_have_their_own_variants() {
    let merged = import(&new_table("t", &Listing::default()), "code,description\n-1,a\n1,b\n");
    let variants: Vec<_> = merged.added.iter().map(|row| row.variant.as_deref()).collect();
    assert_eq!(variants, [Some("CodeMinus1"), Some("Code1")]);
}

#[test]
fn values_of_a_model_do_not_replace_those_of_a_row() {
    let model = r#"{"smithy": "2.0", "shapes": {"x#Busy": {"traits": {
        "smithy.api#error": "server", "smithy.api#retryable": {}}}}}"#;
    let merged = import(r#"{"name": "t", "errors": [{"code": "Busy", "retry": "never"}]}"#, model);
    assert_eq!(merged.text, r#"{"name": "t", "errors": [{"code": "Busy", "retry": "never", "fault": "server"}]}"#);
    assert_eq!(merged.notes, [r#"`retry` of `Busy` stays "never"; the model has "transient""#]);
}

#[test]
fn duplicates_that_differ_are_reported() {
    let mut listing = listing("code,description\nA,first\nA,other\nA,\nA,first\n");
    listing.add("other", Page::read("code,description\nA,third\n", None).unwrap());
    let disagreements: Vec<_> = listing.disagreements.iter().map(ToString::to_string).collect();
    let differs = "`description` of `A` differs from that at page:2, which is used";
    assert_eq!(disagreements, ["page:3", "other:2"].map(|place| format!("{place}: {differs}")));
}

/// Imports a page whose columns are mapped.
fn import_mapped(text: &str, page: &str, columns: &[(&str, &str)], keep: &[&str]) -> Merged {
    let columns = columns.iter().map(|(key, heading)| ((*key).to_owned(), (*heading).to_owned())).collect();
    let mut listing = Listing::default();
    let keep = keep.iter().map(|key| (*key).to_owned()).collect();
    listing.add("page", Page::read_mapped(page, None, &Mapping { columns, ..Mapping::default() }).unwrap());
    let table = Input::Stdin.parse(text.as_bytes().to_vec()).table;
    merge(text, &table, &listing, &MergeOptions { keep, ..MergeOptions::default() }).unwrap()
}

#[test]
fn kept_values_stay_in_rows_that_have_them() {
    let page = "Code,Message,Status\nA.First,Other.,502\nB.Second,Other.,503\nD,Fourth.,504\n";
    let columns = [("http_status", "Status")];
    let changed = |kept: &[&str]| {
        let merged = import_mapped(TABLE, page, &columns, kept);
        assert!(load(&merged.text).rows.iter().any(|row| row.description == "Fourth."));
        merged.changed.into_iter().map(|change| format!("{} {}", change.code, change.key)).collect::<Vec<_>>()
    };
    let all = ["A.First description", "A.First http_status", "B.Second description", "B.Second http_status"];
    assert_eq!(changed(&[]), all);
    assert_eq!(changed(&["description"]), ["A.First http_status", "B.Second http_status"]);
    assert_eq!(changed(&["description", "http_status"]), ["B.Second http_status"]);
}

#[test]
fn variants_and_aliases_are_mapped() {
    let page = "SQLSTATE,Condition,Also\n23505,unique_violation,\n01004,right_truncation,\"W1, W2\"\n\
        22001,right_truncation,01004\nA.First,other,\n22P02,!,\n\
        check,check,\n";
    let columns = [("code", "SQLSTATE"), ("variant", "Condition"), ("aliases", "Also")];
    let merged = import_mapped(TABLE, page, &columns, &[]);
    let rows = load(&merged.text).rows.into_iter();
    let rows: Vec<_> = rows.map(|row| (row.code, row.variant, row.aliases.join("+"))).collect();
    let row = |code: &str| rows.iter().find(|row| row.0 == code).map(|row| (&*row.1, &*row.2)).unwrap();
    assert_eq!(row("23505"), ("UniqueViolation", ""));
    assert_eq!((row("01004"), row("22001")), (("RightTruncation", "W1+W2"), ("RightTruncation2", "")));
    assert_eq!((row("A.First"), row("22P02"), row("check")), (("Premier", ""), ("Code", ""), ("Check", "")));
    assert!(!merged.text.contains(r#""variant": "Check""#), "{}", merged.text);
}

fn skipped(merged: &Merged) -> Vec<String> {
    merged.skipped.iter().map(|skipped| format!("{}: {}", skipped.origin.place, skipped.message)).collect()
}

#[test]
fn reserved_codes_and_numbers_are_skipped() {
    let table = r#"{"name": "t", "reserved": [{"code": "Gone", "note": "Removed in 2.0."}, {"code": "old"}], "errors": [{"code": "A"}]}"#;
    let merged = import_mapped(table, "Code,Also\nA,old\nGone,\nB,\n", &[("aliases", "Also")], &[]);
    assert_eq!(skipped(&merged), ["2: the table reserves `old`", "3: the table reserves `Gone`: Removed in 2.0."]);
    assert_eq!(load(&merged.text).rows.len(), 2);
    let reserved = r#""reserved": [{"numbers": [7, 9], "note": "Old."}], "errors""#;
    let merged = import(&NUMERIC.replace(r#""errors""#, reserved), "Code,Number\nC,8\nD,10\n9,9\n");
    let expected =
        ["2: the table reserves the number 8 of `C`: Old.", "4: the table reserves the number 9 of `9`: Old."];
    assert_eq!(skipped(&merged), expected);
    assert_eq!(load(&merged.text).rows.len(), 3);
}

#[test]
fn case_is_ignored_as_in_the_table() {
    let table = r#"{"name": "t", "ignore_case": true, "errors": [{"code": "A.B", "variant": "V"}, {"code": "C", "aliases": ["Also"]}]}"#;
    let merged = import(table, "code,description\na.b,First.\nc,Other.\nC,Third.\nALSO,\nd,d\nD,e\n");
    assert_eq!(skipped(&merged), ["3: `c` differs only in case from `C`", "7: `D` differs only in case from `d`"]);
    let rows: Vec<_> = load(&merged.text).rows.into_iter().map(|row| (row.code, row.description)).collect();
    let row = |code: &str, text: &str| (code.to_owned(), text.to_owned());
    assert_eq!(rows, [row("A.B", "First."), row("C", "Third."), row("d", "d")]);
    assert!(merged.missing.is_empty());
    let merged = import(table, "code,description\nc,one\nA.B,\na.b,two\nA.b,three\n");
    assert_eq!(skipped(&merged).len(), 2);
    let merged = import(table, "code,description\na.b,two\nA.b,three\nC,\n");
    assert_eq!(skipped(&merged), ["3: `A.b` differs only in case from `A.B`"]);
    // Other tables do not ignore case.
    let merged = import(&table.replace("true", "false"), "code,description\na.b,\n");
    assert_eq!((merged.added.len(), merged.missing.len()), (1, 2));
}

#[test]
fn aliases_of_other_rows_are_reported() {
    let table = r#"{"name": "t", "errors": [{"code": "A", "aliases": ["x"]}, {"code": "B"}]}"#;
    let page = "Code,Also\nA,x\nB,\"x, y\"\nC,\"A, y, z\"\n";
    let merged = import_mapped(table, page, &[("aliases", "Also")], &[]);
    let expected = [
        "3: the alias `x` of `B` is one of `A`",
        "4: the alias `A` of `C` is another code",
        "4: the alias `y` of `C` is one of `B`",
    ];
    assert_eq!(skipped(&merged), expected);
    let aliases: Vec<_> = load(&merged.text).rows.into_iter().map(|row| row.aliases.join(",")).collect();
    assert_eq!(aliases, ["x", "y", "z"]);
    assert_eq!(skipped(&import_mapped(&merged.text, page, &[("aliases", "Also")], &[])), expected);
}

#[test]
fn skipped_values_are_grouped() {
    let page = "Code,Retry,Status\nA.First,No,500\nB.Second,Not now,4xx\nC.Third,No,\nD,No,500\n";
    let merged = import_mapped(TABLE, page, &[("retry", "Retry"), ("http_status", "Status")], &[]);
    let values =
        merged.skipped_values.iter().map(|value| (&*value.key, &*value.text, value.rows, value.first.origin.place));
    let line = errtable_cli::import::page::Place::Line;
    let expected = [("retry", "No", 3, line(2)), ("retry", "Not now", 1, line(3)), ("http_status", "4xx", 1, line(3))];
    assert_eq!(values.collect::<Vec<_>>(), expected);
    assert_eq!(
        merged.notes,
        [
            "`--value retry:No=VALUE --value 'retry:Not now=VALUE'` replaces such texts",
            "`--value http_status:4xx=VALUE` replaces such a text",
        ]
    );
    assert!(merged.skipped.is_empty());
}

#[test]
fn emptied_cells_are_noted() {
    let page = "Code,Text,Retry,Status\nA.First,,,500\nB.Second,,,\nC.Third,,never,\n";
    let columns = [("description", "Text"), ("retry", "Retry"), ("http_status", "Status")];
    let note = |key: &str, rows: &str| format!("`{key}`: {rows} no value, and the table keeps its own");
    let merged = import_mapped(TABLE, page, &columns, &[]);
    assert_eq!(
        merged.notes,
        [note("description", "2 rows of the pages have"), note("retry", "1 row of the pages has")]
    );
    assert_eq!(import_mapped(TABLE, page, &columns, &["description", "retry"]).notes, [""; 0]);
    // A row that has no value itself does not lose one.
    let table = TABLE.replace("\"Second.\"", "\"\"");
    let page = "Code,Text\nA.First,First.\nB.Second,\nC.Third,Third.\n";
    assert_eq!(import_mapped(&table, page, &columns[..1], &[]).notes, [""; 0]);
}

#[test]
fn new_keys_are_in_the_usual_order() {
    let table = r#"{"name": "t", "errors": [{"code": "A", "retry": "throttled", "deprecated": "Old."}]}"#;
    let page = "Code,Text,Fault,Wait\nA,First.,client,500\n";
    let merged =
        import_mapped(table, page, &[("description", "Text"), ("fault", "Fault"), ("retry_after_ms", "Wait")], &[]);
    let expected = r#"{"code": "A", "description": "First.", "retry": "throttled", "retry_after_ms": 500, "fault": "client", "deprecated": "Old."}"#;
    assert!(merged.text.contains(expected), "{}", merged.text);
    // Columns have no usual order.
    let table = r#"{"name": "t", "columns": {"a": "str", "b": "str"}, "errors": [{"code": "A", "b": "Second."}]}"#;
    let merged = import_mapped(table, "Code,Text\nA,First.\n", &[("a", "Text")], &[]);
    assert!(merged.text.contains(r#"{"code": "A", "b": "Second.", "a": "First."}"#), "{}", merged.text);
}

#[test]
fn rows_with_several_keys_show_the_layout() {
    let table = r#"{"name": "t", "errors": [{ "code" : "A" }, { "code" : "B",  "retry" : "never" }]}"#;
    let merged = import(table, "Code\tDescription\nA\t\nC\tThird.\nB\t\n");
    assert!(merged.text.contains(r#"{ "code" : "C",  "description" : "Third." }"#), "{}", merged.text);
}

#[test]
fn unchanged_values_are_not_changes() {
    let columns = [("http_status", "Status")];
    let merged = import_mapped(TABLE, "Code,Status\nA.First,500\n", &columns, &[]);
    assert_eq!((&*merged.text, &*merged.changed), (TABLE, &[][..]));
    // A row that overrides one of a base keeps the values of the base.
    let table =
        r#"{"name": "t", "extends": ["bundled:common"], "errors": [{"code": "FailedOperation", "retry": "never"}]}"#;
    let columns = [("retry", "Retry"), ("fault", "Fault")];
    let merged = import_mapped(table, "Code,Retry,Fault\nFailedOperation,never,client\n", &columns, &[]);
    assert_eq!((&*merged.text, &*merged.changed), (table, &[][..]));
}

#[test]
fn values_have_the_type_of_their_key() {
    let table = r#"{"name": "t", "columns": {"severity": {"enum": ["low", "high"]}}, "errors": [{"code": "A", "retry": "throttled"}, {"code": "B"}]}"#;
    let columns = [("retry_after_ms", "Wait"), ("severity", "Severity")];
    let merged = import_mapped(table, "Code,Wait,Severity\nA,500,low\nB,soon,middle\n", &columns, &[]);
    let expected = r#"[{"code": "A", "retry": "throttled", "retry_after_ms": 500, "severity": "low"}, {"code": "B"}]"#;
    assert!(merged.text.contains(expected), "{}", merged.text);
    let messages: Vec<_> = merged.skipped_values.iter().map(|value| &*value.first.message).collect();
    let expected = ["`retry_after_ms` must be an integer: `soon`", "`severity` must be of the type `enum`: `middle`"];
    assert_eq!(messages, expected);
}

#[test]
fn values_of_a_model_without_a_column_are_noted_once() {
    let shape = |name: &str| {
        format!(r#""x#{name}": {{"traits": {{"smithy.api#error": "client", "smithy.api#httpError": 404}}}}"#)
    };
    let model = format!(r#"{{"smithy": "2.0", "shapes": {{{}, {}}}}}"#, shape("A"), shape("B"));
    let merged = import(r#"{"name": "t", "errors": [{"code": "A"}]}"#, &model);
    assert_eq!(merged.notes, ["`http_status` is not imported: the table has no such column"]);
    assert_eq!(load(&merged.text).rows.len(), 2);
}
