//! The rules of a table, by name.

use std::fmt;

/// A rule that a table can break; each has a name that stays, for whoever sorts or filters diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A table, or a base of it, cannot be read.
    FileUnreadable,
    /// A file holds nothing.
    FileEmpty,
    /// A file is not UTF-8.
    NotUtf8,
    /// A file starts with a byte order mark.
    ByteOrderMark,
    /// A file is not JSON.
    JsonSyntax,
    /// A string of JSON stands for no text.
    JsonString,
    /// A value is of another type, or out of the range, of its key.
    WrongType,
    /// An object has a key that means nothing there.
    UnknownKey,
    /// An object has a key twice.
    KeyTwice,
    /// An object lacks a key.
    KeyMissing,
    /// A text is none of the words that its key may have.
    UnknownWord,
    /// The name of a table is not in kebab-case.
    TableName,
    /// A path cannot mean the same on every machine.
    BasePath,
    /// A table extends itself.
    BaseCycle,
    /// Two bases say different things of one code, and the table does not settle it.
    BasesDisagree,
    /// A code or alias is empty.
    CodeEmpty,
    /// A code or alias holds a control character.
    CodeControlCharacter,
    /// A code or alias takes more than 255 bytes.
    CodeTooLong,
    /// Two rows of a file have one code.
    CodeTwice,
    /// An alias is a code or alias of another row.
    AliasTaken,
    /// Two spellings differ by case alone in a table that ignores case.
    CaseAlone,
    /// A table holds more than 65,535 codes and aliases.
    TooManyCodes,
    /// The variant of a code cannot have its name.
    VariantName,
    /// Two codes give one variant.
    VariantTaken,
    /// A column cannot have its name.
    ColumnName,
    /// A column has a type and an enum.
    ColumnTypeTwice,
    /// An enum column has no words.
    ColumnWithoutWords,
    /// A word of an enum column makes no variant.
    ColumnWordName,
    /// Two words of an enum column make one variant.
    ColumnWordTaken,
    /// Two bases declare a column differently.
    ColumnsDisagree,
    /// A table declares a column of its base differently.
    ColumnRedeclared,
}

impl Rule {
    /// Every rule.
    pub const ALL: &'static [Self] = &[
        Self::FileUnreadable,
        Self::FileEmpty,
        Self::NotUtf8,
        Self::ByteOrderMark,
        Self::JsonSyntax,
        Self::JsonString,
        Self::WrongType,
        Self::UnknownKey,
        Self::KeyTwice,
        Self::KeyMissing,
        Self::UnknownWord,
        Self::TableName,
        Self::BasePath,
        Self::BaseCycle,
        Self::BasesDisagree,
        Self::CodeEmpty,
        Self::CodeControlCharacter,
        Self::CodeTooLong,
        Self::CodeTwice,
        Self::AliasTaken,
        Self::CaseAlone,
        Self::TooManyCodes,
        Self::VariantName,
        Self::VariantTaken,
        Self::ColumnName,
        Self::ColumnTypeTwice,
        Self::ColumnWithoutWords,
        Self::ColumnWordName,
        Self::ColumnWordTaken,
        Self::ColumnsDisagree,
        Self::ColumnRedeclared,
    ];

    /// The name of the rule, in kebab-case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FileUnreadable => "file-unreadable",
            Self::FileEmpty => "file-empty",
            Self::NotUtf8 => "not-utf8",
            Self::ByteOrderMark => "byte-order-mark",
            Self::JsonSyntax => "json-syntax",
            Self::JsonString => "json-string",
            Self::WrongType => "wrong-type",
            Self::UnknownKey => "unknown-key",
            Self::KeyTwice => "key-twice",
            Self::KeyMissing => "key-missing",
            Self::UnknownWord => "unknown-word",
            Self::TableName => "table-name",
            Self::BasePath => "base-path",
            Self::BaseCycle => "base-cycle",
            Self::BasesDisagree => "bases-disagree",
            Self::CodeEmpty => "code-empty",
            Self::CodeControlCharacter => "code-control-character",
            Self::CodeTooLong => "code-too-long",
            Self::CodeTwice => "code-twice",
            Self::AliasTaken => "alias-taken",
            Self::CaseAlone => "case-alone",
            Self::TooManyCodes => "too-many-codes",
            Self::VariantName => "variant-name",
            Self::VariantTaken => "variant-taken",
            Self::ColumnName => "column-name",
            Self::ColumnTypeTwice => "column-type-twice",
            Self::ColumnWithoutWords => "column-without-words",
            Self::ColumnWordName => "column-word-name",
            Self::ColumnWordTaken => "column-word-taken",
            Self::ColumnsDisagree => "columns-disagree",
            Self::ColumnRedeclared => "column-redeclared",
        }
    }
}

/// Writes [`as_str`](Self::as_str); honours width.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
