//! The headings that are known, in lower case and without spaces.

/// The headings of codes, the most specific first.
pub(super) const CODE_HEADINGS: &[&str] = &[
    "errorcode",
    "errcode",
    "apierrorcode",
    "code",
    "codestring",
    "error",
    "errorname",
    "错误码",
    "错误代码",
    "エラーコード",
    "códigodeerro",
    "códigodeerror",
];

/// The headings of names, next to a column of integers.
pub(super) const NAME_HEADINGS: &[&str] =
    &["name", "constant", "symbol", "symbolicname", "identifier", "conditionname", "mnemonic", "codename", "string"];

/// The headings of integers, next to a column of names.
pub(super) const NUMBER_HEADINGS: &[&str] =
    &["number", "errornumber", "numericcode", "numericvalue", "codenumber", "errno", "value", "id", "no", "数字"];

/// The headings of descriptions, the most specific first.
pub(super) const DESCRIPTION_HEADINGS: &[&str] = &[
    "description",
    "errordescription",
    "errormessage",
    "message",
    "meaning",
    "details",
    "detail",
    "explanation",
    "reason",
    "cause",
    "msg",
    "错误描述",
    "错误说明",
    "错误信息",
    "说明",
    "描述",
    "説明",
    "descrição",
    "descripción",
];

/// Headings of tables whose names are not codes: parameters, headers, and fields of bodies.
const OTHER_HEADINGS: &[&str] = &[
    "argument",
    "attribute",
    "datatype",
    "default",
    "defaultvalue",
    "event",
    "field",
    "fieldname",
    "flag",
    "header",
    "headername",
    "key",
    "member",
    "method",
    "option",
    "param",
    "parameter",
    "parametername",
    "path",
    "permission",
    "property",
    "required",
    "scope",
    "type",
    "variable",
    "参数",
    "参数名",
    "参数名称",
    "字段",
    "字段名",
    "必选",
    "是否必选",
    "类型",
];

/// Returns whether a table with this heading has names that are not codes.
pub(super) fn is_other(heading: &str) -> bool {
    let heading = normalize(heading);
    OTHER_HEADINGS.iter().any(|other| heading.strip_prefix(other).is_some_and(|rest| ["", "s"].contains(&rest)))
}

/// Returns whether a heading can be that of a code, a number or a description.
pub(super) fn is_known(heading: &str) -> bool {
    let heading = normalize(heading);
    let known = [CODE_HEADINGS, NAME_HEADINGS, NUMBER_HEADINGS, DESCRIPTION_HEADINGS];
    known.iter().any(|known| known.contains(&&*heading))
}

pub(super) fn position(cells: &[String], headings: &[&str]) -> Option<usize> {
    positions(cells, headings).next()
}

pub(super) fn positions(cells: &[String], headings: &[&str]) -> impl Iterator<Item = usize> {
    headings.iter().filter_map(|heading| cells.iter().position(|cell| cell == heading))
}

/// Returns the column with a heading of the mapping.
///
/// A number that is not a heading is the number of the column, from 1.
pub(super) fn column_of(names: &[String], heading: &str) -> Option<usize> {
    let normal = normalize(heading);
    let by_name = names.iter().position(|name| *name == normal);
    by_name.or_else(|| heading.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < names.len()))
}

/// Returns the letters of a heading in lower case: `errorcode` for `**Error Code**`.
pub(super) fn normalize(heading: &str) -> String {
    // No known heading is that long, and a cell may be a whole book.
    let letters = heading.chars().take(64).filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
