//! A reading of bodies that shares no code with the library: by the rules of the envelope, from raw
//! values.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
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
#[derive(Debug)]
pub(crate) enum Rejection {
    Failure { code: String, message: String },
    Malformed,
}

/// Reads a body, or returns `None` if it is not valid JSON.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8], declares_request_id: bool) -> Option<Reading<T>> {
    let json: &RawValue = serde_json::from_slice(body).ok()?;
    let outer = Object::read(json);
    // Duplicates are malformed, and may contain an id.
    let all = |name| outer.iter().flat_map(move |outer| outer.all(name));
    let responses: Vec<_> = all("Response").filter_map(Object::read).collect();
    let inner_ids = responses.iter().flat_map(|response| response.all("RequestId"));
    let request_id = inner_ids.chain(all("RequestId")).find_map(non_empty_text);
    let outcome = outer.ok_or(Rejection::Malformed).and_then(|outer| read_outer(&outer, declares_request_id));
    Some(Reading { outcome, request_id })
}

fn read_outer<T: DeserializeOwned>(outer: &Object<'_>, declares_request_id: bool) -> Result<T, Rejection> {
    outer.only("RequestId")?;
    let Some(response) = outer.only("Response")? else { return Err(legacy(outer)) };
    let response = Object::read(response).ok_or(Rejection::Malformed)?;
    response.only("RequestId")?;
    if let Some(error) = response.only("Error")?.filter(|error| error.get() != "null") {
        check_error(&Object::read(error).ok_or(Rejection::Malformed)?)?;
    }
    response.data(declares_request_id).ok_or(Rejection::Malformed)
}

/// Returns the failure in `Error`, if it contains one.
fn check_error(error: &Object<'_>) -> Result<(), Rejection> {
    let code = error.only("Code")?.map_or(Ok(None), code)?;
    let message = error.only("Message")?.and_then(non_empty_text);
    match (code, message) {
        (Some(code), message) => Err(Rejection::Failure { code, message: message.unwrap_or_default() }),
        (None, Some(_)) => Err(Rejection::Malformed),
        (None, None) => Ok(()),
    }
}

fn code(json: &RawValue) -> Result<Option<String>, Rejection> {
    match serde_json::from_str(json.get()) {
        _ if text(json).is_some() => Ok(non_empty_text(json)),
        Ok(Value::Null) => Ok(None),
        Ok(Value::Number(number)) if !number.is_f64() => Ok(Some(number.to_string())),
        _ => Err(Rejection::Malformed),
    }
}

/// Reads `{"code": 4400, "codeDesc": "…", "message": "…"}`.
fn legacy(outer: &Object<'_>) -> Rejection {
    let failure = || {
        let code = outer.only("code").ok()?.map(RawValue::get);
        let description = outer.only("codeDesc").ok()?.and_then(non_empty_text)?;
        let message = outer.only("message").ok()?.and_then(non_empty_text);
        let is_success = match serde_json::from_str(code.unwrap_or("null")) {
            Ok(Value::Number(number)) => number.as_f64() == Some(0.0),
            Ok(Value::String(text)) => text == "0",
            _ => false,
        };
        (!is_success).then(|| Rejection::Failure { code: description, message: message.unwrap_or_default() })
    };
    failure().unwrap_or(Rejection::Malformed)
}

impl<'a> Object<'a> {
    fn all(&self, name: &str) -> impl Iterator<Item = &'a RawValue> {
        self.0.iter().filter(move |(key, _)| text(key).as_deref() == Some(name)).map(|(_, value)| *value)
    }

    /// Returns the value of a key, which must not be a duplicate.
    fn only(&self, name: &str) -> Result<Option<&'a RawValue>, Rejection> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_some() { Err(Rejection::Malformed) } else { Ok(first) }
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
                // `"\ud83d"`, which `serde_json` rejects, is U+FFFD.
                Some("RequestId") if text(value).is_some() => {
                    members.push(format!("{key}:{}", Value::from(text(value))));
                }
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
    Some(String::from_utf16_lossy(&units))
}
