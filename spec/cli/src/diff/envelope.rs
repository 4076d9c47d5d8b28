//! Compares the envelopes of two tables.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use errtable_spec::{Envelope, Part, Placeholder, REST, Sample};

use crate::diff::change::{Change, Effect, Rule};

/// Compares the envelopes of two tables, each of which may have none.
pub(super) fn compare_envelopes(old: Option<&Envelope>, new: Option<&Envelope>) -> Option<Change> {
    let change = |rule| Change::new(rule, None, None);
    match (old, new) {
        (Some(_), None) => Some(
            change(Rule::EnvelopeRemoved).explained(["a program that reads responses no longer compiles".to_owned()]),
        ),
        (None, Some(_)) => Some(change(Rule::EnvelopeAdded).explained(["responses can be read".to_owned()])),
        (Some(old), Some(new)) if old != new => {
            Some(change(Rule::EnvelopeChanged).with([Effect::EnvelopeChanged]).explained(differences(old, new)))
        }
        _ => None,
    }
}

/// What a sample reads or requires at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Code,
    Message,
    RequestId,
    SuccessId,
    Wait,
    Data,
    /// A constant of a success.
    Success,
    /// `{_}` in a failure.
    Failure,
    /// A constant or `{_}` in an element of a list.
    Element,
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Message => "message",
            Self::RequestId => "request id",
            Self::SuccessId => "request id of a success",
            Self::Wait => "wait",
            Self::Data => "data",
            Self::Success => "a success",
            Self::Failure => "a sample of a failure",
            Self::Element => "an element of a list",
        }
    }

    fn is_requirement(self) -> bool {
        matches!(self, Self::Success | Self::Failure | Self::Element)
    }
}

type Fact = (Subject, String);

/// Describes what is read in another way, or else that something is written in another way.
fn differences(old: &Envelope, new: &Envelope) -> Vec<String> {
    let (mut old, mut new) = (facts(old), facts(new));
    let set = |samples: &[Vec<Fact>]| samples.iter().flatten().cloned().collect::<BTreeSet<_>>();
    let (old_set, new_set) = (set(&old), set(&new));
    let subjects: BTreeSet<_> = old_set.symmetric_difference(&new_set).map(|(subject, _)| *subject).collect();
    let mut differences: Vec<_> = subjects.into_iter().flat_map(|subject| moved(subject, &old_set, &new_set)).collect();
    // What both read may be read in another order.
    for sample in old.iter_mut().chain(&mut new) {
        sample.retain(|fact| old_set.contains(fact) && new_set.contains(fact));
    }
    differences.extend(order(old, new).map(str::to_owned));
    if differences.is_empty() {
        differences.push("other members of failures differ".to_owned());
    }
    differences
}

/// Describes how the samples of failures differ, or the order in which values are tried. Both have
/// the same facts.
fn order(mut old: Vec<Vec<Fact>>, mut new: Vec<Vec<Fact>>) -> Option<&'static str> {
    match new.len().cmp(&old.len()) {
        Ordering::Greater => return Some("more samples of failures are tried"),
        Ordering::Less => return Some("fewer samples of failures are tried"),
        Ordering::Equal if old == new => return None,
        Ordering::Equal => {}
    }
    old.sort();
    new.sort();
    Some(if old == new {
        "samples of failures are tried in another order"
    } else {
        "values of a response are tried in another order"
    })
}

/// Describes where a value is read, or what is required, if that has changed.
fn moved(subject: Subject, old: &BTreeSet<Fact>, new: &BTreeSet<Fact>) -> Vec<String> {
    let of_subject = |(other, place): &Fact| (*other == subject).then(|| place.clone());
    let list = |this: &BTreeSet<Fact>, other: &BTreeSet<Fact>| {
        this.difference(other).filter_map(of_subject).collect::<Vec<_>>().join(" and ")
    };
    let (removed, added, name) = (list(old, new), list(new, old), subject.name());
    let is_new = !old.iter().any(|(other, _)| *other == subject);
    match (removed.is_empty(), added.is_empty()) {
        _ if subject.is_requirement() => {
            let parts = [(added, "requires"), (removed, "no longer requires")].into_iter();
            let parts = parts.filter(|(places, _)| !places.is_empty());
            parts.map(|(places, verb)| format!("{name} {verb} {places}")).collect()
        }
        (false, false) => vec![format!("{name} read from {added} instead of {removed}")],
        (true, false) if is_new => vec![format!("{name} read from {added}")],
        (true, false) => vec![format!("{name} also read from {added}")],
        (_, true) => vec![format!("{name} no longer read from {removed}")],
    }
}

/// Returns what the success, the headers and each sample of a failure read and require, in order.
fn facts(envelope: &Envelope) -> Vec<Vec<Fact>> {
    let mut headers = Facts::default();
    for header in &envelope.headers {
        headers.text(&header.text, &format!("header `{}`", header.name), Subject::Failure);
    }
    let of = |sample, scope| {
        let mut facts = Facts::default();
        facts.sample(sample, "", scope);
        facts.0
    };
    let failures = envelope.failures.iter().map(|failure| of(failure, Subject::Failure));
    [of(&envelope.success, Subject::Success), headers.0].into_iter().chain(failures).collect()
}

/// What one sample reads and requires. `scope` is what has a requirement.
#[derive(Default)]
struct Facts(Vec<Fact>);

impl Facts {
    /// Adds what a value reads and requires.
    fn sample(&mut self, sample: &Sample, path: &str, scope: Subject) {
        let place = if path.is_empty() { "the whole body".to_owned() } else { format!("`{path}`") };
        match sample {
            Sample::Object(members) => members.iter().for_each(|(key, member)| self.member(key, member, path, scope)),
            Sample::Array(elements) => {
                let path = format!("{path}[]");
                for element in elements {
                    self.sample(element, &path, Subject::Element);
                }
            }
            Sample::Text(parts) if is_read(parts) => self.text(parts, &place, scope),
            // Other constants of a failure are only written.
            value if scope != Subject::Failure || is_any(value) => {
                self.0.push((scope, format!("{place}: `{}`", quotable(&value.to_string()))));
            }
            Sample::Null | Sample::Bool(_) | Sample::Number(_) | Sample::Text(_) => {}
        }
    }

    fn member(&mut self, key: &str, member: &Sample, path: &str, scope: Subject) {
        match (key, path) {
            (REST, "") => self.0.push((Subject::Data, "the object".to_owned())),
            (REST, path) => self.0.push((Subject::Data, format!("the object `{path}`"))),
            (key, "") => self.sample(member, &step(key), scope),
            (key, path) => self.sample(member, &format!("{path}.{}", step(key)), scope),
        }
    }

    /// Adds the value of a text, of which there is at most one, with the text around it.
    fn text(&mut self, parts: &[Part], place: &str, scope: Subject) {
        let text = quotable(&parts.iter().map(Part::to_string).collect::<String>());
        // `{retry_after_ms}` has another unit than `{retry_after}`.
        let is_plain =
            matches!(parts, [Part::Placeholder(placeholder, false)] if *placeholder != Placeholder::RetryAfterMs);
        let place = if is_plain { place.to_owned() } else { format!("{place} as `{text}`") };
        let subject = parts.iter().find_map(|part| read_subject(part, scope));
        self.0.extend(subject.map(|subject| (subject, place)));
    }
}

/// Returns what a part of a text reads.
fn read_subject(part: &Part, scope: Subject) -> Option<Subject> {
    let Part::Placeholder(placeholder, _) = part else { return None };
    match placeholder {
        Placeholder::Code => Some(Subject::Code),
        Placeholder::Message => Some(Subject::Message),
        Placeholder::RequestId if scope == Subject::Success => Some(Subject::SuccessId),
        Placeholder::RequestId => Some(Subject::RequestId),
        Placeholder::RetryAfter | Placeholder::RetryAfterMs => Some(Subject::Wait),
        Placeholder::Data => Some(Subject::Data),
        Placeholder::Any
        | Placeholder::Meaning
        | Placeholder::Status
        | Placeholder::Details
        | Placeholder::Column(_) => None,
    }
}

/// Returns whether a text has a placeholder other than `{_}` alone.
fn is_read(parts: &[Part]) -> bool {
    !matches!(parts, [Part::Placeholder(Placeholder::Any, _)])
        && parts.iter().any(|part| matches!(part, Part::Placeholder(..)))
}

fn is_any(sample: &Sample) -> bool {
    matches!(sample, Sample::Text(parts) if matches!(parts.as_slice(), [Part::Placeholder(Placeholder::Any, _)]))
}

/// Writes a key as part of a path: `"a.b"` is not the `b` of `a`.
fn step(key: &str) -> String {
    quotable(&if key.contains(['.', '[']) { format!("{key:?}") } else { key.to_owned() })
}

/// Replaces what would end a quotation.
fn quotable(text: &str) -> String {
    text.replace('`', "'")
}
