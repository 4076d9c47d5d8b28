//! Reads the errors of a Smithy model: structures with the trait `error`, in the JSON AST.
//!
//! Traits: <https://smithy.io/2.0/spec/type-refinement-traits.html#smithy-api-error-trait>.

use errtable_spec::__private::Json;

use crate::import::page::document::{lines_of, text_of};
use crate::import::page::{Found, FoundRow, Place, html};
use crate::place::member;

pub(super) fn read(text: &str) -> Found {
    let shapes = Json::of(text).and_then(|root| member(root, "shapes")?.entries()).unwrap_or_default();
    let lines = lines_of(text, shapes.iter().map(|(key, _)| key.range().start));
    let rows = shapes.into_iter().zip(lines).filter_map(|((id, shape), line)| error(&id.unescape().ok()?, shape, line));
    rows.collect::<Vec<_>>().into()
}

/// Reads a shape, if it is an error.
fn error(id: &str, shape: Json<'_>, line: usize) -> Option<FoundRow> {
    let traits = member(shape, "traits")?;
    let get = |name: &str| member(traits, name);
    let fault = text_of(get("smithy.api#error")?);
    let name = id.rsplit_once('#').map_or(id, |(_, name)| name);
    let query = get("aws.protocols#awsQueryError");
    // The code on the wire of the protocol `awsQuery`. Other protocols send the name of the shape.
    let code = query.and_then(|query| member(query, "code")).map_or_else(|| name.to_owned(), text_of);
    let documentation = get("smithy.api#documentation").map(|text| html::first_paragraph(&text_of(text)));
    let mut row = FoundRow::new(&*code, documentation.unwrap_or_default(), Place::Line(line));
    if code != name {
        row.aliases.push(name.to_owned());
    }
    if let Some(retryable) = get("smithy.api#retryable") {
        let is_throttling = member(retryable, "throttling").is_some_and(|value| value.raw() == "true");
        row.values.push(("retry".to_owned(), if is_throttling { "throttled" } else { "transient" }.to_owned()));
    }
    if !fault.is_empty() {
        row.values.push(("fault".to_owned(), fault));
    }
    let status = get("smithy.api#httpError").or_else(|| member(query?, "httpResponseCode"));
    row.values.extend(status.map(|status| ("http_status".to_owned(), text_of(status))));
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_read() {
        let model = r#"{"smithy": "2.0", "shapes": {
            "x#Order": {"type": "structure", "traits": {"smithy.api#documentation": "no"}},
            "x#Busy": {"type": "structure", "members": {}, "traits": {
                "smithy.api#error": "server", "smithy.api#retryable": {"throttling": true}, "smithy.api#httpError": 503,
                "smithy.api#documentation": "<p>Too <b>busy</b>.</p><p>More.</p>"}},
            "x#GoneFault": {"type": "structure", "traits": {
                "smithy.api#error": "client", "aws.protocols#awsQueryError": {"code": "Gone", "httpResponseCode": 410}}}}}"#;
        let rows = read(model).rows;
        let values = |row: &FoundRow| row.values.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>();
        assert_eq!((&*rows[0].code, &*rows[0].description), ("Busy", "Too busy."));
        assert_eq!(
            (values(&rows[0]), rows[0].place),
            (vec!["throttled".into(), "server".into(), "503".into()], Place::Line(3))
        );
        assert_eq!((&*rows[1].code, &rows[1].aliases), ("Gone", &vec!["GoneFault".to_owned()]));
        assert_eq!((values(&rows[1]), rows.len()), (vec!["client".into(), "410".into()], 2));
    }
}
