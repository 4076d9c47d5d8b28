//! What the other packages of errtable use: the packed data, its writers and readers, and texts.

pub use crate::digits::parse_digits;
pub use crate::invisible::is_invisible;
pub use crate::nearest::nearest;
pub use crate::packed::column_value::ColumnValue;
pub use crate::packed::dictionary::{OptionalInts, OptionalStrs};
pub use crate::packed::hash::{HashScope, Hasher};
pub use crate::packed::index::{Index, by_slot};
pub use crate::packed::ints::PackedInts;
pub use crate::packed::shape::{
    Constant, Element, Failure, Field, Header, Node, Place, Role, Shape, Slot, Writable, Written,
};
pub use crate::packed::strs::PackedStrs;
pub use crate::packed::unique::{HashedInts, UniqueInts, by_slot_or_none};
pub use crate::packed::windows::Windows;
pub use crate::vocabulary::fmt_expected;

#[cfg(feature = "table")]
pub use crate::{
    invisible::{escape_invisible, visible},
    markdown::{code_span, prose},
    packed::write::index::{PackedIndex, build_index, build_index_ignore_case},
    packed::write::unique::{PackedHash, PackedUnique, pack_unique},
    packed::write::{pack_dictionary, pack_ints, pack_strs},
    table::ascii::is_alphanumeric_or,
    table::check::check_retry_after,
    table::check::numbers::check_digits,
    table::envelope::layout::Layout,
    table::files::{is_utf16, read_limited},
    table::names::free::FreeNames,
    table::names::{Violation, check_code, check_shadowing, check_spelling, check_table_name, check_variant_name},
    table::parse::json::Json,
    table::report::diagnostic::render,
    table::report::suggest::{did_you_mean, short_list},
    table::row::default_fault,
};
