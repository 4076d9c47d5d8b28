//! A body as it is read: its values, and whether the constants of a success hold.

use errtable_spec::{Constant, Role};

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
}

impl<'de> Reading<'de> {
    #[inline]
    pub(super) fn new(samples: Samples) -> Self {
        // The tape of a first pass does not contain the objects on the path to the data.
        let on_path = |node: &u16| *node <= samples.shape.data;
        let is_partial = samples.shape.failures.iter().any(|failure| failure.required.iter().any(on_path));
        Self { tape: Tape::new(samples), equal: 0, is_contradicted: false, is_partial }
    }

    /// Reads a whole body.
    pub(super) fn of(samples: Samples, json: &'de str) -> Result<Self, Duplicate<'de>> {
        let mut reading = Self::new(samples);
        reading.tape.record(0, json)?;
        reading.compare_from(0);
        Ok(reading)
    }

    /// Records a value that `T` receives, or that only failures name.
    ///
    /// A success does not read what only failures name, so its duplicates are `T`'s.
    pub(super) fn record(&mut self, node: u16, json: &'de str) -> Result<(), Duplicate<'de>> {
        let start = self.tape.len();
        let recorded = match self.tape.find_from(0, node) {
            None => self.tape.record(node, json),
            Some(_) => Err(Duplicate("")),
        };
        match recorded {
            Err(_) if self.role(node) == Role::Unnamed => self.is_partial = true,
            recorded => recorded?,
        }
        self.compare_from(start);
        Ok(())
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
