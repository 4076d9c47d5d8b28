//! A reading of responses that shares no code with the library: by the rules of envelopes, over
//! plain values.
//!
//! It prefers short rules to speed: each sample is laid over the whole body.
//!
//! Where the rules are silent, it decides:
//! - `{_}` alone also selects the element of a list that it is in. An element without other
//!   placeholders is described if its `{_}` has something.
//! - An element fits if any value of a duplicate fits, so that the order of members is irrelevant.
//! - A list in an element is optional: the outer element fits without it.
//! - `{code?}` of a body lets its sample decide, even if the code is then that of a header.
//! - null at the place of `"..."` is absent, and any other value there that is not an object is not
//!   data.
//! - Beside "any sample", which includes that of a success, all values are allowed.
//! - A body that is not JSON only has an id and a wait, also if a header makes it a failure.

#![allow(dead_code, reason = "each test file uses a part of this module")]

use std::collections::BTreeSet;
use std::time::Duration;

use serde::de::IgnoredAny;

use json::{Json, Value};
use sample::{Constant, Envelope, Sample, Slot, Template};

pub(crate) mod check;
pub(crate) mod generate;
pub(crate) mod json;
pub(crate) mod rules;
pub(crate) mod sample;
mod wait;

/// A response of a service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Response<'a> {
    /// `None` is a body on its own, which has no headers.
    pub(crate) status: Option<u16>,
    pub(crate) headers: &'a [(String, String)],
    pub(crate) body: &'a [u8],
}

/// The type of the data.
pub(crate) struct Target<'a> {
    /// The fields that it declares. Only these may receive the request id.
    pub(crate) fields: &'a [&'a str],
    /// Returns whether it can be read from JSON.
    pub(crate) fits: &'a dyn Fn(&str) -> bool,
}

/// What a response is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Success {
        /// The JSON from which the data are read. For `"..."`, the members in their order.
        data: String,
        request_id: Option<String>,
    },
    Failure {
        code: String,
        message: String,
        request_id: OneOf<String>,
        retry_after: OneOf<Duration>,
    },
    Malformed {
        reason: Reason,
        request_id: OneOf<String>,
        retry_after: OneOf<Duration>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reason {
    Empty,
    NotJson,
    Duplicate,
    UnpairedSurrogate,
    NoData,
    Misfit,
}

/// The values that the rules allow: more than one where they do not define an order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OneOf<T>(pub(crate) Vec<Option<T>>);

/// The values of one placeholder in the order of the sample.
#[derive(Clone, Debug)]
struct Choices<T> {
    first: Vec<T>,
    second: Vec<T>,
}

/// The values that a sample finds in a body, or that headers have.
#[derive(Clone, Debug, Default)]
struct Values {
    code: Choices<String>,
    message: Choices<String>,
    request_id: Choices<String>,
    retry_after: Choices<Duration>,
    /// Whether a `{_}` alone has something.
    has_any: bool,
    /// Whether a `{_}` alone has nothing, so that the sample yields nothing.
    lacks_any: bool,
}

/// Reads a response by the rules of its envelope.
pub(crate) fn read(envelope: &Envelope, response: &Response<'_>, target: &Target<'_>) -> Outcome {
    let headers = Values::of_headers(envelope, response.headers);
    let text = str::from_utf8(response.body).ok().filter(|body| serde_json::from_str::<IgnoredAny>(body).is_ok());
    let Some(body) = text else { return read_invalid(envelope, response, target, &headers) };
    let body = Json::read(body).expect("both readers accept the same JSON");
    let samples = envelope.samples();
    let failures: Vec<_> = envelope.failure.iter().map(|sample| Values::of(sample, &body, &samples)).collect();
    let body_has_code = failures.iter().any(|values| !values.code.is_empty());
    let mut found = lay_all(&samples, &body).to_vec();
    // What an element with a duplicate describes may depend on the order of its members.
    if has_duplicates(&body, &samples) {
        found.extend(lay_all(&samples, &body.without_elements()));
    }
    let malformed = |reason| malformed(reason, &found, &headers);

    let is_ok = has_ok_status(response);
    let holds = envelope.success.as_ref().is_none_or(|success| constants_hold(success, Some(&body), &samples));
    let is_failure_by_code = envelope.success.is_none() && response.status.is_none() && body_has_code;
    // Without a status, a code anywhere matters, so no member that may have one can occur twice.
    if envelope.success.is_none() && response.status.is_none() && has_duplicates(&body, &samples) {
        return malformed(Reason::Duplicate);
    }
    let data = find_data(envelope.success.as_ref(), &body, target);
    if let Some(data) = data.filter(|_| is_ok && holds && !is_failure_by_code) {
        let Some(success) = &envelope.success else {
            return finish(data, &Values::default(), &headers, target, &malformed);
        };
        // What only failures name is not read beside data.
        let is_absent = data == "null" && !has_data(success, &body);
        if success_has_duplicates(success, &body, &samples) || is_absent && has_duplicates(&body, &samples) {
            return malformed(Reason::Duplicate);
        }
        if reads_unpaired_surrogate(success, &body, &headers) {
            return malformed(Reason::UnpairedSurrogate);
        }
        return finish(data, &Values::of(success, &body, &samples), &headers, target, &malformed);
    }
    if has_duplicates(&body, &samples) {
        return malformed(Reason::Duplicate);
    }
    if is_ok && holds && !body_has_code && headers.code.is_empty() {
        return malformed(Reason::NoData);
    }
    let decides = |has: fn(&Values) -> bool| failures.iter().find(|values| has(values));
    let deciding = decides(|values| !values.code.is_empty()).or_else(|| decides(|values| !values.message.is_empty()));
    let none = Values::default();
    let text = deciding.unwrap_or(&none);
    let (request_id, retry_after) = match deciding {
        Some(values) => (
            OneOf(vec![values.request_id.pick(&headers.request_id)]),
            OneOf(vec![values.retry_after.pick(&headers.retry_after)]),
        ),
        None => any_of(&lay_all(&samples, &body)[..1], &headers),
    };
    Outcome::Failure {
        code: text.code.pick(&headers.code).unwrap_or_default(),
        message: text.message.pick(&headers.message).unwrap_or_default(),
        request_id,
        retry_after,
    }
}

/// Reads a body that is empty or not JSON.
fn read_invalid(envelope: &Envelope, response: &Response<'_>, target: &Target<'_>, headers: &Values) -> Outcome {
    let is_empty = response.body.iter().all(|byte| b" \t\r\n".contains(byte));
    let is_null = envelope.success.is_none() || response.status == Some(204);
    if is_empty && has_ok_status(response) && response.status.is_some() && is_null {
        let malformed = |_| malformed(Reason::Empty, &[Vec::new()], headers);
        return finish("null".to_owned(), &Values::default(), headers, target, &malformed);
    }
    let valid = match str::from_utf8(response.body) {
        Ok(body) => body,
        Err(error) => str::from_utf8(&response.body[..error.valid_up_to()]).unwrap_or_default(),
    };
    // Whether a value counts may depend on what is missing: on more digits, on the rest of an
    // element, or on another member.
    let samples = envelope.samples();
    let mut found = Vec::new();
    for keeps_last_number in [false, true] {
        if let Some(body) = Json::read_prefix(valid, keeps_last_number) {
            found.extend(lay_all(&samples, &body));
            found.extend(lay_all(&samples, &body.without_elements()));
        }
    }
    if found.is_empty() {
        found.push(Vec::new());
    }
    let reason = if is_empty { Reason::Empty } else { Reason::NotJson };
    match headers.code.pick(&Choices::default()) {
        Some(code) => {
            let message = headers.message.pick(&Choices::default()).unwrap_or_default();
            let (request_id, _) = any_of(&found, headers);
            let retry_after = OneOf(vec![headers.retry_after.pick(&Choices::default())]);
            Outcome::Failure { code, message, request_id, retry_after }
        }
        None => malformed(reason, &found, headers),
    }
}

/// Reads the data of a success.
fn finish(
    data: String,
    values: &Values,
    headers: &Values,
    target: &Target<'_>,
    malformed: &dyn Fn(Reason) -> Outcome,
) -> Outcome {
    if (target.fits)(&data) {
        Outcome::Success { data, request_id: values.request_id.pick(&headers.request_id) }
    } else {
        malformed(Reason::Misfit)
    }
}

fn malformed(reason: Reason, found: &[Vec<Values>], headers: &Values) -> Outcome {
    let (request_id, _) = any_of(found, headers);
    // A body that was not understood asks for no wait.
    let retry_after = OneOf(vec![headers.retry_after.pick(&Choices::default())]);
    Outcome::Malformed { reason, request_id, retry_after }
}

/// Returns the id and the wait where they may come from any sample, in each of several readings.
fn any_of(readings: &[Vec<Values>], headers: &Values) -> (OneOf<String>, OneOf<Duration>) {
    let ids = readings.iter().flat_map(|found| OneOf::any(found.iter().map(|f| &f.request_id), &headers.request_id).0);
    let waits =
        readings.iter().flat_map(|found| OneOf::any(found.iter().map(|f| &f.retry_after), &headers.retry_after).0);
    (OneOf::new(ids), OneOf::new(waits))
}

/// Lays all samples over a body, with and without regard to `{_}`.
fn lay_all(samples: &[&Sample], body: &Json<'_>) -> [Vec<Values>; 2] {
    let lay = |values: fn(&Sample, &Json<'_>, &[&Sample]) -> Values| {
        samples.iter().map(|sample| values(sample, body, samples)).collect()
    };
    [lay(Values::of), lay(Values::of_all)]
}

fn has_ok_status(response: &Response<'_>) -> bool {
    response.status.is_none_or(|status| (200..300).contains(&status))
}

/// Returns the samples of a member of the places.
fn child<'s>(places: &[&'s Sample], key: &str) -> Vec<&'s Sample> {
    let members = places.iter().flat_map(|place| place.members());
    members.filter(|(name, _)| *name == key).map(|(_, sample)| sample).collect()
}

/// Returns the samples of the elements of the places.
fn elements<'s>(places: &[&'s Sample]) -> Vec<&'s Sample> {
    places.iter().flat_map(|place| place.elements()).collect()
}

/// Returns whether null in a sample accepts a value.
fn is_nothing(value: Option<&Json<'_>>, places: &[&Sample]) -> bool {
    let Some(json) = value else { return true };
    match &json.value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number => !json.raw.split(['e', 'E']).next().unwrap().contains(|c| ('1'..='9').contains(&c)),
        Value::Text { text, .. } => text.is_empty() || text == "0",
        Value::List(elements) => elements.is_empty(),
        Value::Object(members) => members.iter().all(|member| {
            let places = child(places, &member.key);
            !places.is_empty() && is_nothing(Some(&member.value), &places)
        }),
    }
}

/// Returns whether the constants are there and equal: those of a success, or of an element.
fn constants_hold(sample: &Sample, value: Option<&Json<'_>>, places: &[&Sample]) -> bool {
    match sample {
        Sample::Null => is_nothing(value, places),
        Sample::Constant(constant) => value.is_some_and(|value| is_equal(constant, value)),
        // Any value of a duplicate, so that the order of members does not matter.
        Sample::Object(_) => sample.members().all(|(key, sample)| {
            let places = child(places, key);
            let mut values = value.into_iter().flat_map(|value| value.all(key)).peekable();
            match values.peek() {
                Some(_) => values.any(|value| constants_hold(sample, Some(value), &places)),
                None => constants_hold(sample, None, &places),
            }
        }),
        // Elements of a list in an element are chosen on their own.
        Sample::Template(_) | Sample::List(_) => true,
    }
}

fn is_equal(constant: &Constant, json: &Json<'_>) -> bool {
    match constant {
        Constant::Bool(constant) => matches!(json.value, Value::Bool(value) if value == *constant),
        Constant::Integer(digits) => json.integer() == Some(digits),
        Constant::Float(float) => {
            let is_float = json.number().is_some_and(|number| number == "-0" || number.contains(['.', 'e', 'E']));
            is_float && json.raw.parse() == Ok(*float)
        }
        Constant::Text(constant) => json.text() == Some(constant),
    }
}

fn has_constant(sample: &Sample) -> bool {
    matches!(sample, Sample::Constant(_)) || sample.members().any(|(_, sample)| has_constant(sample))
}

/// Returns the JSON from which the data are read, if it is there.
fn find_data(success: Option<&Sample>, body: &Json<'_>, target: &Target<'_>) -> Option<String> {
    let Some(success) = success else { return Some(body.raw.to_owned()) };
    let null = || has_constant(success).then(|| "null".to_owned());
    let (place, value) = place_of_data(success, Some(body)).expect("a success has data");
    match value {
        None => null(),
        Some(value) if place.is_data() => Some(value.raw.to_owned()),
        Some(value) => match &value.value {
            Value::Object(_) => Some(rest(place, value, target)),
            Value::Null => null(),
            _ => None,
        },
    }
}

/// Returns whether a body has the data, as an object where members of the sample are beside it.
fn has_data(success: &Sample, body: &Json<'_>) -> bool {
    let (place, value) = place_of_data(success, Some(body)).expect("a success has data");
    value.is_some_and(|value| place.is_data() || matches!(value.value, Value::Object(_)))
}

fn place_of_data<'s, 'j>(
    sample: &'s Sample,
    value: Option<&'j Json<'j>>,
) -> Option<(&'s Sample, Option<&'j Json<'j>>)> {
    if sample.is_data() || sample.has_rest() {
        return Some((sample, value));
    }
    sample.members().find_map(|(key, sample)| place_of_data(sample, value.and_then(|value| value.get(key))))
}

/// Returns the members that the data receive.
fn rest(place: &Sample, value: &Json<'_>, target: &Target<'_>) -> String {
    let members = value.members().iter().filter(|member| {
        match child(&[place], &member.key).first() {
            None | Some(Sample::Constant(_)) => true,
            Some(Sample::Null | Sample::Object(_) | Sample::List(_)) => false,
            // A request id.
            Some(Sample::Template(_)) => target.fields.contains(&member.key.as_str()),
        }
    });
    let members: Vec<_> = members.map(|member| format!("{}:{}", member.raw_key, member.value.raw)).collect();
    format!("{{{}}}", members.join(","))
}

/// Returns whether the request id of a success has an unpaired surrogate, which is not a `str`.
///
/// Places after the one that has the id do not matter.
fn reads_unpaired_surrogate(success: &Sample, body: &Json<'_>, headers: &Values) -> bool {
    let mut places = Vec::new();
    list_ids(success, body, &mut places);
    for (is_second, in_headers) in [(false, &headers.request_id.first), (true, &headers.request_id.second)] {
        for (template, json, _) in places.iter().filter(|(.., is_second_choice)| *is_second_choice == is_second) {
            if matches!(json.value, Value::Text { has_unpaired_surrogate: true, .. }) {
                return true;
            }
            let mut values = Values::default();
            values.capture(template, json);
            if !values.is_empty() {
                return false;
            }
        }
        if !in_headers.is_empty() {
            return false;
        }
    }
    false
}

/// Lists the values at the request ids of a success, and whether they are second choices.
fn list_ids<'v>(sample: &'v Sample, json: &'v Json<'v>, places: &mut Vec<(&'v Template, &'v Json<'v>, bool)>) {
    if let Sample::Template(template) = sample {
        places.extend(template.slots().map(|(_, _, is_second_choice)| (template, json, is_second_choice)));
    }
    for (key, sample) in sample.members() {
        json.all(key).for_each(|json| list_ids(sample, json, places));
    }
}

/// Returns whether a member that any sample names occurs twice.
fn has_duplicates(json: &Json<'_>, places: &[&Sample]) -> bool {
    let names = || places.iter().flat_map(|place| place.members()).map(|(key, _)| key);
    names().any(|key| json.all(key).count() > 1)
        || names().any(|key| json.all(key).any(|json| has_duplicates(json, &child(places, key))))
        || elements(places).iter().any(|element| {
            // The elements after the described one are not read.
            let end =
                json.elements().iter().position(|json| describes(element, json)).map_or(usize::MAX, |end| end + 1);
            json.elements().iter().take(end).any(|json| has_duplicates(json, &[element]))
        })
}

/// Returns whether a member occurs twice in a success: one that its sample names, or one below,
/// outside of the path to the data.
fn success_has_duplicates(success: &Sample, json: &Json<'_>, places: &[&Sample]) -> bool {
    success.members().any(|(key, sample)| {
        let has_inner = |json| match sample {
            Sample::Template(_) => false,
            sample if place_of_data(sample, None).is_some() => {
                success_has_duplicates(sample, json, &child(places, key))
            }
            _ => has_duplicates(json, &child(places, key)),
        };
        json.all(key).count() > 1 || json.all(key).any(has_inner)
    })
}

/// Returns whether an element of a sample describes an element of a body's list.
fn describes(element: &Sample, json: &Json<'_>) -> bool {
    let mut values = Values::default();
    values.collect(element, Some(json), &[element]);
    let has_value = if element.slots().is_empty() { values.has_any } else { !values.is_empty() };
    constants_hold(element, Some(json), &[element]) && has_value && !values.lacks_any
}

impl Values {
    /// Lays a sample over a body. A sample whose `{_}` has nothing yields nothing.
    fn of(sample: &Sample, body: &Json<'_>, places: &[&Sample]) -> Self {
        let values = Self::of_all(sample, body, places);
        if values.lacks_any { Self::default() } else { values }
    }

    fn of_all(sample: &Sample, body: &Json<'_>, places: &[&Sample]) -> Self {
        let mut values = Self::default();
        values.collect(sample, Some(body), places);
        values
    }

    fn of_headers(envelope: &Envelope, headers: &[(String, String)]) -> Self {
        let header =
            |name: &str| headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        let now = header("date").map(String::as_str);
        let mut values = Self::default();
        for (name, template) in &envelope.headers {
            if let Some(value) = header(name) {
                for (index, slot, is_second_choice) in template.slots() {
                    let text = template.strip(index, value);
                    let date = if slot == Slot::RetryAfter { wait::until(text, now) } else { None };
                    values.retry_after.add(date, is_second_choice);
                    values.add(slot, is_second_choice, text);
                }
            }
        }
        values
    }

    fn collect(&mut self, sample: &Sample, value: Option<&Json<'_>>, places: &[&Sample]) {
        match sample {
            Sample::Null | Sample::Constant(_) => {}
            Sample::Template(_) if sample.is_any() => {
                let is_nothing = is_nothing(value, places);
                self.has_any |= !is_nothing;
                self.lacks_any |= is_nothing;
            }
            Sample::Template(template) => {
                if let Some(value) = value {
                    self.capture(template, value);
                }
            }
            Sample::Object(_) => {
                for (key, sample) in sample.members() {
                    let places = child(places, key);
                    let mut values = value.into_iter().flat_map(|value| value.all(key));
                    self.collect(sample, values.next(), &places);
                    values.for_each(|value| self.collect(sample, Some(value), &places));
                }
            }
            Sample::List(samples) => {
                for sample in samples {
                    let mut elements = value.into_iter().flat_map(Json::elements);
                    self.collect(sample, elements.find(|json| describes(sample, json)), &[sample]);
                }
            }
        }
    }

    fn capture(&mut self, template: &Template, json: &Json<'_>) {
        for (index, slot, is_second_choice) in template.slots() {
            let text = json.text().or_else(|| match slot {
                Slot::Code | Slot::RequestId => json.integer(),
                Slot::RetryAfter | Slot::RetryAfterMs => json.number(),
                Slot::Message => None,
            });
            if let Some(text) = text {
                self.add(slot, is_second_choice, template.strip(index, text));
            }
        }
    }

    fn add(&mut self, slot: Slot, is_second_choice: bool, text: &str) {
        let value = (!text.is_empty()).then(|| text.to_owned());
        match slot {
            Slot::Code => self.code.add(value, is_second_choice),
            Slot::Message => self.message.add(value, is_second_choice),
            Slot::RequestId => self.request_id.add(value, is_second_choice),
            Slot::RetryAfter => self.retry_after.add(wait::seconds(text), is_second_choice),
            Slot::RetryAfterMs => self.retry_after.add(wait::milliseconds(text), is_second_choice),
        }
    }

    fn is_empty(&self) -> bool {
        let texts = [&self.code, &self.message, &self.request_id];
        texts.iter().all(|choices| choices.is_empty()) && self.retry_after.is_empty()
    }
}

impl<T> Default for Choices<T> {
    fn default() -> Self {
        Self { first: Vec::new(), second: Vec::new() }
    }
}

impl<T: Clone + Ord> Choices<T> {
    fn add(&mut self, value: Option<T>, is_second_choice: bool) {
        if is_second_choice { self.second.extend(value) } else { self.first.extend(value) }
    }

    fn is_empty(&self) -> bool {
        self.first.is_empty() && self.second.is_empty()
    }

    /// Returns the value that goes first, given the values of headers.
    fn pick(&self, headers: &Self) -> Option<T> {
        let mut values = self.first.iter().chain(&headers.first).chain(&self.second).chain(&headers.second);
        values.next().cloned()
    }
}

impl<T: Clone + Ord> OneOf<T> {
    fn new(values: impl Iterator<Item = Option<T>>) -> Self {
        Self(values.collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// Allows each value of any sample, but no second choice where there is a first.
    fn any<'a>(found: impl Iterator<Item = &'a Choices<T>>, headers: &Choices<T>) -> Self
    where
        T: 'a,
    {
        let mut merged = Choices::default();
        for choices in found {
            merged.first.extend(choices.first.iter().cloned());
            merged.second.extend(choices.second.iter().cloned());
        }
        let levels = [merged.first, headers.first.clone(), merged.second, headers.second.clone()];
        let values = levels.into_iter().find(|level| !level.is_empty());
        Self(values.map_or_else(|| vec![None], |values| values.into_iter().map(Some).collect()))
    }
}
