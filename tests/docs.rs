//! Every generated item is documented, and rustdoc shows every text of a table.

mod scratch;

use std::fs;

use scratch::Scratch;

const LIB: &str = r#"
//! Enums over a hostile table.
#![deny(missing_docs)]

/// The errors of the service.
#[errtable::error_table("spec/hostile.json")]
pub enum Hostile {}

/// A subset of the table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/hostile.json")]
pub enum Part {
    /// One code.
    Unusual,
}

/// Texts that need no escape in an expansion.
#[errtable::error_table("spec/ascii.json")]
pub enum Ascii {}

/// Unusual texts in an envelope.
#[errtable::error_table("spec/enveloped.json")]
pub enum Enveloped {}

fn main() {}
"#;

const ENVELOPED: &str = r#"{
    "name": "enveloped",
    "envelope": {
        "failure": { "``` <b>": "```", "\u202e": "{{}}", "code": "{code}" },
        "headers": { "x-request-id": "{request_id}" }
    },
    "errors": [{ "code": "A" }]
}"#;

#[test]
fn hostile_table_is_documented_without_warnings() {
    let scratch = Scratch::new("docs", LIB);
    scratch.write("spec/hostile.json", include_str!("fixtures/tables/hostile.json"));
    scratch.write("spec/enveloped.json", ENVELOPED);
    scratch.write("spec/ascii.json", include_str!("fixtures/tables/ascii.json"));
    assert_eq!(scratch.doc(), "", "rustdoc warned");

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
            "Aliases: <code>Al[ias]</code>, <code>Other`</code>.",
            "Evidence: Seen in [the] `wild.",
            "<code>note_zh</code>: <code>\"备注 [x]\"</code>",
            "<code>http_status</code>: <code>404</code>",
            "<code>level</code>: <code>very &lt;high&gt;</code>",
            r"use [Unusual] or `this, not “that” \ nor",
            "say --force and wait ... a --- bit",
            r"one two three four\u{0}five",
            "Evidence: six seven",
            r"Aliases: <code>al\u{2028}ias</code>",
        ],
    );
    assert_shown(
        &scratch.document("Enveloped"),
        &[
            r#"<h2 id="envelope""#,
            r#"<pre class="language-json"><code>{
  &quot;failure&quot;: { &quot;``` &lt;b&gt;&quot;: &quot;```&quot;, &quot;\u202e&quot;: &quot;{{}}&quot;, &quot;code&quot;: &quot;{code}&quot; },
  &quot;headers&quot;: { &quot;x-request-id&quot;: &quot;{request_id}&quot; }
}</code></pre>"#,
        ],
    );
    assert_shown(&scratch.document("Ascii"), &[r"one two \u{0} \u{1b}[0m /* three */ // four {{5}} `six"]);
}

#[test]
fn enum_page_describes_the_table() {
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
            "The 132 codes of table <code>cls</code>, version 2020-10-16.",
            "Source: ",
            "<th>family</th><th>codes</th>",
            "<td><code>FailedOperation</code></td><td>30</td>",
        ],
    );
    for hidden in ["</td><td>1</td>", " = 0,", "repr(u8)"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
}

/// Asserts that a page contains all texts.
fn assert_shown(page: &str, texts: &[&str]) {
    let missing: Vec<_> = texts.iter().filter(|text| !page.contains(**text)).collect();
    assert!(missing.is_empty(), "missing from the page: {missing:#?}");
}

impl Scratch {
    /// Returns the page of an enum.
    fn document(&self, name: &str) -> String {
        let package = format!("scratch_{}", self.name().replace('-', "_"));
        fs::read_to_string(Self::target().join(format!("doc/{package}/enum.{name}.html"))).unwrap()
    }
}
