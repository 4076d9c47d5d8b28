//! A body as it is read: its values, and whether the constants of a success hold.

use errtable_spec::__private::{Constant, Role};

use crate::response::tape::{Duplicate, Samples, Tape};

/// The part of a body that has been read.
pub(super) struct Reading<'de> {
    pub(super) tape: Tape<'de>,
    /// How many constants of `success` other than null the body contains so far.
    equal: u16,
    /// Whether a value contradicts a constant of `success`.
    pub(super) is_contradicted: bool,
    /// Whether a failure cannot be read from the tape, because a value went to `T` or occurs twice.
    pub(super) is_partial: bool,
    pub(super) mode: Mode,
}

/// How the values that samples name are recorded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// While `serde_json` reads them, which is fast.
    InPlace,
    /// In the same way, but a value was unusual. The body must be read again.
    MustScan,
    /// In a second step, which accepts any value.
    Scan,
}

impl<'de> Reading<'de> {
    #[inline]
    pub(super) fn new(samples: Samples, body: &'de str) -> Self {
        // The tape of a first pass does not contain the objects on the path to the data.
        let on_path = |node: &u16| *node <= samples.shape.data;
        let is_partial = samples.shape.failures.iter().any(|failure| failure.required.iter().any(on_path));
        Self { tape: Tape::new(samples, body), equal: 0, is_contradicted: false, is_partial, mode: Mode::InPlace }
    }

    /// Starts to read a body that may have unusual values where samples have objects.
    pub(super) fn scanning(samples: Samples, body: &'de str) -> Self {
        Self { mode: Mode::Scan, ..Self::new(samples, body) }
    }

    /// Reads a whole body.
    pub(super) fn of(samples: Samples, json: &'de str) -> Result<Self, Duplicate<'de>> {
        let mut reading = Self::new(samples, json);
        reading.tape.record(0, json)?;
        reading.compare_from(0);
        Ok(reading)
    }

    /// Records a value that is scanned.
    ///
    /// A success does not read what only failures name, so it may contain duplicates.
    pub(super) fn record(&mut self, node: u16, json: &'de str) -> Result<(), Duplicate<'de>> {
        let start = self.tape.len();
        let is_first = self.tape.find_from(0, node).is_none();
        let recorded = if is_first { self.tape.record(node, json) } else { Err(Duplicate("")) };
        match (recorded, self.role(node)) {
            (Err(_), Role::Unnamed) => self.is_partial = true,
            (Err(_), Role::RequestId) if is_first => self.is_partial = true,
            (recorded, _) => recorded?,
        }
        self.compare_from(start);
        Ok(())
    }

    /// Notes that the body must be scanned.
    pub(super) fn must_scan(&mut self) {
        if self.mode == Mode::InPlace {
            self.mode = Mode::MustScan;
        }
    }

    /// Returns whether a member is recorded while `serde_json` reads it.
    pub(super) fn records_in_place(&self, node: u16) -> bool {
        self.mode != Mode::Scan
            && match self.role(node) {
                Role::Unnamed => false,
                Role::RequestId => !self.tape.has_children(node),
                Role::Constant(_) | Role::Other => true,
            }
    }

    /// Compares the entries from a position on with the constants of `success`.
    pub(super) fn compare_from(&mut self, start: usize) {
        for at in start..self.tape.len() {
            let Some(Role::Constant(constant)) = self.tape.get(at).map(|entry| self.role(entry.node)) else { continue };
            if !self.tape.agrees(Some(at), &constant) {
                self.is_contradicted = true;
            } else if constant != Constant::Nothing {
                self.equal += 1;
            }
        }
    }

    #[inline]
    pub(super) fn role(&self, node: u16) -> Role {
        self.tape.samples.shape.nodes.get(usize::from(node)).map_or(Role::Unnamed, |node| node.role)
    }

    /// Returns whether the constants of `success` hold, once the body has been read.
    #[inline]
    pub(super) fn is_success(&self) -> bool {
        !self.is_contradicted && self.equal == self.tape.samples.shape.constants
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENVELOPE: &str = r#"{
        "success": {"ok": true, "v": "2", "error": null, "id": "{request_id}", "...": "{data}"},
        "failure": {"ok": false, "error": {"code": "{code}"}, "note": "{message}"}
    }"#;

    #[test]
    fn constants_of_a_success_must_hold() {
        let samples = Samples::made(ENVELOPE);
        for (body, expected) in [
            (r#"{"ok": true, "v": "2"}"#, true),
            (r#"{"v": "2", "ok": true, "error": {"code": ""}}"#, true),
            (r#"{"ok": true, "v": "2", "error": null, "ok2": false}"#, true),
            (r#"{"ok": false, "v": "2"}"#, false),
            (r#"{"ok": 1, "v": "2"}"#, false),
            (r#"{"ok": true, "v": 2}"#, false),
            (r#"{"ok": true}"#, false),
            (r#"{"v": "2"}"#, false),
            (r#"{"ok": true, "v": "2", "error": {"code": "a"}}"#, false),
            (r#"{"ok": true, "v": "2", "error": {"other": null}}"#, false),
            (r#"{"ok": {"v": "2"}}"#, false),
            ("{}", false),
            ("[true]", false),
        ] {
            let reading = Reading::of(samples, body).unwrap_or_else(|_| panic!("{body}"));
            assert_eq!(reading.is_success(), expected, "{body}");
        }
        // null is something absent, so that nothing needs to be there.
        let samples = Samples::made(r#"{"success": {"e": null, "...": "{data}"}, "failure": {"e": "{code}"}}"#);
        assert!(Reading::of(samples, "{}").is_ok_and(|reading| reading.is_success()));
        assert!(Reading::of(samples, r#"{"e": 1}"#).is_ok_and(|reading| !reading.is_success()));
    }

    #[test]
    fn duplicate_matters_where_a_success_is_read() {
        let samples = Samples::made(ENVELOPE);
        for (path, value, is_error, is_partial) in [
            ("ok", "true", true, false),
            ("error", "null", true, false),
            ("id", "1", true, false),
            ("note", "1", false, true),
        ] {
            let mut reading = Reading::new(samples, "");
            assert!(reading.record(samples.node(path), value).is_ok(), "{path}");
            assert!(!reading.is_partial, "{path}");
            assert_eq!(reading.record(samples.node(path), value).is_err(), is_error, "{path}");
            assert_eq!(reading.is_partial, is_partial, "{path}");
        }
    }

    #[test]
    fn member_that_only_failures_read_may_have_duplicates() {
        let samples = Samples::made(
            r#"{"success": {"id": "{request_id}", "...": "{data}"}, "failure": {"id": {"code": "{code}"}, "e": {"code": "{code}"}}}"#,
        );
        let twice = r#"{"code": 1, "code": 2}"#;
        for (path, again_is_error) in [("id", true), ("e", false)] {
            let mut reading = Reading::new(samples, "");
            assert!(reading.record(samples.node(path), twice).is_ok());
            assert!(reading.is_partial);
            assert_eq!(reading.record(samples.node(path), twice).is_err(), again_is_error);
        }
    }

    #[test]
    fn values_are_recorded_in_place_unless_the_body_is_scanned() {
        let samples = Samples::made(ENVELOPE);
        let reading = Reading::new(samples, "");
        for (path, expected) in [("ok", true), ("error", true), ("id", true), ("note", false), ("error.code", false)] {
            assert_eq!(reading.records_in_place(samples.node(path)), expected, "{path}");
            assert!(!Reading::scanning(samples, "").records_in_place(samples.node(path)), "{path}");
        }
        // Only failures read the members of the id.
        let samples = Samples::made(
            r#"{"success": {"id": "{request_id}", "...": "{data}"}, "failure": {"id": {"code": "{code}"}}}"#,
        );
        assert!(!Reading::new(samples, "").records_in_place(samples.node("id")));
    }

    #[test]
    fn first_pass_does_not_record_the_path_to_the_data() {
        for (failure, is_partial) in [
            (r#"{"data": {"code": "{code}"}, "e": "{_}"}"#, false),
            (r#"{"data": "{_}", "e": "{code}"}"#, true),
            (r#"{"data": {"rows": "{_}"}, "e": "{code}"}"#, true),
            (r#"{"data": {"rows": {"x": "{_}"}}, "e": "{code}"}"#, false),
        ] {
            let envelope =
                alloc::format!(r#"{{"success": {{"data": {{"rows": "{{data}}"}}, "ok": 1}}, "failure": {failure}}}"#);
            let samples = Samples::made(&envelope.replace(r#""e""#, r#""ok": 2, "e""#));
            assert_eq!(Reading::new(samples, "").is_partial, is_partial, "{failure}");
        }
    }
}
