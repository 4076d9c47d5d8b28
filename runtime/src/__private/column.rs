//! Columns with gaps: a packed number as what it stands for.

use core::time::Duration;

use errtable_spec::NumberColumn;

/// A row's milliseconds as a duration.
#[must_use]
pub const fn duration(column: &NumberColumn, row: usize) -> Option<Duration> {
    match column.get(row) {
        Some(milliseconds) => Some(Duration::from_millis(milliseconds)),
        None => None,
    }
}
