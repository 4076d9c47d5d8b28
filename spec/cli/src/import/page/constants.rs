//! Reads the constants of source code: `NAME = "Code"` in most languages, `NAME: "Code"` in
//! objects of JavaScript, and `NAME("Code", "Text.")` in enums of Java. The comment before a
//! constant is its description.

mod tokens;

use self::tokens::{Token, tokens};
use crate::import::page::codes::{is_certainly_code, is_code};
use crate::import::page::{FoundRow, Place, on_one_line};

pub(super) fn read(text: &str) -> Vec<FoundRow> {
    let mut reader = ConstantReader::default();
    let mut line = Vec::new();
    let mut first = 1;
    for (token, number) in tokens(text) {
        if line.is_empty() {
            first = number;
        }
        if token != Token::LineBreak {
            line.push(token);
        // `NAME =`, and the code is on the next line.
        } else if !matches!(line.last(), Some(Token::Symbol('='))) {
            reader.line(&line, first);
            line.clear();
        }
    }
    reader.line(&line, first);
    reader.found
}

#[derive(Default)]
struct ConstantReader {
    /// The comments since the last blank line or code.
    comments: String,
    found: Vec<FoundRow>,
}

impl ConstantReader {
    fn line(&mut self, line: &[Token<'_>], number: usize) {
        match line {
            [] => self.comments.clear(),
            line if line.iter().all(|token| matches!(token, Token::Comment(_))) => {
                for token in line {
                    self.comment(token);
                }
            }
            // `@Deprecated` or `#[deprecated]` between the comment and the constant.
            [Token::Symbol('@' | '#'), ..] => {}
            line => {
                let found_before = self.found.len();
                self.code(line, number);
                if let ([.., comment], true) = (line, self.comments.is_empty()) {
                    self.comment(comment);
                }
                let description = on_one_line(&std::mem::take(&mut self.comments));
                if let Some(row) = self.found.get_mut(found_before).filter(|_| !description.is_empty()) {
                    row.description = description;
                }
            }
        }
    }

    fn comment(&mut self, token: &Token<'_>) {
        if let Token::Comment(text) = token {
            for line in text.lines() {
                // ` * text` in a block, `/// text`, `/** text`
                self.comments.push_str(line.trim_start().trim_start_matches(['*', '/', '!']));
                self.comments.push(' ');
            }
        }
    }

    fn code(&mut self, line: &[Token<'_>], number: usize) {
        let mut statement = Statement::default();
        for (at, token) in line.iter().enumerate() {
            let [second, first] = [2, 1].map(|back| at.checked_sub(back).and_then(|at| line.get(at)));
            match token {
                Token::Name(name) => {
                    statement.names += 1;
                    statement.name = name;
                }
                Token::Symbol(',' | ';' | '{' | '}') => statement = Statement::default(),
                Token::Symbol('(' | '<') => statement.brackets += 1,
                Token::Text(code) if statement.assigns(second, first, line.get(at + 1)) && statement.fits(code) => {
                    let description = match (first, line.get(at + 1), line.get(at + 2)) {
                        // `NAME("Code", "Text.")`
                        (Some(Token::Symbol('(')), Some(Token::Symbol(',')), Some(Token::Text(text))) => {
                            on_one_line(text)
                        }
                        _ => String::new(),
                    };
                    self.found.push(FoundRow::new(&**code, description, Place::Line(number)));
                }
                _ => {}
            }
        }
    }
}

/// A statement up to a string.
#[derive(Default)]
struct Statement<'a> {
    names: usize,
    /// The last name.
    name: &'a str,
    brackets: usize,
}

impl Statement<'_> {
    /// Returns whether the next string is the value of a constant, given the tokens around it.
    fn assigns(&self, second: Option<&Token<'_>>, first: Option<&Token<'_>>, next: Option<&Token<'_>>) -> bool {
        let starts = match (second, first) {
            // `a == "x"`, `a += "x"`
            (Some(Token::Symbol('=' | '!' | '<' | '>' | '+' | '-' | '*' | '/')), Some(Token::Symbol('='))) => false,
            (_, Some(Token::Symbol('='))) | (Some(Token::Symbol('=')), Some(Token::Symbol('>'))) => {
                self.names > 0 && self.brackets == 0
            }
            (_, Some(Token::Symbol(':'))) => self.names == 1 && self.brackets == 0,
            // `NAME("x")`, but not `call("x")`
            (Some(Token::Name(_)), Some(Token::Symbol('('))) => {
                self.names == 1 && self.brackets == 1 && self.name.starts_with(|c: char| c.is_ascii_uppercase())
            }
            _ => false,
        };
        // Not `"x" + y`, and `"x" as const` in TypeScript.
        let ends = match next {
            None | Some(Token::Comment(_) | Token::Symbol(';' | ',' | ')' | '}')) => true,
            Some(Token::Name(name)) => *name == "as",
            _ => false,
        };
        starts && ends
    }

    /// Returns whether the value of the constant is a code: not `encoding = "utf-8"`, a version or
    /// an address.
    fn fits(&self, code: &str) -> bool {
        let trimmed = code.trim();
        if is_version(trimmed) || is_address(trimmed) || self.names_other() {
            return false;
        }
        let starts_upper = trimmed.starts_with(|c: char| c.is_ascii_uppercase());
        let has_upper_name = self.name.contains(|c: char| c.is_ascii_uppercase());
        is_code(trimmed) && (starts_upper || has_upper_name || is_certainly_code(trimmed))
    }
}

/// The last words of constants that are not codes.
const OTHER_NAMES: &[&str] = &["version", "url", "uri", "host", "hostname", "endpoint", "domain", "address", "author"];

impl Statement<'_> {
    /// Returns whether the name is that of something else: `__version__`, `API_URL`.
    fn names_other(&self) -> bool {
        let name = self.name.trim_matches('_').to_ascii_lowercase();
        let last = name.rsplit('_').next().unwrap_or_default();
        OTHER_NAMES.contains(&last)
    }
}

/// Returns whether a text is a version or an IP address: `1.2.3`, `v2.0-rc1`.
fn is_version(text: &str) -> bool {
    let text = text.strip_prefix('v').unwrap_or(text);
    let mut parts = text.split('.');
    text.contains('.') && parts.all(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

/// Returns whether a text is an address: `https://x.org/a`, `localhost:80`, `api.example.com`.
fn is_address(text: &str) -> bool {
    const DOMAINS: &[&str] = &["com", "net", "org", "io", "dev", "local"];
    let is_lower = !text.contains(|c: char| c.is_ascii_uppercase() || c == '_');
    let host = text.split(['/', ':']).next().unwrap_or_default();
    let domain = host.rsplit_once('.').map(|(_, domain)| domain);
    let port = text.rsplit_once(':').map_or("", |(_, port)| port);
    let has_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    text.contains("://") || is_lower && (has_port || domain.is_some_and(|domain| DOMAINS.contains(&domain)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(String, String)> {
        read(text).into_iter().map(|row| (row.code, row.description)).collect()
    }

    #[test]
    fn forms_of_languages_are_read() {
        let expected = [("A.B".to_owned(), "First text.".to_owned()), ("C".to_owned(), String::new())];
        for file in [
            "package v1\n\nconst (\n\t// First text.\n\tA_B = \"A.B\"\n\n\tC = \"C\"\n)\n",
            "const (\n\t// First\n\t// text.\n\tA Reason = \"A.B\"\n\tC Reason = \"C\"\n)\n",
            "class Codes:\n    #: First text.\n    A_B = 'A.B'\n\n    C: Final[str] = 'C'\n",
            "# -*- coding: utf8 -*-\n\n# First text.\nA_B = \"A.B\"\nC = 'C'\n",
            "public enum Code {\n  /** First text. */\n  @Deprecated\n  A_B(\"A.B\"),\n  C(\"C\", 400);\n",
            "enum Code {\n  A_B(\"A.B\", \"First text.\"),\n  C(\"C\", 400);\n",
            "  /**\n   * First\n   * text.\n   */\n  public static final String A_B =\n      \"A.B\";\n  String C = \"C\";\n",
            "module.exports = {\n  // First text.\n  aB: 'A.B',\n  C: `C`,\n};\n",
            "export enum Code {\n  A = \"A.B\", // First text.\n  C = \"C\",\n}\n",
            "/// First text.\npub const A: &'static str = \"A.B\";\npub const C: &str = \"C\";\n",
            "class Code {\n  # First text.\n  const A = 'A.B';\n  const C = 'C';\n}\n",
            "//First text.\n#[deprecated]\npub const A: &'static str = \"A.B\";\npub const C: &'static str = \"C\";\n",
            "#First text.\na = 'A.B'\nc = 'C'\n",
            "enum Code { A(\"A.B\", `First\n  text.`), C(\"C\") }\n",
            "const Code = { A: \"A.B\" as const, /* First text. */\n  C: \"C\" as const };\n",
            "HALF = WHOLE / 2\n\n// First text.\nA = \"A.B\"\nC = \"C\"\n",
        ] {
            assert_eq!(codes(file), expected, "{file}");
        }
    }

    #[test]
    fn comments_must_be_adjacent() {
        let file = "// Licence.\n\n// Package.\npackage v1\n// Section.\n\nA = \"A.B\"\n";
        assert_eq!(codes(file), [("A.B".to_owned(), String::new())]);
    }

    #[test]
    fn other_strings_are_skipped() {
        for line in [
            "call(\"A.B\")",
            "if a == \"A.B\" {",
            "A = \"A.\" + \"B\"",
            "encoding = \"utf-8\"",
            "# A = \"A.B\"",
            "A = \"two words\"",
            "import { A } from \"A.B\";",
            "\"A.B",
            "VERSION = \"1.2.3\"",
            "__version__ = 'A2'",
            "API_URL = \"Api/x\"",
            "HOST = \"api.example.com\"",
            "SERVER = 'localhost:8080'",
            "ADDR = \"https://example.org/a\"",
            "PEER = \"10.0.0.1\"",
            "IS_LATE = CODE == \"A.B\"",
            "TEXT += \"A.B\"",
            "A = \"A.B\" if late else \"C.D\"",
            "'Not found' => 'A.B',",
            "is_late ? early : \"A.B\",",
        ] {
            assert_eq!(codes(line), [], "{line}");
        }
    }

    #[test]
    fn names_or_texts_show_that_constants_are_codes() {
        for (line, code) in [
            ("late = \"Late\"", "Late"),
            ("LATE = \"late\"", "late"),
            ("late = \"too_late\"", "too_late"),
            ("LATE = \"Order:404\"", "Order:404"),
            ("LATE = \"order:late\"", "order:late"),
        ] {
            assert_eq!(codes(line), [(code.to_owned(), String::new())], "{line}");
        }
        assert_eq!(codes("late = \"late\""), []);
    }

    #[test]
    fn white_space_in_literals_is_kept() {
        assert_eq!(codes("A = \"A.B \"\n"), [("A.B ".to_owned(), String::new())]);
    }
}
