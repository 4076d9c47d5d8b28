//! Chooses a variant name for a new row whose derived name is taken or not valid.

use errtable_spec::__private::{FreeNames, check_variant_name, parse_digits};
use errtable_spec::{Table, variant_name};

/// The names of variants so far.
pub(super) struct Variants {
    names: FreeNames,
    prefix: String,
}

impl Variants {
    /// Collects the variants of a table. `prefix` is its `variant_prefix`.
    pub(super) fn new(table: &Table, prefix: &str) -> Self {
        let names = FreeNames::new(table.rows.iter().map(|row| row.variant.clone()));
        Self { names, prefix: prefix.to_owned() }
    }

    /// Reserves a name for a code. Returns it if it differs from the derived one: `AB2` for `A.B`
    /// if there is a code `AB`. `listed` is the name of the code in the page, if it is mapped.
    pub(super) fn claim(&mut self, original: &str, listed: Option<&str>) -> Option<String> {
        if let Some(listed) = listed {
            let name = variant_name(listed);
            let is_valid = check_variant_name(&name, &[]).is_ok();
            let name = self.names.claim(&if is_valid { name } else { valid_stem(&name) });
            return (name != format!("{}{}", self.prefix, variant_name(original))).then_some(name);
        }
        // `CodeMinus1` for `-1`, next to `Code1`
        let spelled = original.strip_prefix('-').map(|digits| format!("minus{digits}"));
        let code = spelled.as_deref().filter(|_| parse_digits(original).is_some());
        let is_negative = code.is_some();
        let code = code.unwrap_or(original);
        let derived = match variant_name(code) {
            name if name.is_empty() => name,
            name => format!("{}{name}", self.prefix),
        };
        let is_valid = check_variant_name(&derived, &[]).is_ok();
        if is_valid && !is_negative && self.names.take(&derived) {
            return None;
        }
        // `Code4001` for `4001`
        let stem = if is_valid && !is_negative { derived } else { valid_stem(&derived) };
        Some(self.names.claim(&stem))
    }
}

/// Returns an identifier that starts with `Code`.
fn valid_stem(name: &str) -> String {
    let mut stem = "Code".to_owned();
    for c in name.chars() {
        stem.push(c);
        if check_variant_name(&stem, &[]).is_err() {
            stem.pop();
        }
    }
    stem
}
