//! Reads what a table reserves.

use std::ops::RangeInclusive;

use crate::table::model::Reserved;
use crate::table::names::check_spelling;
use crate::table::parse::Reader;
use crate::table::parse::json::Json;
use crate::table::report::rule::Rule;
use crate::table::source::Spanned;

impl Reader<'_> {
    /// Reads the value of `reserved`. Leaves invalid entries out.
    pub(super) fn reserved(&mut self, json: Json<'_>) -> Vec<Spanned<Reserved>> {
        let entries = self.array(json, "`reserved`").unwrap_or_default();
        entries.into_iter().filter_map(|entry| self.reservation(entry)).collect()
    }

    fn reservation(&mut self, json: Json<'_>) -> Option<Spanned<Reserved>> {
        let fields = self.object(json, "element of `reserved`", &["code", "number", "numbers", "note"], "")?;
        if ["code", "number", "numbers"].iter().all(|key| fields.get(key).is_none()) {
            self.missing_key(json, &fields, "code", "the code that no row may use, or add `number` or `numbers`");
        }
        let code = fields.get("code").and_then(|json| self.string(json, "`code`"));
        let code = code.filter(|code| self.check(code, |text| check_spelling("code", text)));
        let value = Reserved {
            code: code.map(|code| code.value),
            number: fields.get("number").and_then(|json| self.integer(json, "number")),
            numbers: fields.get("numbers").and_then(|json| self.range(json)),
            note: self.optional_string(&fields, "note").unwrap_or_default(),
        };
        Some(Spanned { value, span: json.span })
    }

    /// Reads a range, whose ends are included: `[200, 299]`.
    fn range(&mut self, json: Json<'_>) -> Option<RangeInclusive<i64>> {
        let help = "write the first and the last number: `[200, 299]`";
        let Some([first, last]) = json.elements().and_then(|ends| <[_; 2]>::try_from(ends).ok()) else {
            self.invalid_value(json, "`numbers`", "an array of two integers", Some(help.to_owned()));
            return None;
        };
        let (first, last) = (self.integer(first, "numbers")?, self.integer(last, "numbers")?);
        if first > last {
            let message = format!("empty range: {first} is greater than {last}");
            let help = format!("swap the numbers: `[{last}, {first}]`");
            self.report.error(Rule::EmptyRange, json.span, message).add_help(help);
        }
        Some(first..=last)
    }
}
