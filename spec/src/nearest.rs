//! The text with the most similar spelling, for messages.

use crate::packed::MAX_CODE_LEN;

/// The cost of an edit.
const EDIT: u16 = 2;

/// The cost of letters that differ only in case.
const CASE: u16 = 1;

/// Returns the index of the candidate nearest to `text`, the first one of equals.
///
/// The distance counts inserted, deleted, changed and transposed bytes (optimal string alignment).
/// Letters that differ only in case count as half an edit. A candidate is near up to one edit per
/// three bytes. A text without a dot also matches the last segment of a code, as if the family had
/// been omitted. Texts over 255 bytes are never near. Does not allocate.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<usize> {
    if text.is_empty() || text.len() > MAX_CODE_LEN {
        return None;
    }
    let mut best = None;
    let mut rows = [[0; MAX_CODE_LEN + 1]; 3];
    let mut bound = match text.len() {
        // One edit turns one or two letters into any others.
        1 | 2 => CASE,
        len => u16::try_from(len.div_ceil(3)).unwrap_or(u16::MAX) * EDIT,
    };
    for (index, candidate) in candidates.into_iter().enumerate() {
        let Some(distance) = distance_to_code(text, candidate, bound, &mut rows) else { continue };
        best = Some(index);
        if distance == 0 {
            break;
        }
        bound = distance - 1;
    }
    best
}

/// Returns the cost of turning a text into a code or, if it has no dot, into its last segment.
fn distance_to_code(text: &str, code: &str, bound: u16, rows: &mut [MatrixRow; 3]) -> Option<u16> {
    let whole = spelling(text, code, bound, rows);
    if text.contains('.') {
        return whole;
    }
    let segment = code.rsplit_once('.').map_or("", |(_, segment)| segment);
    let without_family = bound.checked_sub(EDIT).and_then(|bound| spelling(text, segment, bound, rows));
    whole.into_iter().chain(without_family.map(|cost| cost + EDIT)).min()
}

/// Returns the cost of turning a text into another. Any number of letters in the wrong case is one
/// mistake.
fn spelling(text: &str, other: &str, bound: u16, rows: &mut [MatrixRow; 3]) -> Option<u16> {
    if text.eq_ignore_ascii_case(other) {
        return Some(if text == other { 0 } else { CASE }).filter(|cost| *cost <= bound);
    }
    distance(text.as_bytes(), other.as_bytes(), bound, rows)
}

/// Returns the cost of turning `a` into `b`, if it is at most `bound`.
///
/// `rows` is scratch space for three rows of the distance matrix.
fn distance(a: &[u8], b: &[u8], bound: u16, rows: &mut [MatrixRow; 3]) -> Option<u16> {
    if a.len().abs_diff(b.len()) * usize::from(EDIT) > usize::from(bound) {
        return None;
    }
    let [two_above, above, current] = rows;
    let (mut two_above, mut above, mut current) = (two_above, above, current);
    for (cell, cost) in current.iter_mut().zip((0..).step_by(usize::from(EDIT))) {
        *cell = cost;
    }
    let mut previous = None;
    for (row, &x) in (1_u16..).zip(a) {
        (two_above, above, current) = (above, current, two_above);
        fill(current, (above, two_above), (x, previous), b, row * EDIT);
        if current.iter().take(b.len() + 1).min().is_none_or(|least| *least > bound) {
            return None;
        }
        previous = Some(x);
    }
    // `None` for a text over 255 bytes.
    current.get(b.len()).copied().filter(|cost| *cost <= bound)
}

type MatrixRow = [u16; MAX_CODE_LEN + 1];

/// Fills the row of byte `x`, which follows `previous`.
fn fill(
    current: &mut MatrixRow,
    (above, two_above): (&MatrixRow, &MatrixRow),
    (x, previous): (u8, Option<u8>),
    b: &[u8],
    first: u16,
) {
    let mut left = first;
    let mut before = None;
    if let Some(cell) = current.first_mut() {
        *cell = first;
    }
    let diagonals = above.iter().zip(above.iter().skip(1));
    // The cell two rows up and two columns back. In the first column `before` is `None`.
    let crossed = core::iter::once(&0).chain(two_above);
    for (((cell, (diagonal, up)), crossed), &y) in current.iter_mut().skip(1).zip(diagonals).zip(crossed).zip(b) {
        let mut cost = (left + EDIT).min(up + EDIT).min(diagonal + change(x, y));
        if previous == Some(y) && before == Some(x) {
            cost = cost.min(crossed + EDIT);
        }
        *cell = cost;
        left = cost;
        before = Some(y);
    }
}

fn change(x: u8, y: u8) -> u16 {
    if x == y {
        0
    } else if x.eq_ignore_ascii_case(&y) {
        CASE
    } else {
        EDIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(a: &str, b: &str) -> Option<u16> {
        distance(a.as_bytes(), b.as_bytes(), 100, &mut [[7; MAX_CODE_LEN + 1]; 3])
    }

    #[test]
    fn each_kind_of_edit_has_its_cost() {
        assert_eq!(cost("InternalError", "InternalError"), Some(0));
        assert_eq!(cost("InternalEror", "InternalError"), Some(EDIT), "deleted");
        assert_eq!(cost("InternallError", "InternalError"), Some(EDIT), "inserted");
        assert_eq!(cost("IntrenalError", "InternalError"), Some(EDIT), "transposed");
        assert_eq!(cost("InternalErrot", "InternalError"), Some(EDIT), "changed");
        assert_eq!(cost("internalError", "InternalError"), Some(CASE), "case");
        assert_eq!(cost("ab", "ba"), Some(EDIT), "transposed at the start");
        assert_eq!(cost("", "abc"), Some(3 * EDIT));
        assert_eq!(cost("abc", ""), Some(3 * EDIT));
        assert_eq!(cost("kitten", "sitting"), Some(3 * EDIT));
        assert_eq!(cost("ab", "xa"), Some(2 * EDIT), "one letter that moved is not two transposed");
        assert_eq!(cost("ab", "bx"), Some(2 * EDIT));
        let longest = "a".repeat(MAX_CODE_LEN);
        assert_eq!(cost(&longest, &longest), Some(0));
        assert_eq!(cost("a", &"a".repeat(MAX_CODE_LEN + 1)), None);
    }

    #[test]
    fn costs_over_the_bound_are_rejected() {
        let rows = &mut [[0; MAX_CODE_LEN + 1]; 3];
        assert_eq!(distance(b"kitten", b"sitting", 3 * EDIT, rows), Some(3 * EDIT));
        assert_eq!(distance(b"kitten", b"sitting", 3 * EDIT - 1, rows), None);
        assert_eq!(distance(b"abc", b"abcd", EDIT, rows), Some(EDIT), "a gap as wide as the bound");
    }

    #[test]
    fn nearest_candidate_wins_then_first() {
        assert_eq!(nearest("thortled", ["never", "throttled", "transient"]), Some(1));
        assert_eq!(nearest("bat", ["cat", "rat"]), Some(0));
        assert_eq!(nearest("never", ["Never", "never"]), Some(1));
    }

    #[test]
    fn omitted_family_is_found() {
        let codes = ["AuthFailure.SignatureExpire", "ResourceNotFound.TopicNotExist", "SignatureExpires"];
        assert_eq!(nearest("TopicNotExist", codes), Some(1));
        assert_eq!(nearest("topicNotExits", codes), Some(1));
        assert_eq!(nearest("SignatureExpire", codes), Some(0), "the first of equals");
        assert_eq!(nearest("SignatureExpires", codes), Some(2));
        assert_eq!(nearest("Other.TopicNotExist", codes), None, "the family is not omitted");
        assert_eq!(
            nearest("Timeout", ["FailedOperation.Timeout", "timeout"]),
            Some(1),
            "a wrong case costs less than an omitted family"
        );
    }

    #[test]
    fn wrong_case_throughout_is_one_mistake() {
        let codes = ["AuthFailure.SignatureExpire", "RequestLimitExceeded"];
        assert_eq!(nearest("REQUESTLIMITEXCEEDED", codes), Some(1));
        assert_eq!(nearest("authfailure.signatureexpire", codes), Some(0));
        assert_eq!(nearest("SIGNATUREEXPIRE", codes), Some(0));
        assert_eq!(nearest("AB", ["ab", "AB"]), Some(1), "the exact one is nearer");
    }

    #[test]
    fn longest_code_is_compared() {
        let code = ["a"; MAX_CODE_LEN].concat();
        assert_eq!(nearest(&code.replacen('a', "b", 1), ["short", &code]), Some(1));
    }

    #[test]
    fn far_candidates_are_not_suggested() {
        assert_eq!(nearest("zzz", ["never", "throttled"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("x", ["a", "b"]), None, "one letter is near its other case only");
        assert_eq!(nearest("x", ["a", "X"]), Some(1));
        let long = ["a"; 256].concat();
        assert_eq!(nearest(&long, [long.as_str()]), None);
        assert_eq!(nearest(&long[1..], [long.as_str()]), None, "one byte too long");
        assert_eq!(nearest("zzz", ["a".repeat(40_000).as_str()]), None);
    }
}
