//! The error for invalid data reports the path of the field, and the position in the body.

mod failing;

use std::collections::HashMap;

use errtable::MalformedKind;
use failing::read_malformed;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Reads an even number.
fn deserialize_even<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let number = u64::deserialize(deserializer)?;
    if number % 2 == 0 { Ok(number) } else { Err(D::Error::custom("an odd number")) }
}

/// Reads embedded JSON such as `"[1, 2]"`. Its error contains a second position.
fn deserialize_embedded<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    serde_json::from_str(&text).map_err(D::Error::custom)
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
enum State {
    Running,
    Stopped { since: u64 },
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Strict {
    #[allow(dead_code)]
    x: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Untagged {
    Number(u64),
    Pair(u8, u8),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct Row {
    id: u64,
    small: Option<u8>,
    state: Option<State>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default, deserialize_with = "deserialize_even")]
    even: u64,
    #[serde(default, deserialize_with = "deserialize_embedded")]
    embedded: u64,
    strict: Option<Strict>,
    grid: Option<Vec<Vec<u8>>>,
    pair: Option<(u8, u8)>,
    either: Option<Untagged>,
    numbers: Option<HashMap<u8, u8>>,
    float: Option<f64>,
    any: Option<Value>,
    letter: Option<char>,
    inner: Option<Box<Row>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct Rows {
    rows: Vec<Row>,
    total: Option<u64>,
}

/// Formats a body with this second row in three layouts.
fn format_bodies(row: &str) -> [String; 3] {
    let compact = format!(r#"{{"Response":{{"Rows":[{{"Id":1}},{{{row}}}],"Total":2,"RequestId":"id-1"}}}}"#);
    let last = format!(r#"{{"Response":{{"RequestId":"id-1","Total":2,"Rows":[{{"Id":1}},{{{row}}}]}}}}"#);
    let spaced = format!(
        "{{\n  \"Response\" : {{\n    \"Rows\" : [ {{ \"Id\" : 1 }} , {{ {row} }} , {{ \"Id\" : 3 }} ] ,\n    \"RequestId\" : \"id-1\"\n  }}\n}}\n"
    );
    [compact, last, spaced]
}

/// Returns the path relative to the second row, and the message.
fn read_error(row: &str) -> (String, String) {
    let mut found = None;
    for body in format_bodies(row) {
        let malformed = read_malformed::<Rows>(&body);
        assert_eq!((malformed.kind(), malformed.request_id()), (MalformedKind::Data, Some("id-1")), "{body}");
        let path = malformed.path().unwrap();
        let relative = path.strip_prefix("Response.Rows[1]").unwrap_or_else(|| panic!("{path} in {body}")).to_owned();
        let text = malformed.to_string();
        let start = format!("invalid data at {path} (line {} column {}): ", malformed.line(), malformed.column());
        let message = text.strip_prefix(&start).and_then(|rest| rest.strip_suffix(" (request id id-1)"));
        let outcome = (relative, message.unwrap_or_else(|| panic!("{text}")).to_owned());
        assert_eq!(found.get_or_insert_with(|| outcome.clone()), &outcome, "{body}");
    }
    found.unwrap()
}

#[test]
fn path_leads_to_the_invalid_field() {
    let long = "[".repeat(300) + &"]".repeat(300);
    for (row, path, message) in [
        // Wrong type: scalar.
        (r#""Id": "x""#, ".Id", r#"invalid type: string "x", expected u64"#),
        (r#""Id": true"#, ".Id", "invalid type: boolean `true`, expected u64"),
        (r#""Id": null"#, ".Id", "invalid type: null, expected u64"),
        (r#""Id": 1.5"#, ".Id", "invalid type: floating point `1.5`, expected u64"),
        (r#""Id": -1, "Small": 2"#, ".Id", "invalid value: integer `-1`, expected u64"),
        (r#""Small": 2, "Id": "x""#, ".Id", r#"invalid type: string "x", expected u64"#),
        // Wrong type: array or object.
        (r#""Id": [1]"#, ".Id", "invalid type: sequence, expected u64"),
        (r#""Id": []"#, ".Id", "invalid type: sequence, expected u64"),
        (r#""Id": {"a": {}}"#, ".Id", "invalid type: map, expected u64"),
        (r#""Id": {}"#, ".Id", "invalid type: map, expected u64"),
        (r#""Id": 1, "Names": {"a": 1}"#, ".Names", "invalid type: map, expected a sequence"),
        (r#""Id": 1, "Names": 5"#, ".Names", "invalid type: integer `5`, expected a sequence"),
        // Missing field: the path of the object.
        (r#""Small": 1"#, "", "missing field `Id`"),
        ("", "", "missing field `Id`"),
        (r#""Id": 1, "Inner": {"Small": 1}"#, ".Inner", "missing field `Id`"),
        // Duplicate field.
        (r#""Id": 1, "Id": 1"#, ".Id", "duplicate field `Id`"),
        // Unknown field.
        (r#""Id": 1, "Strict": {"X": 1, "Y": 2}"#, ".Strict.Y", "unknown field `Y`, expected `X`"),
        (r#""Id": 1, "Strict": {"Y" : {"X": 1}}"#, ".Strict.Y", "unknown field `Y`, expected `X`"),
        // Number out of range.
        (r#""Id": 1, "Small": 256"#, ".Small", "invalid value: integer `256`, expected u8"),
        (r#""Id": 1, "Float": 1e999"#, ".Float", "number out of range"),
        (r#""Id": 1, "Float": 1e999, "Small": 1"#, ".Float", "number out of range"),
        // Unknown variant, or invalid content.
        (r#""Id": 1, "State": "Gone""#, ".State", "unknown variant `Gone`, expected `Running` or `Stopped`"),
        (r#""Id": 1, "State": {"Gone": 1}"#, ".State.Gone", "unknown variant `Gone`, expected `Running` or `Stopped`"),
        (
            r#""Id": 1, "State": {"Stopped": {"since": "x"}}"#,
            ".State.Stopped.since",
            r#"invalid type: string "x", expected u64"#,
        ),
        (r#""Id": 1, "State": {"Stopped": {}}"#, ".State.Stopped", "missing field `since`"),
        (r#""Id": 1, "State": 5"#, ".State", "expected value"),
        (r#""Id": 1, "State": [5]"#, ".State", "expected value"),
        // `#[serde(deserialize_with = …)]`, which fails after the value has been read.
        (r#""Id": 1, "Even": 3"#, ".Even", "an odd number"),
        (r#""Even": 3, "Id": 1"#, ".Even", "an odd number"),
        (r#""Id": 1, "Inner": {"Id": 1, "Even": 3}"#, ".Inner.Even", "an odd number"),
        (r#""Id": 1, "Inner": {"Id": 1, "Inner": {"Even": 3, "Id": 1}}"#, ".Inner.Inner.Even", "an odd number"),
        (r#""Id": 1, "Embedded": "[1,\n 2]""#, ".Embedded", "invalid type: sequence, expected u64 at line 1 column 0"),
        (r#""Embedded": "{", "Id": 1"#, ".Embedded", "invalid type: map, expected u64 at line 1 column 0"),
        (r#""Id": 1, "Embedded": "\n\n\n\n\n\n\n\n\n\nx""#, ".Embedded", "expected value at line 11 column 1"),
        (r#""Id": 1, "Either": "x""#, ".Either", "data did not match any variant of untagged enum Untagged"),
        (r#""Id": 1, "Either": [1, {"a": []}]"#, ".Either", "data did not match any variant of untagged enum Untagged"),
        (r#""Id": 1, "Letter": "xy""#, ".Letter", r#"invalid value: string "xy", expected a character"#),
        // Array elements.
        (r#""Id": 1, "Names": ["a", "b", 3]"#, ".Names[2]", "invalid type: integer `3`, expected a string"),
        (r#""Id": 1, "Names": ["a", [], 3]"#, ".Names[1]", "invalid type: sequence, expected a string"),
        (r#""Id": 1, "Names": [{"a": 1}]"#, ".Names[0]", "invalid type: map, expected a string"),
        (r#""Id": 1, "Grid": [[1], [2, 3, 300]]"#, ".Grid[1][2]", "invalid value: integer `300`, expected u8"),
        (r#""Id": 1, "Grid": [[1], [], 5]"#, ".Grid[2]", "invalid type: integer `5`, expected a sequence"),
        (r#""Id": 1, "Grid": [[[]]]"#, ".Grid[0][0]", "invalid type: sequence, expected u8"),
        (r#""Id": 1, "Pair": [1]"#, ".Pair", "invalid length 1, expected a tuple of size 2"),
        (r#""Id": 1, "Pair": [1, 2, 3]"#, ".Pair[1]", "trailing characters"),
        // Map keys.
        (
            r#""Id": 1, "Numbers": {"1": 1, "x": 2}"#,
            ".Numbers.x",
            "invalid value: expected key to be a number in quotes",
        ),
        (r#""Id": 1, "Numbers": {"1": 1, "2": []}"#, ".Numbers.2", "invalid type: sequence, expected u8"),
        (r#""Id": 1, "Numbers": {"256": 1}"#, ".Numbers.256", "invalid value: integer `256`, expected u8"),
        // Recursion limit, and an unpaired surrogate.
        (&*format!(r#""Id": 1, "Any": {long}"#), &*format!(".Any{}", "[0]".repeat(123)), "recursion limit exceeded"),
        (r#""Id": 1, "Names": ["a", "\ud800 and so on"]"#, ".Names[1]", "unexpected end of hex escape"),
    ] {
        assert_eq!(read_error(row), (path.to_owned(), message.to_owned()), "{row}");
    }
}

#[test]
fn line_and_column_match_serde_json() {
    for row in [r#""Id": "x""#, r#""Small": 1"#, r#""Id": 1, "Small": 256, "Names": []"#, r#""Id": 1, "Grid": [[[]]]"#]
    {
        for body in format_bodies(row) {
            #[derive(Debug, Deserialize)]
            struct Body {
                #[serde(rename = "Response")]
                #[allow(dead_code)]
                response: Rows,
            }
            let theirs = serde_json::from_str::<Body>(&body).unwrap_err();
            let ours = read_malformed::<Rows>(&body);
            assert_eq!((ours.line(), ours.column()), (theirs.line(), theirs.column()), "{body}");
        }
    }
}

#[test]
fn ambiguous_key_is_quoted() {
    for (key, path) in [
        (r#""a.b""#, r#"Response["a.b"].Id"#),
        (r#""a[0]""#, r#"Response["a[0]"].Id"#),
        (r#""""#, r#"Response[""].Id"#),
        (r#""a\"b""#, r#"Response["a\"b"].Id"#),
        (r#""\u0041b""#, "Response.Ab.Id"),
        (r#""名-1_""#, "Response.名-1_.Id"),
        (r#""a b\\""#, r#"Response["a b\\"].Id"#),
        (r#""a\n""#, r#"Response["a\n"].Id"#),
    ] {
        let body = format!(r#"{{"A": ["}}]", {{"Id": "\\"}}], "Response": {{{key}: {{"Id": "x"}}}}}}"#);
        assert_eq!(read_malformed::<HashMap<String, HashMap<String, u64>>>(&body).path(), Some(path), "{body}");
    }
}

#[test]
fn missing_field_is_reported_at_response() {
    for keys in [r#""Total": 1"#, r#""Total": 1, "RequestId": "id-1""#, r#""RequestId": "id-1""#, ""] {
        let malformed = read_malformed::<Rows>(format!(r#"{{"Response": {{{keys}}}, "RequestId": "id-1"}}"#));
        assert_eq!((malformed.path(), malformed.request_id()), (Some("Response"), Some("id-1")));
        assert!(malformed.to_string().contains("missing field `Rows`"), "{malformed}");
    }
}

#[test]
fn path_leads_to_the_deepest_field() {
    let row = format!(r#"{}"Id": 1, "Even": 3{}"#, r#""Id": 1, "Inner": {"#.repeat(123), "}".repeat(123));
    let path = format!("Response.Rows[1]{}.Even", ".Inner".repeat(123));
    for body in format_bodies(&row) {
        assert_eq!(read_malformed::<Rows>(body).path(), Some(&*path));
    }
}
