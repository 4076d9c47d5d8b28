//! The rules about single texts: codes, table names and variant names.

use std::fmt;

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

use crate::plain::is_alphanumeric_or;
use crate::words::shown;
use crate::{MAX_CODE_LEN, Rule};

/// A rule about a text that is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// `message: help`.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, self.help)
    }
}

fn broken<T>(rule: Rule, message: String, help: impl Into<String>) -> Result<T, Violation> {
    Err(Violation { rule, message, help: help.into() })
}

/// The rule of a code or alias: any text of 1 to 255 bytes without control characters. `what` is what the text is called.
///
/// # Errors
///
/// What is wrong with the text, and what to do.
pub fn check_code(what: &str, text: &str) -> Result<(), Violation> {
    if text.is_empty() {
        let help = format!("write the {what} exactly as the service sends it, such as `InternalError`");
        return broken(Rule::CodeEmpty, format!("the {what} is empty"), help);
    }
    let control = if is_alphanumeric_or(text, b"._- ") { None } else { text.chars().find(|c| c.is_control()) };
    if let Some(control) = control {
        let message = format!("the {what} holds the control character U+{:04X}", u32::from(control));
        return broken(Rule::CodeControlCharacter, message, "take the character out");
    }
    if text.len() > MAX_CODE_LEN {
        let message = format!("the {what} is {} bytes long", text.len());
        let help = format!("at most {MAX_CODE_LEN} bytes are a {what}; is this a description?");
        return broken(Rule::CodeTooLong, message, help);
    }
    Ok(())
}

/// The rule of a table's id: kebab-case.
///
/// # Errors
///
/// What is wrong with the name, and what to do.
pub fn check_table_name(name: &str) -> Result<(), Violation> {
    if is_kebab_case(name) {
        return Ok(());
    }
    let nearest = name.to_kebab_case();
    let example = if is_kebab_case(&nearest) { &nearest } else { "my-api" };
    let message = format!("the name `{}` is not in kebab-case", shown(name));
    let help = format!("use lower-case letters, digits and single hyphens: `{example}`");
    broken(Rule::TableName, message, help)
}

fn is_kebab_case(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.split('-').all(is_word)
}

/// The name of the variant of a code: `AuthFailureTokenFailure` for `AuthFailure.TokenFailure`.
pub(crate) fn variant_name(code: &str) -> String {
    if code.split('.').all(is_camel_case) { code.replace('.', "") } else { code.to_upper_camel_case() }
}

/// Whether a segment is words like `Signature` alone, which `heck` leaves as they are. Most are.
fn is_camel_case(segment: &str) -> bool {
    let mut before = b'.';
    let mut bytes = segment.as_bytes();
    while let [byte, rest @ ..] = bytes {
        match (before, byte) {
            (b'.', b'A'..=b'Z') | (b'a'..=b'z', b'A'..=b'Z' | b'a'..=b'z') | (b'A'..=b'Z', b'a'..=b'z') => {}
            _ => return false,
        }
        (before, bytes) = (*byte, rest);
    }
    before.is_ascii_lowercase()
}

/// Words that are no identifier in edition 2024, and `Self`, which no raw identifier helps.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Bytes of the longest of these words; most names are longer.
const LONGEST_KEYWORD: usize = 8;

/// Associated constants of the enum, which a variant of the same name would hide.
const CONSTANTS: &[&str] = &["ALL", "NAME"];

/// Methods of the enum, its own and those of the traits that it implements, which a column or a variant would hide.
const METHODS: &[&str] = &[
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
    "may_resend",
    "min",
    "ne",
    "nearest",
    "partial_cmp",
    "provide",
    "retry",
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

/// A variant name: an identifier that neither Rust nor the enum uses for something else. The error says what is wrong with it.
///
/// # Errors
///
/// The reason, such as `is a method of the enum`.
pub fn check_variant_name(name: &str) -> Result<(), &'static str> {
    check_identifier(name)?;
    if CONSTANTS.contains(&name) {
        return Err("is a constant of the enum");
    }
    let is_method = name.starts_with(|c: char| c.is_ascii_lowercase()) && METHODS.contains(&name);
    if is_method { Err("is a method of the enum") } else { Ok(()) }
}

/// A column name: an identifier in `snake_case` that no method of the enum and no key of a row has.
pub(crate) fn check_column_name(name: &str, row_keys: &[&str]) -> Result<(), Violation> {
    let broken =
        |why: &str, help: String| broken(Rule::ColumnName, format!("the column name `{}` {why}", shown(name)), help);
    let another = format!("give the column another name, such as `{}_value`", name.to_snake_case());
    if row_keys.contains(&name) {
        return broken("is a key of every row", another);
    }
    if METHODS.contains(&name) {
        return broken("is a method of the enum", another);
    }
    if is_keyword(name) {
        return broken("is a word that Rust keeps for itself", another);
    }
    let snake = name.to_snake_case();
    if name == snake && check_identifier(name).is_ok() {
        return Ok(());
    }
    let help = if snake == name {
        "use letters, digits and `_`, a letter first".to_owned()
    } else {
        match check_column_name(&snake, row_keys) {
            Ok(()) => format!("write `{snake}`"),
            Err(Violation { help, .. }) => help,
        }
    };
    broken("is no identifier in snake_case", help)
}

fn is_keyword(name: &str) -> bool {
    name.len() <= LONGEST_KEYWORD && KEYWORDS.contains(&name)
}

fn check_identifier(name: &str) -> Result<(), &'static str> {
    let mut characters = name.chars();
    let starts = characters.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
    let continues = is_alphanumeric_or(name, b"_") || characters.all(unicode_ident::is_xid_continue);
    if name == "_" || !starts || !continues {
        return Err("is no identifier");
    }
    if is_keyword(name) { Err("is a word that Rust keeps for itself") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use heck::ToUpperCamelCase as _;
    use proptest::prelude::*;

    use super::{KEYWORDS, LONGEST_KEYWORD, check_table_name, variant_name};

    proptest! {
        #[test]
        fn the_short_way_to_a_name_leads_where_the_long_one_does(code in "([.A-Za-z][a-zA-Z0-9_]{0,4}[.A-Z]?[a-z]{0,5}){0,5}") {
            prop_assert_eq!(variant_name(&code), code.to_upper_camel_case());
        }
    }

    #[test]
    fn no_keyword_is_longer_than_the_longest() {
        assert_eq!(KEYWORDS.iter().map(|keyword| keyword.len()).max(), Some(LONGEST_KEYWORD));
    }

    #[test]
    fn a_name_has_no_dots_and_no_runs_of_capitals() {
        for (code, name) in [
            ("AuthFailure.TokenFailure", "AuthFailureTokenFailure"),
            ("AuthFailure.", "AuthFailure"),
            ("low", "Low"),
            ("VPCNotFound", "VpcNotFound"),
            ("A.B", "AB"),
            ("", ""),
        ] {
            assert_eq!(variant_name(code), name);
        }
    }

    #[test]
    fn a_broken_rule_says_what_is_wrong_and_what_to_do() {
        let broken = check_table_name("My API").unwrap_err();
        assert_eq!(broken.to_string(), format!("{}: {}", broken.message, broken.help));
        assert!(broken.message.contains("My API") && broken.help.contains("my-api"), "{broken}");
    }
}
