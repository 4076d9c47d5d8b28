//! Whether a code is removed as announced, and stays reserved.

use errtable_spec::{Reserved, Row, Table};

use crate::diff::change::{Change, Rule};
use crate::row::spellings;

/// Compares what tables reserve.
pub(super) fn compare_reserved(old: &Table, new: &Table) -> Vec<Change> {
    let gone = old.reserved.iter().filter(|reserved| same(reserved, new).is_none());
    let added = new.reserved.iter().filter(|reserved| same(reserved, old).is_none());
    let added = added.map(|reserved| Change::new(Rule::ReservationAdded, None, Some(text(reserved))));
    let reworded = old.reserved.iter().filter_map(|reserved| {
        let [before, after] = [reserved, same(reserved, new)?].map(|reserved| reserved.note.clone());
        (before != after).then(|| Change::new(Rule::TextChanged, Some(before), Some(after)))
    });
    gone.map(|reserved| released(reserved, new)).chain(added).chain(reworded).collect()
}

/// Returns the entry of a table that reserves the same.
fn same<'t>(reserved: &Reserved, table: &'t Table) -> Option<&'t Reserved> {
    let what = |Reserved { code, number, numbers, .. }: &Reserved| (code.clone(), *number, numbers.clone());
    table.reserved.iter().find(|other| what(other) == what(reserved))
}

/// Returns what is wrong with the removal of a row, `today` being a date such as `2027-06-30`.
pub(super) fn removal(row: &Row, reserved: &[Reserved], today: &str) -> Vec<Change> {
    let is_early = row.remove_after.as_str() >= today;
    let has_code = |reserved: &Reserved| reserved.code.as_ref() == Some(&row.code);
    let free_code = (!reserved.iter().any(has_code)).then(|| row.code.clone());
    // A row of a numeric table is sent as its number, and logged as its code.
    let is_free = |number: &i64| !reserved.iter().any(|reserved| reserved.has_number(*number));
    let free_number = row.number.filter(is_free).map(|number| number.to_string());
    let free: Vec<_> = free_code.into_iter().chain(free_number).collect();
    let findings = [
        (!row.is_deprecated(), Rule::RemovedUndeprecated, None),
        (is_early, Rule::RemovedEarly, Some(row.remove_after.clone())),
        (!free.is_empty(), Rule::RemovedUnreserved, Some(free.join(", "))),
    ];
    let findings = findings.into_iter().filter(|(applies, ..)| *applies);
    findings.map(|(_, rule, date)| Change::new(rule, date, None).of_code(&row.code)).collect()
}

/// Returns a row whose number another row had: clients read it as that one.
pub(super) fn reused_number(new: &Row, old: Option<&Row>, had_number: Option<&Row>) -> Option<Change> {
    let had_number = had_number.filter(|other| old.is_none_or(|old| old.code != other.code))?;
    let number = new.number?.to_string();
    let change = Change::new(Rule::NumberReused, Some(number), None).of_code(&new.code);
    Some(change.explained([format!("it was the number of `{}`", had_number.code)]))
}

/// Returns the change of a reservation that is gone: a row may use what it reserved.
fn released(reserved: &Reserved, new: &Table) -> Change {
    let uses = |row: &&Row| {
        spellings(row).any(|spelling| reserved.code.as_deref() == Some(spelling))
            || row.number.is_some_and(|number| reserved.has_number(number))
    };
    match new.rows.iter().find(uses) {
        Some(row) => Change::new(Rule::ReservedUsed, Some(text(reserved)), None).of_code(&row.code),
        None => Change::new(Rule::ReservationRemoved, Some(text(reserved)), None),
    }
}

/// Returns what is reserved: `Disk.Gone, 7, 200 to 299`.
fn text(reserved: &Reserved) -> String {
    let numbers = reserved.numbers.as_ref().map(|numbers| format!("{} to {}", numbers.start(), numbers.end()));
    let parts = [reserved.code.clone(), reserved.number.map(|number| number.to_string()), numbers];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
