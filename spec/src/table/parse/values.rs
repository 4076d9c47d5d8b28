//! Reads the values that rows have in columns.

use crate::packed::write::text_map::TextMap;
use crate::table::model::{ColumnType, EnumValue, Value};
use crate::table::parse::Reader;
use crate::table::parse::json::{Json, JsonType};
use crate::table::report::suggest::{excerpt, one_of_list};

impl ColumnType {
    /// Describes a valid value, for a message.
    pub(crate) fn expected(&self) -> String {
        match self {
            Self::U16 | Self::U32 | Self::U64 | Self::I64 | Self::DurationMs | Self::HttpStatus => {
                let (min, max) = self.integer_range().unwrap_or_default();
                let unit = if *self == Self::DurationMs { " (milliseconds)" } else { "" };
                format!("an integer from {min} to {max}{unit}")
            }
            Self::Bool => "`true` or `false`".to_owned(),
            Self::F64 => "a 64-bit floating-point number".to_owned(),
            Self::Enum(values) => one_of_list(&texts(values)),
            Self::Str => "a string".to_owned(),
        }
    }

    /// Returns the minimum and the maximum of an integer type.
    pub(super) fn integer_range(&self) -> Option<(i128, i128)> {
        let max = match self {
            Self::U16 => u16::MAX.into(),
            Self::U32 => u32::MAX.into(),
            Self::U64 | Self::DurationMs => u64::MAX.into(),
            Self::I64 => return Some((i64::MIN.into(), i64::MAX.into())),
            Self::HttpStatus => return Some((100, 599)),
            Self::Bool | Self::F64 | Self::Str | Self::Enum(_) => return None,
        };
        Some((0, max))
    }

    /// Returns the positions of the values of an enum by their texts.
    pub(super) fn positions(&self) -> TextMap<String, usize> {
        let Self::Enum(values) = self else { return TextMap::default() };
        values.iter().map(|value| (value.text.clone(), value.index)).collect()
    }

    /// Parses the JSON text of a number or a boolean.
    fn scalar(&self, text: &str) -> Option<Value> {
        let is_number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        if let (true, Some((min, max))) = (is_number, self.integer_range()) {
            // `i128` includes all kinds and reads `-0` as 0, as JSON Schema does.
            let number: i128 = text.parse().ok().filter(|number| (min..=max).contains(number))?;
            return match self {
                Self::I64 => number.try_into().ok().map(Value::Signed),
                Self::DurationMs => number.try_into().ok().map(Value::DurationMs),
                _ => number.try_into().ok().map(Value::Unsigned),
            };
        }
        match self {
            Self::Bool => text.parse().ok().map(Value::Bool),
            Self::F64 if is_number => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Float),
            _ => None,
        }
    }

    /// Returns a placeholder for a value that is invalid or missing. An enum may have none.
    pub(crate) fn any_value(&self) -> Option<Value> {
        Some(match self {
            Self::Bool => Value::Bool(false),
            Self::U16 | Self::U32 | Self::U64 => Value::Unsigned(0),
            Self::DurationMs => Value::DurationMs(0),
            Self::HttpStatus => Value::Unsigned(500),
            Self::I64 => Value::Signed(0),
            Self::F64 => Value::Float(0.0),
            Self::Str => Value::Str(String::new()),
            Self::Enum(values) => return values.first().cloned().map(Value::Enum),
        })
    }
}

fn texts(values: &[EnumValue]) -> Vec<&str> {
    values.iter().map(|value| value.text.as_str()).collect()
}

impl Reader<'_> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_range_checked() {
        use Value::{DurationMs, Signed, Unsigned};
        for (ty, text, value) in [
            (ColumnType::U16, "-0", Some(Unsigned(0))),
            (ColumnType::U16, "65535", Some(Unsigned(65_535))),
            (ColumnType::U16, "65536", None),
            (ColumnType::U16, "-1", None),
            (ColumnType::U32, "4294967295", Some(Unsigned(4_294_967_295))),
            (ColumnType::U32, "4294967296", None),
            (ColumnType::U64, "18446744073709551615", Some(Unsigned(u64::MAX))),
            (ColumnType::U64, "18446744073709551616", None),
            (ColumnType::DurationMs, "1000", Some(DurationMs(1000))),
            (ColumnType::DurationMs, "1e3", None),
            (ColumnType::HttpStatus, "100", Some(Unsigned(100))),
            (ColumnType::HttpStatus, "599", Some(Unsigned(599))),
            (ColumnType::HttpStatus, "99", None),
            (ColumnType::HttpStatus, "600", None),
            (ColumnType::HttpStatus, "404.0", None),
            (ColumnType::I64, "-0", Some(Signed(0))),
            (ColumnType::I64, "-9223372036854775808", Some(Signed(i64::MIN))),
            (ColumnType::I64, "9223372036854775808", None),
            (ColumnType::U64, "true", None),
        ] {
            assert_eq!(ty.scalar(text), value, "{ty:?} {text}");
        }
    }
}
