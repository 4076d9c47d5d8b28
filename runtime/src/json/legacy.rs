//! The legacy form of a response: `{"code": 4400, "codeDesc": "…", "message": "…"}`.

use alloc::boxed::Box;
use alloc::string::String;

use crate::code::Code;
use crate::error_code::ErrorCode;
use crate::json::tokens::{TokenKind, Tokens, is_key, parse_text};

/// Reads the failure in a body without `Response`, which must be an object.
///
/// `{"code": "SUCCESS", "data": {}}` is another service's success, so only `codeDesc` is a code.
pub(super) fn read<C: ErrorCode>(json: &[u8]) -> Option<(Code<C>, Box<str>)> {
    let mut values = [("code", None), ("codeDesc", None), ("message", None)];
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
    let [code, description, message] = values.map(|(_, value)| value.unwrap_or_default());
    let description = parse_text(description).filter(|_| !is_zero(code))?;
    Some((Code::from(String::from(description)), parse_text(message).unwrap_or_default()))
}

/// Returns whether `code` is 0 or "0", as in `{"code": 0, "codeDesc": "Success"}`.
fn is_zero(code: &[u8]) -> bool {
    parse_text(code).as_deref() == Some("0") || serde_json::from_slice::<f64>(code).is_ok_and(|code| code == 0.0)
}
