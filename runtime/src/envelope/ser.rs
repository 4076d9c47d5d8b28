//! Serialization of an envelope.

/// Defines the methods of a serializer that rejects a type.
macro_rules! reject {
    ($($method:ident($($type:ty),*) $(-> $compound:ident)?, $found:literal;)*) => {$(
        fn $method(self $(, _: $type)*) -> Result<reject!(@ $($compound)?), Self::Error> {
            Err(reject!($found))
        }
    )*};
    (@) => { Self::Ok };
    (@ $compound:ident) => { Self::$compound };
    ($found:literal) => {
        Self::Error::custom(concat!("the data of a response must be a struct or a map, found ", $found))
    };
}

/// Defines what the serializers of this module have in common: they unwrap `Some` and newtypes, and
/// reject sequences and most variants.
macro_rules! unwrap_or_reject {
    () => {
        type SerializeSeq = Impossible<Self::Ok, Self::Error>;
        type SerializeTuple = Impossible<Self::Ok, Self::Error>;
        type SerializeTupleStruct = Impossible<Self::Ok, Self::Error>;
        type SerializeTupleVariant = Impossible<Self::Ok, Self::Error>;
        type SerializeStructVariant = Impossible<Self::Ok, Self::Error>;

        fn is_human_readable(&self) -> bool {
            self.human_readable
        }

        fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok, Self::Error> {
            value.serialize(self)
        }

        fn serialize_newtype_struct<T>(self, _: &'static str, value: &T) -> Result<Self::Ok, Self::Error>
        where
            T: Serialize + ?Sized,
        {
            value.serialize(self)
        }

        reject! {
            serialize_i128(i128), "a number";
            serialize_u128(u128), "a number";
            serialize_char(char), "a string";
            serialize_seq(Option<usize>) -> SerializeSeq, "a sequence";
            serialize_tuple(usize) -> SerializeTuple, "a tuple";
            serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct, "a tuple struct";
            serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant, "a tuple variant";
            serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant,
                "a struct variant (use a newtype variant of a struct)";
        }
    };
}

mod flatten;
mod probe;
mod value;

use errtable_spec::{Constant, REST, Role, Writable, Written};
use serde_core::ser::{Error, Serialize, SerializeMap, Serializer};

use self::flatten::{DataId, FlattenSerializer};
use self::probe::{is_nothing, probe};
use self::value::{Value, serialize_number};
use crate::envelope::Envelope;
use crate::enveloped::Enveloped;

/// Writes the sample of the table; see [`Envelope`].
impl<T: Serialize, C: Enveloped> Serialize for Envelope<T, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shape = C::shape();
        let sample = |written| Sample { written, envelope: self };
        match self {
            Self::Success(_) => sample(&shape.success).serialize(serializer),
            Self::Failure(error) => {
                let failure = sample(&shape.failure);
                // With both, the sample leaves the distinction to the status.
                let is_nothing = |text| matches!(text, "" | "0");
                if (is_nothing(error.code().as_str()) || is_nothing(error.message())) && failure.is_like_success() {
                    return Err(S::Error::custom("a failure with this code and message would be read as a success"));
                }
                failure.serialize(serializer)
            }
        }
    }
}

/// A part of a sample, with the values of a response.
struct Sample<'a, T, C> {
    written: &'static Written,
    envelope: &'a Envelope<T, C>,
}

impl<T: Serialize, C: Enveloped> Sample<'_, T, C> {
    fn at(&self, written: &'static Written) -> Self {
        Self { written, envelope: self.envelope }
    }

    /// Returns whether the part is written. A value that is not there is left out, and so is an
    /// object or array without anything else.
    fn is_written(&self) -> bool {
        match self.written {
            Written::Constant(_) | Written::Data => true,
            Written::Value(value, before, after) => Value::of(self.envelope, *value, before, after).is_some(),
            Written::Array(elements) => elements.iter().any(|element| self.at(element).has_value()),
            Written::Object(members) => {
                members.is_empty() || members.iter().any(|(_, member)| self.at(member).is_written())
            }
        }
    }

    /// Returns whether the part has a value. An element of an array is left out without one.
    fn has_value(&self) -> bool {
        match self.written {
            Written::Constant(_) => false,
            Written::Data => true,
            // Of the value alone, not of the text around it.
            Written::Value(value, ..) => {
                Value::of(self.envelope, *value, "", "").is_some_and(|value| !value.is_empty())
            }
            Written::Array(elements) => elements.iter().any(|element| self.at(element).has_value()),
            Written::Object(members) => members.iter().any(|(_, member)| self.at(member).has_value()),
        }
    }

    /// Returns whether a failure agrees with all constants of the sample of a success.
    fn is_like_success(&self) -> bool {
        let shape = C::shape();
        let is_null = |role| matches!(role, Role::Constant(Constant::Nothing));
        if shape.constants == 0 && !shape.nodes.iter().any(|node| is_null(node.role)) {
            return false; // Only the status tells them apart.
        }
        let mut agreeing = 0;
        !self.contradicts_null(0, &mut agreeing) && agreeing == shape.constants
    }

    /// Returns whether the part is something where a success is null. Counts the other constants
    /// that it agrees with.
    fn contradicts_null(&self, node: u16, agreeing: &mut u16) -> bool {
        match (role_at::<C>(node), self.written) {
            (Role::Constant(Constant::Nothing), _) => !self.is_nothing(),
            (Role::Constant(expected), _) => {
                *agreeing += u16::from(probe(self, true, |scalar| scalar.equals(expected)));
                false
            }
            (_, Written::Object(members)) => members.iter().any(|(key, member)| match C::child(node, key) {
                0 => false,
                child => self.at(member).contradicts_null(child, agreeing),
            }),
            _ => false,
        }
    }

    /// Returns whether a reader takes the part as null.
    fn is_nothing(&self) -> bool {
        match self.written {
            Written::Object(members) => members.iter().all(|(_, member)| self.at(member).is_nothing()),
            Written::Array(_) => !self.is_written(),
            _ => probe(self, true, is_nothing),
        }
    }

    // Maps, because MessagePack writes structs as arrays, and an envelope is read as a map.
    fn serialize_object<S: Serializer>(
        &self,
        members: &'static [(&'static str, Written)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let is_mixed = members.iter().any(|(key, _)| *key == REST);
        if let (true, Envelope::Success(success)) = (is_mixed, self.envelope) {
            return self.serialize_mixed(members, &success.data, success.request_id.as_deref(), serializer);
        }
        let written =
            || members.iter().map(|(key, member)| (key, self.at(member))).filter(|(_, part)| part.is_written());
        let mut map = serializer.serialize_map(Some(written().count()))?;
        for (key, part) in written() {
            map.serialize_entry(key, &part)?;
        }
        map.end()
    }

    /// Writes the members of the data among those of the sample. A request id follows the data,
    /// which may have it.
    fn serialize_mixed<S: Serializer>(
        &self,
        members: &'static [(&'static str, Written)],
        data: &T,
        request_id: Option<&str>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let human_readable = serializer.is_human_readable();
        let mut map = serializer.serialize_map(None)?;
        let mut data_id = DataId::Missing;
        let mut ids = members.iter().filter(|(_, member)| matches!(member, Written::Value(Writable::RequestId, ..)));
        for (key, member) in members {
            match member {
                Written::Value(Writable::RequestId, ..) => {}
                _ if *key == REST => {
                    let (data_id, role) = (&mut data_id, role::<C>);
                    data.serialize(FlattenSerializer { map: &mut map, data_id, role, human_readable })?;
                }
                member => map.serialize_entry(key, &self.at(member))?,
            }
        }
        if let Some((key, member)) = ids.next() {
            match (request_id.filter(|id| !id.is_empty()), data_id) {
                (_, DataId::Written) => {}
                // `{"RequestId": null}` is written as it was read.
                (None, DataId::Null) => map.serialize_entry(key, &())?,
                _ => map.serialize_entry(key, &self.at(member))?,
            }
        }
        map.end()
    }
}

impl<T: Serialize, C: Enveloped> Serialize for Sample<'_, T, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.written, self.envelope) {
            (Written::Constant(constant), _) => match constant {
                Constant::Nothing => serializer.serialize_unit(),
                Constant::Bool(value) => serializer.serialize_bool(*value),
                Constant::Number(digits) => serialize_number(digits, serializer),
                Constant::Str(text) => serializer.serialize_str(text),
            },
            (Written::Data, Envelope::Success(success)) => success.data.serialize(serializer),
            (Written::Data, Envelope::Failure(_)) => serializer.serialize_unit(),
            (Written::Value(value, before, after), envelope) => match Value::of(envelope, *value, before, after) {
                Some(value) => value.serialize(serializer),
                None => serializer.serialize_unit(),
            },
            (Written::Array(elements), _) => {
                let parts = elements.iter().map(|element| self.at(element)).filter(Self::has_value);
                serializer.collect_seq(parts)
            }
            (Written::Object(members), _) => self.serialize_object(members, serializer),
        }
    }
}

/// Returns what the sample of a success says about a member of the object that contains the data.
fn role<C: Enveloped>(key: &str) -> Role {
    match C::child(C::shape().data, key) {
        0 => Role::Unnamed,
        node => role_at::<C>(node),
    }
}

/// Returns what the sample of a success says about a node.
fn role_at<C: Enveloped>(node: u16) -> Role {
    C::shape().nodes.get(usize::from(node)).map_or(Role::Unnamed, |node| node.role)
}
