//! Compares the envelopes of two tables.

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

/// The values that are compared, by the name of their placeholders.
const VALUES: [(&str, &[Placeholder]); 5] = [
    ("code", &[Placeholder::Code]),
    ("message", &[Placeholder::Message]),
    ("request id", &[Placeholder::RequestId]),
    ("wait", &[Placeholder::RetryAfter, Placeholder::RetryAfterMs]),
    ("data", &[Placeholder::Data]),
];

/// Describes what is read in another way, or else that something is written in another way.
fn differences(old: &Envelope, new: &Envelope) -> Vec<String> {
    let (old_places, new_places) = (Places::new(old), Places::new(new));
    let mut differences: Vec<_> = VALUES
        .iter()
        .filter_map(|(name, placeholders)| {
            let of = |places: &Places| -> BTreeSet<String> {
                let values = places.values.iter().filter(|(placeholder, _)| placeholders.contains(placeholder));
                values.map(|(_, place)| place.clone()).collect()
            };
            moved(name, &of(&old_places), &of(&new_places))
        })
        .collect();
    let (old_constants, new_constants) = (old_places.constants, new_places.constants);
    let added: Vec<_> = new_constants.difference(&old_constants).map(String::as_str).collect();
    let removed: Vec<_> = old_constants.difference(&new_constants).map(String::as_str).collect();
    let constants = [(added, "a success requires"), (removed, "a success no longer requires")];
    let constants = constants.into_iter().filter(|(constants, _)| !constants.is_empty());
    differences.extend(constants.map(|(constants, words)| format!("{words} {}", constants.join(" and "))));
    if differences.is_empty() {
        let is_read_alike = old.success == new.success && old.headers == new.headers;
        let what = if is_read_alike { "other members of failures" } else { "the order of values" };
        differences.push(format!("{what} differ"));
    }
    differences
}

/// Describes where a value is read, if that has changed.
fn moved(name: &str, old: &BTreeSet<String>, new: &BTreeSet<String>) -> Option<String> {
    let list = |places: Vec<&String>| places.into_iter().map(String::as_str).collect::<Vec<_>>().join(" and ");
    let (removed, added) = (list(old.difference(new).collect()), list(new.difference(old).collect()));
    match (removed.is_empty(), added.is_empty()) {
        (true, true) => None,
        (false, false) => Some(format!("{name} read from {added} instead of {removed}")),
        (true, false) if old.is_empty() => Some(format!("{name} read from {added}")),
        (true, false) => Some(format!("{name} also read from {added}")),
        (false, true) => Some(format!("{name} no longer read from {removed}")),
    }
}

/// Where the samples of an envelope have values and constants.
#[derive(Default)]
struct Places {
    values: Vec<(Placeholder, String)>,
    /// The constants of a success.
    constants: BTreeSet<String>,
}

impl Places {
    fn new(envelope: &Envelope) -> Self {
        let mut places = Self::default();
        places.sample(&envelope.success, "", true);
        envelope.failures.iter().for_each(|failure| places.sample(failure, "", false));
        for header in &envelope.headers {
            places.text(&header.text, &format!("header `{}`", header.name));
        }
        places
    }

    fn sample(&mut self, sample: &Sample, path: &str, is_success: bool) {
        let place = if path.is_empty() { "the whole body".to_owned() } else { format!("`{path}`") };
        let constant = match sample {
            Sample::Object(members) => {
                for (key, member) in members {
                    match (&*quotable(key), path) {
                        (REST, "") => self.values.push((Placeholder::Data, "the object".to_owned())),
                        (REST, path) => self.values.push((Placeholder::Data, format!("the object `{path}`"))),
                        (key, "") => self.sample(member, key, is_success),
                        (key, path) => self.sample(member, &format!("{path}.{key}"), is_success),
                    }
                }
                return;
            }
            Sample::Array(elements) => {
                return elements.iter().for_each(|element| self.sample(element, &format!("{path}[]"), is_success));
            }
            Sample::Text(parts) if !matches!(parts.as_slice(), [] | [Part::Literal(_)]) => {
                return self.text(parts, &place);
            }
            constant => quotable(&constant.to_string()),
        };
        if is_success {
            self.constants.insert(format!("{place}: `{constant}`"));
        }
    }

    /// Adds the placeholder of a text, with the text around it.
    fn text(&mut self, parts: &[Part], place: &str) {
        let text = quotable(&parts.iter().map(Part::to_string).collect::<String>());
        for part in parts {
            if let Part::Placeholder(placeholder, _) = part {
                let is_alone = text == format!("{{{}}}", placeholder.name());
                let place = if is_alone { place.to_owned() } else { format!("{place} as `{text}`") };
                self.values.push((placeholder.clone(), place));
            }
        }
    }
}

/// Replaces what would end a quotation.
fn quotable(text: &str) -> String {
    text.replace('`', "'")
}
