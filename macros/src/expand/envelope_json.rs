//! An envelope as the JSON of a table, for the documentation of the enum.

use std::fmt::Write as _;

use errtable_spec::{Envelope, Part, Placeholder, Sample, is_invisible};

/// The maximum width of an object or array on one line, its indentation included.
const MAX_WIDTH: usize = 80;

/// Returns the value of `envelope` in a table, without keys that have their default.
pub(super) fn envelope_json(envelope: &Envelope) -> String {
    let mut members = Vec::new();
    if envelope.success != Sample::Text(vec![Part::Placeholder(Placeholder::Data, false)]) {
        members.push(("success".to_owned(), envelope.success.clone()));
    }
    let failure = match envelope.failures.as_slice() {
        // A body that is an array is a list of one sample.
        [sample] if !matches!(sample, Sample::Array(_)) => sample.clone(),
        samples => Sample::Array(samples.to_vec()),
    };
    members.push(("failure".to_owned(), failure));
    if !envelope.headers.is_empty() {
        let headers = envelope.headers.iter().map(|header| (header.name.clone(), Sample::Text(header.text.clone())));
        members.push(("headers".to_owned(), Sample::Object(headers.collect())));
    }
    let mut json = String::new();
    push_lines(&Sample::Object(members), 0, 0, &mut json);
    json
}

/// Writes a sample on one line if it fits, and otherwise each member on its own. `width` is that of
/// the key before it.
fn push_lines(sample: &Sample, indent: usize, width: usize, json: &mut String) {
    let line = one_line(sample);
    // The longest line has a comma, too.
    if indent + width + line.chars().count() < MAX_WIDTH {
        json.push_str(&line);
        return;
    }
    let (open, members, close): (_, Vec<(String, &Sample)>, _) = match sample {
        Sample::Array(elements) => ('[', elements.iter().map(|element| (String::new(), element)).collect(), ']'),
        Sample::Object(members) => {
            ('{', members.iter().map(|(key, member)| (format!("{}: ", quoted(key)), member)).collect(), '}')
        }
        Sample::Null | Sample::Bool(_) | Sample::Number(_) | Sample::Text(_) => return json.push_str(&line),
    };
    json.push(open);
    for (position, (key, member)) in members.iter().enumerate() {
        json.push_str(if position == 0 { "\n" } else { ",\n" });
        let _ = write!(json, "{:1$}{key}", "", indent + 2);
        push_lines(member, indent + 2, key.chars().count(), json);
    }
    let _ = write!(json, "\n{:indent$}{close}", "");
}

fn one_line(sample: &Sample) -> String {
    match sample {
        Sample::Null => "null".to_owned(),
        Sample::Bool(value) => value.to_string(),
        Sample::Number(digits) => digits.clone(),
        Sample::Text(parts) => quoted(&parts.iter().map(part).collect::<String>()),
        Sample::Array(elements) => {
            let elements: Vec<_> = elements.iter().map(one_line).collect();
            format!("[{}]", elements.join(", "))
        }
        Sample::Object(members) if members.is_empty() => "{}".to_owned(),
        Sample::Object(members) => {
            let members: Vec<_> =
                members.iter().map(|(key, member)| format!("{}: {}", quoted(key), one_line(member))).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// Returns a part of a text as a table writes it.
fn part(part: &Part) -> String {
    match part {
        Part::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
        Part::Placeholder(placeholder, is_second_choice) => {
            format!("{{{}{}}}", placeholder.name(), if *is_second_choice { "?" } else { "" })
        }
    }
}

/// Returns a text as a JSON string. Invisible characters are escaped.
fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if is_invisible(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(quoted, "\\u{unit:04x}");
                }
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
