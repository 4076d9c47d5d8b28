//! What `--deny` and `--allow` name: groups of rules, and single rules.

use std::ffi::OsStr;
use std::fmt;
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, ValueEnum};
use errtable_spec::__private::{did_you_mean, nearest};

use crate::diff::change::{Api, Change, Effect, Rule};
use crate::lint::Lint;

/// What `--deny` forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Programs may no longer compile: the API verdict is `major`.
    Breaking,
    /// More requests are retried.
    Retry,
    /// A code is removed before its `remove_after`, or without a deprecation and a reservation. A
    /// reserved code or number, or the number of another code, is used. A reservation is removed.
    Lifecycle,
    /// Responses are read or written in another way.
    Envelope,
    /// An accepted change no longer applies.
    Stale,
    /// All lints: `missing-description`, `missing-evidence`, `conflict-without-wait` and
    /// `deprecated-without-replacement`.
    Lints,
    /// One lint.
    #[value(skip)]
    Lint(Lint),
    /// One kind of change.
    #[value(skip)]
    Rule(Rule),
}

/// Writes the value of the option.
impl fmt::Display for Deny {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Breaking => "breaking",
            Self::Retry => "retry",
            Self::Lifecycle => "lifecycle",
            Self::Envelope => "envelope",
            Self::Stale => "stale",
            Self::Lints => "lints",
            Self::Lint(lint) => lint.as_str(),
            Self::Rule(rule) => rule.as_str(),
        })
    }
}

/// Parses the name of a group or rule. The error is a suggestion.
impl FromStr for Deny {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = || Self::all().chain(Rule::ALL.iter().map(|rule| Self::Rule(*rule)));
        all().find(|deny| deny.to_string() == name).ok_or_else(|| {
            let names: Vec<_> = all().map(|deny| deny.to_string()).collect();
            nearest_or_where(name, &names.iter().map(String::as_str).collect::<Vec<_>>())
        })
    }
}

/// Suggests the nearest rule, or says what lists them.
pub(crate) fn nearest_or_where(name: &str, names: &[&str]) -> String {
    match nearest(name, names.iter().copied()) {
        Some(_) => did_you_mean(name, names),
        None => "`errtable explain --rule` lists all rules".to_owned(),
    }
}

impl Deny {
    /// Returns the groups and lints.
    fn all() -> impl Iterator<Item = Self> {
        Self::value_variants().iter().copied().chain(Lint::ALL.iter().map(|lint| Self::Lint(*lint)))
    }

    /// Returns whether a change is of this kind.
    pub(crate) fn matches(self, change: &Change) -> bool {
        match self {
            Self::Breaking => change.rule.api() == Api::Major,
            Self::Retry => change.effects.contains(&Effect::MoreRetried),
            Self::Lifecycle => change.rule.is_lifecycle(),
            Self::Envelope => change.effects.contains(&Effect::EnvelopeChanged),
            Self::Rule(rule) => change.rule == rule,
            Self::Stale | Self::Lints | Self::Lint(_) => false,
        }
    }

    /// Returns whether a lint is of this kind.
    pub(crate) fn matches_lint(self, lint: Lint) -> bool {
        self == Self::Lints || self == Self::Lint(lint)
    }

    /// Returns whether it is about tables, not about changes.
    pub(crate) fn is_lint(self) -> bool {
        matches!(self, Self::Lints | Self::Lint(_))
    }
}

/// Parses the value of an option. The help lists the groups.
#[derive(Clone, Copy, Debug)]
pub struct DenyParser {
    has_lints: bool,
}

impl DenyParser {
    /// The rules of `diff`.
    pub const DIFF: Self = Self { has_lints: false };
    /// The rules of `check`.
    pub const CHECK: Self = Self { has_lints: true };
}

impl TypedValueParser for DenyParser {
    type Value = Deny;

    fn parse_ref(&self, command: &clap::Command, argument: Option<&Arg>, value: &OsStr) -> Result<Deny, clap::Error> {
        let parser = *self;
        let parse = move |name: String| match name.parse::<Deny>() {
            Ok(deny) if deny.is_lint() && !parser.has_lints => Err("`errtable check` has the lints".to_owned()),
            parsed => parsed,
        };
        StringValueParser::new().try_map(parse).parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let groups = Deny::value_variants().iter().filter(|deny| self.has_lints || !deny.is_lint());
        Some(Box::new(groups.filter_map(Deny::to_possible_value)))
    }
}
