//! Writes the samples of an envelope as the JSON of a table.

use std::fmt::{self, Display, Formatter};

use crate::invisible::json_string;
use crate::table::envelope::{Envelope, Part, Placeholder, Sample};

/// Writes the part as a table does: `{code}`, and `{{` for a brace.
impl Display for Part {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(text) => f.write_str(&text.replace('{', "{{").replace('}', "}}")),
            Self::Placeholder(placeholder, false) => write!(f, "{{{}}}", placeholder.name()),
            Self::Placeholder(placeholder, true) => write!(f, "{{{}?}}", placeholder.name()),
        }
    }
}

/// Writes the sample as JSON, on one line.
impl Display for Sample {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(digits) => f.write_str(digits),
            Self::Text(parts) => f.write_str(&json_string(&parts.iter().map(Part::to_string).collect::<String>())),
            Self::Array(elements) => {
                write!(f, "[{}]", elements.iter().map(Self::to_string).collect::<Vec<_>>().join(", "))
            }
            Self::Object(members) if members.is_empty() => f.write_str("{}"),
            Self::Object(members) => {
                let members = members.iter().map(|(key, member)| format!("{}: {member}", json_string(key)));
                write!(f, "{{ {} }}", members.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl Sample {
    /// Returns the sample as JSON. Each member or element is on a separate line, and a value in it
    /// on one line if that has at most `width` columns.
    ///
    /// ```
    /// let nested = errtable_spec::named_envelope("nested").unwrap();
    /// let member = r#"  "error": { "code": "{code}", "message": "{message}" }"#;
    /// assert_eq!(nested.failures[0].to_json(80), format!("{{\n{member}\n}}"));
    /// ```
    #[must_use]
    pub fn to_json(&self, width: usize) -> String {
        let mut json = String::new();
        push_members(self, 0, width, &mut json);
        json
    }
}

impl Envelope {
    /// Returns the value of `envelope` in a table, without keys that have their default. A sample
    /// is on one line if that has at most `width` columns.
    ///
    /// ```
    /// let flat = errtable_spec::named_envelope("flat").unwrap();
    /// let json = flat.to_json(80);
    /// let failure = r#"  "failure": { "code": "{code}", "message": "{message}" },"#;
    /// assert_eq!(json.lines().nth(1), Some(failure));
    /// ```
    #[must_use]
    pub fn to_json(&self, width: usize) -> String {
        let mut members = Vec::new();
        if self.success != Sample::Text(vec![Part::Placeholder(Placeholder::Data, false)]) {
            members.push(("success".to_owned(), self.success.clone()));
        }
        let failure = match self.failures.as_slice() {
            // A body that is an array is a list of one sample.
            [sample] if !matches!(sample, Sample::Array(_)) => sample.clone(),
            samples => Sample::Array(samples.to_vec()),
        };
        members.push(("failure".to_owned(), failure));
        if !self.headers.is_empty() {
            let headers = self.headers.iter().map(|header| (header.name.clone(), Sample::Text(header.text.clone())));
            members.push(("headers".to_owned(), Sample::Object(headers.collect())));
        }
        Sample::Object(members).to_json(width)
    }
}

/// Writes a sample after its key, on one line if it fits.
fn push(sample: &Sample, key: &str, indent: usize, width: usize, json: &mut String) {
    let line = sample.to_string();
    json.push_str(key);
    // The longest line has a comma, too.
    if indent + key.chars().count() + line.chars().count() < width {
        json.push_str(&line);
    } else {
        push_members(sample, indent, width, json);
    }
}

/// Writes each member or element on a separate line.
fn push_members(sample: &Sample, indent: usize, width: usize, json: &mut String) {
    let (open, members, close): (_, Vec<(String, &Sample)>, _) = match sample {
        Sample::Array(elements) if !elements.is_empty() => {
            ('[', elements.iter().map(|element| (String::new(), element)).collect(), ']')
        }
        Sample::Object(members) if !members.is_empty() => {
            ('{', members.iter().map(|(key, member)| (format!("{}: ", json_string(key)), member)).collect(), '}')
        }
        scalar => return json.push_str(&scalar.to_string()),
    };
    json.push(open);
    for (position, (key, member)) in members.iter().enumerate() {
        json.push_str(if position == 0 { "\n" } else { ",\n" });
        json.extend(std::iter::repeat_n(' ', indent + 2));
        push(member, key, indent + 2, width, json);
    }
    json.push('\n');
    json.extend(std::iter::repeat_n(' ', indent));
    json.push(close);
}
