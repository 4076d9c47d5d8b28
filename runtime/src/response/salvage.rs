//! The request id in a body that is not valid JSON, or has duplicate members.

use alloc::vec::Vec;

use errtable_spec::__private::Field;

use crate::response::scanner::text_of;
use crate::response::tape::{Samples, Tape};
use crate::response::tokens::{TokenKind, Tokens};
use crate::response::value;

/// Reads the request ids in a body. The first one at a node counts.
///
/// Splits the body into tokens, so that invalid JSON elsewhere does not matter: `{"A": NaN, …}`.
/// Arrays are skipped, because their elements may be truncated.
pub(super) fn salvage(samples: Samples, body: &[u8]) -> Tape<'_> {
    let mut tape = Tape::new(samples, "");
    // The nodes of the open objects, from the outermost, as far as samples name them.
    let mut open: Vec<u16> = Vec::new();
    // The node of the last key, if a sample names it.
    let mut member = None;
    for token in Tokens::new(body) {
        open.truncate(token.depth);
        let node = if token.depth == 0 { Some(0) } else { member };
        let json =
            || body.get(token.range.clone()).and_then(|json| core::str::from_utf8(json).ok()).unwrap_or_default();
        match token.kind {
            TokenKind::Key => {
                let parent = open.last().filter(|_| open.len() == token.depth);
                let child = parent.and_then(|parent| Some((samples.child)(*parent, &text_of(json())?)));
                member = child.filter(|child| *child != 0);
            }
            TokenKind::OpenObject => {
                open.extend(node);
                member = None;
            }
            TokenKind::Scalar => {
                // An integer at the end may be truncated: `{"id": 12`.
                let is_complete = token.range.end < body.len() || json().starts_with('"');
                let is_new_id = |node: &u16| tape.value(*node).is_none() && is_id(samples, *node, json());
                if let Some(node) = node.filter(is_new_id).filter(|_| is_complete) {
                    tape.push(node, json());
                }
                member = None;
            }
            TokenKind::OpenArray | TokenKind::Close => member = None,
            TokenKind::Separator => {}
        }
    }
    tape
}

/// Returns whether a sample has a request id at a node, and the value there is one.
fn is_id(samples: Samples, node: u16, json: &str) -> bool {
    let failures = samples.shape.failures.iter().flat_map(|failure| failure.places);
    let mut places = failures.chain(samples.shape.success_ids);
    places.any(|place| {
        place.node == node && place.slot.field == Field::RequestId && value::text(&place.slot, json).is_some()
    })
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    fn salvaged(envelope: &str, path: &str, body: &str) -> Option<String> {
        let samples = Samples::made(envelope);
        salvage(samples, body.as_bytes()).value(samples.node(path)).map(String::from)
    }

    const ENVELOPE: &str = r#"{
        "success": {"meta": {"id": "{request_id}"}, "...": "{data}"},
        "failure": {"code": "{code}", "id": "{request_id?}", "l": [{"m": "{message}"}]}
    }"#;

    #[test]
    fn id_is_found_in_invalid_json() {
        for (body, id) in [
            (r#"{"meta": {"id": "a"}, "#, Some(r#""a""#)),
            (r#"{"meta": {"id": "a"#, None),
            (r#"{"meta": {"id": "a\""#, None),
            (r#"{"meta": {"id": "a""#, Some(r#""a""#)),
            (r#"{"x": NaN, "meta": {"y": <p>, "id": "a"}}"#, Some(r#""a""#)),
            (r#"{"x": {"meta": [1], "z": {}}, "meta": {"z": {"id": "b"}, "id": "a"}}"#, Some(r#""a""#)),
            (r#"{"x": [{"meta": {"id": "b"}}], "meta": {"\u0069d": "a"}}"#, Some(r#""a""#)),
            // The integer at the end may be truncated.
            (r#"{"meta": {"id": 12"#, None),
            (r#"{"meta": {"id": 12 "#, Some("12")),
            (r#"{"meta": {"id": 12,"#, Some("12")),
            // The first one that is an id counts.
            (r#"{"meta": {"id": null, "id": "", "id": {}, "id": "a", "id": "b""#, Some(r#""a""#)),
            // Other places.
            (r#"{"id": "a", "#, None),
            (r#"{"x": {"id": "a"}, "#, None),
            (r#"{"meta": {"x": {"id": "a"}, "#, None),
            (r#"{"meta": "id", "x": {"id": "a"}, "#, None),
            (r#"{"meta": {}, "x": {"id": "a"}, "#, None),
            (r#"{"meta": [{"id": "a"}], "#, None),
            (r#"{"meta": {"id": ["a"], "#, None),
            (r#"{"meta": {"x": [], "id": "a""#, Some(r#""a""#)),
            (r#"[{"meta": {"id": "a"}}, "#, None),
            (r#"{"meta": "x": {"id": "a"}"#, None),
            (r#"{"meta": {"id": } "a", "#, None),
            (r#"{"meta": {"id": [] "a", "#, None),
            ("", None),
        ] {
            assert_eq!(salvaged(ENVELOPE, "meta.id", body).as_deref(), id, "{body}");
        }
    }

    #[test]
    fn only_one_id_is_kept_of_each_place() {
        let body = r#"{"id": 1, "id": 2, "meta": {"id": 3}, "meta": {"id": 4}, "#;
        assert_eq!(salvage(Samples::made(ENVELOPE), body.as_bytes()).len(), 2);
    }

    #[test]
    fn only_ids_are_salvaged() {
        let body = r#"{"code": "a", "id": 7, "l": [{"m": "b"}], "#;
        assert_eq!(salvaged(ENVELOPE, "id", body).as_deref(), Some("7"));
        assert_eq!(salvaged(ENVELOPE, "code", body), None);
    }

    #[test]
    fn id_is_found_beside_invalid_utf_8() {
        let samples = Samples::made(ENVELOPE);
        let tape =
            salvage(samples, b"{\"x\": \"\xff\", \"\xff\": {\"id\": 1}, \"id\": \"a\", \"meta\": {\"id\": \"\xff\"}}");
        assert_eq!(tape.value(samples.node("id")), Some(r#""a""#));
        assert_eq!(tape.value(samples.node("meta.id")), None);
    }
}
