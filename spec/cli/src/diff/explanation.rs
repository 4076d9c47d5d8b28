//! What each kind of change means for programs.

use crate::diff::change::Rule;

/// Returns what a kind of change means, and what to do.
#[must_use]
pub fn explanation(rule: Rule) -> &'static str {
    match rule {
        Rule::TableRemoved => {
            "A table that `errtable.toml` of the revision lists is gone, or is no longer listed, so that its codes are \
             no longer compared. A table at a new path is compared if it has the same `name`."
        }
        Rule::TableRenamed => "The table has another `name`. Exports and pages are named after it.",
        Rule::TextChanged => "A text of the table differs: `description`, `source`, `version`, or a note.",
        Rule::IgnoreCaseRemoved => "The enum loses `from_code_ignore_case`, so callers no longer compile.",
        Rule::IgnoreCaseAdded => "The enum has a new function, `from_code_ignore_case`.",
        Rule::EnvelopeRemoved => "The table has no envelope any more, so its responses can no longer be read.",
        Rule::EnvelopeAdded => "The table has an envelope, so its responses can be read.",
        Rule::EnvelopeChanged => {
            "Responses are read or written in another way. Programs compile as before. Check the new envelope with \
             real responses: `errtable explain BODY --table TABLE`."
        }
        Rule::RowsReordered => "The order of variants differs, which `ALL` and `Ord` follow.",
        Rule::ColumnRemoved => "A column is gone, and so is its method.",
        Rule::ColumnAdded => "The enum has a new method, that of the column.",
        Rule::ColumnRetyped => "The method of a column returns another type.",
        Rule::ColumnOptionChanged => "The method of a column returns an `Option` now, or no longer.",
        Rule::ColumnDefaultChanged => "Rows without a value in the column now have another one.",
        Rule::ColumnLookupRemoved => "A column is no longer unique, so its lookup is gone.",
        Rule::ColumnLookupAdded => "A column is unique, so the enum has a lookup by it.",
        Rule::EnumValueRemoved => "The enum of a column loses a variant.",
        Rule::EnumValueAdded => "The enum of a column has a new variant, which a `match` without `_` does not handle.",
        Rule::EnumValueRenamed => "A value of an enum column has another text, but the same variant.",
        Rule::EnumValuesReordered => "The variants of an enum column are in another order.",
        Rule::CodeRemoved => {
            "A variant is gone, and the code is unknown: it is not retried. Deprecate a code first, and keep it in \
             `reserved` after its removal."
        }
        Rule::RemovedEarly => "A row is removed before the date that its `remove_after` promised.",
        Rule::RemovedUndeprecated => "A row is removed that was never `deprecated`, so that users had no warning.",
        Rule::RemovedUnreserved => {
            "A removed code or number may be used again with another meaning. Add it to `reserved`."
        }
        Rule::ReservedUsed => "A row uses what was reserved. Old clients may give it the old meaning.",
        Rule::NumberReused => "A row has the number of another code. Old clients read it as that code.",
        Rule::ReservationRemoved => "A code or number is no longer reserved, so that a row may use it.",
        Rule::ReservationAdded => "A code or number is reserved: no row may use it.",
        Rule::CodeAdded => {
            "The table lists a new code. If its class permits a retry, clients retry requests that they did not retry \
             while the code was unknown."
        }
        Rule::CodeRenamed => "A row has another code. Responses with the old one are unknown, unless it is an alias.",
        Rule::VariantRenamed => {
            "A variant has another name, so programs that name it no longer compile. List the old name in \
             `former_variants`."
        }
        Rule::VariantRenamedCompatibly => "A variant has another name. The old one is a deprecated constant.",
        Rule::FormerVariantRemoved => "A former name of a variant is gone, so programs that use it do not compile.",
        Rule::FormerVariantAdded => "A variant has another former name.",
        Rule::AliasRemoved => "Responses with the removed spelling are unknown.",
        Rule::AliasAdded => "Responses with the new spelling are known.",
        Rule::RetryChanged => "Clients retry more or fewer requests, or in another way. `evidence` should say why.",
        Rule::RetryAfterChanged => "Clients wait longer or shorter before a retry.",
        Rule::FaultChanged => "Another side has to fix the error: the client or the server.",
        Rule::ValueChanged => "The method of a column returns another value for a code.",
        Rule::UniqueValueChanged => "The lookup by a unique column finds another code, or none.",
        Rule::DescriptionChanged => "The description of a code differs.",
        Rule::EvidenceChanged => "The evidence for the retry class or the fault differs.",
        Rule::NumberChanged => {
            "A code is sent as another number. Old clients do not know the new number, and new ones no longer know the \
             old one. Add a row for the new number instead, and deprecate the old row."
        }
        Rule::ReplacementAdded => "A code has a replacement, so its variant is deprecated.",
        Rule::ReplacementChanged => "A code has another replacement, or none.",
        Rule::RemoveAfterChanged => "The date after which a code may be removed differs.",
        Rule::SinceChanged => "The version that introduced a code differs.",
        Rule::Deprecated => "A code is deprecated: programs that name its variant get a warning.",
        Rule::DeprecationChanged => "The note of a deprecation differs, or the code is no longer deprecated.",
        Rule::RowMoved => "Another table defines the row. `table()` returns that one.",
    }
}
