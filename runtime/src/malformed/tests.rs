//! What the error of a body keeps.

use super::*;

#[test]
fn only_256_bytes_of_a_body_are_kept() {
    for (length, kept) in [(0, 0), (255, 255), (256, 256), (257, 256)] {
        assert_eq!(Malformed::new(None, &[b'x'; 257][..length], "").body_start(), &[b'x'; 257][..kept]);
    }
}

#[test]
fn only_the_ends_of_a_long_message_are_kept() {
    for (length, kept) in [(1000, 1000), (1001, 1000 + " … ".len())] {
        assert_eq!(Malformed::new(None, b"", "x".repeat(length)).0.message.len(), kept);
    }
}

#[test]
fn blank_body_is_empty() {
    for (body, kind) in [
        ("", MalformedKind::Empty),
        (" \t\r\n", MalformedKind::Empty),
        (" x ", MalformedKind::Syntax),
        // A byte order mark is text.
        ("\u{feff}", MalformedKind::Syntax),
    ] {
        assert_eq!(Malformed::new(None, body.as_bytes(), "").kind(), kind, "{body:?}");
    }
}

#[test]
fn first_request_id_stays() {
    let malformed = Malformed::new(None, b"", "").or_request_id("").or_request_id(None);
    assert_eq!(malformed.request_id(), None);
    assert_eq!(malformed.or_request_id("a").or_request_id("b").request_id(), Some("a"));
}

#[test]
fn position_and_status_are_kept() {
    let read = |path: &str, status| {
        let problem =
            Problem { kind: MalformedKind::Data, message: String::new(), path: path.into(), line: 2, column: 5 };
        let malformed = Malformed::of(problem, b"", status, None);
        (malformed.path().map(String::from), malformed.line(), malformed.column(), malformed.status())
    };
    assert_eq!(read("a", Some(502)), (Some("a".into()), 2, 5, Some(502)));
    // The body as a whole has no path.
    assert_eq!(read("", None), (None, 2, 5, None));
}
