//! Splits the texts of samples into literals and placeholders.

use crate::table::envelope::{Part, Placeholder};
use crate::table::parse::Reader;
use crate::table::parse::envelope::{Context, Place};
use crate::table::parse::json::Json;
use crate::table::report::rule::Rule;
use crate::table::report::suggest::{excerpt, nearest_to, one_of_list};
use crate::table::source::Span;

/// A part of a text, as it is written.
enum Token<'t> {
    /// Text with doubled braces.
    Literal(&'t str),
    /// The name of a placeholder, perhaps with `?`, and the position of its brace.
    Placeholder(&'t str, usize),
}

/// Why a text cannot be split.
struct Unmatched {
    at: usize,
    brace: char,
}

impl Reader<'_> {
    /// Reads a string of a sample or a header. Reports what is invalid. Returns `None` if
    /// it is not usable.
    pub(super) fn text(&mut self, json: Json<'_>, place: Place, context: &Context<'_>) -> Option<Vec<Part>> {
        let text = self.unescape(json)?;
        if !text.contains(['{', '}']) {
            return Some(literal(&text).into_iter().collect());
        }
        let tokens = match tokens(&text) {
            Ok(tokens) => tokens,
            Err(Unmatched { at, brace }) => {
                let help = format!("write `{brace}{brace}` for a brace, or `{{code}}` for a placeholder");
                let span = part_of(json, &text, at, 1);
                self.report.error(Rule::UnmatchedBrace, span, format!("unmatched `{brace}`")).add_help(help);
                return None;
            }
        };
        let mut parts = Vec::new();
        for token in tokens {
            match token {
                Token::Literal(text) => parts.extend(literal(&text.replace("{{", "{").replace("}}", "}"))),
                Token::Placeholder(name, at) => {
                    let span = part_of(json, &text, at, name.len() + 2);
                    let placeholder = self.placeholder(name, span, place, context)?;
                    if let Err((rule, message, help)) = check_neighbours(&parts, &placeholder, place) {
                        self.report.error(rule, span, message).add_help(help);
                        return None;
                    }
                    parts.push(placeholder);
                }
            }
        }
        if parts.len() > 1 && parts.contains(&Part::Placeholder(Placeholder::Data, false)) {
            let help = "write `\"{data}\"`, without other text";
            self.report.error(Rule::InvalidData, json.span, "`{data}` has text around it").add_help(help);
        }
        Some(parts)
    }

    /// Reads a placeholder, without its braces.
    fn placeholder(&mut self, written: &str, span: Span, place: Place, context: &Context<'_>) -> Option<Part> {
        let name = written.strip_suffix('?').unwrap_or(written);
        let is_second_choice = name.len() < written.len();
        let Some(placeholder) = context.placeholder(name) else {
            // A base that could not be read may declare the column.
            if context.is_complete {
                let names = context.names(place);
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                let help = match nearest_to(&format!("{{{name}}}"), &names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("expected {}; write `{{{{` and `}}}}` for braces", one_of_list(&names)),
                };
                let message = format!("unknown placeholder `{{{}}}`", excerpt(name));
                self.report.error(Rule::UnknownPlaceholder, span, message).add_help(help);
            }
            return None;
        };
        if !place.allows(&placeholder) {
            let message = format!("misplaced placeholder `{{{name}}}` in {}", place.what());
            self.report.error(Rule::MisplacedPlaceholder, span, message).add_help(place.help());
            return None;
        }
        if is_second_choice && !placeholder.is_readable() {
            let message = format!("`{{{written}}}` cannot be a second choice");
            let help = format!("write `{{{name}}}`, without `?`");
            self.report.error(Rule::InvalidSecondChoice, span, message).add_help(help);
            return Some(Part::Placeholder(placeholder, false));
        }
        Some(Part::Placeholder(placeholder, is_second_choice))
    }
}

/// Returns a part, unless the text is empty.
fn literal(text: &str) -> Option<Part> {
    (!text.is_empty()).then(|| Part::Literal(text.to_owned()))
}

/// Returns the placeholder in a key, where none has a meaning.
pub(super) fn placeholder_in_key<'k>(key: &'k str, context: &Context<'_>) -> Option<&'k str> {
    let tokens = if key.contains('{') { tokens(key).ok()? } else { return None };
    tokens.into_iter().find_map(|token| match token {
        Token::Placeholder(name, _) => context.placeholder(name.strip_suffix('?').unwrap_or(name)).map(|_| name),
        Token::Literal(_) => None,
    })
}

/// Splits a text at its placeholders.
fn tokens(text: &str) -> Result<Vec<Token<'_>>, Unmatched> {
    let slice = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let mut tokens = Vec::new();
    let mut literal = 0;
    let mut at = 0;
    while let Some(found) = slice(at, text.len()).find(['{', '}']) {
        at += found;
        let rest = slice(at, text.len());
        if rest.starts_with("{{") || rest.starts_with("}}") {
            at += 2;
            continue;
        }
        let inner = rest.strip_prefix('{').ok_or(Unmatched { at, brace: '}' })?;
        let name = match inner.split_once(['{', '}']) {
            Some((name, _)) if inner.as_bytes().get(name.len()) == Some(&b'}') => name,
            _ => return Err(Unmatched { at, brace: '{' }),
        };
        tokens.extend([Token::Literal(slice(literal, at)), Token::Placeholder(name, at)]);
        at += name.len() + 2;
        literal = at;
    }
    tokens.push(Token::Literal(slice(literal, text.len())));
    Ok(tokens)
}

/// Checks that a text shows where its value starts and ends: it has one placeholder apart from
/// `{_}`, and text between any two. Returns the violated rule, a message and a help if not.
fn check_neighbours(before: &[Part], part: &Part, place: Place) -> Result<(), (Rule, String, &'static str)> {
    if let (Some(Part::Placeholder(previous, _)), Part::Placeholder(this, _)) = (before.last(), part) {
        let message = format!("no text between `{{{}}}` and `{{{}}}`", previous.name(), this.name());
        return Err((Rule::AdjacentPlaceholders, message, "remove one of them: a text has one value"));
    }
    if let (Some(first), Some(second)) = (before.iter().find_map(value_name), value_name(part)) {
        let message = format!("two values in one text: `{{{first}}}` and `{{{second}}}`");
        let help = match place {
            Place::Success => "remove one of them",
            Place::Failure | Place::Header => "remove one of them, or replace it with `{_}`, which matches any text",
        };
        return Err((Rule::TwoPlaceholders, message, help));
    }
    Ok(())
}

/// Returns the name of a placeholder other than `{_}`.
fn value_name(part: &Part) -> Option<&str> {
    match part {
        Part::Placeholder(Placeholder::Any, _) | Part::Literal(_) => None,
        Part::Placeholder(placeholder, _) => Some(placeholder.name()),
    }
}

/// Returns the span of a part of a string, or that of the string if it contains escapes.
fn part_of(json: Json<'_>, text: &str, start: usize, len: usize) -> Span {
    if json.raw().len() != text.len() + 2 {
        return json.span;
    }
    let start = json.span.start + 1 + start;
    Span { start, end: start + len, ..json.span }
}
