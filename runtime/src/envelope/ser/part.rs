//! The parts of a sample, with the values of a response.

use alloc::vec::Vec;

use errtable_spec::__private::{Constant, Role, Written};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use crate::envelope::Envelope;
use crate::envelope::ser::flatten::{DataId, DataIds, FlattenSerializer};
use crate::envelope::ser::number::Number;
use crate::envelope::ser::value::Value;
use crate::enveloped::Enveloped;

/// A part of a sample, with the values of a response.
pub(super) enum Part<'a, T> {
    Constant(Constant),
    Data(&'a T),
    /// The members of the data, and what the sample says about each of them.
    Rest(&'a T, fn(&str) -> Role),
    Value {
        value: Value<'a>,
        before: &'static str,
        after: &'static str,
    },
    Array(Vec<Self>),
    Object(Vec<(&'static str, Self)>),
}

impl<'a, T> Part<'a, T> {
    /// Resolves the placeholders of a sample. Returns `None` for a value that is not known, and for
    /// an object or array without anything else.
    pub(super) fn resolve<C: Enveloped>(sample: &'static Written, envelope: &'a Envelope<T, C>) -> Option<Self> {
        Some(match (sample, envelope) {
            (Written::Constant(constant), _) => Self::Constant(*constant),
            (Written::Data, Envelope::Success(success)) => Self::Data(&success.data),
            (Written::Rest, Envelope::Success(success)) => Self::Rest(&success.data, role::<C>),
            (Written::Data | Written::Rest, Envelope::Failure(_)) => return None,
            (Written::Value(value, before, after), _) => {
                Self::Value { value: Value::of(envelope, *value)?, before, after }
            }
            (Written::Array(elements), _) => {
                let elements = elements.iter().filter_map(|element| Self::resolve(element, envelope));
                let elements: Vec<_> = elements.filter(Self::has_value).collect();
                if elements.is_empty() {
                    return None;
                }
                Self::Array(elements)
            }
            (Written::Object(members), _) => {
                let resolved =
                    members.iter().filter_map(|(key, member)| Some((*key, Self::resolve(member, envelope)?)));
                let resolved: Vec<_> = resolved.collect();
                if resolved.is_empty() && !members.is_empty() {
                    return None;
                }
                Self::Object(resolved)
            }
        })
    }

    /// Returns whether the part has a value. An element of an array is left out without one.
    fn has_value(&self) -> bool {
        match self {
            Self::Constant(_) => false,
            Self::Data(_) | Self::Rest(..) => true,
            Self::Value { value, .. } => !value.is_empty(),
            Self::Array(elements) => elements.iter().any(Self::has_value),
            Self::Object(members) => members.iter().any(|(_, member)| member.has_value()),
        }
    }
}

impl<T: Serialize> Serialize for Part<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Constant(Constant::Nothing) => serializer.serialize_unit(),
            Self::Constant(Constant::Bool(value)) => serializer.serialize_bool(*value),
            Self::Constant(Constant::Number(digits)) => Number::parse(digits).serialize(serializer),
            Self::Constant(Constant::Str(text)) => serializer.serialize_str(text),
            Self::Data(data) | Self::Rest(data, _) => data.serialize(serializer),
            Self::Value { value, before: "", after: "" } => value.serialize(serializer),
            Self::Value { value, before, after } => serializer.collect_str(&format_args!("{before}{value}{after}")),
            Self::Array(elements) => serializer.collect_seq(elements),
            Self::Object(members) => serialize_object(members, serializer),
        }
    }
}

// Maps, because MessagePack writes structs as arrays, and an envelope is read as a map.
fn serialize_object<T: Serialize, S: Serializer>(
    members: &[(&str, Part<'_, T>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let rest = members.iter().find_map(|(_, member)| match member {
        Part::Rest(data, role) => Some((*data, *role)),
        _ => None,
    });
    match rest {
        Some((data, role)) => serialize_mixed(members, data, role, serializer),
        None => serializer.collect_map(members.iter().map(|(key, member)| (key, member))),
    }
}

/// Writes the members of the data among those of the sample. Request ids are written last, because
/// the data may contain them.
fn serialize_mixed<T: Serialize, S: Serializer>(
    members: &[(&str, Part<'_, T>)],
    data: &T,
    role: fn(&str) -> Role,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let human_readable = serializer.is_human_readable();
    let mut map = serializer.serialize_map(None)?;
    let mut data_ids = DataIds::new();
    let is_id = |key: &str| role(key) == Role::RequestId;
    for (key, member) in members.iter().filter(|(key, _)| !is_id(key)) {
        match member {
            Part::Rest(..) => {
                let data_ids = &mut data_ids;
                data.serialize(FlattenSerializer { map: &mut map, data_ids, role, human_readable })?;
            }
            member => map.serialize_entry(key, member)?,
        }
    }
    for (key, id) in members.iter().filter(|(key, _)| is_id(key)) {
        match data_ids.get(*key) {
            Some(DataId::Written) => {}
            // `{"RequestId": null}` is written as it was read.
            Some(DataId::Null) if !id.has_value() => map.serialize_entry(key, &())?,
            _ => map.serialize_entry(key, id)?,
        }
    }
    map.end()
}

/// Returns what the sample of a success says about a member of the object that contains the data.
fn role<C: Enveloped>(key: &str) -> Role {
    match C::child(C::shape().data, key) {
        0 => Role::Unnamed,
        node => role_at::<C>(node),
    }
}

/// Returns what the sample of a success says about a node.
pub(super) fn role_at<C: Enveloped>(node: u16) -> Role {
    C::shape().nodes.get(usize::from(node)).map_or(Role::Unnamed, |node| node.role)
}
