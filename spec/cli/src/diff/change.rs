//! A change, and its effect on programs.

use std::collections::BTreeSet;

use serde::Serialize;

/// A part of a table that differs.
#[derive(Clone, Debug)]
pub struct Change {
    /// The kind of the change.
    pub rule: Rule,
    /// The code of the row. For a renamed code, the old one.
    pub code: Option<String>,
    /// The column.
    pub column: Option<String>,
    /// The old text, if any.
    pub old: Option<String>,
    /// The new text, if any.
    pub new: Option<String>,
    /// What the change means, in phrases.
    pub details: Vec<String>,
    /// The effects on the behaviour of a program.
    pub effects: BTreeSet<Effect>,
    /// Whether the change is accepted.
    pub is_accepted: bool,
}

impl Change {
    /// Creates a change of a table.
    pub(crate) fn new(rule: Rule, old: Option<String>, new: Option<String>) -> Self {
        let effects = BTreeSet::new();
        Self { rule, code: None, column: None, old, new, details: Vec::new(), effects, is_accepted: false }
    }

    /// Sets the code.
    pub(super) fn of_code(self, code: &str) -> Self {
        Self { code: Some(code.to_owned()), ..self }
    }

    /// Sets the column.
    pub(super) fn of_column(self, column: &str) -> Self {
        Self { column: Some(column.to_owned()), ..self }
    }

    /// Sets what the change means.
    pub(crate) fn explained(self, details: impl IntoIterator<Item = String>) -> Self {
        Self { details: details.into_iter().collect(), ..self }
    }

    /// Sets the effects.
    pub(super) fn with(self, effects: impl IntoIterator<Item = Effect>) -> Self {
        Self { effects: effects.into_iter().collect(), ..self }
    }
}

/// The version that a change requires, for a crate that compiles against the enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Api {
    /// Every program compiles as before. Only values and texts change.
    Patch,
    /// Items are added.
    Minor,
    /// Programs may no longer compile.
    Major,
}

impl Api {
    /// Returns the name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// An effect on the behaviour of a program that compiles as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// A request that was not retried is retried.
    MoreRetried,
    /// A request that was retried is not retried.
    FewerRetried,
    /// A request is still retried, but after something else.
    RetriedDifferently,
    /// The time before the next attempt changes.
    WaitChanged,
    /// The side that has to fix the error changes.
    FaultChanged,
    /// A code or alias is unknown, or is another variant.
    LookupChanged,
    /// A column returns another value.
    ValueChanged,
    /// Responses are read or written in another way.
    EnvelopeChanged,
}

impl Effect {
    /// Returns the meaning, as a phrase.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::MoreRetried => "more requests are retried",
            Self::FewerRetried => "fewer requests are retried",
            Self::RetriedDifferently => "requests are retried differently",
            Self::WaitChanged => "wait changed",
            Self::FaultChanged => "fault changed",
            Self::LookupChanged => "code lookup changed",
            Self::ValueChanged => "column value changed",
            Self::EnvelopeChanged => "envelope changed",
        }
    }
}

/// The tables that have what a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tables {
    /// The old one or the new one, as an alias that is added.
    One,
    /// Both, with another value, which may be none.
    Both,
}

/// Defines the rules: the variant, the name, the version that it requires, which tables have what
/// it is about, and a phrase.
macro_rules! rules {
    ($($rule:ident, $name:literal, $api:ident, $tables:ident, $phrase:literal;)+) => {
        /// The kind of a change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        pub enum Rule {
            $(#[doc = concat!("`", $name, "`")] #[serde(rename = $name)] $rule,)+
        }

        impl Rule {
            /// All rules, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// The names of all rules, in the same order.
            pub(crate) const NAMES: &'static [&'static str] = &[$($name),+];

            /// Returns the rule with a name.
            pub(crate) fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|rule| rule.as_str() == name)
            }

            /// Returns the name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$rule => $name,)+
                }
            }

            /// Returns the version that a change of this kind requires.
            #[must_use]
            pub fn api(self) -> Api {
                match self {
                    $(Self::$rule => Api::$api,)+
                }
            }

            /// Returns which tables have what the rule is about.
            #[must_use]
            pub(crate) fn tables(self) -> Tables {
                match self {
                    $(Self::$rule => Tables::$tables,)+
                }
            }

            /// Returns the change as a phrase, which a value may follow.
            #[must_use]
            pub fn phrase(self) -> &'static str {
                match self {
                    $(Self::$rule => $phrase,)+
                }
            }
        }
    };
}

impl Rule {
    /// Returns whether the change is against the rules of a code's life.
    #[must_use]
    pub fn is_lifecycle(self) -> bool {
        matches!(
            self,
            Self::RemovedEarly
                | Self::RemovedUndeprecated
                | Self::RemovedUnreserved
                | Self::ReservedUsed
                | Self::ReservationRemoved
                | Self::NumberReused
        )
    }

    /// Returns the effect that the phrase says already: "fault changed from `client` to `server`".
    #[must_use]
    pub(crate) fn effect(self) -> Option<Effect> {
        match self {
            Self::RetryAfterChanged => Some(Effect::WaitChanged),
            Self::FaultChanged => Some(Effect::FaultChanged),
            Self::EnvelopeChanged => Some(Effect::EnvelopeChanged),
            _ => None,
        }
    }
}

rules! {
    TableRemoved, "table-removed", Major, One, "table removed";
    TableRenamed, "table-renamed", Patch, Both, "table renamed";
    TextChanged, "text-changed", Patch, Both, "text of the table changed";
    IgnoreCaseRemoved, "ignore-case-removed", Major, One, "`from_code_ignore_case` removed";
    IgnoreCaseAdded, "ignore-case-added", Minor, One, "`from_code_ignore_case` added";
    EnvelopeRemoved, "envelope-removed", Major, One, "envelope removed";
    EnvelopeAdded, "envelope-added", Minor, One, "envelope added";
    EnvelopeChanged, "envelope-changed", Patch, Both, "envelope changed";
    RowsReordered, "rows-reordered", Patch, Both, "rows reordered";
    ColumnRemoved, "column-removed", Major, One, "column removed";
    ColumnAdded, "column-added", Minor, One, "column added";
    ColumnRetyped, "column-retyped", Major, Both, "column type changed";
    ColumnOptionChanged, "column-option-changed", Major, Both, "return type changed";
    ColumnDefaultChanged, "column-default-changed", Patch, Both, "default changed";
    ColumnLookupRemoved, "column-lookup-removed", Major, One, "lookup removed";
    ColumnLookupAdded, "column-lookup-added", Minor, One, "lookup added";
    EnumValueRemoved, "enum-value-removed", Major, One, "enum value removed";
    EnumValueAdded, "enum-value-added", Major, One, "enum value added";
    EnumValueRenamed, "enum-value-renamed", Patch, Both, "enum value renamed";
    EnumValuesReordered, "enum-values-reordered", Patch, Both, "enum values reordered";
    CodeRemoved, "code-removed", Major, One, "variant removed";
    RemovedEarly, "removed-early", Patch, One, "removed before its `remove_after`";
    RemovedUndeprecated, "removed-undeprecated", Patch, One, "removed without being deprecated first";
    RemovedUnreserved, "removed-unreserved", Patch, One, "removed, but not added to `reserved`";
    ReservedUsed, "reserved-used", Patch, One, "used although reserved";
    NumberReused, "number-reused", Patch, One, "number of another code reused";
    ReservationRemoved, "reservation-removed", Patch, One, "reservation removed";
    ReservationAdded, "reservation-added", Patch, One, "reservation added";
    CodeAdded, "code-added", Minor, One, "variant added";
    CodeRenamed, "code-renamed", Patch, Both, "code renamed";
    VariantRenamed, "variant-renamed", Major, Both, "variant renamed";
    VariantRenamedCompatibly, "variant-renamed-compatibly", Minor, Both, "variant renamed (the old name stays, deprecated)";
    FormerVariantRemoved, "former-variant-removed", Major, One, "former variant removed";
    FormerVariantAdded, "former-variant-added", Minor, One, "former variant added";
    AliasRemoved, "alias-removed", Patch, One, "alias removed";
    AliasAdded, "alias-added", Minor, One, "alias added";
    RetryChanged, "retry-changed", Patch, Both, "retry class changed";
    RetryAfterChanged, "retry-after-changed", Patch, Both, "wait changed";
    FaultChanged, "fault-changed", Patch, Both, "fault changed";
    ValueChanged, "value-changed", Patch, Both, "value changed";
    UniqueValueChanged, "unique-value-changed", Major, Both, "unique value changed";
    DescriptionChanged, "description-changed", Patch, Both, "description changed";
    EvidenceChanged, "evidence-changed", Patch, Both, "evidence changed";
    NumberChanged, "number-changed", Major, Both, "number changed";
    ReplacementAdded, "replacement-added", Minor, One, "replacement added";
    ReplacementChanged, "replacement-changed", Patch, Both, "replacement changed";
    RemoveAfterChanged, "remove-after-changed", Patch, Both, "`remove_after` changed";
    SinceChanged, "since-changed", Patch, Both, "`since` changed";
    Deprecated, "deprecated", Minor, One, "deprecated";
    DeprecationChanged, "deprecation-changed", Patch, Both, "deprecation changed";
    RowMoved, "row-moved", Patch, Both, "moved to another table";
}
