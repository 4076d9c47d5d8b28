//! What a response looks like, by the envelope of a table.

use errtable_spec::{Envelope, Part, Placeholder, Sample};

/// The maximum width of a line with several values, and a comma.
const WIDTH: usize = 49;

/// Samples of a success and a failure, and the headers.
pub(super) struct ResponseSamples {
    /// The body of a failure.
    pub(super) failure: String,
    /// The body of a success, unless that is only the data.
    pub(super) success: Option<String>,
    /// The headers, such as `retry-after: {retry_after}`.
    pub(super) headers: Vec<String>,
}

impl ResponseSamples {
    /// Creates the samples of an envelope. There is none without a failure.
    pub(super) fn new(envelope: &Envelope) -> Option<Self> {
        let failure = json(envelope.failures.first()?);
        let is_data = matches!(&envelope.success, Sample::Text(parts) if is_only(parts, &Placeholder::Data));
        let success = (!is_data).then(|| json(&envelope.success));
        let headers = envelope.headers.iter().map(|header| {
            // A second choice is still sent: `{code?}` is a code.
            let text = header.text.iter().map(|part| match part {
                Part::Placeholder(placeholder, _) => format!("{{{}}}", placeholder.name()),
                literal @ Part::Literal(_) => literal.to_string(),
            });
            format!("{}: {}", header.name, text.collect::<String>())
        });
        Some(Self { failure, success, headers: headers.collect() })
    }
}

/// Writes the JSON of a sample.
fn json(sample: &Sample) -> String {
    written(sample).to_json(WIDTH)
}

/// Returns a sample without the members that a server does not write.
fn written(sample: &Sample) -> Sample {
    match sample {
        Sample::Object(members) => {
            let members = members.iter().filter(|(_, member)| is_written(member));
            Sample::Object(members.map(|(key, member)| (key.clone(), written(member))).collect())
        }
        Sample::Array(elements) => Sample::Array(elements.iter().map(written).collect()),
        scalar => scalar.clone(),
    }
}

/// Returns whether a member is more than a condition (`null`), a second choice or any value.
fn is_written(member: &Sample) -> bool {
    match member {
        Sample::Null => false,
        Sample::Text(parts) => {
            let is_second = parts.iter().any(|part| matches!(part, Part::Placeholder(_, true)));
            !is_second && !is_only(parts, &Placeholder::Any)
        }
        _ => true,
    }
}

/// Returns whether a text is only a placeholder.
fn is_only(parts: &[Part], placeholder: &Placeholder) -> bool {
    matches!(parts, [Part::Placeholder(only, false)] if only == placeholder)
}

#[cfg(test)]
mod tests {
    use errtable_spec::{Part, Sample, named_envelope};

    use super::{ResponseSamples, json};

    #[test]
    fn members_that_no_server_writes_are_left_out() {
        let response = ResponseSamples::new(&named_envelope("json-rpc").unwrap()).unwrap();
        let success = "{\n  \"jsonrpc\": \"2.0\",\n  \"result\": \"{data}\",\n  \"id\": \"{request_id}\"\n}";
        assert_eq!(response.success.as_deref(), Some(success));
        let google = ResponseSamples::new(&named_envelope("google").unwrap()).unwrap();
        assert!(!google.failure.contains("{code?}") && google.failure.contains("\"reason\": \"{code}\""));
        assert_eq!(google.success, None);
        assert_eq!(google.headers, ["x-request-id: {request_id}", "retry-after: {retry_after}"]);
    }

    #[test]
    fn keys_are_escaped() {
        let empty = || Sample::Object(Vec::new());
        let sample = Sample::Array(vec![Sample::Object(vec![
            ("{a}\"\u{202e}".to_owned(), empty()),
            ("b".to_owned(), Sample::Text(vec![Part::Literal("long ".repeat(10))])),
        ])]);
        let long = "long ".repeat(10);
        assert_eq!(json(&sample), format!("[\n  {{\n    \"{{a}}\\\"\\u202e\": {{}},\n    \"b\": \"{long}\"\n  }}\n]"));
    }
}
