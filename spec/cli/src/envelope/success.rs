//! What distinguishes a success from a failure.

use errtable_spec::{Placeholder, REST, Sample};

use crate::envelope::body::Body;
use crate::envelope::clue::{Role, normalized};
use crate::envelope::pattern::{Pattern, Pick};
use crate::envelope::sample::{Step, alone, insert};

/// The sample of a success, and the constants that it contradicts.
#[derive(Debug)]
pub(super) struct Success {
    pub(super) sample: Sample,
    /// Where a failure has constants that differ from those of a success.
    pub(super) constants: Vec<Vec<Step>>,
    /// Whether it has a constant other than null.
    pub(super) has_flag: bool,
    /// Whether it has null where a failure has something.
    has_null: bool,
    /// The member that is the data. Otherwise the whole object is.
    pub(super) data: Option<String>,
}

/// The names of members that contain the data.
const DATA: &[&str] = &["data", "result", "results", "payload", "response"];

impl Success {
    /// Returns the sample of a success, if anything distinguishes it from all forms of failures.
    /// Without a body of a success, it is guessed.
    pub(super) fn new(patterns: &[Pattern<'_>], body: Option<&Body>) -> Option<Self> {
        let is_object = |body: &Body| matches!(body, Body::Object(_));
        if !patterns.iter().map(|pattern| pattern.body).chain(body).all(is_object) {
            return None;
        }
        let mut success = Self {
            sample: Sample::Object(Vec::new()),
            constants: Vec::new(),
            has_flag: false,
            has_null: false,
            data: None,
        };
        for (position, pattern) in patterns.iter().enumerate() {
            let (failure, picks) = (pattern.body, pattern.picks.iter().collect());
            success.level(&Level { path: Vec::new(), failure, success: body, picks, has_data: position == 0 });
        }
        (success.has_flag || success.has_null || success.data.is_some()).then_some(success)
    }

    /// Returns whether it says more than that the status is 2xx.
    pub(super) fn is_more_than_status(&self) -> bool {
        self.has_flag || self.data.is_some()
    }

    /// Compares an object of both. The data is in the innermost object that has the code.
    fn level(&mut self, level: &Level<'_>) {
        self.flags(level);
        let mut is_data_below = false;
        let mut named = Vec::new();
        for (key, failure) in level.failure.members() {
            let member = level.member(key, failure);
            if member.has(Role::Code) {
                is_data_below |= self.code(level, &member, key);
                named.push(key);
            } else if member.has(Role::RequestId) && self.request_id(&member) {
                named.push(key);
            }
        }
        if level.has_data && !is_data_below {
            self.data(level, &named);
        }
    }

    /// Describes the member that has the code in a failure. Returns whether the data is in it, too.
    fn code(&mut self, level: &Level<'_>, member: &Level<'_>, key: &str) -> bool {
        let something = member.success.filter(|value| !value.is_nothing());
        let is_error = matches!(&*normalized(key), "error" | "errors" | "err" | "fault");
        let is_shared = something.is_some() || (level.success.is_none() && !is_error);
        if is_shared && !member.is_value() && matches!(member.failure, Body::Object(_)) {
            self.level(member);
            return true;
        }
        match something {
            Some(value) if member.is_value() => {
                insert(&mut self.sample, &member.path, value.constant());
                self.has_flag = true;
            }
            // A flag is enough.
            None if !self.has_flag => {
                insert(&mut self.sample, &member.path, Sample::Null);
                self.has_null = true;
            }
            _ => {}
        }
        false
    }

    /// Describes the member that has the request id in a failure. Returns whether it is the id.
    fn request_id(&mut self, member: &Level<'_>) -> bool {
        let is_id = member.success.is_none_or(|value| value.as_token().is_some_and(|text| !text.is_empty()));
        let is_found = member.is_value() && is_id;
        if is_found {
            insert(&mut self.sample, &member.path, Sample::Text(alone(Placeholder::RequestId)));
        } else if member.success.is_some() && !member.is_value() {
            self.level(&Level { has_data: false, ..member.clone() });
        }
        is_found
    }

    /// Names the member that is the data, or takes the object.
    fn data(&mut self, level: &Level<'_>, named: &[&String]) {
        let members = level.success.unwrap_or(level.failure).members();
        let is_data = |key: &&String| DATA.contains(&&*normalized(key)) && !named.contains(key);
        let data = members.iter().map(|(key, _)| key).find(is_data).map(String::as_str);
        let is_json_rpc = level.success.is_none() && level.failure.get("jsonrpc").is_some();
        let data = data.or(is_json_rpc.then_some("result"));
        self.data = data.map(str::to_owned);
        insert(&mut self.sample, &level.at(data.unwrap_or(REST)), Sample::Text(alone(Placeholder::Data)));
    }

    /// Finds members such as `"ok": false`, which a success has with another value.
    fn flags(&mut self, level: &Level<'_>) {
        for (key, failure) in level.failure.members() {
            let path = level.at(key);
            let success = level.success.map(|body| body.get(key));
            let opposite = match (failure, success) {
                _ if level.picks.iter().any(|pick| pick.path == path) => None,
                (Body::Bool(_), Some(Some(value @ Body::Bool(_)))) => Some(value.clone()),
                (Body::Bool(false), None) if is_flag(key) => Some(Body::Bool(true)),
                (Body::Text(_) | Body::Number(_), Some(Some(value @ (Body::Text(_) | Body::Number(_))))) => {
                    is_verdict(key).then(|| value.clone())
                }
                _ => None,
            };
            if let Some(opposite) = opposite.filter(|opposite| opposite != failure) {
                insert(&mut self.sample, &path, opposite.constant());
                self.constants.push(path);
                self.has_flag = true;
            }
        }
    }
}

/// A value of a failure, and what is in its place in a success.
#[derive(Clone)]
struct Level<'a> {
    path: Vec<Step>,
    failure: &'a Body,
    /// What a success has, if that is known.
    success: Option<&'a Body>,
    /// The values that the sample of the failure reads here.
    picks: Vec<&'a Pick>,
    /// Whether the data may be here.
    has_data: bool,
}

impl<'a> Level<'a> {
    fn member(&self, key: &str, failure: &'a Body) -> Self {
        let path = self.at(key);
        let picks = self.picks.iter().filter(|pick| pick.path.starts_with(&path)).copied().collect();
        Self { path, failure, success: self.success.and_then(|body| body.get(key)), picks, has_data: self.has_data }
    }

    /// Returns the path of a member.
    fn at(&self, key: &str) -> Vec<Step> {
        self.path.iter().cloned().chain([Step::Key(key.to_owned())]).collect()
    }

    fn has(&self, role: Role) -> bool {
        self.picks.iter().any(|pick| pick.role == role)
    }

    /// Returns whether the sample of the failure reads the whole value.
    fn is_value(&self) -> bool {
        self.picks.iter().any(|pick| pick.path == self.path)
    }
}

/// Returns the first member that says that a body is a failure, such as `ok`.
pub(super) fn flag(failure: &Body) -> Option<&str> {
    let is_flag = |(key, member): &&(String, Body)| *member == Body::Bool(false) && is_flag(key);
    failure.members().iter().find(is_flag).map(|(key, _)| key.as_str())
}

fn is_flag(key: &str) -> bool {
    matches!(&*normalized(key), "ok" | "success" | "succeeded" | "successful" | "issuccess")
}

/// Returns whether a text or number in a member says what a response is: `"status": "success"`.
fn is_verdict(key: &str) -> bool {
    matches!(
        &*normalized(key),
        "status" | "result" | "stat" | "state" | "success" | "kind" | "type" | "outcome" | "ret"
    )
}
