//! The named envelopes of `spec/envelopes.json`.

use crate::table::envelope::Envelope;
use crate::table::ordered_map::OrderedMap;
use crate::table::parse::Reader;
use crate::table::parse::envelope::Context;
use crate::table::parse::json::Json;
use crate::table::report::Report;

const NAMED: &str = include_str!("../../../../envelopes.json");

/// Returns the names of the named envelopes: `nested`, `flat` and so on.
///
/// ```
/// let names = errtable_spec::envelope_names();
/// assert_eq!(names, ["nested", "flat", "problem", "google", "json-rpc"]);
/// ```
#[must_use]
pub fn envelope_names() -> Vec<&'static str> {
    entries().into_iter().map(|(name, _)| name).collect()
}

/// Returns a named envelope, as `"envelope": "nested"` in a table.
///
/// ```
/// let flat = errtable_spec::named_envelope("flat").unwrap();
/// assert_eq!(flat.headers[0].name, "x-request-id");
/// assert!(errtable_spec::named_envelope("round").is_none());
/// ```
#[must_use]
pub fn named_envelope(name: &str) -> Option<Envelope> {
    let (_, json) = entries().into_iter().find(|(known, _)| *known == name)?;
    let columns = OrderedMap::default();
    let context = Context { columns: &columns, is_complete: true };
    Reader { report: &mut Report::default() }.envelope(json, &context)
}

fn entries() -> Vec<(&'static str, Json<'static>)> {
    let entries = Json::of(NAMED).and_then(Json::entries).unwrap_or_default();
    // Cut out of the quotes, because no name contains an escape.
    entries.into_iter().map(|(key, envelope)| (key.raw().trim_matches('"'), envelope)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_envelopes_are_valid() {
        for (name, json) in entries() {
            let (mut report, columns) = (Report::default(), OrderedMap::default());
            let context = Context { columns: &columns, is_complete: true };
            let envelope = Reader { report: &mut report }.envelope(json, &context);
            let diagnostics = report.into_diagnostics();
            assert!(envelope.is_some() && diagnostics.is_empty(), "{name}: {diagnostics:?}");
        }
    }
}
