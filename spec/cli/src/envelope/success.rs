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
        for (pattern, position) in patterns.iter().zip(0..) {
            let picks: Vec<_> = pattern.picks.iter().collect();
            success.level(pattern.body, body, &picks, &mut Vec::new(), position == 0);
        }
        (success.has_flag || success.has_null || success.data.is_some()).then_some(success)
    }

    /// Returns whether it says more than that the status is 2xx.
    pub(super) fn is_more_than_status(&self) -> bool {
        self.has_flag || self.data.is_some()
    }

    /// Compares an object of both. The data is in the innermost object that has the code.
    fn level(&mut self, failure: &Body, body: Option<&Body>, picks: &[&Pick], path: &mut Vec<Step>, has_data: bool) {
        self.flags(failure, body, picks, path);
        let mut is_data_below = false;
        let mut named: Vec<&str> = Vec::new();
        for (key, member) in failure.members() {
            let below = |pick: &&&Pick| matches!(pick.path.get(path.len()), Some(Step::Key(name)) if name == key);
            let below: Vec<_> = picks.iter().filter(below).copied().collect();
            let is_leaf = below.iter().any(|pick| pick.path.len() == path.len() + 1);
            let has = |role| below.iter().any(|pick| pick.role == role);
            let value = body.and_then(|body| body.get(key));
            path.push(Step::Key(key.clone()));
            if has(Role::Code) {
                let is_error = matches!(&*normalized(key), "error" | "errors" | "err" | "fault");
                let is_nothing = value.is_none_or(Body::is_nothing);
                let is_wrapper = matches!(member, Body::Object(_)) && !is_leaf;
                if is_wrapper && (value.is_some_and(|value| !value.is_nothing()) || (body.is_none() && !is_error)) {
                    self.level(member, value, &below, path, has_data);
                    is_data_below = true;
                } else if is_nothing && self.has_flag {
                    // The flag is enough.
                } else if is_nothing {
                    insert(&mut self.sample, path, Sample::Null);
                    self.has_null = true;
                } else if let Some(value) = value.filter(|_| is_leaf) {
                    insert(&mut self.sample, path, value.constant());
                    self.has_flag = true;
                }
                named.push(key);
            } else if has(Role::RequestId) {
                let is_id = value.is_none_or(|value| value.as_token().is_some_and(|text| !text.is_empty()));
                if is_leaf && is_id {
                    insert(&mut self.sample, path, Sample::Text(alone(Placeholder::RequestId)));
                    named.push(key);
                } else if let Some(value) = value.filter(|_| !is_leaf) {
                    self.level(member, Some(value), &below, path, false);
                }
            }
            path.pop();
        }
        if has_data && !is_data_below {
            self.data(failure, body, &named, path);
        }
    }

    /// Names the member that is the data, or takes the object.
    fn data(&mut self, failure: &Body, body: Option<&Body>, named: &[&str], path: &mut Vec<Step>) {
        let members = body.unwrap_or(failure).members();
        let is_data = |key: &str| DATA.contains(&&*normalized(key)) && !named.contains(&key);
        let data = members.iter().map(|(key, _)| key.as_str()).find(|key| is_data(key));
        let is_json_rpc = body.is_none() && failure.get("jsonrpc").is_some();
        let data = data.or(is_json_rpc.then_some("result"));
        self.data = data.map(str::to_owned);
        path.push(Step::Key(data.unwrap_or(REST).to_owned()));
        insert(&mut self.sample, path, Sample::Text(alone(Placeholder::Data)));
        path.pop();
    }

    /// Finds members such as `"ok": false`, which a success has with another value.
    fn flags(&mut self, failure: &Body, body: Option<&Body>, picks: &[&Pick], path: &mut Vec<Step>) {
        for (key, member) in failure.members() {
            path.push(Step::Key(key.clone()));
            let value = body.map(|body| body.get(key));
            let opposite = match (member, value) {
                _ if picks.iter().any(|pick| pick.path == *path) => None,
                (Body::Bool(_), Some(Some(value @ Body::Bool(_)))) => Some(value.clone()),
                (Body::Bool(false), None) if is_flag(key) => Some(Body::Bool(true)),
                (Body::Text(_) | Body::Number(_), Some(Some(value @ (Body::Text(_) | Body::Number(_))))) => {
                    is_verdict(key).then(|| value.clone())
                }
                _ => None,
            };
            if let Some(opposite) = opposite.filter(|opposite| opposite != member) {
                insert(&mut self.sample, path, opposite.constant());
                self.constants.push(path.clone());
                self.has_flag = true;
            }
            path.pop();
        }
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
