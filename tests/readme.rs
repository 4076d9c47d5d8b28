//! README and guide are consistent with the repository: tables, paths, and a short first example.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use errtable::{Enveloped, Error, Retry, error_table, from_response, from_slice};
use errtable_spec::{RowKey, TABLE_KEYS};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// The table whose envelope the guide builds in three steps.
#[error_table("foreign/flat.json")]
enum Flat {}

#[error_table("fixtures/envelopes/cloudflare.json")]
enum Cloudflare {}

#[error_table("fixtures/envelopes/discord.json")]
enum Discord {}

#[error_table("fixtures/envelopes/json_rpc_geth.json")]
enum Geth {}

#[error_table("fixtures/envelopes/slack.json")]
enum Slack {}

const README: &str = include_str!("../README.md");
const ENVELOPES: &str = include_str!("../runtime/src/guide/envelopes.md");
const NUMBERS: &str = include_str!("../runtime/src/guide/numbers.md");
const TABLE: &str = include_str!("../runtime/src/guide/table.md");

#[test]
fn guide_explains_each_key_and_class() {
    let rows: Vec<_> = TABLE.lines().filter(|line| line.starts_with("| ")).collect();
    let classes = Retry::ALL.iter().map(|class| class.as_str());
    for name in RowKey::NAMES.iter().chain(TABLE_KEYS).copied().chain(classes) {
        let cell = |row: &&str| row.split('|').nth(1).is_some_and(|cell| cell.contains(&format!("`{name}`")));
        assert!(rows.iter().any(cell), "`{name}` is not in a table of the page");
    }
}

/// Returns the code blocks of a language.
fn blocks_of<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|start| start.split_once("```").unwrap().0).collect()
}

#[test]
fn table_of_readme_is_that_of_the_crate_docs() {
    let table = include_str!("spec/shop.json");
    assert_eq!(blocks_of(README, "json"), [table]);
    assert_eq!(table, include_str!("../runtime/spec/shop.json"));
}

#[test]
fn tables_of_numbers_match_the_examples() {
    let tables = [
        include_str!("../runtime/spec/kafka.json"),
        include_str!("../runtime/spec/mongodb.json"),
        include_str!("../runtime/spec/json-rpc.json"),
    ];
    assert_eq!(blocks_of(NUMBERS, "json"), tables);
}

/// The envelopes of real APIs in the guide, and the tables by which the tests read their responses.
const REAL: [(&str, &str); 10] = [
    ("AWS JSON", include_str!("fixtures/envelopes/aws_json_1_0_dynamodb.json")),
    ("Cloudflare", include_str!("fixtures/envelopes/cloudflare.json")),
    ("GitHub", include_str!("fixtures/envelopes/github_rest.json")),
    ("Google", include_str!("fixtures/envelopes/google_aip193.json")),
    ("Kubernetes", include_str!("fixtures/envelopes/kubernetes_status.json")),
    ("OpenAI", include_str!("fixtures/envelopes/openai.json")),
    ("Slack", include_str!("fixtures/envelopes/slack.json")),
    ("Stripe", include_str!("fixtures/envelopes/stripe.json")),
    ("Telegram", include_str!("fixtures/envelopes/telegram.json")),
    ("WeChat", include_str!("fixtures/envelopes/wechat.json")),
];

/// Returns the block of all of them.
fn real_envelopes() -> &'static str {
    let (_, section) = ENVELOPES.split_once("\n# Ten real APIs\n").unwrap();
    blocks_of(section, "json")[0]
}

#[test]
fn envelopes_of_real_apis_are_those_of_the_fixtures() {
    let envelopes: BTreeMap<&str, &RawValue> = serde_json::from_str(real_envelopes()).unwrap();
    assert!(envelopes.keys().eq(REAL.iter().map(|(api, _)| api)));
    for (api, table) in REAL {
        let table: BTreeMap<&str, &RawValue> = serde_json::from_str(table).unwrap();
        // The order of keys has a meaning, so this compares texts.
        assert_eq!(without_space(envelopes[api].get()), without_space(table["envelope"].get()), "{api}");
        assert!(ENVELOPES.contains(&format!("\n- {api} ")), "no note on {api}");
    }
}

#[test]
fn failure_of_the_three_steps_is_read() {
    let failure = blocks_of(ENVELOPES, "text")[0];
    let headers = [("Retry-After", "2")];
    let error = from_response::<(), Flat>(429, &headers, failure.as_bytes()).unwrap_err();
    assert!(error.is(Flat::TooManyOrders));
    assert_eq!(error.to_string(), "too_many_orders: Wait a moment. (request id a1)");
    assert_eq!(error.retry_after().unwrap().as_secs(), 2);
}

/// Reads a failure, and returns its code and message.
fn failure_of<C: Enveloped>(status: u16, body: &str) -> (String, String) {
    match from_response::<IgnoredAny, C>(status, &(), body.as_bytes()) {
        Err(Error::Api(error)) => (error.code().as_str().into(), error.message().into()),
        other => panic!("expected a failure, found {other:?}"),
    }
}

#[test]
fn limits_of_the_guide_are_true() {
    let later = r#"{"code": 110000, "message": "Index not yet available", "retry_after": 5}"#;
    assert!(from_response::<IgnoredAny, Discord>(202, &(), later.as_bytes()).is_ok());
    assert!(matches!(from_response::<u8, Discord>(202, &(), later.as_bytes()), Err(Error::Malformed(_))));

    assert_eq!(failure_of::<Slack>(200, r#"{"okay": true}"#), (String::new(), String::new()));
    let errors = r#"{"success": false, "errors": [{"message": "a"}, {"code": 6003, "message": "b"}]}"#;
    assert_eq!(failure_of::<Cloudflare>(400, errors), (String::new(), "a".into()));

    // A point in time reads as a wait.
    let reset = [("retry-after", "1764421813")];
    let error = from_response::<(), Flat>(429, &reset, br#"{"error_code": "too_many_orders"}"#).unwrap_err();
    assert_eq!(error.retry_after().unwrap().as_secs() / (366 * 24 * 3600), 55);

    let batch = r#"[{"jsonrpc": "2.0", "id": 1, "result": 7}, {"jsonrpc": "2.0", "id": 2, "error": {"code": -32601}}]"#;
    assert_eq!(failure_of::<Geth>(200, batch), (String::new(), String::new()));
    let items: Vec<&RawValue> = serde_json::from_str(batch).unwrap();
    let items = items.iter().map(|item| from_slice::<u8, Geth>(item.get().as_bytes()));
    let items: Vec<_> = items.map(|item| item.map(|success| success.data)).collect();
    assert_eq!(items[0].as_ref().unwrap(), &7);
    assert!(items[1].as_ref().unwrap_err().is(Geth::MethodNotFound));
}

#[test]
fn data_that_is_not_needed_can_be_ignored() {
    for body in ["", "null", "[1]", r#"{"id": 1}"#] {
        assert!(from_response::<IgnoredAny, Flat>(200, &(), body.as_bytes()).is_ok(), "{body}");
        let is_nothing = matches!(body, "" | "null");
        assert_eq!(from_response::<(), Flat>(200, &(), body.as_bytes()).is_ok(), is_nothing, "{body}");
    }
    for body in [r#"{"ok": true}"#, r#"{"ok": true, "id": 1}"#] {
        assert!(from_response::<IgnoredAny, Slack>(200, &(), body.as_bytes()).is_ok(), "{body}");
        assert!(from_response::<(), Slack>(200, &(), body.as_bytes()).is_ok(), "{body}");
    }
}

/// A block is a table, or a part of one. Another test checks the envelopes of real APIs.
#[test]
fn tables_of_the_guide_are_parts_of_real_ones() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("runtime");
    let files =
        ["runtime/spec", "spec", "tests/foreign", "tests/spec"].map(|folder| runtime.parent().unwrap().join(folder));
    let files = files.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "json"));
    let tables: Vec<_> = files.map(|path| without_space(&fs::read_to_string(path).unwrap())).collect();
    for page in ["envelopes.md", "migrating.md", "recipes.md", "servers.md", "table.md"] {
        let page = fs::read_to_string(runtime.join("src/guide").join(page)).unwrap();
        for block in blocks_of(&page, "json").into_iter().filter(|block| *block != real_envelopes()) {
            let part = without_space(block);
            assert!(tables.iter().any(|table| table.contains(&part)), "no table contains {block}");
        }
    }
}

fn without_space(json: &str) -> String {
    json.split_whitespace().collect()
}

#[test]
fn readme_has_at_most_150_lines() {
    assert!(README.lines().count() <= 150);
}

#[test]
fn folders_and_examples_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for folder in ["runtime", "macros", "spec", "spec/cli", "tests"] {
        assert!(README.contains(&format!("`{folder}/`")) && root.join(folder).is_dir(), "{folder}");
    }
    for command in README.split("cargo run -p ").skip(1) {
        let (package, rest) = command.split_once(" --example ").unwrap();
        let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap();
        let folder = if package == "errtable" { "runtime" } else { "tests" };
        assert!(root.join(format!("{folder}/examples/{name}.rs")).is_file(), "{name}");
    }
}
