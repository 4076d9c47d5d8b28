//! [`Envelope`] as a body, and the legacy form: `{"code": 4400, "codeDesc": "…", "message": "…"}`.

use alloc::string::String;

use serde_core::de::{Deserialize, Deserializer, IgnoredAny};

use crate::api_error::ApiError;
use crate::code::Code;
use crate::envelope::de::EnvelopeVisitor;
use crate::envelope::de::captured::EnvelopeValues;
use crate::envelope::{Envelope, Success};
use crate::error_code::ErrorCode;
use crate::json::body::Body;
use crate::json::tokens::{TokenKind, Tokens, is_key, parse_text};

impl<'de, T: Deserialize<'de>, C: ErrorCode> Body<'de> for Envelope<T, C> {
    type Data = T;
    type Code = C;
    const REQUEST_ID: &'static [&'static str] = &["Response", "RequestId"];
    const FALLBACK_REQUEST_ID: &'static [&'static str] = &["RequestId"];

    fn into_result(self) -> Result<Success<T>, ApiError<C>> {
        self.into_result()
    }

    fn deserialize_data<D: Deserializer<'de>>(deserializer: D, request_id: Option<&str>) -> Result<Self, D::Error> {
        let envelope = EnvelopeValues::Known { request_id };
        let visitor = EnvelopeVisitor::new(deserializer.is_human_readable(), envelope);
        deserializer.deserialize_map(visitor)
    }

    fn recover(body: &[u8]) -> Option<ApiError<C>> {
        Self::examine(body).ok().flatten()
    }

    fn examine(body: &[u8]) -> serde_json::Result<Option<ApiError<C>>> {
        match serde_json::from_slice::<Envelope<(), C>>(body) {
            Ok(envelope) => Ok(envelope.into_result().err()),
            Err(error) => read_legacy(body).map(Some).ok_or(error),
        }
    }
}

/// Reads the failure in a body without `Response`.
///
/// `{"code": "SUCCESS", "data": {}}` is another service's success, so only `codeDesc` is a code.
fn read_legacy<C: ErrorCode>(json: &[u8]) -> Option<ApiError<C>> {
    serde_json::from_slice::<IgnoredAny>(json).ok()?;
    let mut values = ["Response", "RequestId", "code", "codeDesc", "message"].map(|name| (name, None));
    let mut current: Option<&mut Option<&[u8]>> = None;
    for token in Tokens::new(json).filter(|token| token.depth == 1) {
        let text = json.get(token.range)?;
        match token.kind {
            TokenKind::Key => {
                current = values.iter_mut().find(|(name, _)| is_key(text, name)).map(|(_, value)| value);
                // `{"code": "X", "code": "Y"}` is ambiguous.
                if current.as_mut().is_some_and(|value| value.replace(b"").is_some()) {
                    return None;
                }
            }
            TokenKind::Scalar => {
                if let Some(value) = &mut current {
                    **value = Some(text);
                }
            }
            _ => {}
        }
    }
    let [(_, None), _, code, description, message] = values else { return None };
    let [code, description, message] = [code, description, message].map(|(_, value)| value.unwrap_or_default());
    let description = parse_text(description).filter(|_| !is_zero(code))?;
    let message = parse_text(message).unwrap_or_default();
    Some(ApiError::from_parts(Code::from(String::from(description)), message, None))
}

/// Returns whether `code` is 0 or "0", as in `{"code": 0, "codeDesc": "Success"}`.
fn is_zero(code: &[u8]) -> bool {
    parse_text(code).as_deref() == Some("0") || serde_json::from_slice::<f64>(code).is_ok_and(|code| code == 0.0)
}
