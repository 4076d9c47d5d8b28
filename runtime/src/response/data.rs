//! The data of a success, which is read in place: `T` receives it while the rest of the body goes
//! on the tape.

mod fields;
mod key;
mod received;
mod stop;

use alloc::borrow::Cow;
use core::fmt;
use core::marker::PhantomData;

use serde_core::de::value::UnitDeserializer;
use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::de::StrRead;
use serde_json::value::RawValue;

use self::fields::declares;
use self::received::DataDeserializer;
use self::stop::Stop;
use crate::enveloped::Enveloped;
use crate::response::in_place::{InPlace, UNUSUAL};
use crate::response::key_seed::KeySeed;
use crate::response::reading::{Mode, Reading};

/// The error of a pass, and how much of the text it consumed.
pub(super) struct Rejection {
    pub(super) error: serde_json::Error,
    pub(super) consumed: usize,
}

/// Reads the data in a text again, and returns the error of `T`.
pub(super) type Attempt<'de> = fn(&'de str) -> Option<Rejection>;

/// Reads a body in one pass. Returns `None` if there is no data, or if a constant is contradicted.
///
/// # Errors
///
/// The text is not valid JSON, the data is not a `T`, or the body has no object on the path to it.
pub(super) fn read_data<'de, T: Deserialize<'de>, C: Enveloped>(
    text: &'de str,
    reading: &mut Reading<'de>,
) -> Result<Option<T>, Rejection> {
    let mut data = None;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = DataSeed { node: 0, reading, data: &mut data, code: PhantomData::<C> }.deserialize(&mut deserializer);
    match read.and_then(|()| deserializer.end()) {
        Ok(()) => Ok(data),
        Err(error) => Err(rejection_of(error, deserializer)),
    }
}

/// Reads a body that is the data.
///
/// # Errors
///
/// The text is not valid JSON, or not a `T`.
pub(super) fn read_whole<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Rejection> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = T::deserialize(&mut deserializer).and_then(|data| deserializer.end().map(|()| data));
    read.map_err(|error| rejection_of(error, deserializer))
}

/// Reads null as the data. Compiles less of `T` than JSON would.
pub(super) fn read_null<'de, T: Deserialize<'de>>() -> serde_json::Result<T> {
    T::deserialize(UnitDeserializer::new())
}

#[cold]
fn rejection_of(error: serde_json::Error, deserializer: serde_json::Deserializer<StrRead<'_>>) -> Rejection {
    Rejection { error, consumed: deserializer.into_iter::<IgnoredAny>().byte_offset() }
}

/// A seed for a node on the path to the data.
struct DataSeed<'a, 'de, T, C> {
    node: u16,
    reading: &'a mut Reading<'de>,
    data: &'a mut Option<T>,
    /// The enum, whose shape is a constant: only one of the two ways to read `T` is compiled.
    code: PhantomData<C>,
}

impl<'de, T: Deserialize<'de>, C: Enveloped> DeserializeSeed<'de> for DataSeed<'_, 'de, T, C> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if !C::shape().is_mixed && self.node == C::shape().data {
            // Marks the data as read, so that a duplicate is found.
            self.reading.tape.push(self.node, "");
            self.reading.is_partial = true;
            *self.data = Some(T::deserialize(deserializer)?);
            return Ok(());
        }
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>, C: Enveloped> Visitor<'de> for DataSeed<'_, 'de, T, C> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let Self { node, reading, data, code } = self;
        // Marks the object as read. No sample needs its text.
        reading.tape.push(node, "{");
        let mut members = Members::new(map, node, reading);
        if C::shape().is_mixed && node == C::shape().data {
            match T::deserialize(DataDeserializer {
                members: &mut members,
                declares: declares::<T>,
                receives_constants: true,
            }) {
                Ok(read) => {
                    members.finish()?;
                    *data = Some(read);
                }
                Err(Stop::Contradicted) => {}
                Err(Stop::Failed(error)) => return Err(error),
            }
            return Ok(());
        }
        while let Some(child) = members.next_skipped_key()? {
            // Once a constant is contradicted, the data is only a value of a failure.
            if child != node + 1 || members.reading.is_contradicted {
                members.skip_value(child)?;
            } else if members.reading.tape.find_from(0, child).is_some() {
                return Err(A::Error::custom(UNUSUAL));
            } else {
                let seed = DataSeed { node: child, reading: &mut *members.reading, data: &mut *data, code };
                members.map.next_value_seed(seed)?;
            }
        }
        Ok(())
    }
}

/// The members of an object on the path to the data.
struct Members<'a, 'de, A> {
    map: A,
    node: u16,
    reading: &'a mut Reading<'de>,
    state: State<'de>,
    /// The first key for `T`, if it was read to find out whether there is one.
    first_key: Option<Cow<'de, str>>,
}

/// The next part of the object that contains the data.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State<'de> {
    /// A key. `T` has not asked for one.
    Start,
    Key,
    Value,
    /// A value that a sample names and `T` receives.
    Recorded(&'de str),
    End,
    /// Unknown: reading a key or a value failed.
    Poisoned,
}

impl<'a, 'de, A: MapAccess<'de>> Members<'a, 'de, A> {
    fn new(map: A, node: u16, reading: &'a mut Reading<'de>) -> Self {
        Self { map, node, reading, state: State::Start, first_key: None }
    }

    /// Reads a key, and looks up its node.
    #[inline]
    fn next_key(&mut self, is_lenient: bool) -> Result<Option<(Cow<'de, str>, u16)>, A::Error> {
        let key = self.map.next_key_seed(KeySeed { is_lenient }).inspect_err(|_| self.reading.must_scan())?;
        Ok(key.map(|key| {
            let child = (self.reading.tape.samples.child)(self.node, &key);
            (key, child)
        }))
    }

    /// Reads a key that `T` does not receive. Its text need not be valid if the body is scanned.
    fn next_skipped_key(&mut self) -> Result<Option<u16>, A::Error> {
        let is_lenient = self.reading.mode == Mode::Scan;
        Ok(self.next_key(is_lenient)?.map(|(_, child)| child))
    }

    /// Reads a value without `T`, and records it if a sample names it.
    fn skip_value(&mut self, child: u16) -> Result<(), A::Error> {
        if child == 0 {
            return self.map.next_value::<IgnoredAny>().map(drop);
        }
        if !self.reading.records_in_place(child) {
            return self.record_text(child).map(drop);
        }
        let start = self.reading.tape.len();
        if self.reading.tape.find_from(0, child).is_some() {
            return Err(A::Error::custom(UNUSUAL));
        }
        let read = self.map.next_value_seed(InPlace { tape: &mut self.reading.tape, node: child });
        read.inspect_err(|_| self.reading.must_scan())?;
        self.reading.compare_from(start);
        Ok(())
    }

    /// Reads and records a value. Returns its text.
    fn record_text(&mut self, child: u16) -> Result<&'de str, A::Error> {
        let value = self.map.next_value::<&RawValue>()?.get();
        self.reading.record(child, value).map_err(|_| A::Error::custom(UNUSUAL))?;
        Ok(value)
    }

    /// Reads the members that `T` left.
    fn finish(&mut self) -> Result<(), A::Error> {
        self.first_key = None;
        match core::mem::replace(&mut self.state, State::Poisoned) {
            State::Poisoned => return Err(A::Error::custom("the data type ignored an error inside a value")),
            State::Value => drop(self.map.next_value::<IgnoredAny>()?),
            State::Start | State::Key | State::Recorded(_) | State::End => {}
        }
        while let Some(child) = self.next_skipped_key()? {
            self.skip_value(child)?;
        }
        self.state = State::End;
        Ok(())
    }
}
