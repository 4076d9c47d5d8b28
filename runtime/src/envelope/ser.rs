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
mod number;
mod part;
mod probe;
mod value;

use alloc::vec::Vec;

use errtable_spec::__private::{Constant, Role, Written};
use serde_core::ser::{Error, Serialize, Serializer};

use self::part::{Part, role_at};
use self::probe::{is_nothing, probe};
use crate::envelope::Envelope;
use crate::enveloped::Enveloped;

/// Writes the sample of the table; see [`Envelope`].
impl<T: Serialize, C: Enveloped> Serialize for Envelope<T, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shape = C::shape();
        let sample = match self {
            Self::Success(_) => &shape.success,
            Self::Failure(_) => &shape.failure,
        };
        let body = Part::resolve(sample, self).unwrap_or_else(|| match sample {
            Written::Array(_) => Part::Array(Vec::new()),
            _ => Part::Object(Vec::new()),
        });
        let is_failure = matches!(self, Self::Failure(_));
        if is_failure && may_contradict_null::<C>(sample, 0) && is_like_success::<T, C>(&body) {
            return Err(S::Error::custom("this failure would be read as a success"));
        }
        body.serialize(serializer)
    }
}

/// Returns whether a failure has a value where a success is null. If not, a constant contradicts
/// the sample of a success, or only the status tells the responses apart.
fn may_contradict_null<C: Enveloped>(failure: &Written, node: u16) -> bool {
    match (role_at::<C>(node), failure) {
        (Role::Constant(Constant::Nothing), _) => has_placeholder(failure),
        (_, Written::Object(members)) => members.iter().any(|(key, member)| match C::child(node, key) {
            0 => false,
            child => may_contradict_null::<C>(member, child),
        }),
        _ => false,
    }
}

fn has_placeholder(sample: &Written) -> bool {
    match sample {
        Written::Constant(_) => false,
        Written::Data | Written::Rest | Written::Value(..) => true,
        Written::Array(elements) => elements.iter().any(has_placeholder),
        Written::Object(members) => members.iter().any(|(_, member)| has_placeholder(member)),
    }
}

/// Returns whether the body of a failure agrees with all constants of the sample of a success.
fn is_like_success<T: Serialize, C: Enveloped>(failure: &Part<'_, T>) -> bool {
    let mut agreeing = 0;
    !contradicts_null::<T, C>(failure, 0, &mut agreeing) && agreeing == C::shape().constants
}

/// Returns whether a part is something where a success is null. Counts the other constants that it
/// agrees with.
fn contradicts_null<T: Serialize, C: Enveloped>(part: &Part<'_, T>, node: u16, agreeing: &mut u16) -> bool {
    match (role_at::<C>(node), part) {
        (Role::Constant(Constant::Nothing), _) => !reads_as_null(part),
        (Role::Constant(expected), _) => {
            *agreeing += u16::from(probe(part, true, |scalar| scalar.equals(expected)));
            false
        }
        (_, Part::Object(members)) => members.iter().any(|(key, member)| match C::child(node, key) {
            0 => false,
            child => contradicts_null::<T, C>(member, child, agreeing),
        }),
        _ => false,
    }
}

/// Returns whether a reader takes a part as null.
fn reads_as_null<T: Serialize>(part: &Part<'_, T>) -> bool {
    match part {
        Part::Object(members) => members.iter().all(|(_, member)| reads_as_null(member)),
        Part::Value { value, before: "", after: "" } if value.is_empty_container() => true,
        part => probe(part, true, is_nothing),
    }
}
