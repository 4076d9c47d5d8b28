//! Names that Rust or the generated enum reserves.

/// The reserved keywords of edition 2024, and `Self`, which cannot be a raw identifier.
pub(crate) const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The length of the longest keyword. Most names are longer.
const LONGEST_KEYWORD: usize = 8;

/// The associated constants of the enum, which a variant of the same name would shadow.
pub(crate) const CONSTANTS: &[&str] = &["ALL", "NAME"];

/// The methods of the enum, inherent and from traits, which a column or variant would shadow.
pub(crate) const METHODS: &[&str] = &[
    "as_ref",
    "as_str",
    "borrow",
    "borrow_mut",
    "cause",
    "clamp",
    "clone",
    "clone_from",
    "clone_into",
    "clone_to_uninit",
    "cmp",
    "deserialize",
    "deserialize_in_place",
    "description",
    "eq",
    "family",
    "fault",
    "fmt",
    "from",
    "from_code",
    "from_code_ignore_case",
    "from_number",
    "from_str",
    "ge",
    "gt",
    "hash",
    "hash_slice",
    "into",
    "is_retryable",
    "le",
    "lt",
    "max",
    "meaning",
    "min",
    "ne",
    "nearest",
    "number",
    "partial_cmp",
    "provide",
    "retry",
    "retry_action",
    "retry_after",
    "serialize",
    "source",
    "table",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
];

/// Methods that clippy requires to be those of a collection. A column cannot have these names.
pub(crate) const COLLECTION_METHODS: &[&str] = &["iter", "iter_mut", "len"];

pub(super) fn is_keyword(name: &str) -> bool {
    name.len() <= LONGEST_KEYWORD && KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, LONGEST_KEYWORD};

    #[test]
    fn longest_keyword_is_correct() {
        assert_eq!(KEYWORDS.iter().map(|keyword| keyword.len()).max(), Some(LONGEST_KEYWORD));
    }
}
