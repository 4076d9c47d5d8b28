//! Every item of an expansion is documented, and no text of a table breaks rustdoc or vanishes in it.

mod scratch;

use std::fs;

use scratch::Scratch;

const LIB: &str = r#"
//! A crate over a hostile table.
#![deny(missing_docs)]

/// What the service can answer.
#[errtable::error_table("spec/hostile.json")]
pub enum Hostile {}

/// A part of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/hostile.json")]
pub enum Part {
    /// One code.
    Odd,
}

/// Texts that go into an expansion as they are.
#[errtable::error_table("spec/ascii.json")]
pub enum Ascii {}

fn main() {}
"#;

#[test]
fn rustdoc_has_nothing_to_say_of_a_hostile_table_and_all_of_it_is_shown() {
    let scratch = Scratch::new("docs", LIB);
    scratch.write("spec/hostile.json", include_str!("fixtures/tables/hostile.json"));
    scratch.write("spec/ascii.json", include_str!("fixtures/tables/ascii.json"));
    assert_eq!(scratch.doc(), "", "silent");

    let page = scratch.document("Hostile");
    assert_shown(
        &page,
        &[
            "Unbalanced `back-tick, &lt;b&gt;bold&lt;/b&gt;, &lt;not-a-tag&gt;, [a link], [another](x), {{1}}, *star*, _under_",
            r"a backspace \u{8}, a quote “, a backslash \ and https://example.com/x?a=b&amp;c",
            "1. no list",
            "# no heading",
            "- no item",
            "&gt; no quote",
            "| no | table |",
            "~~struck~~",
            "$x$",
            "&amp;amp;",
            "签名过期。",
            r"text \u{202e} turned",
            r"<code>Override\u{202e}</code>",
            "<code>a`b</code>",
            "<code>``</code>",
            "<code>x|y</code>",
            "Retry after 1500 ms.",
            "Fault: server.",
            "Also written <code>Al[ias]</code>, <code>Other`</code>.",
            "Evidence: Seen in [the] `wild.",
            "<code>note_zh</code>: <code>\"备注 [x]\"</code>",
            "<code>http_status</code>: <code>404</code>",
            "<code>level</code>: <code>very &lt;high&gt;</code>",
            r"use [Odd] or `this, not “that” \ nor",
            "say --force and wait ... a --- bit",
            r"one two three four\u{0}five",
            "Evidence: six seven",
            r"Also written <code>al\u{2028}ias</code>",
        ],
    );
    assert_shown(&scratch.document("Ascii"), &[r"one two \u{0} \u{1b}[0m /* three */ // four {{5}} `six"]);
}

#[test]
fn the_page_of_an_enum_tells_of_its_table() {
    let scratch = Scratch::new(
        "docs-table",
        "//! Docs.\n\n/// Mine.\n#[errtable::error_table(bundled = \"cls\")]\npub enum ClsError {}\n\nfn main() {}\n",
    );
    assert_eq!(scratch.doc(), "");
    let page = scratch.document("ClsError");
    assert_shown(
        &page,
        &[
            "<p>Mine.</p>",
            "The 130 codes of table <code>cls</code>, version 2020-10-16.",
            "Source: ",
            "<th>family</th><th>codes</th>",
            "<td><code>FailedOperation</code></td><td>30</td>",
        ],
    );
}

/// Says which texts a page lacks.
fn assert_shown(page: &str, texts: &[&str]) {
    let missing: Vec<_> = texts.iter().filter(|text| !page.contains(**text)).collect();
    assert!(missing.is_empty(), "not shown: {missing:#?}");
}

impl Scratch {
    /// The page of an enum, without the marks that line breaks leave.
    fn document(&self, name: &str) -> String {
        let package = format!("scratch_{}", self.name().replace('-', "_"));
        fs::read_to_string(Self::target().join(format!("doc/{package}/enum.{name}.html"))).unwrap()
    }
}
