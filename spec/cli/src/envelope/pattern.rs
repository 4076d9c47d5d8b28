//! Chooses what is read from failures, and which of them have the same form.

use errtable_spec::{Part, Placeholder, Sample};

use crate::envelope::body::Body;
use crate::envelope::clue::{Clue, Role, clues, is_unique};
use crate::envelope::sample::{Step, alone, display, insert, second_choice};

/// A value that a sample reads.
#[derive(Clone, Debug)]
pub(super) struct Pick {
    pub(super) role: Role,
    pub(super) path: Vec<Step>,
    /// The text of the sample, such as `{code}` or `{code?}`.
    sample: Vec<Part>,
    order: usize,
}

/// The form of some of the failures.
#[derive(Clone, Debug)]
pub(super) struct Pattern<'b> {
    /// The first failure of this form.
    pub(super) body: &'b Body,
    pub(super) picks: Vec<Pick>,
    /// All clues of the body.
    clues: Vec<Clue>,
}

/// How many alternatives of a code are noted.
const MAX_ALTERNATIVES: usize = 3;

/// The maximum number of values that a sample reads. An object of a sample has at most 64 members.
const MAX_PICKS: usize = 32;

/// Returns the forms of failures, and notes about what is not certain. A note that does not apply
/// to all failures starts with the names of their files.
pub(super) fn patterns<'b>(
    failures: &[(String, &'b Body)],
    headers: &[(String, String)],
    notes: &mut Vec<String>,
) -> Vec<Pattern<'b>> {
    let mut all: Vec<_> = failures.iter().map(|(_, body)| clues(body, headers)).collect();
    lower_constants(&mut all);
    let mut patterns: Vec<Pattern<'b>> = Vec::new();
    let mut files_of: Vec<(String, Vec<String>)> = Vec::new();
    for ((name, body), clues) in failures.iter().zip(all) {
        let mut own_notes = Vec::new();
        let Some(pattern) = Pattern::new(body, clues, &patterns, &mut own_notes) else { continue };
        for note in own_notes {
            match files_of.iter_mut().find(|(known, _)| *known == note) {
                Some((_, files)) => files.push(format!("`{name}`")),
                None => files_of.push((note, vec![format!("`{name}`")])),
            }
        }
        let code = pattern.path_of(Role::Code);
        let is_like = |known: &&mut Pattern<'_>| match &code {
            Some(code) => known.clues.iter().any(|clue| clue.role == Role::Code && clue.path == *code),
            None => pattern.path_of(Role::Message).is_some_and(|path| known.path_of(Role::Message) == Some(path)),
        };
        match patterns.iter_mut().find(is_like) {
            Some(known) => known.merge(pattern),
            None => patterns.push(pattern),
        }
    }
    let prefixed = |(note, files): (String, Vec<String>)| match files.len() {
        count if count == failures.len() => note,
        _ => format!("{}: {note}", files.join(", ")),
    };
    notes.extend(files_of.into_iter().map(prefixed));
    patterns
}

/// Lowers the score of a code that all failures have, if another one differs.
fn lower_constants(all: &mut [Vec<Clue>]) {
    let Some((first, others)) = all.split_first().filter(|(_, others)| !others.is_empty()) else { return };
    let texts = |path: &[Step]| {
        let same = |clues: &Vec<Clue>| {
            let mut clues = clues.iter();
            clues.find(|clue| clue.role == Role::Code && clue.path == path).map(|clue| clue.text.clone())
        };
        others.iter().map(same).collect::<Option<Vec<_>>>()
    };
    let codes = first.iter().filter(|clue| clue.role == Role::Code);
    let codes: Vec<_> = codes.filter_map(|clue| Some((clue, texts(&clue.path)?))).collect();
    if codes.iter().all(|(clue, texts)| texts.contains(&clue.text)) {
        return;
    }
    let is_constant = |(clue, texts): &&(&Clue, Vec<String>)| texts.iter().all(|text| *text == clue.text);
    let constants: Vec<_> = codes.iter().filter(is_constant).map(|(clue, _)| clue.path.clone()).collect();
    for clue in all.iter_mut().flatten() {
        if clue.role == Role::Code && constants.contains(&clue.path) {
            clue.score -= 45;
        }
    }
}

impl<'b> Pattern<'b> {
    /// Chooses a code, a message, a request id and a wait. Returns `None` without a code and a
    /// message.
    fn new(body: &'b Body, clues: Vec<Clue>, known: &[Pattern<'_>], notes: &mut Vec<String>) -> Option<Self> {
        let is_known =
            |clue: &Clue| known.iter().any(|pattern| pattern.path_of(clue.role).as_ref() == Some(&clue.path));
        let of = |role: Role| clues.iter().filter(move |clue| clue.role == role);
        let best = |clues: Vec<&Clue>| clues.into_iter().min_by_key(|clue| (!is_known(clue), -clue.score)).cloned();
        let code = best(of(Role::Code).collect());
        let parent = code.as_ref().and_then(|code| code.path.split_last()).map(|(_, parent)| parent.to_vec());
        let messages = of(Role::Message).filter(|clue| code.as_ref().is_none_or(|code| code.path != clue.path));
        let siblings = messages.map(|clue| {
            let is_sibling = clue.path.split_last().map(|(_, parent)| parent) == parent.as_deref();
            Clue { score: clue.score + if is_sibling { 10 } else { 0 }, ..clue.clone() }
        });
        let siblings: Vec<_> = siblings.collect();
        let message = best(siblings.iter().collect());
        match &code {
            Some(code) => note_code(code, of(Role::Code), notes),
            None if message.is_some() => {
                notes.push("nothing looks like a code: a failure of this form has only a message".to_owned());
            }
            None => return None,
        }
        match &message {
            Some(message) => note_message(message, &siblings, notes),
            None => notes.push("nothing looks like a message: a failure of this form has only a code".to_owned()),
        }
        let others = [Role::RequestId, Role::Wait].map(|role| best(of(role).collect()));
        let picks = [code, message].into_iter().chain(others).flatten();
        let picks = picks.map(|Clue { role, path, sample, order, .. }| Pick { role, path, sample, order }).collect();
        Some(Self { body, picks, clues })
    }

    /// Returns where the sample has a value.
    pub(super) fn path_of(&self, role: Role) -> Option<Vec<Step>> {
        self.picks.iter().find(|pick| pick.role == role).map(|pick| pick.path.clone())
    }

    /// Returns whether a header repeats the request id.
    pub(super) fn is_request_id(&self, value: &str) -> bool {
        let is_same = |clue: &Clue| clue.role == Role::RequestId && clue.text == value;
        is_unique(value) && self.clues.iter().any(is_same)
    }

    /// Adds what a failure of the same form has in other places, as a second choice.
    fn merge(&mut self, other: Self) {
        for pick in other.picks {
            // A sample has either a value or an object at a place.
            let is_taken = |known: &Pick| known.path.starts_with(&pick.path) || pick.path.starts_with(&known.path);
            if self.picks.iter().any(is_taken) || self.picks.len() == MAX_PICKS {
                continue;
            }
            let has_role = self.picks.iter().any(|known| known.role == pick.role);
            let sample = if has_role { second_choice(pick.sample) } else { pick.sample };
            self.picks.push(Pick { sample, ..pick });
        }
        self.second_status();
    }

    /// Adds the general code of an error whose code is in a list that other failures lack.
    pub(super) fn second_status(&mut self) {
        let is_in_list = |pick: &&Pick| pick.role == Role::Code && is_selected(&pick.path);
        let Some(code) = self.picks.iter().find(is_in_list) else { return };
        let general = self.clues.iter().filter(|clue| {
            clue.role == Role::Code
                && !clue.is_status
                && clue.path.len() < code.path.len()
                && clue.sample == alone(Placeholder::Code)
        });
        let Some(clue) = general.max_by_key(|clue| clue.score) else { return };
        if self.picks.iter().all(|pick| pick.path != clue.path) {
            let Clue { path, sample, order, .. } = clue.clone();
            self.picks.push(Pick { role: Role::Code, path, sample: second_choice(sample), order });
        }
    }

    /// Returns the sample, with the constants that distinguish it from a success.
    pub(super) fn sample(&self, constants: &[Vec<Step>]) -> Sample {
        let mut picks: Vec<_> = self.picks.iter().collect();
        picks.sort_by_key(|pick| pick.order);
        let mut whole = Sample::Null;
        for path in constants {
            if let Some(constant) = self.body.at(path) {
                insert(&mut whole, path, constant.constant());
            }
        }
        for Pick { path, sample, .. } in picks {
            insert(&mut whole, path, Sample::Text(sample.clone()));
        }
        whole
    }
}

/// Returns whether a constant selects an element on the path.
fn is_selected(path: &[Step]) -> bool {
    path.iter().any(|step| matches!(step, Step::Element(Some(_))))
}

/// Notes what else looks like a code, and a code that may not be one.
fn note_code<'c>(code: &Clue, all: impl Iterator<Item = &'c Clue>, notes: &mut Vec<String>) {
    let name = display(&code.path);
    if code.is_status {
        notes.push(format!(
            "`{name}` is read as the code, although {} is an HTTP status: nothing else looks like a code",
            code.text
        ));
    } else if code.sample != alone(Placeholder::Code) {
        notes.push(format!("`{name}` is `{}`: what follows the prefix is read as the code", code.text));
    }
    let lists = |clue: &Clue| clue.path.iter().filter(|step| matches!(step, Step::Element(_))).count();
    let is_second = |clue: &Clue| is_selected(&code.path) && !clue.is_status && clue.path.len() < code.path.len();
    let mut others: Vec<_> = all.filter(|clue| clue.path != code.path && !is_second(clue)).collect();
    others.sort_by_key(|clue| -clue.score);
    for other in others.into_iter().take(MAX_ALTERNATIVES) {
        if lists(other) > lists(code) && !other.is_status {
            notes.push(format!(
                "`{}` (`{}`) may be a code, too, and is more specific: `{name}` is taken, because a list may have \
                 several elements or none; for both, write `{{code}}` there and `{{code?}}` in `{name}`",
                display(&other.path),
                other.text
            ));
            continue;
        }
        let why = match other {
            _ if other.is_status => "but is an HTTP status",
            _ if other.path.len() > code.path.len() => "but is nested deeper",
            _ if other.text == code.text => "and is the same here",
            _ => "but its key is less specific",
        };
        notes.push(format!(
            "`{}` (`{}`) may be a code, too, {why}: `{name}` is taken",
            display(&other.path),
            other.text
        ));
    }
}

/// How much less likely a message may be than the one that is taken, to be noted.
const MAX_DISTANCE: i32 = 50;

/// Notes another message of the same object.
fn note_message(message: &Clue, all: &[Clue], notes: &mut Vec<String>) {
    let is_near = |clue: &&Clue| {
        let is_likely = message.score - clue.score < MAX_DISTANCE;
        is_likely && clue.path.len() == message.path.len() && clue.path != message.path
    };
    if let Some(other) = all.iter().filter(is_near).max_by_key(|clue| clue.score) {
        let names = (display(&other.path), display(&message.path));
        notes.push(format!("`{}` may be a message, too: `{}` is taken", names.0, names.1));
    }
}
