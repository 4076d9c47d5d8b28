//! Prints rules.

use std::io::{self, BufWriter, Write};

use anstyle::{AnsiColor, Style};

use crate::rule::RuleText;

const TITLE: Style = Style::new().bold();
const LABEL: Style = AnsiColor::Cyan.on_default();

/// Prints one rule with all that is known, and several as a list.
pub(crate) fn rules(rules: &[RuleText]) -> io::Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let is_list = rules.iter().any(|rule| rules.first().is_some_and(|first| first.name != rule.name));
    for rule in rules {
        if is_list {
            writeln!(out, "{TITLE}{}{TITLE:#} ({}): {}", rule.name, rule.kind, rule.meaning)?;
        } else {
            write_rule(rule, &mut out)?;
        }
    }
    out.flush()
}

fn write_rule(rule: &RuleText, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{TITLE}{}{TITLE:#}: {}", rule.name, rule.meaning)?;
    writeln!(out, "  {LABEL}rule of{LABEL:#}    a {}", rule.kind)?;
    if let Some(api) = rule.api {
        writeln!(out, "  {LABEL}API{LABEL:#}        {}", api.as_str())?;
    }
    if !rule.denied_by.is_empty() {
        writeln!(out, "  {LABEL}denied by{LABEL:#}  {}", rule.denied_by.join(", "))?;
    }
    Ok(())
}
