//! Which headers have a request id, a wait or a code.

use errtable_spec::{HeaderSample, Part, Placeholder};

use crate::envelope::body::Body;
use crate::envelope::clue::{ANY, id, normalized, wait};
use crate::envelope::pattern::Pattern;
use crate::envelope::sample::{alone, second_choice};

/// Returns the samples of headers, and notes what looks like a wait and is not read.
pub(super) fn headers(
    headers: &[(String, String)],
    patterns: &[Pattern<'_>],
    notes: &mut Vec<String>,
) -> Vec<HeaderSample> {
    let mut samples: Vec<HeaderSample> = Vec::new();
    for (name, value) in headers {
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let is_request_id = || patterns.iter().any(|pattern| pattern.is_request_id(value));
        let text = header_text(&normalized(name), value);
        let text = text.or_else(|| is_request_id().then(|| alone(Placeholder::RequestId)));
        let name = name.to_ascii_lowercase();
        notes.extend(reset_note(&name, value).filter(|_| text.is_none()));
        if let Some(text) = text.filter(|_| is_name && samples.iter().all(|known| known.name != name)) {
            samples.push(HeaderSample { name, text });
        }
    }
    // Second choices are an id that the client chose, and the wait until a limit is reset.
    let is_wait =
        |placeholder: &Placeholder| matches!(placeholder, Placeholder::RetryAfter | Placeholder::RetryAfterMs);
    prefer_others(&mut samples, |placeholder| *placeholder == Placeholder::RequestId, |name| name.contains("client"));
    prefer_others(&mut samples, is_wait, |name| name.ends_with("resetafter"));
    samples
}

/// Returns the text of the sample of a header, or `None` if it contains no value.
fn header_text(key: &str, value: &str) -> Option<Vec<Part>> {
    let second_code = Part::Placeholder(Placeholder::Code, true);
    let wait = |key| Some(wait(key, &Body::Text(value.to_owned()))?.1);
    Some(match key {
        "cfray" | "auditid" => alone(Placeholder::RequestId),
        _ if key.ends_with("errortype") => vec![second_code, Part::Literal(":".to_owned()), ANY],
        _ if key.ends_with("errorcode") => vec![second_code],
        _ if id(key).is_some() => alone(Placeholder::RequestId),
        // The value may also be a date.
        "retryafter" => alone(Placeholder::RetryAfter),
        _ if key.ends_with("retryafterms") => wait("retryafterms")?,
        _ if key.ends_with("resetafter") => wait("retryafter")?,
        _ => wait(key.trim_start_matches('x'))?,
    })
}

/// The least number of seconds that is a time since 1970: a wait of 30 years is not one.
const MIN_TIME: f64 = 1e9;

/// Notes a header such as `x-ratelimit-reset`, which is a time in some APIs and a wait in others.
fn reset_note(name: &str, value: &str) -> Option<String> {
    let value = value.parse::<f64>().ok().filter(|_| normalized(name).contains("ratelimitreset"))?;
    Some(if value >= MIN_TIME {
        format!("header `{name}` is a point in time, so it is not read as a wait")
    } else {
        format!("header `{name}` is not read: if it is a wait, add `\"{name}\": \"{{retry_after}}\"` to `headers`")
    })
}

/// Makes some names a second choice, if others have a value of the same kind.
fn prefer_others(
    samples: &mut [HeaderSample],
    is_kind: impl Fn(&Placeholder) -> bool,
    is_second: impl Fn(&str) -> bool,
) {
    let is_part = |part: &Part| matches!(part, Part::Placeholder(placeholder, _) if is_kind(placeholder));
    let (seconds, others): (Vec<_>, Vec<_>) = samples
        .iter_mut()
        .filter(|sample| sample.text.iter().any(is_part))
        .partition(|sample| is_second(&normalized(&sample.name)));
    if !others.is_empty() {
        for sample in seconds {
            sample.text = second_choice(std::mem::take(&mut sample.text));
        }
    }
}
