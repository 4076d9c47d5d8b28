//! The values on a tape.

use alloc::format;
use alloc::string::String;

use super::*;

fn nested() -> Samples {
    Samples::made(r#"{"failure": {"a": {"b": "{_}", "c": {"d": "{code}"}}, "l": [{"m": "{message}"}]}}"#)
}

fn recorded(samples: Samples, json: &str) -> Tape<'_> {
    let mut tape = Tape::new(samples, json);
    assert!(tape.record(0, json).is_ok(), "{json}");
    tape
}

#[test]
fn entries_are_found_in_and_after_the_array() {
    const COUNT: usize = INLINE * 2 + 2;
    let mut tape = Tape::new(nested(), "");
    for len in 0..COUNT {
        assert_eq!(tape.len(), len);
        assert!(tape.get(len).is_none(), "{len}");
        tape.push(u16::try_from(len).unwrap(), "");
    }
    for start in 0..=COUNT {
        for at in 0..COUNT {
            let node = u16::try_from(at).unwrap();
            assert_eq!(tape.find_from(start, node), Some(at).filter(|at| *at >= start), "{start}, {node}");
            assert_eq!(tape.get(at).map(|entry| (entry.node, entry.end)), Some((node, at + 1)));
        }
    }
    for len in (0..COUNT).rev() {
        tape.truncate(len);
        assert_eq!(tape.len(), len);
        for at in 0..COUNT {
            assert_eq!(tape.find_from(0, u16::try_from(at).unwrap()), Some(at).filter(|at| *at < len), "{len}");
        }
    }
}

#[test]
fn first_of_equal_nodes_is_found() {
    let mut tape = Tape::new(nested(), "");
    for at in 0..=INLINE + 2 {
        tape.push(u16::from(at % 3 == 0), "");
    }
    assert_eq!(tape.find_from(0, 1), Some(0));
    assert_eq!(tape.find_from(1, 1), Some(3));
    assert_eq!(tape.find_from(7, 1), Some(9));
    assert_eq!(tape.find_from(9, 1), Some(9));
    assert_eq!(tape.find_from(10, 1), None);
}

#[test]
fn values_are_recorded_at_their_nodes() {
    let samples = nested();
    let json = r#" {"x": {"c": 1}, "a" : {"c":{"\u0064" : [1, 2] }, "b": "}"} } "#;
    let tape = recorded(samples, json);
    assert_eq!(tape.value(0), Some(json.trim()));
    assert_eq!(tape.value(samples.node("a")), Some(r#"{"c":{"\u0064" : [1, 2] }, "b": "}"}"#));
    assert_eq!(tape.value(samples.node("a.b")), Some(r#""}""#));
    assert_eq!(tape.value(samples.node("a.c.d")), Some("[1, 2]"));
    assert_eq!(tape.value(samples.node("l")), None);
    // A value of another type has no members.
    let tape = recorded(samples, r#"{"a": [{"b": 1}], "l": {"m": 1}}"#);
    assert_eq!(tape.value(samples.node("a")), Some(r#"[{"b": 1}]"#));
    assert_eq!(tape.value(samples.node("a.b")), None);
}

#[test]
fn only_named_members_are_duplicates() {
    let samples = nested();
    for (json, key) in [
        (r#"{"a": 1, "a": 1}"#, Some(r#""a""#)),
        (r#"{"a": {"c": {"d": 1, "d": 2}}}"#, Some(r#""d""#)),
        (r#"{"a": {"b": 1, "\u0062": 2}}"#, Some(r#""\u0062""#)),
        (r#"{"x": 1, "x": 2}"#, None),
        // The key is another one in another object.
        (r#"{"a": {"a": 1, "b": 1, "c": {"b": 1}}, "b": 1}"#, None),
        (r#"{"x": {"a": 1, "a": 1}}"#, None),
    ] {
        let mut tape = Tape::new(samples, json);
        assert_eq!(tape.record(0, json).err().map(|duplicate| duplicate.0), key, "{json}");
    }
}

/// The rule of null in a sample: it stands for these values.
#[test]
fn empty_values_are_nothing() {
    let samples = nested();
    for (value, is_something) in [
        ("null", false),
        ("false", false),
        ("true", true),
        ("0", false),
        ("-0", false),
        ("0.00", false),
        ("-0.0e5", false),
        ("0E9", false),
        ("1", true),
        ("0.01", true),
        ("9e0", true),
        ("-10", true),
        (r#""""#, false),
        (r#""0""#, false),
        (r#""\u0030""#, false),
        (r#"" ""#, true),
        (r#""00""#, true),
        (r#""false""#, true),
        (r#""0.0""#, true),
        ("[]", false),
        ("[ ]", false),
        ("[null]", true),
        ("{}", false),
        ("{\n}", false),
    ] {
        // A value, an object with it, and one with another one after it.
        for json in [
            format!(r#"{{"a": {value}}}"#),
            format!(r#"{{"a": {{"b": {value}}}}}"#),
            format!(r#"{{"a": {{"c": {{"d": {value}}}}}}}"#),
            format!(r#"{{"a": {{"c": {{"d": 0}}, "b": {value}}}}}"#),
            format!(r#"{{"a": {{"b": {value}, "c": {{"d": ""}}}}}}"#),
            format!(r#"{{"a": {{"b": {{}}, "c": {value}}}}}"#),
        ] {
            let tape = recorded(samples, &json);
            assert_eq!(tape.is_something(tape.find_from(0, samples.node("a"))), is_something, "{json}");
        }
    }
    assert!(!recorded(samples, "1").is_something(None));
}

#[test]
fn member_that_no_sample_names_is_something() {
    let samples = nested();
    for json in [
        r#"{"a": {"x": null}}"#,
        r#"{"a": {"b": {"x": null}}}"#,
        r#"{"a": {"c": {"d": 0, "x": null}}}"#,
        r#"{"a": {"b": null, "c": {"x": 0}}}"#,
    ] {
        let tape = recorded(samples, json);
        assert!(tape.is_something(tape.find_from(0, samples.node("a"))), "{json}");
    }
    // A member after the object is not one of its own.
    let tape = recorded(samples, r#"{"a": {"c": {"d": 0}, "b": 1}}"#);
    assert!(!tape.is_something(tape.find_from(0, samples.node("a.c"))));
}

#[test]
fn constants_are_compared_by_type() {
    let samples = nested();
    for (constant, equal, different) in [
        (Constant::Bool(true), &["true"][..], &["false", "1", r#""true""#, "null"][..]),
        (Constant::Bool(false), &["false"], &["true", "0", "null", r#""false""#]),
        (Constant::Str("a\n"), &[r#""a\n""#, r#""\u0061\u000a""#], &[r#""a""#, r#""A\n""#, "null"]),
        (Constant::Str("0"), &[r#""0""#], &["0", r#""""#]),
        // Integers are compared exactly.
        (Constant::Number("0"), &["0"], &["-0", "0.0", "0e0", r#""0""#, "false", "null"]),
        (Constant::Number("100"), &["100"], &["1e2", "100.0", "10"]),
        (Constant::Number("1.0"), &["1.0", "1.00", "1e0", "10E-1"], &["1", "1.1", r#""1.0""#]),
        (Constant::Number("1e2"), &["1e2", "100.0"], &["100", "1e3"]),
        (Constant::Nothing, &["null", "0", r#""""#, "{}"], &["1", r#""a""#, "true"]),
    ] {
        for (values, expected) in [(equal, true), (different, false)] {
            for value in values {
                let mut tape = Tape::new(samples, "");
                tape.record_leaf(1, value);
                assert_eq!(tape.agrees(Some(0), &constant), expected, "{value}, {constant:?}");
            }
        }
        let is_nothing = constant == Constant::Nothing;
        assert_eq!(recorded(samples, "1").agrees(None, &constant), is_nothing, "absent, {constant:?}");
    }
}

#[test]
fn first_element_that_fits_is_recorded() {
    let samples = Samples::made(
        r#"{"failure": {"l": [
            {"@type": "A", "v": 1, "old": null, "some": "{_}", "code": "{code}", "in": [{"k": "{message}"}]},
            {"id": "{request_id}"}
        ]}}"#,
    );
    let [first, second] =
        samples.shape.elements.iter().filter(|element| element.array == samples.node("l")).collect::<Vec<_>>()[..]
    else {
        panic!("two elements")
    };
    let code = (samples.child)(first.node, "code");
    let id = (samples.child)(second.node, "id");
    let array = (samples.child)(first.node, "in");
    let inner = samples.shape.elements.iter().find(|element| element.array == array).unwrap();
    let message = (samples.child)(inner.node, "k");
    let read = |elements: &str| {
        let json = format!(r#"{{"l": [{elements}]}}"#);
        let tape = recorded(samples, &json);
        [code, id, message].map(|node| tape.value(node).map(String::from))
    };
    let fits = r#"{"@type": "A", "v": 1, "some": 1, "code": "x"}"#;
    let code_only = [Some(r#""x""#.into()), None, None];
    assert_eq!(read(fits), code_only);
    for other in [
        "1",
        "[]",
        "{}",
        r#"{"@type": "B", "v": 1, "some": 1, "code": "y"}"#,
        r#"{"v": 1, "some": 1, "code": "y"}"#,
        r#"{"@type": "A", "v": 2, "some": 1, "code": "y"}"#,
        r#"{"@type": "A", "v": 1, "some": 1, "old": true, "code": "y"}"#,
        r#"{"@type": "A", "v": 1, "some": 0, "code": "y"}"#,
        r#"{"@type": "A", "v": 1, "code": "y"}"#,
        // Its array is dropped with it.
        r#"{"in": [{"k": "m"}], "@type": "B", "v": 1, "some": 1, "code": "y"}"#,
        // No value.
        r#"{"@type": "A", "v": 1, "some": 1, "code": ""}"#,
        r#"{"@type": "A", "v": 1, "some": 1}"#,
    ] {
        assert_eq!(read(&format!("{other}, {fits}")), code_only, "{other}");
        assert_eq!(read(other), [None, None, None], "{other}");
    }
    let later = fits.replace('x', "y");
    assert_eq!(read(&format!("{fits}, {later}")), code_only);
    // An element may fit several samples.
    let both = fits.replace('}', r#", "id": 5}"#);
    assert_eq!(read(&format!("{both}, {fits}")), [Some(r#""x""#.into()), Some("5".into()), None]);
    let with_array = fits.replace('}', r#", "in": [{}, {"k": "m"}]}"#);
    assert_eq!(read(&with_array), [Some(r#""x""#.into()), None, Some(r#""m""#.into())]);
    // A member may occur in each element, but once.
    let twice = r#"{"l": [{"id": 1, "id": 2}]}"#;
    assert!(Tape::new(samples, twice).record(0, twice).is_err());
}

#[test]
fn array_with_elements_is_something() {
    let samples = nested();
    for (array, is_something) in [("[]", false), ("[ ]", false), ("[{}]", true), (r#"[{"m": "a"}]"#, true)] {
        let json = format!(r#"{{"l": {array}}}"#);
        let tape = recorded(samples, &json);
        assert_eq!(tape.is_something(tape.find_from(0, samples.node("l"))), is_something, "{json}");
    }
}

#[test]
fn only_a_string_of_the_body_has_quotes() {
    let body = r#"{"a": "bcd"}"#;
    let tape = Tape::new(nested(), body);
    assert_eq!(tape.quoted(&body[7..10]), Some(r#""bcd""#));
    assert_eq!(tape.quoted(&body[2..3]), Some(r#""a""#));
    assert_eq!(tape.quoted(&body[8..9]), None);
    assert_eq!(tape.quoted(&body[..1]), None);
    assert_eq!(tape.quoted(&body[11..]), None);
    let copy = String::from("bcd");
    assert_eq!(tape.quoted(&copy), None);
}

#[test]
fn whole_body_is_the_data_by_default() {
    for (success, expected) in
        [(r#""{data}""#, true), (r#"{"...": "{data}"}"#, false), (r#"{"data": "{data}"}"#, false)]
    {
        let samples = Samples::made(&format!(r#"{{"success": {success}, "failure": {{"code": "{{code}}"}}}}"#));
        assert_eq!(samples.is_whole_body(), expected, "{success}");
    }
}
