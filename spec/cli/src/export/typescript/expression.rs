//! Expressions of TypeScript, and how they are laid out.

/// The maximum width of a line, unless it has a long string.
const WIDTH: usize = 80;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    /// Text without line breaks.
    Text(String),
    /// Items in brackets: `f(a, b)`, `{ a, b }`. Has the text up to the opening bracket.
    Group(String, Vec<Self>, &'static str),
    /// Operands of the same operator: `a ?? b`.
    Chain(&'static str, Vec<Self>),
    /// An expression after a label: `key: value`, `(it) => value`.
    Labeled(String, Box<Self>),
}

impl Expression {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn call(name: &str, arguments: Vec<Self>) -> Self {
        Self::Group(format!("{name}("), arguments, ")")
    }

    pub(super) fn object(members: impl IntoIterator<Item = (String, Self)>) -> Self {
        let member = |(name, value): (String, Self)| Self::Labeled(format!("{}:", key(&name)), Box::new(value));
        Self::Group("{".to_owned(), members.into_iter().map(member).collect(), "}")
    }

    /// Returns the operands with the operator between them.
    pub(super) fn chain(operator: &'static str, mut operands: Vec<Self>) -> Self {
        if operands.len() == 1 { operands.remove(0) } else { Self::Chain(operator, operands) }
    }

    /// Returns the code on one line.
    pub(super) fn line(&self) -> String {
        let join = |items: &[Self], separator: &str| items.iter().map(Self::line).collect::<Vec<_>>().join(separator);
        match self {
            Self::Text(text) => text.clone(),
            Self::Group(open, items, close) if open.ends_with('{') && !items.is_empty() => {
                format!("{open} {} {close}", join(items, ", "))
            }
            Self::Group(open, items, close) => format!("{open}{}{close}", join(items, ", ")),
            Self::Chain(operator, operands) => join(operands, &format!(" {operator} ")),
            Self::Labeled(label, value) => format!("{label} {}", value.line()),
        }
    }

    /// Returns whether only the last argument is broken: `f(a, {` or `f(a, (it) => ({`.
    fn is_hugging(&self, before: usize) -> bool {
        let Self::Group(open, items, _) = self else { return false };
        let Some((last, first)) = items.split_last() else { return false };
        let start: usize = first.iter().map(|item| item.line().chars().count() + 2).sum();
        let object = match last {
            Self::Labeled(label, value) => Some((label.chars().count() + 1, &**value)),
            value => Some((0, value)),
        };
        let label = object.and_then(|(width, value)| match value {
            Self::Group(open, _, _) if open.ends_with('{') => Some(width + open.len()),
            _ => None,
        });
        open.ends_with('(') && label.is_some_and(|width| before + open.chars().count() + start + width <= WIDTH)
    }

    /// Returns the code on one line if it fits, and otherwise on several lines.
    ///
    /// The first line starts after `before` columns, and `after` columns follow the last one.
    pub(super) fn lines(&self, indent: usize, before: usize, after: usize) -> String {
        let line = self.line();
        if before + line.chars().count() + after <= WIDTH {
            return line;
        }
        let inner = indent + 2;
        let (start, end) = (format!("\n{}", " ".repeat(inner)), format!("\n{}", " ".repeat(indent)));
        match self {
            Self::Text(text) => text.clone(),
            Self::Group(open, items, close) if self.is_hugging(before) => {
                let (last, first) = items.split_last().unwrap_or((self, &[]));
                let open: String =
                    std::iter::once(open.clone()).chain(first.iter().map(|item| item.line() + ", ")).collect();
                let last = last.lines(indent, before + open.chars().count(), after + close.len());
                format!("{open}{last}{close}")
            }
            Self::Group(open, items, close) => {
                let comma = if matches!(&**items, [Self::Chain(..)]) { "" } else { "," };
                let mut lines = open.clone();
                for item in items {
                    lines = lines + &start + &item.lines(inner, inner, comma.len()) + comma;
                }
                lines + &end + close
            }
            Self::Chain(operator, operands) => {
                let mut lines = String::new();
                for (position, operand) in operands.iter().enumerate() {
                    let is_object = matches!(operand, Self::Group(open, _, _) if open == "{");
                    let (separator, before) = if is_object { (" ", WIDTH) } else { (&*end, indent) };
                    if position > 0 {
                        lines = lines + " " + operator + separator;
                    }
                    lines += &operand.lines(indent, before, operator.len() + 1);
                }
                lines
            }
            Self::Labeled(label, value) if matches!(**value, Self::Chain(..)) => {
                format!("{label}{start}{}", value.lines(inner, inner, after))
            }
            Self::Labeled(label, value) => {
                format!("{label} {}", value.lines(indent, before + label.chars().count() + 1, after))
            }
        }
    }
}

/// Returns a string literal. A JSON string is one.
pub(super) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Returns the key of an object.
pub(super) fn key(name: &str) -> String {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match name {
        // The key `"__proto__": {}` would set the prototype, `["__proto__"]: {}` is a property.
        "__proto__" => "[\"__proto__\"]".to_owned(),
        _ if is_name => name.to_owned(),
        _ => string(name),
    }
}

/// Returns text for a comment `/** … */`: one line that neither ends the comment nor is a tag.
pub(super) fn comment(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let text = words.join(" ").replace("*/", "*\\/");
    if text.starts_with('@') { format!("\\{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(name: &str, arguments: usize) -> Expression {
        Expression::call(name, (0..arguments).map(|_| Expression::text("argument")).collect())
    }

    #[test]
    fn short_code_is_on_one_line() {
        let object = Expression::object([("a".to_owned(), call("f", 2)), ("b?".to_owned(), Expression::object([]))]);
        assert_eq!(object.lines(2, 2, 1), r#"{ a: f(argument, argument), "b?": {} }"#);
        let chain = Expression::chain("??", vec![call("f", 0), call("g", 0)]);
        assert_eq!(chain.lines(2, 2, 1), "f() ?? g()");
        assert_eq!(Expression::chain("??", vec![call("f", 0)]), call("f", 0));
    }

    #[test]
    fn long_code_is_broken() {
        let chain = Expression::chain("??", vec![call("first", 5), call("second", 3)]);
        let object = Expression::object([("a".to_owned(), chain), ("b".to_owned(), call("f", 1))]);
        let lines = "{
  a:
    first(argument, argument, argument, argument, argument) ??
    second(argument, argument, argument),
  b: f(argument),
}";
        assert_eq!(object.lines(0, 0, 0), lines);
    }

    #[test]
    fn last_object_is_broken_alone() {
        let members = ["first", "second", "third"].map(|name| (name.to_owned(), call("f", 2)));
        let code = Expression::call("call", vec![Expression::text("a"), Expression::object(members)]);
        let lines = "call(a, {
  first: f(argument, argument),
  second: f(argument, argument),
  third: f(argument, argument),
})";
        assert_eq!(code.lines(0, 0, 0), lines);
    }

    #[test]
    fn lines_have_at_most_80_columns() {
        let members = |open: &str, close| {
            let pairs = ["first", "second"].map(|key| Expression::Labeled(format!("{key}:"), Box::new(call("f", 1))));
            Expression::Group(open.to_owned(), pairs.into(), close)
        };
        for width in 1..=75 {
            let text = || Expression::text("x".repeat(width));
            let function = Expression::Labeled("(it) =>".to_owned(), Box::new(members("({", "})")));
            let chain = Expression::chain("??", vec![Expression::call("f", vec![text()]), call("g", 1)]);
            let codes = [
                Expression::call("f", vec![text(), members("{", "}")]),
                Expression::call("f", vec![text(), function]),
                Expression::Labeled("key:".to_owned(), Box::new(chain)),
            ];
            for code in &codes {
                for (start, end) in [("", ""), ("a = ", ";")] {
                    let code = format!("{start}{}{end}", code.lines(0, start.len(), end.len()));
                    assert!(code.lines().all(|line| line.len() <= 80), "{code}");
                }
            }
        }
    }

    #[test]
    fn keys_are_quoted_where_necessary() {
        assert_eq!(
            ["a_1", "code?", "1", "", "__proto__"].map(key),
            ["a_1", "\"code?\"", "\"1\"", "\"\"", "[\"__proto__\"]"]
        );
    }

    #[test]
    fn comments_stay_comments() {
        assert_eq!(comment(" a\n*/ b "), "a *\\/ b");
        assert_eq!(comment("@deprecated"), "\\@deprecated");
    }
}
