//! The places that samples name, as TypeScript expressions.

use std::collections::BTreeSet;
use std::iter::successors;

use errtable_spec::__private::{Constant, Element, Failure, Field, Header, Layout, Place, Slot};

use crate::export::typescript::expression::{Expression, string};
use crate::export::typescript::helper::Helper;

/// A value, by its key in the object `Values`: `code`, or `code?` for a second choice.
pub(super) type Member = (String, Expression);

/// What a sample reads, in order.
enum Term {
    Value(Member),
    /// The values of an element.
    Element(Expression),
}

/// The node of a body, below which `Expressions` look up members.
const BODY: u16 = 0;

/// Writes expressions, and notes the functions that they call.
pub(super) struct Expressions<'l> {
    layout: &'l Layout,
    pub(super) helpers: BTreeSet<Helper>,
}

impl<'l> Expressions<'l> {
    pub(super) fn new(layout: &'l Layout) -> Self {
        Self { layout, helpers: BTreeSet::new() }
    }

    fn call(&mut self, helper: Helper, name: &str, arguments: Vec<Expression>) -> Expression {
        self.helpers.insert(helper);
        Expression::call(name, arguments)
    }

    /// Returns the node of which a node is a member, and the key.
    fn parent(&self, node: u16) -> Option<(u16, &'l str)> {
        let member = self.layout.members.iter().find(|(_, _, child)| *child == node);
        member.map(|(parent, key, _)| (*parent, key.as_str()))
    }

    /// Returns the body or element that contains a node.
    fn root(&self, node: u16) -> u16 {
        successors(Some(node), |node| self.parent(*node).map(|(parent, _)| parent)).last().unwrap_or(node)
    }

    /// Returns the value of a node in a body or element, which is in the variable `root`.
    pub(super) fn member(&mut self, node: u16, root: &str) -> Expression {
        let parents = successors(self.parent(node), |(parent, _)| self.parent(*parent));
        let keys: Vec<_> = parents.map(|(_, key)| Expression::text(string(key))).collect();
        if keys.is_empty() {
            return Expression::text(root);
        }
        let arguments = [Expression::text(root)].into_iter().chain(keys.into_iter().rev()).collect();
        self.call(Helper::Member, "member", arguments)
    }

    /// Returns the comparison of a node with a constant.
    pub(super) fn comparison(&mut self, node: u16, constant: Constant, root: &str) -> Expression {
        let value = match constant {
            Constant::Nothing => return self.is_nothing(node, root),
            Constant::Bool(value) => value.to_string(),
            Constant::Number(digits) => digits.to_owned(),
            Constant::Str(text) => string(text),
        };
        Expression::text(format!("{} === {value}", self.member(node, root).line()))
    }

    /// Returns whether the value of a node is nothing, or an object of named members that are.
    fn is_nothing(&mut self, node: u16, root: &str) -> Expression {
        let mut arguments = vec![self.member(node, root)];
        arguments.extend(Some(self.keys(node)).filter(|keys| *keys != Expression::object([])));
        self.call(Helper::IsNothing, "isNothing", arguments)
    }

    fn is_something(&mut self, node: u16, root: &str) -> Expression {
        Expression::text(format!("!{}", self.is_nothing(node, root).line()))
    }

    /// Returns the members of a node that samples name: `{ Code: {}, Message: {} }`.
    fn keys(&self, node: u16) -> Expression {
        let members = self.layout.members.iter().filter(|(parent, _, _)| *parent == node);
        Expression::object(members.map(|(_, name, child)| (name.clone(), self.keys(*child))))
    }

    /// Returns an object without some keys.
    pub(super) fn without(&mut self, object: Expression, keys: Vec<Expression>) -> Expression {
        self.call(Helper::Without, "without", [object].into_iter().chain(keys).collect())
    }

    /// Returns how a placeholder of a body is read.
    pub(super) fn value(&mut self, Place { node, slot }: &Place, root: &str) -> Member {
        let member = self.member(*node, root);
        let value = vec![self.between(slot, member)];
        let code = match slot.field {
            Field::Message => self.call(Helper::Text, "text", value),
            Field::Code | Field::RequestId => self.call(Helper::TextOrDigits, "textOrDigits", value),
            Field::RetryAfter => self.call(Helper::Seconds, "seconds", value),
            Field::RetryAfterMs => self.call(Helper::Milliseconds, "milliseconds", value),
        };
        (key_of(slot), code)
    }

    /// Returns how a placeholder of a header is read.
    pub(super) fn header(&mut self, header: &Header) -> Member {
        let Header { name, slot } = header;
        let value = self.header_text(name);
        let value = self.between(slot, value);
        let code = match slot.field {
            Field::Code | Field::Message | Field::RequestId => self.call(Helper::Text, "text", vec![value]),
            Field::RetryAfterMs => self.call(Helper::Milliseconds, "milliseconds", vec![value]),
            Field::RetryAfter => {
                let seconds = self.call(Helper::Seconds, "seconds", vec![value.clone()]);
                let date = self.header_text("date");
                Expression::chain("??", vec![seconds, self.call(Helper::Until, "until", vec![value, date])])
            }
        };
        (key_of(slot), code)
    }

    fn header_text(&mut self, name: &str) -> Expression {
        self.call(Helper::Header, "header", vec![Expression::text("headers"), Expression::text(string(name))])
    }

    /// Returns a value without the text around the placeholder.
    fn between(&mut self, slot: &Slot, value: Expression) -> Expression {
        if slot.before.is_empty() && slot.after.is_empty() {
            return value;
        }
        let [before, after] = [slot.before, slot.after].map(|text| Expression::text(string(text)));
        self.call(Helper::Between, "between", vec![value, before, after])
    }

    /// Returns the values of a sample of a failure.
    pub(super) fn failure(&mut self, failure: &Failure) -> Expression {
        let mut terms = Vec::new();
        if !failure.required.is_empty() {
            let conditions = failure.required.iter().map(|node| self.is_something(*node, "json")).collect();
            terms.push(Term::Value(("fits".to_owned(), Expression::chain("&&", conditions))));
        }
        terms.extend(self.terms(failure.places, BODY, "json"));
        self.merged(terms)
    }

    /// Returns what is read in a body or element.
    fn terms(&mut self, places: &[Place], root: u16, name: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        let is_same_element = |a: &Place, b: &Place| {
            let element = self.element_in(a.node, root);
            element.is_some() && element == self.element_in(b.node, root)
        };
        for places in places.chunk_by(is_same_element).collect::<Vec<_>>() {
            let Some(place) = places.first() else { continue };
            terms.push(match self.element_in(place.node, root).and_then(|node| self.element_at(node)) {
                Some(element) => Term::Element(self.element(element, name)),
                None => Term::Value(self.value(place, name)),
            });
        }
        terms
    }

    fn element_at(&self, node: u16) -> Option<&'l Element> {
        self.layout.shape.elements.iter().find(|element| element.node == node)
    }

    /// Returns the outermost element that contains a node, in a body or element.
    fn element_in(&self, node: u16, root: u16) -> Option<u16> {
        let outer = |element: &u16| Some(self.root(self.element_at(*element)?.array));
        successors(Some(self.root(node)), outer).take_while(|element| *element != root).last()
    }

    /// Returns the values of the first element that fits: `first(list, (it) => values)`.
    fn element(&mut self, element: &Element, outer: &str) -> Expression {
        let list = self.member(element.array, outer);
        let name = if outer == "json" { "it".to_owned() } else { format!("{outer}InIt") };
        let mut operands: Vec<_> =
            element.constants.iter().map(|(node, constant)| self.comparison(*node, *constant, &name)).collect();
        operands.extend(element.required.iter().map(|node| self.is_something(*node, &name)).collect::<Vec<_>>());
        let terms = self.terms(element.places, element.node, &name);
        let mut values = self.merged(terms);
        if let Expression::Group(open, _, close) = &mut values
            && operands.is_empty()
            && open.as_str() == "{"
        {
            // `(it) => {}` is a block.
            (*open, *close) = ("({".to_owned(), "})");
        }
        operands.push(values);
        let read = Expression::Labeled(format!("({name}) =>"), Box::new(Expression::chain("&&", operands)));
        self.call(Helper::First, "first", vec![list, read])
    }

    /// Returns the object of values, of which the first one of a key counts.
    fn merged(&mut self, terms: Vec<Term>) -> Expression {
        let (mut parts, mut values) = (Vec::new(), Vec::new());
        for term in terms {
            match term {
                Term::Value(value) => values.push(value),
                Term::Element(element) => {
                    parts.extend((!values.is_empty()).then(|| object(std::mem::take(&mut values))));
                    parts.push(element);
                }
            }
        }
        if !values.is_empty() || parts.is_empty() {
            parts.push(object(values));
        }
        if parts.len() == 1 { parts.remove(0) } else { self.call(Helper::Merge, "merge", parts) }
    }
}

/// Returns an object. Several values of a key are alternatives.
pub(super) fn object(values: Vec<Member>) -> Expression {
    let mut members: Vec<(String, Vec<Expression>)> = Vec::new();
    for (key, value) in values {
        match members.iter_mut().find(|(known, _)| *known == key) {
            Some((_, alternatives)) => alternatives.push(value),
            None => members.push((key, vec![value])),
        }
    }
    Expression::object(members.into_iter().map(|(key, alternatives)| (key, Expression::chain("??", alternatives))))
}

/// Returns the key of a placeholder in `Values`.
pub(super) fn key_of(slot: &Slot) -> String {
    let name = match slot.field {
        Field::Code => "code",
        Field::Message => "message",
        Field::RequestId => "requestId",
        Field::RetryAfter | Field::RetryAfterMs => "retryAfterMs",
    };
    format!("{name}{}", if slot.is_second_choice { "?" } else { "" })
}
