//! A reading of bodies that shares no code with the library: by the rules of the envelope, from raw
//! values.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use object::Object;

pub(crate) mod agreement;
pub(crate) mod object;

/// What a body of valid JSON contains.
pub(crate) struct Reading<T> {
    pub(crate) outcome: Result<T, Rejection>,
    pub(crate) request_id: Option<String>,
}

/// Why there are no data.
#[derive(Debug, PartialEq)]
pub(crate) enum Rejection {
    Failure { code: String, message: String },
    Malformed,
}

/// Reads a body, or returns `None` if it is not valid JSON. It is rejected by a status other than
/// 2xx.
pub(crate) fn read<T: DeserializeOwned>(
    body: &[u8],
    is_rejected: bool,
    declares_request_id: bool,
) -> Option<Reading<T>> {
    let json: &RawValue = serde_json::from_slice(body).ok()?;
    let outer = Object::read(json).unwrap_or(Object(Vec::new()));
    // Duplicates are malformed, and may contain an id.
    let responses: Vec<_> = outer.all("Response").filter_map(Object::read).collect();
    let inner_ids = responses.iter().flat_map(|response| response.all("RequestId"));
    let id = inner_ids.chain(outer.all("RequestId")).find(|id| value(id).is_some());
    let any_id = || id.and_then(value);
    if has_duplicates(&outer, &["Response", "RequestId"]) {
        return Some(Reading { outcome: Err(Rejection::Malformed), request_id: any_id() });
    }
    let response = responses.first();
    let error = response.and_then(|response| response.first("Error"));
    let is_reported = error.is_some_and(|error| !is_nothing(error, &["Code", "Message"]));
    if let Some(data) = response.filter(|_| !is_rejected && !is_reported) {
        let is_valid = id.is_none_or(|id| !has_unpaired_surrogate(id));
        let outcome = data.data(declares_request_id).filter(|_| is_valid).ok_or(Rejection::Malformed);
        return Some(Reading { outcome, request_id: any_id() });
    }
    if has_duplicates(&outer, &["code", "codeDesc", "message"]) {
        return Some(Reading { outcome: Err(Rejection::Malformed), request_id: any_id() });
    }
    let failures = [Failure::of_response(&outer, response, error), Failure::legacy(&outer)];
    let has_code = failures.iter().any(|failure| failure.code.is_some());
    if !is_rejected && !is_reported && !has_code {
        return Some(Reading { outcome: Err(Rejection::Malformed), request_id: any_id() });
    }
    let decides = failures.iter().find(|failure| failure.code.is_some());
    let decides = decides.or_else(|| failures.iter().find(|failure| failure.message.is_some()));
    let (code, message, request_id) = match decides {
        Some(failure) => (failure.code.clone(), failure.message.clone(), failure.request_id.clone()),
        None => (None, None, any_id()),
    };
    let [code, message] = [code, message].map(Option::unwrap_or_default);
    Some(Reading { outcome: Err(Rejection::Failure { code, message }), request_id })
}

/// Returns whether a member of `Response`, of `Error`, or one beside `Response` occurs twice.
fn has_duplicates(outer: &Object<'_>, beside: &[&str]) -> bool {
    let response = outer.first("Response").and_then(Object::read);
    let error = response.as_ref().and_then(|response| response.first("Error")).and_then(Object::read);
    let occurs_twice = |object: &Object<'_>, names: &[&str]| names.iter().any(|name| object.all(name).count() > 1);
    occurs_twice(outer, beside)
        || response.is_some_and(|response| occurs_twice(&response, &["Error", "RequestId"]))
        || error.is_some_and(|error| occurs_twice(&error, &["Code", "Message"]))
}

/// The values of one form of a failure.
struct Failure {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

impl Failure {
    /// Reads `{"Response": {"Error": {"Code": "…", "Message": "…"}, "RequestId": "…"}}`.
    fn of_response(outer: &Object<'_>, response: Option<&Object<'_>>, error: Option<&RawValue>) -> Self {
        let error = error.and_then(Object::read);
        let member = |name| error.as_ref().and_then(|error| error.first(name));
        let request_id = response.and_then(|response| response.first("RequestId"));
        Self {
            code: member("Code").and_then(value),
            message: member("Message").and_then(non_empty_text),
            request_id: request_id.and_then(value).or_else(|| outer.first("RequestId").and_then(value)),
        }
    }

    /// Reads `{"code": 4400, "codeDesc": "…", "message": "…", "RequestId": "…"}`.
    fn legacy(outer: &Object<'_>) -> Self {
        let is_failure = outer.first("code").is_some_and(|code| !is_nothing(code, &[]));
        let member = |name| outer.first(name).filter(|_| is_failure);
        Self {
            code: member("codeDesc").and_then(value),
            message: member("message").and_then(non_empty_text),
            request_id: member("RequestId").and_then(value),
        }
    }
}

/// Returns whether a value is null, false, zero, `"0"`, or empty. An object with certain members,
/// all of them nothing, is empty, too.
fn is_nothing(json: &RawValue, names: &[&str]) -> bool {
    match json.get() {
        "null" | "false" => true,
        number if number.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => number.parse() == Ok(0.0),
        list if list.starts_with('[') => list[1..list.len() - 1].trim().is_empty(),
        _ if text(json).is_some() => matches!(text(json).as_deref(), Some("" | "0")),
        _ => Object::read(json).is_some_and(|object| {
            object
                .0
                .iter()
                .all(|(key, value)| text(key).is_some_and(|key| names.contains(&&*key)) && is_nothing(value, &[]))
        }),
    }
}

/// Reads a code or a request id: a text, or an integer of 64 bits, which is its digits.
fn value(json: &RawValue) -> Option<String> {
    let digits = json.get();
    let is_integer = (digits.parse::<i64>().is_ok() || digits.parse::<u64>().is_ok()) && digits != "-0";
    non_empty_text(json).or_else(|| is_integer.then(|| digits.to_owned()))
}

impl<'a> Object<'a> {
    fn all(&self, name: &str) -> impl Iterator<Item = &'a RawValue> {
        self.0.iter().filter(move |(key, _)| text(key).as_deref() == Some(name)).map(|(_, value)| *value)
    }

    fn first(&self, name: &str) -> Option<&'a RawValue> {
        self.all(name).next()
    }

    /// Reads the data at its depth in the body, because `serde_json` limits the depth.
    fn data<T: DeserializeOwned>(&self, declares_request_id: bool) -> Option<T> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Body<T> {
            response: T,
        }
        let mut members = Vec::new();
        for (key, value) in &self.0 {
            match text(key).as_deref() {
                Some("Error") => {}
                Some("RequestId") if !declares_request_id => {}
                _ => members.push(format!("{key}:{value}")),
            }
        }
        let body = format!(r#"{{"Response":{{{}}}}}"#, members.join(","));
        serde_json::from_str::<Body<T>>(&body).ok().map(|body| body.response)
    }
}

fn non_empty_text(json: &RawValue) -> Option<String> {
    text(json).filter(|text| !text.is_empty())
}

/// Reads a string. An unpaired surrogate is U+FFFD: `"\ud83d"`.
fn text(json: &RawValue) -> Option<String> {
    utf16(json).map(|units| String::from_utf16_lossy(&units))
}

fn has_unpaired_surrogate(json: &RawValue) -> bool {
    utf16(json).is_some_and(|units| String::from_utf16(&units).is_err())
}

/// Reads a string.
fn utf16(json: &RawValue) -> Option<Vec<u16>> {
    let quoted = json.get().strip_prefix('"')?.strip_suffix('"')?;
    let mut units = Vec::new();
    let mut chars = quoted.chars();
    while let Some(char) = chars.next() {
        let char = match char {
            '\\' => match chars.next()? {
                'u' => {
                    let digits: String = chars.by_ref().take(4).collect();
                    units.push(u16::from_str_radix(&digits, 16).ok()?);
                    continue;
                }
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                escaped => escaped,
            },
            char => char,
        };
        units.extend_from_slice(char.encode_utf16(&mut [0; 2]));
    }
    Some(units)
}
