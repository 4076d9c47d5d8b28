//! The data may be an enum in each form of serde.

use std::collections::HashMap;

use errtable::Error;
use serde::Deserialize;

use kinds::{Misfit, Size, check};
use reading::read;

mod kinds;
mod reading;

#[test]
fn external_enum_is_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    enum External {
        Unit,
        Newtype(u64),
        Tuple(u8, u8),
        Struct { size: u64 },
    }

    let misfits: [Misfit<'_>; 5] = [
        (&[r#""Other": 1"#], ".Other", "unknown variant `Other`"),
        (&[r#""Newtype": "x""#], ".Newtype", "expected u64"),
        (&[r#""Tuple": [1, "x"]"#], ".Tuple[1]", "expected u8"),
        (&[r#""Struct": {"size": "x"}"#], ".Struct.size", "expected u64"),
        (&[], "", "expected"),
    ];
    check(&[r#""Unit": null"#], External::Unit, &misfits);
    for (members, second) in [(r#""Newtype": 5, "New": 1"#, "New"), (r#""Newtype": 5, "Tuple": [1, 2]"#, "Tuple")] {
        let error = read::<External>(&format!("{{{members}}}")).unwrap_err();
        let message = format!("invalid value: string \"{second}\", expected no key after that of the variant");
        assert!(error.to_string().ends_with(&message), "{error}");
    }
    check(&[r#""Newtype": 5"#], External::Newtype(5), &[]);
    check(&[r#""Tuple": [1, 2]"#], External::Tuple(1, 2), &[]);
    check(&[r#""Struct": {"size": 5}"#], External::Struct { size: 5 }, &[]);
}

#[test]
fn internal_enum_is_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(tag = "Type")]
    enum Internal {
        Unit,
        Newtype(Size),
        Struct { size: u64 },
    }

    let misfits: [Misfit<'_>; 3] = [
        (&[r#""size": 5"#], "", "missing field `Type`"),
        (&[r#""Type": "Other""#], ".Type", "unknown variant `Other`"),
        (&[r#""Type": "Struct""#, r#""size": "x""#], "", "expected u64"),
    ];
    check(&[r#""Type": "Struct""#, r#""size": 5"#], Internal::Struct { size: 5 }, &misfits);
    check(&[r#""Type": "Newtype""#, r#""size": 5"#], Internal::Newtype(Size { size: 5 }), &[]);
    check(&[r#""Type": "Unit""#, r#""size": 5"#], Internal::Unit, &[]);
}

#[test]
fn adjacent_enum_is_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(tag = "Type", content = "Content")]
    enum Adjacent {
        Unit,
        Newtype(u64),
        Struct { size: u64 },
    }

    let misfits: [Misfit<'_>; 3] = [
        (&[r#""Content": 5"#], "", "missing field `Type`"),
        (&[r#""Type": "Other""#], ".Type", "unknown variant `Other`"),
        (&[r#""Type": "Newtype""#], "", "missing field `Content`"),
    ];
    // serde keeps the content, and reads it after the tag.
    for (members, path) in [
        (r#""Type": "Newtype", "Content": "x""#, "Response.Content"),
        (r#""Content": "x", "Type": "Newtype""#, "Response.Type"),
    ] {
        let Err(Error::Malformed(malformed)) = read::<Adjacent>(&format!("{{{members}}}")) else { panic!("{members}") };
        assert_eq!(malformed.path(), Some(path), "{malformed}");
    }
    check(&[r#""Type": "Newtype""#, r#""Content": 5"#], Adjacent::Newtype(5), &misfits);
    check(&[r#""Type": "Struct""#, r#""Content": {"size": 5}"#], Adjacent::Struct { size: 5 }, &[]);
    check(&[r#""Type": "Unit""#], Adjacent::Unit, &[]);
}

#[test]
fn untagged_enum_is_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(untagged)]
    enum Untagged {
        Size { size: u64 },
        Map(HashMap<String, bool>),
    }

    let misfit: Misfit<'_> = (&[r#""size": "x""#], "", "data did not match any variant of untagged enum Untagged");
    check(&[r#""size": 5"#], Untagged::Size { size: 5 }, &[misfit]);
    check(&[r#""a": true"#], Untagged::Map(HashMap::from([("a".to_owned(), true)])), &[]);
}
