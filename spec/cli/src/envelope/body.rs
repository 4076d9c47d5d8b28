//! The body of a response, with its members in order.

use errtable_spec::__private::Json;
use errtable_spec::{REST, Sample};

use crate::envelope::sample::{self, Step};

/// A JSON value. Values at a depth that no sample can have are [`Body::Null`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Null,
    Bool(bool),
    /// The digits.
    Number(String),
    Text(String),
    Array(Vec<Body>),
    Object(Vec<(String, Body)>),
}

/// The maximum depth of a sample.
const MAX_DEPTH: usize = 8;

/// The maximum number of elements of an array that are read.
const MAX_ELEMENTS: usize = 32;

impl Body {
    /// Returns `None` if the text is not valid JSON.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Json::of(text).map(|json| Self::read(json, 0))
    }

    fn read(json: Json<'_>, depth: usize) -> Self {
        match json.raw().as_bytes().first() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => Self::Null,
            Some(b'{') => Self::Object(members(json, depth)),
            Some(b'[') => {
                let elements = json.elements().unwrap_or_default();
                Self::Array(elements.into_iter().take(MAX_ELEMENTS).map(|json| Self::read(json, depth + 1)).collect())
            }
            Some(b'"') => json.unescape().map_or(Self::Null, |text| Self::Text(text.into_owned())),
            Some(b't') => Self::Bool(true),
            Some(b'f') => Self::Bool(false),
            Some(b'n') | None => Self::Null,
            Some(_) => Self::Number(json.raw().to_owned()),
        }
    }

    /// Returns a scalar as a constant of a sample.
    pub(super) fn constant(&self) -> Sample {
        match self {
            Self::Bool(value) => Sample::Bool(*value),
            Self::Number(digits) => Sample::Number(digits.clone()),
            Self::Text(text) => sample::constant(text),
            Self::Null | Self::Array(_) | Self::Object(_) => Sample::Null,
        }
    }

    /// Returns the members of an object.
    pub(super) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// Returns a member of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().find(|(name, _)| name == key).map(|(_, member)| member)
    }

    /// Returns the member at a path of keys.
    pub(super) fn at(&self, path: &[Step]) -> Option<&Self> {
        path.iter().try_fold(self, |body, step| match step {
            Step::Key(key) => body.get(key),
            Step::Element(_) => None,
        })
    }

    /// Returns whether a null of a sample describes the value.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Self::Null | Self::Bool(false) => true,
            Self::Bool(true) => false,
            Self::Number(digits) => digits.parse() == Ok(0.0),
            Self::Text(text) => matches!(&**text, "" | "0"),
            Self::Array(elements) => elements.is_empty(),
            // `"Error": {"Code": "", "Message": ""}`
            Self::Object(members) => members.iter().all(|(_, member)| member.is_nothing()),
        }
    }

    /// Returns the text of a string, or the digits of an integer.
    pub(super) fn as_token(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(digits) if digits.parse::<i64>().is_ok() || digits.parse::<u64>().is_ok() => Some(digits),
            _ => None,
        }
    }
}

/// Returns the members of an object that a sample can name. The last one of equal keys counts.
fn members(json: Json<'_>, depth: usize) -> Vec<(String, Body)> {
    let mut members: Vec<(String, Body)> = Vec::new();
    for (key, value) in json.entries().unwrap_or_default() {
        let Ok(key) = key.unescape() else { continue };
        if key == REST || key.contains(['{', '}']) {
            continue;
        }
        let value = Body::read(value, depth + 1);
        match members.iter_mut().find(|(known, _)| *known == key) {
            Some((_, member)) => *member = value,
            None => members.push((key.into_owned(), value)),
        }
        if members.len() == MAX_MEMBERS {
            break;
        }
    }
    members
}

/// The maximum number of members of an object that are read.
const MAX_MEMBERS: usize = 256;
