//! The rules of a table.

named_enum! {
    /// A rule of tables. Its name is stable, so that tools can sort and filter diagnostics.
    ///
    /// ```
    /// assert_eq!(errtable_spec::Rule::DuplicateCode.as_str(), "duplicate-code");
    /// ```
    #[non_exhaustive]
    pub enum Rule {
        /// A table or one of its bases cannot be read.
        UnreadableFile = "unreadable-file",
        /// A file is empty.
        EmptyFile = "empty-file",
        /// A file is not valid UTF-8.
        InvalidUtf8 = "invalid-utf8",
        /// A file starts with a byte order mark.
        ByteOrderMark = "byte-order-mark",
        /// A file is not valid JSON.
        InvalidJson = "invalid-json",
        /// A JSON string contains an invalid escape, such as the unpaired surrogate `"\ud83d"`.
        InvalidEscape = "invalid-escape",
        /// A value has the wrong type or is out of range.
        InvalidType = "invalid-type",
        /// An object has an unknown key.
        UnknownKey = "unknown-key",
        /// An object has a key twice.
        DuplicateKey = "duplicate-key",
        /// An object lacks a required key.
        MissingKey = "missing-key",
        /// A string is not one of the values that its key allows.
        UnknownValue = "unknown-value",
        /// The name of a table is not in kebab-case.
        InvalidTableName = "invalid-table-name",
        /// A path is not portable.
        InvalidPath = "invalid-path",
        /// A table extends itself.
        CyclicExtends = "cyclic-extends",
        /// Two bases define a code differently, and the table does not override it.
        ConflictingBases = "conflicting-bases",
        /// A code or alias is empty.
        EmptyCode = "empty-code",
        /// A code or alias contains a control character.
        ControlCharacter = "control-character",
        /// A code starts or ends with whitespace.
        SurroundingWhitespace = "surrounding-whitespace",
        /// A row with `retry_after_ms` has the retry class `never`.
        UnusedRetryAfter = "unused-retry-after",
        /// A code or alias has more than 255 bytes.
        CodeTooLong = "code-too-long",
        /// Two rows of a file have the same code.
        DuplicateCode = "duplicate-code",
        /// An alias is also a code or another alias.
        DuplicateAlias = "duplicate-alias",
        /// Two codes or aliases differ only in case, in a table that ignores case.
        AmbiguousCase = "ambiguous-case",
        /// A table has more than 65,535 codes and aliases.
        TooManyCodes = "too-many-codes",
        /// The prefix of variant names is not the start of an identifier in `UpperCamelCase`.
        InvalidVariantPrefix = "invalid-variant-prefix",
        /// The variant name of a code is not a usable identifier.
        InvalidVariant = "invalid-variant",
        /// A variant name, also a former one, occurs twice.
        DuplicateVariant = "duplicate-variant",
        /// Some rows have a number, and others have none.
        MissingNumber = "missing-number",
        /// Two rows have the same number.
        DuplicateNumber = "duplicate-number",
        /// A code or alias has the digits of a number that is not that of its row.
        AmbiguousDigits = "ambiguous-digits",
        /// A row uses a code, alias or number that the table reserves.
        Reserved = "reserved",
        /// A range of reserved numbers ends before it starts.
        EmptyRange = "empty-range",
        /// The replacement of a code is not a code of the table, or is replaced itself.
        InvalidReplacement = "invalid-replacement",
        /// A date is invalid.
        InvalidDate = "invalid-date",
        /// The name of a column is not usable.
        InvalidColumn = "invalid-column",
        /// A column has both a type and an enum.
        TypeAndEnum = "type-and-enum",
        /// A required or unique column has a default.
        UnusableDefault = "unusable-default",
        /// A column of this type or name cannot be unique.
        InvalidUnique = "invalid-unique",
        /// An enum column has no values.
        EmptyEnum = "empty-enum",
        /// A value of an enum column has no usable variant name.
        InvalidEnumValue = "invalid-enum-value",
        /// Two values of an enum column have the same variant name.
        DuplicateEnumValue = "duplicate-enum-value",
        /// Two enum columns have the same enum name.
        DuplicateEnum = "duplicate-enum",
        /// A column has the name of the lookup of a unique column, such as `from_errno`.
        DuplicateMethod = "duplicate-method",
        /// A table has two columns of type `http_status`.
        DuplicateHttpStatus = "duplicate-http-status",
        /// A row has no value in a required column.
        MissingValue = "missing-value",
        /// Two rows have the same value in a unique column.
        DuplicateValue = "duplicate-value",
        /// A text of an envelope contains an unknown placeholder.
        UnknownPlaceholder = "unknown-placeholder",
        /// An envelope writes a private column.
        PrivatePlaceholder = "private-placeholder",
        /// A text of an envelope contains a placeholder that has no meaning there.
        MisplacedPlaceholder = "misplaced-placeholder",
        /// Two placeholders have no text between them.
        AdjacentPlaceholders = "adjacent-placeholders",
        /// A text contains two placeholders other than `{_}`.
        TwoPlaceholders = "two-placeholders",
        /// A placeholder that is not read is a second choice, such as `{status?}`.
        InvalidSecondChoice = "invalid-second-choice",
        /// A text contains a brace that is neither doubled nor part of a placeholder.
        UnmatchedBrace = "unmatched-brace",
        /// A sample of a success does not contain `{data}` once, as a whole value.
        InvalidData = "invalid-data",
        /// The key `...` has another value than `"{data}"`, or is part of a failure.
        InvalidRest = "invalid-rest",
        /// A sample of a success contains an array or an empty object.
        InvalidSuccess = "invalid-success",
        /// A sample of a failure has neither a code nor a message.
        MissingCode = "missing-code",
        /// A failure is written without its code. This is a warning.
        UnwrittenCode = "unwritten-code",
        /// The list of samples of failures is empty.
        EmptyFailure = "empty-failure",
        /// A sample of a failure contradicts no constant of `success`.
        AmbiguousFailure = "ambiguous-failure",
        /// The name of a header is not a token of HTTP.
        InvalidHeaderName = "invalid-header-name",
        /// The value of a header contains no placeholder that is read.
        UnusedHeader = "unused-header",
        /// An envelope has too many samples, or one with too many levels or members.
        EnvelopeTooLarge = "envelope-too-large",
        /// Two bases have different envelopes, and the table has none.
        ConflictingEnvelopes = "conflicting-envelopes",
        /// Two bases declare a column differently.
        ConflictingBaseColumns = "conflicting-base-columns",
        /// A table declares a column of a base differently.
        ConflictingColumn = "conflicting-column",
    }
}
