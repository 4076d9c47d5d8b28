//! Pages that are damaged or hostile: every reader returns rows or an error, in linear time.

use errtable_cli::import::listing::Listing;
use errtable_cli::import::merge::new_table::new_table;
use errtable_cli::import::merge::{MergeOptions, merge};
use errtable_cli::import::page::Page;
use errtable_cli::import::page::format::Format;
use errtable_cli::input::Input;

/// Returns pages in all formats.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> =
        vec![include_str!("fixtures/pages/wedata.txt").to_owned(), include_str!("fixtures/pages/pipes.txt").to_owned()];
    pages.extend(
        [
            "<!doctype html><body><p>Text<table><tr><th>Error Code<th>Description<tr><td><a href='#x'>A.B</a><td>a &lt;b&gt;\
             <tr><td colspan=2>C<table><tr><td>D</table></table><dl><dt>E.F<dd>text</dl><script>1 < 2</script>",
            "id,Error Code,Message\n1,A.B,\"first, \"\"second\"\"\nthird\"\n2,\"C \",x\n",
            "code\tdescription\nA.B\ttext\nC\t\n",
            "package v1\n\nconst (\n\t// 操作失败。\n\tA_B = \"A.B\"\n\n\tC Kind = \"C\" // text\n)\n",
            "public enum Code {\n  /**\n   * Text.\n   */\n  A_B(\"A.B\", 400),\n  C('C');\n}\nmodule.exports = { X: `Y` };\n",
            "{\"Response\": {\"Error\": {\"Code\": \"A.B\", \"Message\": \"\\u7b7e\"}}}\n{\"code\": 4400, \"codeDesc\": \"C\", \"message\": \"\"}\n\
             [{\"error\": {\"code\": 7}}, null, 1e5]\n",
            "<table><tr><th rowspan=2>Error<th colspan=2>Codes<th rowspan=2>Cause<tr><th>Number<th>HTTP\
             <tr><td rowspan=0><code>A</code><sup>1</sup><td>-1<td>400<td>a<tr><td>7<td>404<td>b</table>",
            "Error,Code,Description\nA,-1,a\nB,2,\"b, c\"\n\"C, D\",3,c (old)\n",
            "[{\"constant\": \"A\", \"error_code\": 7, \"description\": \"a\"},\n{\"constant\": \"B\", \"error_code\": -8}]\n",
            "{\"smithy\": \"2.0\", \"shapes\": {\"x#A\": {\"traits\": {\"smithy.api#error\": \"client\", \"smithy.api#retryable\":\
             {\"throttling\": true}, \"smithy.api#httpError\": 429, \"aws.protocols#awsQueryError\": {\"code\": \"B\"}}}}}",
            "{\"openapi\": \"3.1.0\", \"components\": {\"schemas\": {\"E\": {\"enum\": [-1, 7, \"A\"], \"x-enum-varnames\":\
             [\"L\", \"M\"], \"x-enum-descriptions\": {\"7\": \"b\"}}}}}",
        ]
        .map(str::to_owned),
    );
    pages
}

/// A generator of numbers (splitmix64), so that each run has the same pages.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % bound.max(1) as u64).unwrap()
    }

    fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }
}

/// What mutations insert: the syntax of all formats, and unusual characters.
const PIECES: &[&str] = &[
    "|",
    "\\",
    "\"",
    "'",
    "`",
    "<",
    ">",
    "</table>",
    "<table>",
    "<td>",
    "&#0;",
    "{",
    "}",
    "[",
    "](",
    ",",
    ":",
    "=",
    "//",
    "/*",
    "*/",
    "#",
    "\n",
    "\r",
    "\t",
    " ",
    "\u{0}",
    "\u{FEFF}",
    "\u{200B}",
    "签",
    "😀",
    "\u{301}",
    "Error Code",
    "Description",
    "---|---",
    "A.B",
    "-1",
    "(a)",
    "/",
    "<sup>",
    " rowspan=3",
    " colspan=3",
];

fn mutate(page: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = page.chars().collect();
    for _ in 0..=random.below(8) {
        let at = random.below(characters.len() + 1);
        let end = (at + random.below(40)).min(characters.len());
        match random.below(4) {
            0 => drop(characters.drain(at..end)),
            1 => {
                let part = characters[at..end].to_vec();
                let to = random.below(characters.len() + 1);
                drop(characters.splice(to..to, part));
            }
            2 => characters.truncate(at.max(1)),
            _ => drop(characters.splice(at..at, random.pick(PIECES).chars())),
        }
    }
    characters.into_iter().collect()
}

#[test]
fn mutated_pages_are_read() {
    let pages = pages();
    let mut random = Random(17);
    let (mut found, mut failed) = (0, 0);
    for round in 0..10_000 {
        let page = mutate(&pages[round % pages.len()], &mut random);
        for from in Format::ALL.into_iter().map(Some).chain([None]) {
            match Page::read(&page, from) {
                Ok(read) => {
                    assert!(!read.rows.is_empty());
                    import(read);
                    found += 1;
                }
                Err(_) => failed += 1,
            }
        }
    }
    assert!(found > 5_000 && failed > 5_000, "the mutations are too weak or too strong: {found}, {failed}");
}

/// Imports a page into a new table, which has no problems.
fn import(page: Page) {
    let mut listing = Listing::default();
    listing.add("page", page);
    let text = new_table("t", &listing);
    let load = |text: &str| Input::Stdin.parse(text.as_bytes().to_vec());
    let merged = merge(&text, &load(&text).table, &listing, &MergeOptions::default()).unwrap();
    let loaded = load(&merged.text);
    assert!(loaded.diagnostics.is_empty(), "{}\n{:?}", merged.text, loaded.diagnostics);
    // A numeric table cannot have some codes, which are reported.
    let rejected = merged.skipped.iter().filter(|skipped| !skipped.message.starts_with("value of")).count();
    assert_eq!(loaded.table.rows.len() + rejected, listing.codes.len(), "{:?}", merged.skipped);
}

/// The length of a repetitive page. Quadratic time would be minutes.
const LENGTH: usize = 1 << 16;

#[test]
fn deep_values_are_read() {
    let [open, close] = ["[", "]"].map(|bracket| bracket.repeat(LENGTH / 2));
    let page = format!("[{{\"code\": \"A.B\", \"message\": {open}{close}}}, {{\"code\": \"C\", \"message\": \"c\"}}]");
    assert_eq!(Page::read(&page, Some(Format::Json)).unwrap().rows.len(), 2);
}

#[test]
fn long_repetitions_are_read() {
    let mut patterns: Vec<String> = PIECES.iter().map(|piece| (*piece).to_owned()).collect();
    patterns.extend(
        [
            "\\'",
            "[a](",
            "[a",
            "<b>",
            "<div>",
            "<tr>",
            "<dl><dt>",
            "<table><tr><td>",
            "<p><a>",
            "{\"a\":",
            "[\n",
            "()",
            "(",
            "<b",
            "<sup>",
            "<tr><td rowspan=9999>a",
            "<td rowspan=0 colspan=64>a<tr>",
            "[[a](",
            "A, ",
            "{\"a\":{\"enum\":[1,2],\"b\":",
            "{\"a\":[\n",
            "A=\"",
            "a|",
            "x ",
            "A.B x\n",
        ]
        .map(str::to_owned),
    );
    for pattern in patterns {
        for start in [
            "",
            "{\"openapi\":\"3\",\"components\":{\"schemas\":",
            "Code | Description\n---|---\nA.B | ",
            "<table><tr><td>Code<td>Cause<tr><td>",
            "code,description\n",
        ] {
            let page = format!("{start}{}", pattern.repeat(LENGTH / pattern.len()));
            for from in Format::ALL {
                let _ = Page::read(&page, Some(from));
            }
        }
    }
}
