//! Where a body may have a code, a message, a request id or a wait: by name and by shape.

use errtable_spec::{Part, Placeholder};

use crate::envelope::body::Body;
use crate::envelope::sample::{Step, alone};

/// What a value is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Code,
    Message,
    RequestId,
    Wait,
}

/// A value that may have a role.
#[derive(Clone, Debug)]
pub(super) struct Clue {
    pub(super) role: Role,
    pub(super) path: Vec<Step>,
    /// The value.
    pub(super) text: String,
    /// The text of the sample, such as `{code}`.
    pub(super) sample: Vec<Part>,
    /// How likely the value has the role.
    pub(super) score: i32,
    /// The position in the body.
    pub(super) order: usize,
    /// Whether the value only repeats an HTTP status.
    pub(super) is_status: bool,
}

/// Returns the values of a body that may have a role. Headers may repeat the request id.
pub(super) fn clues(body: &Body, headers: &[(String, String)]) -> Vec<Clue> {
    let mut walk = Walk { headers, clues: Vec::new(), path: Vec::new(), order: 0 };
    walk.value(body, "", false);
    walk.clues
}

struct Walk<'h> {
    headers: &'h [(String, String)],
    clues: Vec<Clue>,
    path: Vec<Step>,
    order: usize,
}

impl Walk<'_> {
    fn value(&mut self, body: &Body, key: &str, is_json_rpc: bool) {
        self.order += 1;
        match body {
            Body::Object(members) => {
                let is_json_rpc = body.get("jsonrpc").is_some();
                for (key, member) in members {
                    self.step(Step::Key(key.clone()), member, key, is_json_rpc);
                }
            }
            Body::Array(elements) => self.elements(elements, key),
            _ => self.scalar(body, key, is_json_rpc),
        }
    }

    fn step(&mut self, step: Step, body: &Body, key: &str, is_json_rpc: bool) {
        self.path.push(step);
        self.value(body, key, is_json_rpc);
        self.path.pop();
    }

    /// Reads the first element, and the first one with each constant that selects elements.
    fn elements(&mut self, elements: &[Body], key: &str) {
        let mut selectors = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            let selector = selector(element);
            if index == 0 || (selector.is_some() && !selectors.contains(&selector)) {
                self.step(Step::Element(selector.clone()), element, key, false);
                selectors.push(selector);
            }
        }
    }

    fn scalar(&mut self, body: &Body, key: &str, is_json_rpc: bool) {
        let is_element = matches!(self.path.last(), Some(Step::Element(_)));
        let name = normalized(key);
        if is_element {
            if let Body::Text(text) = body {
                let rank = matches!(&*name, "messages" | "errors" | "message" | "details").then_some(60);
                self.add(Role::Message, rank, text, alone(Placeholder::Message), false);
            }
            return;
        }
        if let Some((rank, sample, is_status)) = code(key, &name, body) {
            self.add(Role::Code, Some(rank), body.as_token().unwrap_or_default(), sample, is_status);
        }
        match body {
            Body::Text(text) => {
                let rank = message(&name, text).or_else(|| nested_message(&self.path, &name, text));
                self.add(Role::Message, rank, text, alone(Placeholder::Message), false);
            }
            Body::Null | Body::Bool(_) | Body::Number(_) | Body::Array(_) | Body::Object(_) => {}
        }
        if let Some(text) = body.as_token().filter(|text| !text.is_empty() && !text.contains(char::is_whitespace)) {
            let rank = if is_json_rpc && key == "id" { Some(50) } else { id(&name) };
            let rank = rank.or_else(|| is_repeated(&name, text, self.headers).then_some(45));
            self.add(Role::RequestId, rank, text, alone(Placeholder::RequestId), false);
        }
        if let (Body::Text(text) | Body::Number(text), Some((rank, sample))) = (body, wait(&name, body)) {
            self.add(Role::Wait, Some(rank), text, sample, false);
        }
    }

    fn add(&mut self, role: Role, rank: Option<i32>, text: &str, sample: Vec<Part>, is_status: bool) {
        let score = rank.map_or(0, |rank| rank + place(role, &self.path));
        if score > 0 && !text.is_empty() {
            let (path, text, order) = (self.path.clone(), text.to_owned(), self.order);
            self.clues.push(Clue { role, path, text, sample, score, order, is_status });
        }
    }
}

/// Returns the constant that selects an element, such as `@type`.
fn selector(element: &Body) -> Option<(String, String)> {
    let is_type = |key: &str| matches!(key, "@type" | "$type" | "@odata.type");
    element.members().iter().find_map(|(key, value)| match value {
        Body::Text(text) if is_type(key) => Some((key.clone(), text.clone())),
        _ => None,
    })
}

/// Returns a key without case and separators: `errorcode` for `error_code` and `ErrorCode`.
pub(super) fn normalized(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns how much the place of a value changes its score.
fn place(role: Role, path: &[Step]) -> i32 {
    let mut score = 0;
    let parents = path.split_last().map(|(_, parents)| parents).unwrap_or_default();
    for step in parents {
        score += match step {
            Step::Key(key) => match &*normalized(key) {
                "error" | "errors" | "err" | "fault" => -4,
                "innererror" | "inner" | "cause" | "causes" | "subproblems" | "children" | "context" | "metadata" => {
                    -38
                }
                _ => -8,
            },
            Step::Element(None) => -8,
            Step::Element(Some((_, value))) => match role {
                Role::Code if value.ends_with("ErrorInfo") => 90,
                Role::Wait if value.ends_with("RetryInfo") => 20,
                Role::RequestId if value.ends_with("RequestInfo") => 20,
                _ => -60,
            },
        };
    }
    score
}

/// `{_}`.
pub(super) const ANY: Part = Part::Placeholder(Placeholder::Any, false);

/// Returns the rank of a code, the text of its sample, and whether it repeats an HTTP status.
fn code(key: &str, name: &str, body: &Body) -> Option<(i32, Vec<Part>, bool)> {
    let rank = match name {
        _ if key.starts_with(['@', '$']) => return None,
        _ if key == "__type" => 95,
        "code" | "errorcode" | "errcode" | "codedesc" | "faultcode" => 100,
        "errno" | "retcode" | "resultcode" | "returncode" | "statuscode" => 85,
        "reason" | "error" => 75,
        "errorname" | "errorkey" => 70,
        "status" | "errortype" => 65,
        "type" | "exception" => 60,
        // A code in a list of `details` is deeper than the one of the error.
        "issue" => 50,
        "name" | "subcode" | "errorsubcode" => 40,
        _ => return None,
    };
    if body.is_nothing() {
        return None;
    }
    let text = body.as_token()?;
    if let Ok(number) = text.parse::<i64>() {
        let is_numeric_key = !matches!(name, "reason" | "errorname" | "errortype" | "type" | "exception" | "name");
        let is_status = is_http_status(number);
        let rank = rank - if is_status { 55 } else { 5 };
        return is_numeric_key.then(|| (rank, alone(Placeholder::Code), is_status));
    }
    is_identifier(text).then_some(())?;
    let mut sample = alone(Placeholder::Code);
    match prefix(text) {
        "" => {}
        "#" => {
            sample.splice(0..0, [ANY, Part::Literal("#".to_owned())]);
            // The type of an error in AWS JSON may have an address after it.
            if key == "__type" {
                sample.extend([Part::Literal(":".to_owned()), ANY]);
            }
        }
        prefix => sample.insert(0, Part::Literal(prefix.to_owned())),
    }
    Some((rank, sample, false))
}

/// Returns the text before the code in a URN or an address, or `#` for any text before that.
fn prefix(text: &str) -> &str {
    let end = if text.starts_with("urn:") {
        text.rfind(':')
    } else if text.contains("://") {
        text.rfind(['/', '#'])
    } else if text.contains('#') {
        return "#";
    } else {
        None
    };
    end.and_then(|end| text.get(..=end)).unwrap_or_default()
}

/// Returns whether a text looks like a code: a word that says more than that there is an error.
fn is_identifier(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "_-.:#/()".contains(c);
    let is_general = matches!(
        &*text.to_ascii_lowercase(),
        "error" | "errors" | "err" | "fail" | "failure" | "failed" | "exception" | "false" | "true" | "about:blank"
    );
    text.len() <= 255
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(is_part)
        && !text.ends_with(['.', ':', '#', '/'])
        && !is_general
        && !is_uuid(text)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Returns whether a number is a registered HTTP status of a failure, or one that proxies send.
fn is_http_status(number: i64) -> bool {
    matches!(number, 400..=431 | 451 | 500..=511 | 520..=530)
}

fn message(name: &str, text: &str) -> Option<i32> {
    let is_sentence = text.trim().contains(char::is_whitespace);
    let rank = match name {
        "message" | "msg" | "errormessage" | "errormsg" | "errmsg" => 100,
        "errordescription" => 95,
        "detail" | "faultstring" => 90,
        "description" => 85,
        "error" | "errors" if is_sentence => 80,
        "details" | "errordetail" | "reason" if is_sentence => 65,
        _ if ["message", "msg", "description", "summary"].iter().any(|end| name.ends_with(end)) => 60,
        "title" => 55,
        "text" => 50,
        "info" if is_sentence => 50,
        _ => return None,
    };
    Some(rank)
}

/// Returns the rank of a text in an object that has the name of a message, as in
/// `"message": {"lang": "en", "value": "…"}`.
fn nested_message(path: &[Step], name: &str, text: &str) -> Option<i32> {
    let [.., Step::Key(parent), Step::Key(_)] = path else { return None };
    let is_sentence = text.trim().contains(char::is_whitespace);
    matches!(&*normalized(parent), "message" | "error").then_some(())?;
    is_sentence.then_some(if name == "value" { 60 } else { 30 })
}

/// Returns the rank of a request id by the name of a member or a header.
pub(super) fn id(name: &str) -> Option<i32> {
    if matches!(name, "trace" | "debugid" | "errorid") {
        return Some(50);
    }
    let ranks =
        [("requestid", 100), ("reqid", 95), ("correlationid", 80), ("traceid", 70), ("rayid", 60), ("logid", 50)];
    ranks.iter().find(|(end, _)| name.ends_with(end)).map(|(_, rank)| *rank)
}

/// Returns whether a header repeats the id in a member: the header `paypal-debug-id` that of
/// `debug_id`.
fn is_repeated(name: &str, text: &str, headers: &[(String, String)]) -> bool {
    let repeats = |(header, value): &(String, String)| value == text && normalized(header).ends_with(name);
    !name.is_empty() && is_unique(text) && headers.iter().any(repeats)
}

/// Returns whether a text is so long and random that it hardly occurs twice by chance. A date or a
/// path is not.
pub(super) fn is_unique(text: &str) -> bool {
    text.len() >= 12
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Returns the rank of a wait, and the text of its sample.
pub(super) fn wait(name: &str, body: &Body) -> Option<(i32, Vec<Part>)> {
    let (text, number) = match body {
        Body::Number(text) => (text, text.as_str()),
        Body::Text(text) => (text, text.strip_suffix('s').unwrap_or(text)),
        _ => return None,
    };
    number.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)?;
    let has_unit = text.ends_with('s');
    match name {
        "retryafterms" | "retryaftermillis" | "retryaftermilliseconds" if !has_unit => {
            Some((100, alone(Placeholder::RetryAfterMs)))
        }
        "retryafter" | "retryafterseconds" | "retryaftersecs" | "retrydelay" | "retryin" | "backoff" => {
            let unit = has_unit.then(|| Part::Literal("s".to_owned()));
            Some((90, alone(Placeholder::RetryAfter).into_iter().chain(unit).collect()))
        }
        _ => None,
    }
}
