//! Reads the text of a Markdown cell without its markup, as a browser shows it.
//!
//! The rules are those of <https://spec.commonmark.org/0.31.2/#inlines>, with the `~~text~~` of
//! GitHub.

use std::collections::HashMap;
use std::ops::Range;

use crate::import::edit::edited;
use crate::import::page::codes::{LITERAL, LOWERED, RAISED, STRUCK, UNSTRUCK, keep_literals};

/// The entities that pages use in tables.
const ENTITIES: &[(&str, char)] =
    &[("&nbsp;", ' '), ("&#124;", '|'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&amp;", '&')];

/// Elements that are only layout in a cell.
const LAYOUT: &[&str] = &["a", "b", "big", "em", "font", "i", "ins", "mark", "small", "span", "strong", "sub", "u"];

/// The characters that can start markup, and the first letter of `https:`.
const SPECIAL: &[char] = &['\\', '`', '<', '&', '[', ']', '*', '_', '~', 'h'];

/// The maximum length of the target of a link in bytes, which keeps the time linear.
const MAX_TARGET: usize = 4096;

/// Returns the text of a cell. Only the marks of [`codes`] remain of its markup.
///
/// [`codes`]: crate::import::page::codes
pub(super) fn text(cell: &str) -> String {
    let mut reader = InlineReader::new(cell);
    while let Some(c) = reader.rest().chars().next() {
        match c {
            '\\' => reader.escape(),
            '`' => reader.code_span(),
            '<' => reader.tag(),
            '&' => reader.entity(),
            '[' => reader.open_bracket(),
            ']' => reader.close_bracket(),
            '*' | '_' | '~' => reader.run(c),
            'h' => reader.url(),
            _ => {
                let length = reader.rest().find(SPECIAL).unwrap_or(reader.rest().len());
                reader.copy(length);
            }
        }
    }
    reader.finish()
}

struct InlineReader<'c> {
    cell: &'c str,
    /// What is read of the cell.
    at: usize,
    text: String,
    /// The starts of the runs of backticks, by their length.
    backticks: HashMap<usize, Vec<usize>>,
    /// The closing parenthesis of each opening one.
    parentheses: HashMap<usize, usize>,
    /// The open brackets in `text`, and whether each is that of an image: `![`.
    brackets: Vec<(usize, bool)>,
    /// The runs of `*`, `_` and `~` in `text`.
    runs: Vec<Run>,
    /// Parts of `text` that are markup.
    removed: Vec<Range<usize>>,
}

/// A run of `*`, `_` or `~`.
struct Run {
    mark: char,
    range: Range<usize>,
    can_open: bool,
    can_close: bool,
}

impl<'c> InlineReader<'c> {
    fn new(cell: &'c str) -> Self {
        Self {
            cell,
            at: 0,
            text: String::with_capacity(cell.len()),
            backticks: if cell.contains('`') { backticks(cell) } else { HashMap::new() },
            parentheses: if cell.contains("](") { parentheses(cell) } else { HashMap::new() },
            brackets: Vec::new(),
            runs: Vec::new(),
            removed: Vec::new(),
        }
    }

    fn rest(&self) -> &'c str {
        self.cell.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.cell.get(..self.at).and_then(|before| before.chars().next_back())
    }

    /// Copies a part of the cell as it is.
    fn copy(&mut self, length: usize) {
        self.text.push_str(self.rest().get(..length).unwrap_or_default());
        self.at += length;
    }

    /// A backslash before ASCII punctuation is removed.
    fn escape(&mut self) {
        if self.rest().chars().nth(1).is_some_and(|next| next.is_ascii_punctuation()) {
            self.at += 1;
        }
        self.copy(1);
    }

    /// Nothing is markup in a code span: `` `wild_*` ``. In a table, `\|` is a pipe.
    fn code_span(&mut self) {
        let length = run_length(self.rest(), '`');
        let start = self.at + length;
        let ends = self.backticks.get(&length).map_or(&[][..], |starts| starts);
        let Some(end) = ends.get(ends.partition_point(|end| *end < start)).copied() else {
            return self.copy(length);
        };
        let code = self.cell.get(start..end).unwrap_or_default();
        // A space on both sides separates the backticks of the text: ``` `` `a` `` ```.
        let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' ')).filter(|code| !code.is_empty());
        self.text.push(LITERAL);
        self.text.push_str(&inner.unwrap_or(code).replace("\\|", "|"));
        self.text.push(LITERAL);
        self.at = end + length;
    }

    /// Removes the tags of layout, and marks what `sup`, `code` and `del` contain.
    fn tag(&mut self) {
        let tag = self.rest().get(1..).unwrap_or_default();
        let (is_closing, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let name: String = name.chars().take(8).take_while(char::is_ascii_alphanumeric).collect();
        // Another `<` before the end of a tag starts over.
        let end = tag.find(['<', '>']).filter(|end| tag.get(*end..).is_some_and(|end| end.starts_with('>')));
        let Some(end) = end else { return self.copy(1) };
        let is_url = ["http://", "https://", "mailto:"].iter().any(|scheme| tag.starts_with(scheme));
        let mark = match (&*name.to_ascii_lowercase(), is_closing) {
            ("br", _) => Some(' '),
            ("sup", false) => Some(RAISED),
            ("sup", true) => Some(LOWERED),
            ("code" | "tt" | "kbd" | "samp", _) => Some(LITERAL),
            ("del" | "s" | "strike", false) => Some(STRUCK),
            ("del" | "s" | "strike", true) => Some(UNSTRUCK),
            (name, _) if LAYOUT.contains(&name) => None,
            _ if is_url => {
                self.at += 1;
                self.copy(end);
                self.at += 1;
                return;
            }
            _ => return self.copy(1),
        };
        self.text.extend(mark);
        self.at += end + 2;
    }

    fn entity(&mut self) {
        match ENTITIES.iter().find(|(entity, _)| self.rest().starts_with(entity)) {
            Some((entity, c)) => {
                self.text.push(*c);
                self.at += entity.len();
            }
            None => self.copy(1),
        }
    }

    /// Removes a footnote, `[^1]`. Another bracket may be the start of a link.
    fn open_bracket(&mut self) {
        if let Some(label) = self.rest().strip_prefix("[^") {
            let length = label.find(|c: char| c.is_whitespace() || "[]".contains(c)).unwrap_or_default();
            if length > 0 && label.get(length..).is_some_and(|end| end.starts_with(']')) {
                self.at += length + 3;
                return;
            }
        }
        self.brackets.push((self.text.len(), self.before() == Some('!') && self.text.ends_with('!')));
        self.copy(1);
    }

    /// Replaces a link with its text: `[text](target "title")`.
    fn close_bracket(&mut self) {
        let open = self.brackets.pop();
        let target = self.parentheses.get(&(self.at + 1)).copied().filter(|_| self.rest().starts_with("]("));
        let is_target = |end: &usize| {
            let target = self.cell.get(self.at + 2..*end);
            target.is_some_and(|target| target.len() <= MAX_TARGET && is_target(target))
        };
        match open.zip(target.filter(is_target)) {
            Some(((start, is_image), end)) => {
                self.removed.push(start - usize::from(is_image)..start + 1);
                self.at = end + 1;
            }
            None => self.copy(1),
        }
    }

    /// Remembers what can be emphasis. See
    /// <https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>.
    fn run(&mut self, mark: char) {
        let length = run_length(self.rest(), mark);
        let before = self.before().unwrap_or(' ');
        let after = self.rest().chars().nth(length).unwrap_or(' ');
        // Only of ASCII, so that emphasis can end after the full stop of Chinese.
        let [is_start, is_end] = [before, after].map(|c| c.is_whitespace() || c.is_ascii_punctuation());
        let opens = !after.is_whitespace() && (!after.is_ascii_punctuation() || is_start);
        let closes = !before.is_whitespace() && (!before.is_ascii_punctuation() || is_end);
        // `FOO_BAR` has no emphasis.
        let is_word = mark == '_';
        let can_open = opens && (!is_word || !closes || before.is_ascii_punctuation());
        let can_close = closes && (!is_word || !opens || after.is_ascii_punctuation());
        if mark != '~' || length == 2 {
            let range = self.text.len()..self.text.len() + length;
            self.runs.push(Run { mark, range, can_open, can_close });
        }
        self.copy(length);
    }

    /// The underscores of a URL are not emphasis.
    fn url(&mut self) {
        let is_url = self.rest().starts_with("http://") || self.rest().starts_with("https://");
        if !is_url || self.before().is_some_and(char::is_alphanumeric) {
            return self.copy(1);
        }
        let is_end = |c: char| c.is_whitespace() || "<>`[]()*~\\&".contains(c);
        let url = self.rest().split(is_end).next().unwrap_or_default();
        self.copy(url.trim_end_matches('_').len());
    }

    fn finish(self) -> String {
        let removed = self.removed.into_iter().map(|range| (range, None));
        let mut edits: Vec<_> = removed.chain(emphasis(self.runs)).collect();
        if edits.is_empty() {
            return keep_literals(self.text);
        }
        edits.sort_by_key(|(range, _)| range.start);
        keep_literals(edited(&self.text, edits))
    }
}

/// Returns the parts of runs that are emphasis, and what replaces them.
fn emphasis(runs: Vec<Run>) -> Vec<(Range<usize>, Option<char>)> {
    let mut found = Vec::new();
    let mut open: Vec<Run> = Vec::new();
    // How many are open, so that a search that fails takes no time.
    let mut counts: HashMap<char, usize> = HashMap::new();
    for mut run in runs {
        while run.can_close && !run.range.is_empty() && counts.get(&run.mark).is_some_and(|count| *count > 0) {
            let Some(mut start) = open.pop() else { break };
            counts.entry(start.mark).and_modify(|count| *count -= 1);
            // What is open inside of the emphasis stays as it is.
            if start.mark != run.mark {
                continue;
            }
            let length = start.range.len().min(run.range.len()).min(2);
            let is_struck = run.mark == '~';
            found.push((start.range.end - length..start.range.end, is_struck.then_some(STRUCK)));
            found.push((run.range.start..run.range.start + length, is_struck.then_some(UNSTRUCK)));
            start.range.end -= length;
            run.range.start += length;
            if !start.range.is_empty() {
                *counts.entry(start.mark).or_default() += 1;
                open.push(start);
            }
        }
        if run.can_open && !run.range.is_empty() {
            *counts.entry(run.mark).or_default() += 1;
            open.push(run);
        }
    }
    found
}

/// Returns whether a text is the target of a link: a URL, and a title in quotes if there is one.
fn is_target(text: &str) -> bool {
    let text = text.trim();
    let title = text.split_once(char::is_whitespace).map(|(_, title)| title.trim_start());
    text.starts_with('<') || title.is_none_or(|title| title.starts_with(['"', '\'', '(']))
}

fn run_length(text: &str, mark: char) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

fn backticks(cell: &str) -> HashMap<usize, Vec<usize>> {
    let mut runs: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut end = 0;
    for (at, _) in cell.match_indices('`') {
        if at >= end {
            let length = run_length(cell.get(at..).unwrap_or_default(), '`');
            runs.entry(length).or_default().push(at);
            end = at + length;
        }
    }
    runs
}

fn parentheses(cell: &str) -> HashMap<usize, usize> {
    let (mut pairs, mut open, mut is_escaped) = (HashMap::new(), Vec::new(), false);
    for (at, c) in cell.char_indices() {
        match c {
            '(' if !is_escaped => open.push(at),
            ')' if !is_escaped => pairs.extend(open.pop().map(|start| (start, at))),
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::page::codes::unmarked;

    fn plain(cell: &str) -> String {
        unmarked(&text(cell)).into_owned()
    }

    #[test]
    fn markup_is_removed() {
        for (cell, expected) in [
            ("Call `POST /v1/token` again.", "Call POST /v1/token again."),
            ("It **may** be *very*, _very_, __very__ ***late***.", "It may be very, very, very late."),
            ("See [the docs](a.md), [`B`](b \"title\") and [c (d)](e(f)).", "See the docs, B and c (d)."),
            ("Late.[^1] Too late[^note].", "Late. Too late."),
            ("Use ~~old~~ new.", "Use old new."),
            ("**Note: `a` is *not* b**", "Note: a is not b"),
            ("![icon](i.png) a <https://a.b/c_d_> <br> b", "icon a https://a.b/c_d_   b"),
            ("`` a ` b `` ``c``", "a ` b c"),
            ("`a \\| b` \\*c\\* \\\\d &lt;e&gt; `&lt;`", "a | b *c* \\d <e> &lt;"),
            ("**错误。**请重试", "错误。请重试"),
            ("<b>a</b> <code>b</code><sup>1</sup> <id>", "a b1 <id>"),
            ("https://a.b/_c_ is *not* late", "https://a.b/_c_ is not late"),
            ("_not here_, but un*like*ly", "not here, but unlikely"),
            ("_a_ *b_ c*", "a b_ c"),
            ("[](#a)A [b](c\\)d) [e](f\\(g) [h](<i j.md>)", "A b e h"),
        ] {
            assert_eq!(plain(cell), expected, "{cell}");
        }
    }

    #[test]
    fn texts_without_markup_stay() {
        for cell in [
            "FOO_BAR and _foo",
            "a * b * c",
            "4*(3*2)",
            "*.txt, *.md",
            "{{1}} ~x ~~ y~~",
            "an ` unbalanced ``backtick",
            "a [0] [b] (c) [d] [e](f",
            "[see](this is text)",
            "https://a.b/_c_/d_",
            "C:\\dir, 5 < 6 && a>b",
            "[^ a] [^]",
        ] {
            assert_eq!(plain(cell), cell);
        }
    }
}
