//! The rules of a table, by name.

use std::fmt;

/// The rules, each written once.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $name:literal,)*) => {
        /// A rule that a table can break; each has a name that stays, for whoever sorts or filters diagnostics.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$doc])* $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$rule),*];

            /// The name of the rule, in kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$rule => $name,)*
                }
            }
        }
    };
}

rules! {
    /// A table, or a base of it, cannot be read.
    FileUnreadable = "file-unreadable",
    /// A file holds nothing.
    FileEmpty = "file-empty",
    /// A file is not UTF-8.
    NotUtf8 = "not-utf8",
    /// A file starts with a byte order mark.
    ByteOrderMark = "byte-order-mark",
    /// A file is not JSON.
    JsonSyntax = "json-syntax",
    /// A string of JSON stands for no text.
    JsonString = "json-string",
    /// A value is of another type, or out of the range, of its key.
    WrongType = "wrong-type",
    /// An object has a key that means nothing there.
    UnknownKey = "unknown-key",
    /// An object has a key twice.
    KeyTwice = "key-twice",
    /// An object lacks a key.
    KeyMissing = "key-missing",
    /// A text is none of the words that its key may have.
    UnknownWord = "unknown-word",
    /// The name of a table is not in kebab-case.
    TableName = "table-name",
    /// A path cannot mean the same on every machine.
    BasePath = "base-path",
    /// A table extends itself.
    BaseCycle = "base-cycle",
    /// Two bases say different things of one code, and the table does not settle it.
    BasesDisagree = "bases-disagree",
    /// A code or alias is empty.
    CodeEmpty = "code-empty",
    /// A code or alias holds a control character.
    CodeControlCharacter = "code-control-character",
    /// A code or alias takes more than 255 bytes.
    CodeTooLong = "code-too-long",
    /// Two rows of a file have one code.
    CodeTwice = "code-twice",
    /// An alias is a code or alias of another row.
    AliasTaken = "alias-taken",
    /// Two spellings differ by case alone in a table that ignores case.
    CaseAlone = "case-alone",
    /// A table holds more than 65,535 codes and aliases.
    TooManyCodes = "too-many-codes",
    /// The variant of a code cannot have its name.
    VariantName = "variant-name",
    /// Two codes give one variant.
    VariantTaken = "variant-taken",
    /// A column cannot have its name.
    ColumnName = "column-name",
    /// A column has a type and an enum.
    ColumnTypeTwice = "column-type-twice",
    /// An enum column has no words.
    ColumnWithoutWords = "column-without-words",
    /// A word of an enum column makes no variant.
    ColumnWordName = "column-word-name",
    /// Two words of an enum column make one variant.
    ColumnWordTaken = "column-word-taken",
    /// Two enum columns make one enum.
    ColumnEnumTaken = "column-enum-taken",
    /// Two bases declare a column differently.
    ColumnsDisagree = "columns-disagree",
    /// A table declares a column of its base differently.
    ColumnRedeclared = "column-redeclared",
}

/// Writes [`as_str`](Self::as_str); honours width.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
