//! Pages contain the table, and its texts are text, whatever they are.

use std::fs;
use std::path::Path;

use comrak::nodes::{AstNode, NodeValue};
use errtable_cli::doc::{DocOptions, Documented, doc};
use errtable_cli::error::{Error, Status};
use errtable_cli::input::Input;
use errtable_spec::__private::{is_invisible, visible};
use errtable_spec::{Retry, Row, Table, variant_name};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};
use tempfile::TempDir;

fn run(inputs: &[Input], out: &Path, check: bool) -> Result<Documented, Error> {
    doc(inputs, &DocOptions { out: out.to_owned(), check })
}

/// Writes the pages of a table, and returns those in HTML and Markdown.
fn pages(input: &Input, name: &str) -> (String, String) {
    let folder = TempDir::new().unwrap();
    run(std::slice::from_ref(input), folder.path(), false).unwrap();
    let read = |suffix| fs::read_to_string(folder.path().join(format!("{name}.{suffix}"))).unwrap();
    (read("html"), read("md"))
}

/// Returns a text as the HTML page shows it: on several lines.
fn shown(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

fn texts(element: ElementRef<'_>, selector: &str) -> Vec<String> {
    element.select(&Selector::parse(selector).unwrap()).map(|found| found.text().collect()).collect()
}

/// Returns the Markdown of evidence from what the HTML page shows.
fn evidence(shown: ElementRef<'_>) -> String {
    let parts = shown.children().map(|child| match ElementRef::wrap(child) {
        Some(part) => {
            let text: String = part.text().collect();
            match part.value().name() {
                "code" => format!("`{text}`"),
                "em" => format!("*{text}*"),
                "strong" => format!("**{text}**"),
                _ => format!("[{text}]({})", part.value().attr("href").unwrap()),
            }
        }
        None => child.value().as_text().unwrap().to_string(),
    });
    parts.collect()
}

/// Returns the rows in the order of a page: first those that the table does not inherit.
fn ordered(table: &Table) -> Vec<&Row> {
    let mut names = vec![&table.name];
    for row in &table.rows {
        if !names.contains(&&row.table) {
            names.push(&row.table);
        }
    }
    names.into_iter().flat_map(|name| table.rows.iter().filter(move |row| row.table == *name)).collect()
}

/// Asserts that an element of the HTML page has all data of a row.
fn assert_article(article: ElementRef<'_>, row: &Row, table: &Table) {
    assert_eq!(texts(article, "h3 code"), [shown(&row.code)]);
    let id = article.value().id().unwrap();
    assert_eq!(percent_decode_str(id).decode_utf8().unwrap(), row.code);
    assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"%-._".contains(&byte)), "{id}");
    let family = row.code.split('.').next().map(shown);
    let attributes = [("family", family.as_deref()), ("retry", Some(row.retry.as_str())), ("table", Some(&row.table))];
    for (name, value) in attributes {
        assert_eq!(article.value().attr(&format!("data-{name}")), value);
    }
    let variant = (row.variant != variant_name(&row.code)).then(|| format!("variant: {}", row.variant));
    assert_eq!(texts(article, ".number"), Vec::from_iter(row.number.map(|number| number.to_string())));
    assert_eq!(texts(article, ".alias"), row.aliases.iter().map(|alias| shown(alias)).collect::<Vec<_>>());
    let description = (!row.description.is_empty()).then(|| shown(&row.description));
    assert_eq!(texts(article, ".body > .text:not(.note)"), Vec::from_iter(description));
    let note = row.deprecated.iter().map(|note| format!(" {}", shown(note)));
    let replacement = row.replaced_by.iter().map(|code| format!(" Use {code}."));
    let note = row.is_deprecated().then(|| format!("Deprecated.{}", note.chain(replacement).collect::<String>()));
    assert_eq!(texts(article, ".note"), Vec::from_iter(note));

    let facts = [format!("retry: {}", row.retry), format!("fault: {}", row.fault)].into_iter();
    let facts = facts.chain(row.retry_after_ms.map(|wait| format!("wait {wait} ms"))).chain(variant);
    assert_eq!(texts(article, ".facts > span[data-find]"), facts.collect::<Vec<_>>());
    assert_eq!(texts(article, ".todo").len(), 1);

    let facts = texts(article, "dd");
    let mut expected = Vec::new();
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    expected.extend(optional(&row.former_variants.join(", ")));
    expected.extend(optional(&row.since).into_iter().chain(optional(&row.remove_after)));
    let columns = table.columns.iter().zip(&row.values).filter(|(_, value)| value.is_some());
    let names: Vec<_> = columns.map(|(column, _)| column.name.clone()).collect();
    assert_eq!(texts(article, "dt code"), names);
    assert_eq!(facts.get(..expected.len()), Some(&*expected));
    assert_eq!(facts.len(), expected.len() + names.len() + usize::from(!row.evidence.is_empty()));
    if !row.evidence.is_empty() {
        let last = article.select(&Selector::parse("dd").unwrap()).last().unwrap();
        assert_eq!(evidence(last), shown(&row.evidence));
    }
}

/// Asserts that the HTML page has all rows, and no other markup.
fn assert_html(html: &str, table: &Table) {
    assert!(html.chars().all(|c| c == '\n' || !is_invisible(c)), "{html}");
    let page = Html::parse_document(html);
    let root = page.root_element();
    let articles: Vec<_> = root.select(&Selector::parse("article").unwrap()).collect();
    assert_eq!(articles.len(), table.rows.len());
    articles.into_iter().zip(ordered(table)).for_each(|(article, row)| assert_article(article, row, table));
    for (selector, count) in [("script", 1), ("style", 1), (":is(main, header) :is(img, b, i, script, style)", 0)] {
        assert_eq!(texts(root, selector).len(), count, "{selector}: {html}");
    }
}

/// Returns a text as the Markdown page shows it: on one line.
fn line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns whether the template of the Markdown page contains such markup.
fn is_expected(value: &NodeValue) -> bool {
    let is_block =
        matches!(value, NodeValue::Document | NodeValue::List(_) | NodeValue::Item(_) | NodeValue::CodeBlock(_));
    is_block || matches!(value, NodeValue::Text(_) | NodeValue::Code(_) | NodeValue::Strong)
}

/// Returns a text with the marks of its code, emphasis and links.
fn marked<'a>(node: &'a AstNode<'a>) -> String {
    let text: String = node.children().map(marked).collect();
    match &node.data().value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::Code(code) => format!("`{}`", code.literal),
        NodeValue::Emph => format!("*{text}*"),
        NodeValue::Strong => format!("**{text}**"),
        NodeValue::Link(link) => format!("[{text}]({})", link.url),
        _ => text,
    }
}

/// Asserts that GitHub shows the Markdown page with all rows as text.
fn assert_markdown(markdown: &str, table: &Table) {
    let mut options = comrak::Options::default();
    let extension = &mut options.extension;
    extension.autolink = true;
    extension.footnotes = true;
    extension.math_dollars = true;
    extension.strikethrough = true;
    extension.table = true;
    extension.tasklist = true;
    extension.alerts = true;
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, markdown, &options);
    let (mut headings, mut blocks) = (Vec::new(), Vec::new());
    for node in root.descendants() {
        let mut text = String::new();
        for child in node.descendants() {
            match &child.data().value {
                NodeValue::Text(part) => text.push_str(part),
                NodeValue::Code(code) => text.push_str(&code.literal),
                _ => {}
            }
        }
        match &node.data().value {
            NodeValue::Heading(_) => headings.push(text),
            NodeValue::Paragraph if text.starts_with("Evidence:") => blocks.push(line(&marked(node))),
            NodeValue::Paragraph => blocks.push(text),
            NodeValue::Emph | NodeValue::Link(_) => {
                let parent = marked(node.parent().unwrap());
                assert!(parent.starts_with("**Evidence:** "), "{parent} in {markdown}");
            }
            value => assert!(is_expected(value), "{value:?} in {markdown}"),
        }
    }
    let rows = ordered(table);
    let codes = rows.iter().map(|row| visible(&row.code));
    assert_eq!(headings, [format!("{}: error codes", table.name)].into_iter().chain(codes).collect::<Vec<_>>());
    let mut blocks = blocks.iter();
    let has_bases = rows.iter().any(|row| row.table != table.name);
    for row in rows {
        if !line(&row.description).is_empty() {
            let description = line(&row.description);
            assert!(blocks.any(|block| *block == description), "no `{description}` in {markdown}");
        }
        let retry = format!("Retry: {}: ", row.retry);
        assert!(blocks.any(|block| block.starts_with(&retry)), "no `{retry}` in {markdown}");
        let mut assert_next = |text: String| assert!(blocks.any(|block| *block == text), "no `{text}` in {markdown}");
        row.retry_after_ms.iter().for_each(|wait| assert_next(format!("Wait: {wait} ms")));
        assert_next(format!("Fault: {}", row.fault));
        row.deprecated.iter().for_each(|note| assert_next(format!("Deprecated: {}", line(note)).trim_end().to_owned()));
        if !row.aliases.is_empty() {
            let aliases: Vec<_> = row.aliases.iter().map(|alias| visible(alias)).collect();
            assert_next(format!("Aliases: {}", aliases.join(", ")));
        }
        if !row.evidence.is_empty() {
            assert_next(format!("**Evidence:** {}", line(&row.evidence)).trim_end().to_owned());
        }
        if row.variant != variant_name(&row.code) {
            assert_next(format!("Variant: {}", row.variant));
        }
        if has_bases {
            assert_next(format!("Table: {}", row.table));
        }
    }
}

fn assert_pages(input: &Input) {
    let table = input.load_valid().unwrap();
    let (html, markdown) = pages(input, &table.name);
    assert_html(&html, &table);
    assert_markdown(&markdown, &table);
}

#[test]
fn pages_contain_all_rows() {
    let odd = Input::Path("tests/cmd/doc.in/odd.json".into());
    let fixtures = fs::read_dir("../../tests/fixtures/tables").unwrap();
    let fixtures = fixtures.map(|entry| Input::Path(entry.unwrap().path()));
    let inputs = fixtures.chain(Input::bundled()).chain([odd]);
    inputs.filter(|input| input.load_valid().is_ok()).for_each(|input| assert_pages(&input));
}

#[test]
fn check_changes_no_file() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("docs/errors");
    let run = |names: &[&str], check| {
        let inputs: Vec<_> = names.iter().map(|name| Input::Bundled((*name).to_owned())).collect();
        run(&inputs, &out, check).unwrap()
    };
    assert_eq!(run(&["common"], true).status(), Status::Findings);
    assert!(!folder.path().join("docs").exists());
    assert_eq!(run(&["common"], false).status(), Status::Success);
    assert_eq!(run(&["common"], true).status(), Status::Success);

    let page = out.join("common.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, "stale").unwrap();
    let checked = run(&["common"], true);
    let changed: Vec<_> =
        checked.files.iter().filter(|file| file.outcome.is_out_of_date()).map(|file| &file.path).collect();
    assert_eq!((checked.status(), changed), (Status::Findings, vec![&page]));
    assert_eq!(fs::read_to_string(&page).unwrap(), "stale");
    run(&["common"], false);
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
    assert_eq!(run(&["common", "cls"], true).status(), Status::Findings);
}

#[test]
fn table_cannot_replace_the_index() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("t.json");
    fs::write(&path, r#"{"name": "index", "errors": []}"#).unwrap();
    let index = Input::Path(path);
    let common = Input::Bundled("common".to_owned());
    assert!(run(&[index.clone(), common], folder.path(), true).is_err());
    let pages = run(&[index.clone(), index], folder.path(), true).unwrap();
    assert_eq!(pages.tables, 1);
}

#[test]
fn ids_are_the_links_to_codes() {
    let (html, _) = pages(&Input::Path("tests/cmd/doc.in/odd.json".into()), "odd");
    for id in ["Order.Closed", "Order.Closed%2E", "%E7%AD%BE%E5%90%8D.%E8%BF%87%E6%9C%9F", "100%25%20done", "%2541"] {
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
    assert!(html.contains("href=\"#100%25%20done\""));
}

/// A value that no row or each row has does not filter anything, and a family has several codes.
#[test]
fn filters_list_values_of_some_rows() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("base.json", r#"{"name": "base", "errors": [{"code": "Base", "retry": "throttled"}]}"#);
    let table = r#"{"name": "t", "extends": ["base.json"], "errors": [
        {"code": "A.One"},
        {"code": "A.Two"},
        {"code": "B.One", "retry": "transient"}
    ]}"#;
    write("t.json", table);
    let options = |name: &str| {
        let (html, _) = pages(&Input::Path(folder.path().join(format!("{name}.json"))), name);
        texts(Html::parse_document(&html).root_element(), "option")
    };
    let expected = [
        ["All families", "A (2)"].as_slice(),
        &["All classes", "never (2)", "throttled (1)", "transient (1)"],
        &["All faults", "client (3)", "server (1)"],
        &["All tables", "base (1)", "t (3)"],
    ];
    assert_eq!(options("t"), expected.concat());
    assert!(options("base").is_empty());
}

#[test]
fn each_class_has_an_instruction() {
    let folder = TempDir::new().unwrap();
    let classes = [
        ("never", "Do not retry the request as it is."),
        ("restart", "Read the state again, then build a new request."),
        ("throttled", "Wait, then retry; safe for every request."),
        ("conflict", "Wait until the state changes, then retry."),
        ("renew", "Renew what is stale, such as a token, then retry once."),
        ("transient", "Wait, then retry; safe only for idempotent requests."),
    ];
    assert_eq!(classes.map(|(class, _)| class), Retry::ALL.iter().map(|class| class.as_str()).collect::<Vec<_>>()[..]);
    let rows = classes.map(|(class, _)| serde_json::json!({"code": class, "retry": class}));
    let path = folder.path().join("t.json");
    fs::write(&path, serde_json::json!({"name": "t", "errors": rows}).to_string()).unwrap();
    let (html, markdown) = pages(&Input::Path(path), "t");
    let instructions = classes.map(|(_, instruction)| instruction);
    assert_eq!(texts(Html::parse_document(&html).root_element(), ".todo"), instructions);
    for (class, instruction) in classes {
        assert!(markdown.contains(&format!("- **Retry:** `{class}`: {instruction}\n")), "{markdown}");
    }
}

#[test]
fn fence_is_longer_than_the_backticks_in_a_response() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("t.json");
    for (text, fence) in [("a long text", "```"), ("a ``text``", "```"), ("a ````text```", "`````")] {
        let envelope = serde_json::json!({"failure": {"hint": text, "code": "{code}"}});
        fs::write(&path, serde_json::json!({"name": "t", "envelope": envelope, "errors": []}).to_string()).unwrap();
        let (_, markdown) = pages(&Input::Path(path.clone()), "t");
        let fences: Vec<_> = markdown.lines().filter(|line| line.starts_with('`')).collect();
        assert_eq!(fences, [format!("{fence}json"), fence.to_owned()], "{text}");
    }
}

#[test]
fn list_of_tables_links_to_their_pages() {
    let folder = TempDir::new().unwrap();
    let input = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        Input::Path(folder.path().join(name))
    };
    let one = input("a.json", r#"{"name": "a", "description": "Orders.", "errors": [{"code": "A"}]}"#);
    let two = input("b.json", r#"{"name": "b", "errors": [{"code": "A"}, {"code": "B"}]}"#);
    run(&[one, two], folder.path(), false).unwrap();
    let list = fs::read_to_string(folder.path().join("index.md")).unwrap();
    assert_eq!(list, "# Error codes\n\n- [a](a.md): 1 code. Orders.\n- [b](b.md): 2 codes\n");
}

/// An id must be unique, and the code or an alias may have the digits of the number.
#[test]
fn digits_are_an_id_once() {
    let folder = TempDir::new().unwrap();
    let table = r#"{"name": "t", "errors": [
        {"code": "3", "number": 3, "variant": "Code3"},
        {"code": "A", "number": -4, "aliases": ["-4"]},
        {"code": "B", "number": 5}
    ]}"#;
    fs::write(folder.path().join("t.json"), table).unwrap();
    let (html, _) = pages(&Input::Path(folder.path().join("t.json")), "t");
    for id in ["3", "-4", "5"] {
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

/// Texts with the syntax of HTML and Markdown.
const TEXT: &str = "([<>&\"'`\\\\/*_\\[\\]()!|~$#+=.:{}%\r\n\t\u{0}\u{7f}\u{85}\u{2028}\u{202e}\u{feff} @a1签😀-]|</script>|<!--|-->|<b>|\\]\\]>|&amp;|https://a\\.b|1\\. ){0,12}";

/// Texts with code, emphasis and links, and with what is similar to them.
const EVIDENCE: &str = "(`|\\*|\\*\\*|_|\\[|\\]|\\(|\\]\\(|\\)|!|\\\\|\\^|a|b1| |\n|\u{202e}|\u{a0}|签|😀|<b>|&amp;|-|\\.|https://a\\.b/\\?c&amp;d&e|`c`|\\*d\\*|\\*\\*e\\*\\*|\\[f g\\]\\(https://h\\.i\\)|\\*j `k`\\*){0,16}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts_are_escaped(
        code in TEXT,
        description in TEXT,
        deprecated in TEXT,
        alias in TEXT,
        column in TEXT,
        evidence in EVIDENCE,
    ) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("t.json");
        let table = serde_json::json!({
            "name": "t", "description": &description, "source": &column, "version": &alias,
            "columns": { "note": "str" },
            "errors": [
                { "code": "First", "description": &description, "deprecated": deprecated, "note": column },
                { "code": code, "variant": "Second", "aliases": [alias], "evidence": evidence },
            ],
        });
        fs::write(&path, table.to_string()).unwrap();
        let input = Input::Path(path);
        prop_assume!(input.load_valid().is_ok());
        assert_pages(&input);
    }
}
