//! The values of a body at the places that the samples of an envelope name.

#[cfg(test)]
mod tests;

use alloc::vec::Vec;

use errtable_spec::__private::{Constant, Element, Place, Shape};

use crate::enveloped::Enveloped;
use crate::response::scanner::{Scanner, text_of};
use crate::response::value::has_value;

/// The envelope of an enum, without its type.
#[derive(Clone, Copy)]
pub(super) struct Samples {
    pub(super) shape: &'static Shape,
    pub(super) child: fn(u16, &str) -> u16,
}

impl Samples {
    #[inline]
    pub(super) fn of<C: Enveloped>() -> Self {
        Self { shape: C::shape(), child: C::child }
    }

    /// Returns whether the body is the data: the sample of a success is `"{data}"`.
    #[inline]
    pub(super) fn is_whole_body(self) -> bool {
        self.shape.data == 0 && !self.shape.is_mixed
    }
}

/// A value at a node.
#[derive(Clone, Copy, Default)]
pub(super) struct Entry<'de> {
    pub(super) node: u16,
    /// Whether an object has members that no sample names, or an array has elements.
    has_others: bool,
    /// The position after the entries of the members and elements.
    end: usize,
    /// The value, as the body writes it. Of an object or array, at least the bracket.
    pub(super) json: &'de str,
}

/// The number of entries that need no allocation. A failure of Tencent Cloud has six.
const INLINE: usize = 8;

/// The values that a body has at the nodes, each before its members and elements.
///
/// A node has at most one value, so the tape is never longer than the samples.
pub(super) struct Tape<'de> {
    pub(super) samples: Samples,
    body: &'de str,
    inline: [Entry<'de>; INLINE],
    len: usize,
    /// The entries after the first ones.
    rest: Vec<Entry<'de>>,
}

/// A member that occurs twice, by the text of the second key.
pub(super) struct Duplicate<'de>(pub(super) &'de str);

impl<'de> Tape<'de> {
    #[inline]
    pub(super) fn new(samples: Samples, body: &'de str) -> Self {
        Self { samples, body, inline: [Entry::default(); INLINE], len: 0, rest: Vec::new() }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(super) fn get(&self, at: usize) -> Option<&Entry<'de>> {
        match at.checked_sub(INLINE) {
            None if at < self.len => self.inline.get(at),
            None => None,
            Some(at) => self.rest.get(at),
        }
    }

    fn get_mut(&mut self, at: usize) -> Option<&mut Entry<'de>> {
        match at.checked_sub(INLINE) {
            None => self.inline.get_mut(at),
            Some(at) => self.rest.get_mut(at),
        }
    }

    #[inline]
    pub(super) fn push(&mut self, node: u16, json: &'de str) {
        let entry = Entry { node, json, has_others: false, end: self.len + 1 };
        match self.inline.get_mut(self.len) {
            Some(free) => *free = entry,
            None => self.rest.push(entry),
        }
        self.len += 1;
    }

    fn truncate(&mut self, len: usize) {
        self.rest.truncate(len.saturating_sub(INLINE));
        self.len = len;
    }

    /// Returns the position of a node's entry, at or after a position.
    #[inline]
    pub(super) fn find_from(&self, start: usize, node: u16) -> Option<usize> {
        let is_at = |entry: &Entry<'_>| entry.node == node;
        let inline = self.inline.get(start..self.len.min(INLINE)).unwrap_or_default();
        inline.iter().position(is_at).map(|at| start + at).or_else(|| {
            let start = start.saturating_sub(INLINE);
            self.rest.get(start..)?.iter().position(is_at).map(|at| INLINE + start + at)
        })
    }

    /// Returns the value of a node.
    #[inline]
    pub(super) fn value(&self, node: u16) -> Option<&'de str> {
        self.find_from(0, node).and_then(|at| self.get(at)).map(|entry| entry.json)
    }

    /// Returns a text of the body with its quotes.
    pub(super) fn quoted(&self, text: &'de str) -> Option<&'de str> {
        let start = text.as_ptr().addr().checked_sub(self.body.as_ptr().addr() + 1)?;
        self.body.get(start..start + text.len() + 2).filter(|json| json.starts_with('"'))
    }

    /// Completes an object or array, whose members and elements have been recorded.
    pub(super) fn close(&mut self, at: usize, has_others: bool) {
        let end = self.len;
        if let Some(entry) = self.get_mut(at) {
            (entry.end, entry.has_others) = (end, has_others);
        }
    }

    /// Records a value without members and elements.
    pub(super) fn record_leaf(&mut self, node: u16, json: &'de str) {
        let at = self.len;
        self.push(node, json);
        if let Some(inside) = json.strip_prefix(['{', '[']) {
            self.close(at, inside.trim_ascii_start().len() > 1);
        }
    }

    /// Records a value, and what the samples name below it.
    pub(super) fn record(&mut self, node: u16, json: &'de str) -> Result<(), Duplicate<'de>> {
        self.scan(&mut Scanner::new(json), node, 0)
    }

    /// Records the next value of a text. Duplicates are entries at or after `start`.
    fn scan(&mut self, scanner: &mut Scanner<'de>, node: u16, start: usize) -> Result<(), Duplicate<'de>> {
        let at = self.len;
        let first = scanner.peek();
        let from = scanner.at();
        let has_others = match first {
            Some(b'{') if self.has_children(node) => {
                self.push(node, "");
                self.scan_object(scanner, node, start)?
            }
            Some(b'[') if self.has_children(node) => {
                self.push(node, "");
                self.scan_array(scanner, node)?
            }
            _ => {
                self.record_leaf(node, scanner.skip());
                return Ok(());
            }
        };
        let json = scanner.since(from);
        if let Some(entry) = self.get_mut(at) {
            entry.json = json;
        }
        self.close(at, has_others);
        Ok(())
    }

    #[inline]
    pub(super) fn has_children(&self, node: u16) -> bool {
        self.samples.shape.nodes.get(usize::from(node)).is_some_and(|node| node.has_children)
    }

    /// Records the named members of an object. Returns whether it has others.
    fn scan_object(&mut self, scanner: &mut Scanner<'de>, node: u16, start: usize) -> Result<bool, Duplicate<'de>> {
        let mut has_others = false;
        scanner.open();
        while !scanner.close() {
            let key = scanner.skip();
            let child = text_of(key).map_or(0, |key| (self.samples.child)(node, &key));
            if child == 0 {
                has_others = true;
                scanner.skip();
            } else if self.find_from(start, child).is_some() {
                return Err(Duplicate(key));
            } else {
                self.scan(scanner, child, start)?;
            }
        }
        Ok(has_others)
    }

    /// Records the elements of an array that samples describe. Returns whether it has elements.
    fn scan_array(&mut self, scanner: &mut Scanner<'de>, node: u16) -> Result<bool, Duplicate<'de>> {
        let mut has_elements = false;
        scanner.open();
        while !scanner.close() {
            has_elements = true;
            self.record_element(node, scanner.skip())?;
        }
        Ok(has_elements)
    }

    /// Records an element of an array under each sample of an element that has no match yet.
    pub(super) fn record_element(&mut self, array: u16, json: &'de str) -> Result<(), Duplicate<'de>> {
        for element in self.samples.shape.elements.iter().filter(|element| element.array == array) {
            // The entries of an array in an element are dropped with those of the element.
            if self.find_from(0, element.node).is_some() {
                continue;
            }
            let start = self.len;
            self.scan(&mut Scanner::new(json), element.node, start)?;
            if !self.fits(element, start) {
                self.truncate(start);
            }
        }
        Ok(())
    }

    /// Returns whether the entries from a position on are what a sample of an element describes.
    fn fits(&self, element: &Element, start: usize) -> bool {
        let has_value = |place: &Place| {
            let entry = self.find_from(start, place.node).and_then(|at| self.get(at));
            entry.is_some_and(|entry| has_value(&place.slot, entry.json))
        };
        element.constants.iter().all(|(node, constant)| self.agrees(self.find_from(start, *node), constant))
            && element.required.iter().all(|node| self.is_something(self.find_from(start, *node)))
            && element.places.iter().any(has_value)
    }

    /// Returns whether the entry at a position is a constant. An absent one is nothing.
    pub(super) fn agrees(&self, at: Option<usize>, constant: &Constant) -> bool {
        let json = at.and_then(|at| self.get(at)).map(|entry| entry.json);
        match (constant, json) {
            (Constant::Nothing, _) => !self.is_something(at),
            (Constant::Bool(expected), Some(json)) => json == if *expected { "true" } else { "false" },
            (Constant::Str(expected), Some(json)) => text_of(json).is_some_and(|text| text == *expected),
            (Constant::Number(expected), Some(json)) => json == *expected || is_same_float(json, expected),
            (_, None) => false,
        }
    }

    /// Returns whether there is a value, and it is something.
    ///
    /// null, false, zero, "0", "", [], {} and an object of such members only are nothing.
    pub(super) fn is_something(&self, at: Option<usize>) -> bool {
        let Some((at, entry)) = at.and_then(|at| Some((at, self.get(at)?))) else { return false };
        match entry.json.as_bytes() {
            [b'n' | b'f', ..] => false,
            [b't', ..] => true,
            [b'"', ..] => !is_empty_or_zero(entry.json),
            [b'[', ..] => entry.has_others,
            [b'{', ..] => entry.has_others || self.has_something(at, entry.end),
            _ => !is_zero(entry.json),
        }
    }

    /// Returns whether a member of an object is something. Its entries are after `at`, up to `end`.
    fn has_something(&self, at: usize, end: usize) -> bool {
        let mut next = at + 1;
        while next < end {
            if self.is_something(Some(next)) {
                return true;
            }
            next = self.get(next).map_or(end, |entry| entry.end);
        }
        false
    }
}

/// Returns whether a string is `""` or `"0"`, which may be escaped: `"\u0030"`.
fn is_empty_or_zero(json: &str) -> bool {
    json.len() <= r#""\u0030""#.len() && text_of(json).is_some_and(|text| matches!(&*text, "" | "0"))
}

/// Returns whether a number is zero in any notation: `-0.0e5`.
fn is_zero(json: &str) -> bool {
    let mantissa = json.split(['e', 'E']).next().unwrap_or_default();
    !mantissa.contains(|c| matches!(c, '1'..='9'))
}

/// Returns whether two numbers are equal, and neither is an integer: `1.0` and `1.00`.
fn is_same_float(a: &str, b: &str) -> bool {
    let is_float = |json: &str| json.contains(['.', 'e', 'E']);
    is_float(a) && is_float(b) && a.parse::<f64>() == b.parse::<f64>()
}
