//! The rules of codes and names.

pub(crate) mod free;
pub(crate) mod reserved;

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

use crate::invisible::is_invisible;
use crate::packed::MAX_CODE_LEN;
use crate::table::ascii::is_alphanumeric_or;
use crate::table::column::Column;
use crate::table::envelope::PLACEHOLDERS;
use crate::table::names::reserved::{COLLECTION_METHODS, CONSTANTS, KEYWORDS, METHODS, is_keyword};
use crate::table::report::rule::Rule;
use crate::table::report::suggest::excerpt;
use crate::table::row::RowKey;

/// The violation of a rule of codes or names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

pub(crate) fn violation<T>(rule: Rule, message: String, help: impl Into<String>) -> Result<T, Violation> {
    Err(Violation { rule, message, help: help.into() })
}

/// Checks a code: a [spelling](check_spelling) without leading or trailing whitespace.
///
/// ```
/// use errtable_spec::__private::check_code;
///
/// assert_eq!(check_code("Disk.Full"), Ok(()));
/// assert_eq!(check_code("Full ").unwrap_err().message, "trailing whitespace in code `Full `");
/// ```
///
/// # Errors
///
/// Returns the violated rule.
pub fn check_code(text: &str) -> Result<(), Violation> {
    check_spelling("code", text)?;
    let position = match (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace)) {
        (false, false) => return Ok(()),
        (true, false) => "leading",
        (false, true) => "trailing",
        (true, true) => "leading and trailing",
    };
    let message = format!("{position} whitespace in code `{}`", excerpt(text));
    let help = "remove it; if the service really sends it, add this spelling to `aliases`";
    violation(Rule::SurroundingWhitespace, message, help)
}

/// Checks a code or alias: any text of 1 to 255 bytes without control characters. `what` is "code"
/// or "alias".
///
/// # Errors
///
/// Returns the violated rule.
pub fn check_spelling(what: &str, text: &str) -> Result<(), Violation> {
    if text.is_empty() {
        let help = format!("write the {what} exactly as the service sends it, such as `InternalError`");
        return violation(Rule::EmptyCode, format!("empty {what}"), help);
    }
    let control = if is_alphanumeric_or(text, b"._- ") { None } else { text.chars().find(|c| c.is_control()) };
    if let Some(control) = control {
        let message = format!("control character U+{:04X} in {what}", u32::from(control));
        return violation(Rule::ControlCharacter, message, "remove the character");
    }
    if text.len() > MAX_CODE_LEN {
        let message = format!("{what} of {} bytes is too long", text.len());
        let help = format!("shorten it to at most {MAX_CODE_LEN} bytes, or move the text to `description`");
        return violation(Rule::CodeTooLong, message, help);
    }
    Ok(())
}

/// Checks the name of a table: kebab-case.
///
/// # Errors
///
/// Returns the violated rule.
pub fn check_table_name(name: &str) -> Result<(), Violation> {
    if is_kebab_case(name) {
        return Ok(());
    }
    let nearest = name.to_kebab_case();
    let example = if is_kebab_case(&nearest) { &nearest } else { "my-api" };
    let message = match name {
        "" => "empty table name".to_owned(),
        _ => format!("invalid table name `{}`: it is not in kebab-case", excerpt(name)),
    };
    let help = format!("use lower-case letters, digits and single hyphens: `{example}`");
    violation(Rule::InvalidTableName, message, help)
}

fn is_kebab_case(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.split('-').all(is_part)
}

/// Checks the prefix of variant names: the start of an ASCII identifier in `UpperCamelCase`.
pub(crate) fn check_variant_prefix(prefix: &str) -> Result<(), Violation> {
    let is_capitalized = !prefix.contains('_') && !prefix.starts_with(char::is_lowercase);
    if is_capitalized && unusable_identifier(&format!("{prefix}A")).is_none() && !prefix.is_empty() {
        return Ok(());
    }
    let message = match prefix {
        "" => "empty variant prefix".to_owned(),
        _ => format!("invalid variant prefix `{}`: it is not an identifier in UpperCamelCase", excerpt(prefix)),
    };
    let nearest = prefix.to_upper_camel_case();
    let example = if nearest != prefix && check_variant_prefix(&nearest).is_ok() { &nearest } else { "Sql" };
    violation(Rule::InvalidVariantPrefix, message, format!("use ASCII letters and digits, such as `{example}`"))
}

/// Checks a date: `2027-06-30`.
pub(crate) fn check_date(text: &str) -> Result<(), Violation> {
    if is_date(text) {
        return Ok(());
    }
    let message = format!("invalid date `{}`", excerpt(text));
    violation(Rule::InvalidDate, message, "write an existing date as `YYYY-MM-DD`, such as `2027-06-30`")
}

fn is_date(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return false };
    if ![y1, y2, y3, y4, m1, m2, d1, d2].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0'));
    let year = number(&[y1, y2, y3, y4]);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match number(&[m1, m2]) {
        2 => 28 + u16::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&number(&[d1, d2]))
}

/// Returns the variant name of a code.
///
/// ```
/// assert_eq!(errtable_spec::variant_name("AuthFailure.TokenFailure"), "AuthFailureTokenFailure");
/// ```
#[must_use]
pub fn variant_name(code: &str) -> String {
    if code.split('.').all(is_camel_case) { code.replace('.', "") } else { code.to_upper_camel_case() }
}

/// Returns whether a segment is like `TokenFailure`, which `heck` leaves as it is. Most are.
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

/// Checks the name of a variant: an ASCII identifier that neither Rust nor the generated enum
/// reserves. `columns` are those of the enum.
///
/// ```
/// use errtable_spec::__private::check_variant_name;
///
/// let violation = check_variant_name("Self", &[]).unwrap_err();
/// assert_eq!(violation.message, "invalid variant name `Self`: it is a reserved keyword");
/// assert_eq!(check_variant_name("NotFound", &[]), Ok(()));
/// ```
///
/// # Errors
///
/// Returns the violated rule.
pub fn check_variant_name(name: &str, columns: &[Column]) -> Result<(), Violation> {
    unusable_identifier(name).map_or_else(|| check_shadowing(name, columns), |why| invalid_variant(name, why))
}

/// Checks that a variant name does not shadow an item of the generated enum.
///
/// # Errors
///
/// Returns the violated rule.
pub fn check_shadowing(name: &str, columns: &[Column]) -> Result<(), Violation> {
    match shadowed_item(name) {
        Some(why) => invalid_variant(name, why),
        // Methods are in lower case, and most variants are not.
        None if name.starts_with(|c: char| c.is_ascii_lowercase())
            && columns.iter().any(|column| column.has_method(name)) =>
        {
            invalid_variant(name, METHOD)
        }
        None => Ok(()),
    }
}

fn invalid_variant(name: &str, why: &str) -> Result<(), Violation> {
    let message = match name {
        "" => "empty variant name".to_owned(),
        _ => format!("invalid variant name `{}`: it {why}", excerpt(name)),
    };
    violation(Rule::InvalidVariant, message, "use another name")
}

/// Checks that a value of an enum column has a usable variant name.
pub(crate) fn check_enum_value(value: &str, variant: &str) -> Result<(), Violation> {
    if value.is_empty() {
        let help = "remove it, or use a name such as `none`";
        return violation(Rule::InvalidEnumValue, "empty enum value".to_owned(), help);
    }
    let invalid = |why: &str, help: &str| {
        violation(Rule::InvalidEnumValue, format!("invalid enum value `{}`: {why}", excerpt(value)), help)
    };
    if value.chars().any(is_invisible) {
        return invalid("it contains an invisible character", "remove the character");
    }
    match unusable_identifier(variant).or_else(|| shadowed_item(variant)) {
        Some(why) => invalid(
            &format!("its variant name `{variant}` {why}"),
            "use a value that becomes an ASCII identifier in UpperCamelCase, such as `low`",
        ),
        None => Ok(()),
    }
}

const METHOD: &str = "is a method of the generated enum";

/// Returns which item of the generated enum a variant name would shadow, as "is a constant …".
fn shadowed_item(name: &str) -> Option<&'static str> {
    if CONSTANTS.contains(&name) {
        return Some("is a constant of the generated enum");
    }
    (name.starts_with(|c: char| c.is_ascii_lowercase()) && METHODS.contains(&name)).then_some(METHOD)
}

const LETTERS: &str = "use ASCII letters, digits and `_`, starting with a letter";

/// Checks the name of a column: an ASCII identifier in `snake_case` that is neither a method of the
/// enum nor a key of rows.
pub(crate) fn check_column_name(name: &str) -> Result<(), Violation> {
    let violation = |why: &str, help: String| {
        violation(Rule::InvalidColumn, format!("invalid column name `{}`: it {why}", excerpt(name)), help)
    };
    if name.is_empty() {
        return self::violation(Rule::InvalidColumn, "empty column name".to_owned(), LETTERS);
    }
    let rename = format!("rename the column, for example to `{}_value`", name.to_snake_case());
    let reserved = [
        (RowKey::NAMES, "is a key of rows"),
        (METHODS, METHOD),
        (COLLECTION_METHODS, "is a method of collections"),
        (KEYWORDS, "is a reserved keyword"),
    ];
    if let Some((_, why)) = reserved.iter().find(|(names, _)| names.contains(&name)) {
        return violation(why, rename);
    }
    if PLACEHOLDERS.iter().any(|(placeholder, _)| *placeholder == name) && name != "_" {
        return violation("is a placeholder of envelopes", rename);
    }
    let snake = name.to_snake_case();
    if name == snake && unusable_identifier(name).is_none() {
        return Ok(());
    }
    let help = if snake == name {
        LETTERS.to_owned()
    } else {
        match check_column_name(&snake) {
            Ok(()) => format!("use `{snake}`"),
            Err(Violation { help, .. }) => help,
        }
    };
    violation("is not an identifier in snake_case", help)
}

/// Returns why a name is not an identifier, as "is not ASCII": rustc normalizes other identifiers,
/// and reads the Kelvin sign (U+212A) as `K`.
fn unusable_identifier(name: &str) -> Option<&'static str> {
    if !name.is_ascii() {
        return Some("is not ASCII");
    }
    if matches!(name.as_bytes(), [] | b"_" | [b'0'..=b'9', ..]) || !is_alphanumeric_or(name, b"_") {
        return Some("is not an identifier");
    }
    is_keyword(name).then_some("is a reserved keyword")
}

#[cfg(test)]
mod tests {
    use heck::ToUpperCamelCase as _;
    use proptest::prelude::*;

    use super::{is_date, variant_name};

    proptest! {
        #[test]
        fn variant_name_fast_path_agrees_with_heck(code in "([.A-Za-z][a-zA-Z0-9_]{0,4}[.A-Z]?[a-z]{0,5}){0,5}") {
            prop_assert_eq!(variant_name(&code), code.to_upper_camel_case());
        }
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        for date in ["2027-06-30", "2028-02-29", "2000-02-29", "0001-12-31"] {
            assert!(is_date(date), "{date}");
        }
        for text in [
            "",
            "2027-06",
            "2027-6-30",
            "2027-06-31",
            "2027-02-29",
            "1900-02-29",
            "2027-00-01",
            "2027-13-01",
            "2027-06-00",
            "+027-06-30",
            "2027/06/30",
            "2027-06-300",
            "２027-06-30",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn variant_names_are_upper_camel_case() {
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
}
