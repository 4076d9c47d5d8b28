//! Reads the values that rows have in columns.

use crate::packed::write::text_map::TextMap;
use crate::table::column::{ColumnType, Value, texts};
use crate::table::parse::Reader;
use crate::table::parse::json::{Json, JsonType};
use crate::table::report::suggest::excerpt;

impl Reader<'_> {
    /// Reads a 64-bit integer.
    pub(super) fn integer(&mut self, json: Json<'_>, name: &str) -> Option<i64> {
        match self.column_value(json, name, &ColumnType::I64, &TextMap::default()) {
            Some(Value::Signed(integer)) => Some(integer),
            _ => None,
        }
    }

    /// Reads a value of a column. `positions` are those of the type.
    pub(super) fn column_value(
        &mut self,
        json: Json<'_>,
        name: &str,
        ty: &ColumnType,
        positions: &TextMap<String, usize>,
    ) -> Option<Value> {
        let what = format!("`{name}`");
        match ty {
            ColumnType::Str => return self.string(json, &what).map(|text| Value::Str(text.value)),
            ColumnType::Enum(values) if json.ty() == JsonType::String => {
                let text = self.string(json, &what)?;
                let value = positions.get(&text.value).and_then(|position| values.get(*position));
                if value.is_none() {
                    let message = format!("unknown value `{}` of column {what}", excerpt(&text.value));
                    self.unknown_value(&text, message, &texts(values));
                }
                return value.cloned().map(Value::Enum);
            }
            _ => {}
        }
        let value = ty.scalar(json.raw());
        if value.is_none() {
            let is_quoted = ty.scalar(json.raw().trim_matches('"')).is_some();
            let help = is_quoted.then(|| "remove the quotes".to_owned());
            self.invalid_value(json, &what, &ty.expected(), help);
        }
        value
    }
}
