//! Numbers the places that the samples of an envelope name, and lists what is read there.

use crate::packed::shape::{
    Constant, Element, Failure, Field, Header, Node, Place, REST, Role, Shape, Slot, Writable, Written,
};
use crate::table::envelope::{Envelope, HeaderSample, Part, Placeholder, Sample};

/// The samples of an envelope as an expansion embeds them, and the keys between their nodes.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The samples. Their slices are leaked, a few kilobytes for each layout. A process makes one
    /// layout for each table that it expands or explains.
    pub shape: Shape,
    /// The members of objects: a node, a key, and the node of the member.
    pub members: Vec<(u16, String, u16)>,
}

impl Layout {
    /// Numbers the places that the samples name.
    ///
    /// ```
    /// use errtable_spec::__private::Layout;
    ///
    /// let nested = errtable_spec::named_envelope("nested").unwrap();
    /// let layout = Layout::new(&nested);
    /// let error = layout.child(0, "error");
    /// let places = layout.shape.failures[0].places;
    /// assert_eq!(places[0].node, layout.child(error, "code"));
    /// assert_eq!(places[1].node, layout.child(error, "message"));
    /// ```
    #[must_use]
    pub fn new(envelope: &Envelope) -> Self {
        let mut builder = Builder {
            nodes: vec![UNNAMED],
            members: Vec::new(),
            constants: 0,
            success_ids: Vec::new(),
            elements: Vec::new(),
        };
        // The path to the data is numbered first, so that it is a range.
        let (path, is_mixed) = path_to_data(&envelope.success).unwrap_or_default();
        let data = path.into_iter().fold(0, |node, key| builder.member(node, key));
        builder.success(0, &envelope.success);
        let failures = envelope.failures.iter().map(|sample| builder.whole_failure(sample)).collect();
        let shape = Shape {
            nodes: leak(builder.nodes),
            data,
            is_mixed,
            constants: builder.constants,
            success_ids: leak(builder.success_ids),
            failures: leak(failures),
            elements: leak(builder.elements),
            headers: leak(envelope.headers.iter().filter_map(header).collect()),
            success: written(&envelope.success).unwrap_or(Written::Data),
            failure: envelope.failures.first().and_then(written).unwrap_or(Written::Object(&[])),
        };
        Self { shape, members: builder.members }
    }

    /// Returns the member of a node, or 0 if no sample names it.
    #[must_use]
    pub fn child(&self, node: u16, key: &str) -> u16 {
        let found = self.members.iter().find(|(parent, name, _)| *parent == node && name == key);
        found.map_or(0, |(_, _, child)| *child)
    }
}

/// A layout under construction.
struct Builder {
    nodes: Vec<Node>,
    members: Vec<(u16, String, u16)>,
    /// How many constants of `success` are not null.
    constants: u16,
    success_ids: Vec<Place>,
    elements: Vec<Element>,
}

/// What a sample of a failure, or of an element, reads and compares.
#[derive(Default)]
struct Scope {
    constants: Vec<(u16, Constant)>,
    places: Vec<Place>,
    required: Vec<u16>,
}

const UNNAMED: Node = Node { role: Role::Unnamed, has_children: false };

impl Builder {
    /// Returns the member of a node, which samples share.
    fn member(&mut self, parent: u16, key: &str) -> u16 {
        let known = self.members.iter().find(|(node, name, _)| *node == parent && name == key);
        if let Some((_, _, child)) = known {
            return *child;
        }
        let child = self.node(parent);
        self.members.push((parent, key.to_owned(), child));
        child
    }

    /// Adds a node below another one.
    fn node(&mut self, parent: u16) -> u16 {
        if let Some(parent) = self.nodes.get_mut(usize::from(parent)) {
            parent.has_children = true;
        }
        self.nodes.push(UNNAMED);
        // The limits of samples allow a few hundred.
        u16::try_from(self.nodes.len() - 1).unwrap_or(u16::MAX)
    }

    fn success(&mut self, node: u16, sample: &Sample) {
        let role = match sample {
            Sample::Object(members) => {
                for (key, member) in members.iter().filter(|(key, _)| key != REST) {
                    let child = self.member(node, key);
                    self.success(child, member);
                }
                Role::Other
            }
            Sample::Text(parts) if parts.iter().any(|part| matches!(part, Part::Placeholder(..))) => {
                match slot(parts).filter(|slot| slot.field == Field::RequestId) {
                    Some(slot) => {
                        self.success_ids.push(Place { node, slot });
                        Role::RequestId
                    }
                    None => Role::Other,
                }
            }
            _ => constant(sample).map_or(Role::Other, Role::Constant),
        };
        self.constants += u16::from(matches!(role, Role::Constant(constant) if constant != Constant::Nothing));
        if let Some(node) = self.nodes.get_mut(usize::from(node)) {
            node.role = role;
        }
    }

    fn whole_failure(&mut self, sample: &Sample) -> Failure {
        let mut scope = Scope::default();
        self.failure(0, sample, &mut scope);
        // The constants of a failure are written, and only those of elements are compared.
        Failure { places: leak(scope.places), required: leak(scope.required) }
    }

    fn failure(&mut self, node: u16, sample: &Sample, scope: &mut Scope) {
        match sample {
            Sample::Object(members) => {
                for (key, member) in members {
                    let child = self.member(node, key);
                    self.failure(child, member, scope);
                }
            }
            Sample::Array(elements) => {
                for element in elements {
                    self.element(node, element, scope);
                }
            }
            Sample::Text(parts) if sample.lone_placeholder() != Some(&Placeholder::Any) => match slot(parts) {
                Some(slot) => scope.places.push(Place { node, slot }),
                None => scope.constants.extend(constant(sample).map(|constant| (node, constant))),
            },
            Sample::Text(_) => scope.required.push(node),
            _ => scope.constants.extend(constant(sample).map(|constant| (node, constant))),
        }
    }

    /// Adds the sample of an element. Its values are also those of `outer`.
    fn element(&mut self, array: u16, sample: &Sample, outer: &mut Scope) {
        let node = self.node(array);
        let position = self.elements.len();
        // Added before the elements of inner arrays.
        self.elements.push(Element { array, node, constants: &[], places: &[], required: &[] });
        let mut scope = Scope::default();
        self.failure(node, sample, &mut scope);
        outer.places.extend(&scope.places);
        if let Some(element) = self.elements.get_mut(position) {
            element.constants = leak(scope.constants);
            element.places = leak(scope.places);
            element.required = leak(scope.required);
        }
    }
}

/// Returns the keys that lead to the data of a success, and whether the data is mixed with other
/// members.
fn path_to_data(sample: &Sample) -> Option<(Vec<&str>, bool)> {
    if sample.lone_placeholder() == Some(&Placeholder::Data) {
        return Some((Vec::new(), false));
    }
    let Sample::Object(members) = sample else { return None };
    members.iter().find_map(|(key, member)| match path_to_data(member)? {
        (path, false) if path.is_empty() && key == REST => Some((path, true)),
        (mut path, is_mixed) => {
            path.insert(0, key);
            Some((path, is_mixed))
        }
    })
}

/// Returns the constant of a scalar, unless it is a text with a placeholder.
fn constant(sample: &Sample) -> Option<Constant> {
    Some(match sample {
        Sample::Null => Constant::Nothing,
        Sample::Bool(value) => Constant::Bool(*value),
        Sample::Number(digits) => Constant::Number(leak_text(digits)),
        Sample::Text(parts) => return constant_text(parts),
        Sample::Array(_) | Sample::Object(_) => return None,
    })
}

fn constant_text(parts: &[Part]) -> Option<Constant> {
    match parts {
        [] => Some(Constant::Str("")),
        [Part::Literal(text)] => Some(Constant::Str(leak_text(text))),
        _ => None,
    }
}

/// Returns the value that is read from a text, if any.
fn slot(parts: &[Part]) -> Option<Slot> {
    let literal = |position: Option<usize>| match position.and_then(|position| parts.get(position)) {
        Some(Part::Literal(text)) => leak_text(text),
        _ => "",
    };
    parts.iter().enumerate().find_map(|(position, part)| {
        let Part::Placeholder(placeholder, is_second_choice) = part else { return None };
        Some(Slot {
            field: field(placeholder)?,
            is_second_choice: *is_second_choice,
            before: literal(position.checked_sub(1)),
            after: literal(Some(position + 1)),
        })
    })
}

fn field(placeholder: &Placeholder) -> Option<Field> {
    Some(match placeholder {
        Placeholder::Code => Field::Code,
        Placeholder::Message => Field::Message,
        Placeholder::RequestId => Field::RequestId,
        Placeholder::RetryAfter => Field::RetryAfter,
        Placeholder::RetryAfterMs => Field::RetryAfterMs,
        _ => return None,
    })
}

/// Returns how a sample is written, or `None` if it never is.
fn written(sample: &Sample) -> Option<Written> {
    Some(match sample {
        Sample::Null => return None,
        Sample::Text(parts) => return written_text(parts),
        Sample::Array(elements) => Written::Array(leak(elements.iter().filter_map(written).collect())),
        Sample::Object(members) => {
            let member = |(key, member): &(String, Sample)| {
                Some((leak_text(key), if key == REST { Written::Rest } else { written(member)? }))
            };
            let written: Vec<_> = members.iter().filter_map(member).collect();
            if written.is_empty() && !members.is_empty() {
                return None;
            }
            Written::Object(leak(written))
        }
        Sample::Bool(_) | Sample::Number(_) => Written::Constant(constant(sample)?),
    })
}

/// Returns how a text is written. It has at most one placeholder besides `{_}`, and a text next to
/// `{_}` is not written.
fn written_text(parts: &[Part]) -> Option<Written> {
    if let [Part::Placeholder(Placeholder::Data, _)] = parts {
        return Some(Written::Data);
    }
    let found = parts.iter().enumerate().find_map(|(position, part)| match part {
        Part::Placeholder(placeholder, false) => Some((position, writable(placeholder)?)),
        _ => None,
    });
    let Some((position, writable)) = found else {
        return constant_text(parts).map(Written::Constant);
    };
    let (before, after) = (parts.get(..position)?, parts.get(position + 1..)?);
    let text = |parts: &[Part]| match parts {
        [Part::Literal(text)] => leak_text(text),
        _ => "",
    };
    Some(Written::Value(writable, text(before), text(after)))
}

fn writable(placeholder: &Placeholder) -> Option<Writable> {
    Some(match placeholder {
        Placeholder::Code => Writable::Code,
        Placeholder::Message => Writable::Message,
        Placeholder::RequestId => Writable::RequestId,
        Placeholder::RetryAfter => Writable::RetryAfter,
        Placeholder::RetryAfterMs => Writable::RetryAfterMs,
        Placeholder::Meaning => Writable::Meaning,
        Placeholder::Status => Writable::Status,
        Placeholder::Details => Writable::Details,
        Placeholder::Column(name) => Writable::Column(leak_text(name)),
        Placeholder::Any | Placeholder::Data => return None,
    })
}

fn header(header: &HeaderSample) -> Option<Header> {
    Some(Header { name: leak_text(&header.name), slot: slot(&header.text)? })
}

fn leak<T>(values: Vec<T>) -> &'static [T] {
    if values.is_empty() { &[] } else { values.leak() }
}

fn leak_text(text: &str) -> &'static str {
    if text.is_empty() { "" } else { text.to_owned().leak() }
}
