//! Compares the envelopes of two tables.

use std::collections::BTreeSet;
use std::fmt;

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
            let change = Change::new(Rule::EnvelopeChanged, Some(line(old)), Some(line(new)));
            Some(change.with([Effect::EnvelopeChanged]).explained(differences(old, new)))
        }
        _ => None,
    }
}

/// Writes an envelope on one line.
fn line(envelope: &Envelope) -> String {
    let json = envelope.to_json(usize::MAX);
    json.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// What a sample reads, requires or writes at a place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
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
    /// A value that is only written, with its name, such as `details`.
    Written(String),
    /// A constant of a failure, which is only written.
    Constant,
}

impl Subject {
    fn name(&self) -> &str {
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
            Self::Written(name) => name,
            Self::Constant => "constant",
        }
    }

    fn is_requirement(&self) -> bool {
        matches!(self, Self::Success | Self::Failure | Self::Element)
    }

    /// Returns whether the first of several places counts.
    fn is_ordered(&self) -> bool {
        !matches!(self, Self::Success | Self::Written(_) | Self::Constant)
    }
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    subject: Subject,
    place: String,
    /// The unit of a wait.
    unit: Option<&'static str>,
}

/// Writes the place, as in "header `x-wait` in seconds".
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)?;
        self.unit.map_or(Ok(()), |unit| write!(f, " in {unit}"))
    }
}

/// Describes what is read or written in another way.
fn differences(old: &Envelope, new: &Envelope) -> Vec<String> {
    let (old, new) = (facts(old), facts(new));
    let set = |samples: &[Vec<Fact>]| samples.iter().flatten().cloned().collect::<BTreeSet<_>>();
    let (old_set, new_set) = (set(&old), set(&new));
    let subjects: BTreeSet<_> = old_set.symmetric_difference(&new_set).map(|fact| &fact.subject).collect();
    let mut differences: Vec<_> = subjects.into_iter().flat_map(|subject| moved(subject, &old_set, &new_set)).collect();
    // Both may read the same places in another order.
    let is_kept = |fact: &&Fact| fact.subject.is_ordered() && old_set.contains(fact) && new_set.contains(fact);
    let kept = |samples: &[Vec<Fact>]| -> Vec<Vec<Fact>> {
        samples.iter().map(|sample| sample.iter().filter(is_kept).cloned().collect()).collect()
    };
    let (mut old, mut new) = (kept(&old), kept(&new));
    if order(&old) != order(&new) {
        old.sort();
        new.sort();
        let what = if old == new { "samples of failures" } else { "values of a response" };
        differences.push(format!("{what} are tried in another order"));
    }
    if differences.is_empty() {
        differences.push("the order of members or an empty member differs".to_owned());
    }
    differences
}

/// Returns the order in which the places of each subject are tried.
fn order(samples: &[Vec<Fact>]) -> Vec<&Fact> {
    let mut seen = BTreeSet::new();
    let mut facts: Vec<_> = samples.iter().flatten().filter(|fact| seen.insert(*fact)).collect();
    facts.sort_by_key(|fact| &fact.subject);
    facts
}

/// Describes where a value is read or written, or what is required, if that has changed.
fn moved(subject: &Subject, old: &BTreeSet<Fact>, new: &BTreeSet<Fact>) -> Vec<String> {
    let (removed, added) = (only_in(old, new, subject), only_in(new, old, subject));
    if let ([old], [Fact { place, unit: Some(unit), .. }]) = (removed.as_slice(), added.as_slice())
        && let (true, Some(old_unit)) = (old.place == *place, old.unit)
    {
        return vec![format!("{} read from {place} in {unit} instead of {old_unit}", subject.name())];
    }
    let is_new = !old.iter().any(|fact| fact.subject == *subject);
    let list = |facts: &[&Fact]| facts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
    let (removed, added, name) = (list(&removed), list(&added), subject.name());
    let verb = if matches!(subject, Subject::Written(_)) { "written at" } else { "read from" };
    let are_empty = (removed.is_empty(), added.is_empty());
    match (subject, are_empty) {
        _ if subject.is_requirement() => {
            let parts = [(added, "requires"), (removed, "no longer requires")].into_iter();
            let parts = parts.filter(|(places, _)| !places.is_empty());
            parts.map(|(places, verb)| format!("{name} {verb} {places}")).collect()
        }
        (Subject::Constant, (false, false)) => vec![format!("{name} {added} in failures instead of {removed}")],
        (Subject::Constant, (true, _)) => vec![format!("{name} {added} added to failures")],
        (Subject::Constant, (_, true)) => vec![format!("{name} {removed} removed from failures")],
        (_, (false, false)) => vec![format!("{name} {verb} {added} instead of {removed}")],
        (_, (true, false)) if is_new => vec![format!("{name} {verb} {added}")],
        (_, (true, false)) => vec![format!("{name} also {verb} {added}")],
        (_, (_, true)) => vec![format!("{name} no longer {verb} {removed}")],
    }
}

/// Returns the facts about a subject that only one of two envelopes has.
fn only_in<'f>(this: &'f BTreeSet<Fact>, other: &BTreeSet<Fact>, subject: &Subject) -> Vec<&'f Fact> {
    this.iter().filter(|fact| fact.subject == *subject && !other.contains(fact)).collect()
}

/// Returns what the success, the headers and each sample of a failure read and require, in order.
fn facts(envelope: &Envelope) -> Vec<Vec<Fact>> {
    let mut headers = Facts::default();
    for header in &envelope.headers {
        headers.text(&header.text, &format!("header `{}`", header.name));
    }
    let of = |sample, scope: Subject| {
        let mut facts = Facts { is_success: scope == Subject::Success, ..Facts::default() };
        facts.sample(sample, "", &scope);
        facts.found
    };
    let failures = envelope.failures.iter().map(|failure| of(failure, Subject::Failure));
    [of(&envelope.success, Subject::Success), headers.found].into_iter().chain(failures).collect()
}

/// What one sample reads and requires.
#[derive(Default)]
struct Facts {
    is_success: bool,
    found: Vec<Fact>,
}

impl Facts {
    /// Adds what a value reads and requires. `scope` is what has the requirement.
    fn sample(&mut self, sample: &Sample, path: &str, scope: &Subject) {
        let place = if path.is_empty() { "the whole body".to_owned() } else { format!("`{path}`") };
        match sample {
            Sample::Object(members) => members.iter().for_each(|(key, member)| self.member(key, member, path, scope)),
            Sample::Array(elements) => {
                let path = format!("{path}[]");
                for element in elements {
                    self.sample(element, &path, &Subject::Element);
                }
            }
            Sample::Text(parts) if is_read(parts) => self.text(parts, &place),
            value => {
                // Other constants of a failure are only written.
                let is_written = *scope == Subject::Failure && !is_any(value);
                let subject = if is_written { Subject::Constant } else { scope.clone() };
                self.add(subject, format!("{place}: `{}`", quotable(&value.to_string())));
            }
        }
    }

    fn add(&mut self, subject: Subject, place: String) {
        self.found.push(Fact { subject, place, unit: None });
    }

    fn member(&mut self, key: &str, member: &Sample, path: &str, scope: &Subject) {
        match (key, path) {
            (REST, "") => self.add(Subject::Data, "the object".to_owned()),
            (REST, path) => self.add(Subject::Data, format!("the object `{path}`")),
            (key, "") => self.sample(member, &step(key), scope),
            (key, path) => self.sample(member, &format!("{path}.{}", step(key)), scope),
        }
    }

    /// Adds the value of a text, of which there is at most one, with the text around it.
    fn text(&mut self, parts: &[Part], place: &str) {
        let text = quotable(&parts.iter().map(Part::to_string).collect::<String>());
        let is_alone = matches!(parts, [Part::Placeholder(_, false)]);
        let place = if is_alone { place.to_owned() } else { format!("{place} as `{text}`") };
        let value = parts.iter().find_map(|part| Some((self.subject(part)?, unit(part))));
        self.found.extend(value.map(|(subject, unit)| Fact { subject, place, unit }));
    }

    fn subject(&self, part: &Part) -> Option<Subject> {
        let Part::Placeholder(placeholder, _) = part else { return None };
        Some(match placeholder {
            Placeholder::Code => Subject::Code,
            Placeholder::Message => Subject::Message,
            Placeholder::RequestId if self.is_success => Subject::SuccessId,
            Placeholder::RequestId => Subject::RequestId,
            Placeholder::RetryAfter | Placeholder::RetryAfterMs => Subject::Wait,
            Placeholder::Data => Subject::Data,
            Placeholder::Any => return None,
            Placeholder::Meaning => Subject::Written("meaning".to_owned()),
            Placeholder::Status => Subject::Written("status".to_owned()),
            Placeholder::Details => Subject::Written("details".to_owned()),
            Placeholder::Column(name) => Subject::Written(format!("column `{name}`")),
        })
    }
}

/// Returns the unit of a wait.
fn unit(part: &Part) -> Option<&'static str> {
    match part {
        Part::Placeholder(Placeholder::RetryAfter, _) => Some("seconds"),
        Part::Placeholder(Placeholder::RetryAfterMs, _) => Some("milliseconds"),
        _ => None,
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
