//! The table as an OpenAPI document: the schema of a code, of a failure, and responses by status.

mod node;

use std::collections::BTreeMap;

use errtable_spec::__private::{Constant, Layout, Writable, Written};
use errtable_spec::{Column, ColumnType, Part, Placeholder, Row, Table, variant_name};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use self::node::{Node, object, object_of_some};
use crate::row::wire;
use crate::value::json;

/// Returns an object with a member for each code that has a value.
fn by_code<'t, V: Into<Node>>(table: &'t Table, value: impl Fn(&'t Row) -> Option<V>) -> Node {
    let members = table.rows.iter().filter_map(|row| Some((wire(row).into_owned(), value(row)?.into())));
    Node::Object(members.collect())
}

/// Writes a table as a document.
pub(super) fn write(table: &Table) -> serde_json::Result<String> {
    let document = OpenApi { table, name: variant_name(&table.name), failure: failure_sample(table) };
    serde_json::to_string_pretty(&document.to_node())
}

/// Returns how a failure is written.
fn failure_sample(table: &Table) -> Option<Written> {
    Some(Layout::new(table.envelope.as_ref()?).shape.failure)
}

struct OpenApi<'t> {
    table: &'t Table,
    /// The table's name in camel case.
    name: String,
    failure: Option<Written>,
}

impl OpenApi<'_> {
    fn to_node(&self) -> Node {
        let Self { table, name, .. } = self;
        // The key is required.
        let version = if table.version.is_empty() { "unknown" } else { &table.version };
        let info = object_of_some([
            ("title", table.name.as_str().into()),
            ("description", table.description.as_str().into()),
            ("version", version.into()),
        ]);
        let mut schemas = vec![(format!("{name}Code"), self.code())];
        let failure = self.failure.map(|failure| (format!("{name}Failure"), self.failure(&failure)));
        schemas.extend(failure);
        let components =
            object_of_some([("schemas", Node::Object(schemas)), ("responses", Node::Object(self.responses()))]);
        object([
            ("openapi", "3.0.3".into()),
            ("info", info),
            // The key is required, but a table has no paths.
            ("paths", object([])),
            ("components", components),
        ])
    }

    /// Returns the schema of a code.
    fn code(&self) -> Node {
        let Self { table, .. } = self;
        let list = |value: fn(&Row) -> Node| Node::List(table.rows.iter().map(value).collect());
        let columns = table.columns.iter().enumerate().map(|(position, column)| {
            let value = |row: &Row| Some(json(row.values.get(position)?.as_ref()?));
            (column.name.clone(), by_code(table, value))
        });
        let columns = columns.filter(|(_, values)| !values.is_empty()).collect();
        object_of_some([
            ("type", if table.is_numeric() { "integer" } else { "string" }.into()),
            // `"enum": []` is not valid.
            ("enum", Node::List(table.rows.iter().map(wire_json).map(Node::from).collect())),
            ("x-enum-varnames", list(|row| row.variant.as_str().into())),
            ("x-enum-descriptions", list(|row| row.description.as_str().into())),
            ("x-retry", by_code(table, |row| Some(row.retry.as_str()))),
            ("x-retry-after-ms", by_code(table, |row| row.retry_after_ms)),
            ("x-fault", by_code(table, |row| Some(row.fault.as_str()))),
            ("x-since", by_code(table, |row| Some(row.since.as_str()).filter(|since| !since.is_empty()))),
            ("x-deprecated", by_code(table, Row::deprecation)),
            ("x-columns", Node::Object(columns)),
        ])
    }

    /// Returns the schema of a failure.
    fn failure(&self, failure: &Written) -> Node {
        let schema = self.schema(failure);
        let example = self.table.rows.first().and_then(|row| self.example(failure, row));
        match (schema, example) {
            // Members beside `$ref` have no meaning.
            (Node::Object(mut members), Some(example)) if members.iter().all(|(key, _)| key != "$ref") => {
                members.push(("example".to_owned(), example));
                Node::Object(members)
            }
            (schema, _) => schema,
        }
    }

    /// Returns the schema of a value.
    fn schema(&self, written: &Written) -> Node {
        match written {
            Written::Constant(constant) => {
                let ty = match constant {
                    Constant::Bool(_) => "boolean",
                    Constant::Number(_) => "number",
                    Constant::Str(_) | Constant::Nothing => "string",
                };
                object([("type", ty.into()), ("enum", Node::List(vec![constant_json(constant)]))])
            }
            Written::Value(value, before, after) => self.value_schema(*value, before, after),
            Written::Array(elements) => {
                let mut schemas: Vec<_> = elements.iter().map(|element| self.schema(element)).collect();
                let items = match schemas.len() {
                    1 => schemas.remove(0),
                    _ => object_of_some([("anyOf", Node::List(schemas))]),
                };
                object([("type", "array".into()), ("items", items)])
            }
            Written::Object(members) => {
                let required = members.iter().filter(|(_, member)| is_required(member));
                let required = required.map(|(key, _)| Node::from(*key)).collect();
                let properties = members.iter().map(|(key, member)| ((*key).to_owned(), self.schema(member)));
                object_of_some([
                    ("type", "object".into()),
                    ("required", Node::List(required)),
                    ("properties", Node::Object(properties.collect())),
                ])
            }
            // A failure has no data.
            Written::Data | Written::Rest => object([]),
        }
    }

    fn value_schema(&self, value: Writable, before: &str, after: &str) -> Node {
        let Self { table, name, .. } = self;
        let typed = |ty: &str| object([("type", ty.into())]);
        if !before.is_empty() || !after.is_empty() {
            let codes = table.rows.iter().map(|row| Node::from(format!("{before}{}{after}", wire(row))));
            let codes = if value == Writable::Code { codes.collect() } else { Vec::new() };
            return object_of_some([("type", "string".into()), ("enum", Node::List(codes))]);
        }
        match value {
            Writable::Code => object([("$ref", format!("#/components/schemas/{name}Code").into())]),
            // The id of a numeric table is a string, an integer or null.
            Writable::RequestId if table.is_numeric() => object([]),
            Writable::Message | Writable::RequestId | Writable::Meaning => typed("string"),
            Writable::RetryAfter => typed("number"),
            Writable::RetryAfterMs | Writable::Status => typed("integer"),
            Writable::Details => object([("description", "Details of the failure.".into())]),
            Writable::Column(name) => self.column(name).map_or_else(|| object([]), |(_, column)| column_schema(column)),
        }
    }

    /// Returns a value of a failure with the code of a row, if it is written.
    fn example(&self, written: &Written, row: &Row) -> Option<Node> {
        Some(match written {
            Written::Constant(constant) => constant_json(constant),
            Written::Value(value, "", "") => self.example_value(*value, row)?.into(),
            Written::Value(value, before, after) => {
                let value = match self.example_value(*value, row)? {
                    Json::String(text) => text,
                    value => value.to_string(),
                };
                format!("{before}{value}{after}").into()
            }
            Written::Array(elements) => {
                let elements = elements.iter().filter(|element| self.has_example(element, row));
                let elements: Vec<_> = elements.filter_map(|element| self.example(element, row)).collect();
                if elements.is_empty() {
                    return None;
                }
                Node::List(elements)
            }
            Written::Object(members) => {
                let written =
                    members.iter().filter_map(|(key, member)| Some(((*key).to_owned(), self.example(member, row)?)));
                let written: Vec<_> = written.collect();
                if written.is_empty() && !members.is_empty() {
                    return None;
                }
                Node::Object(written)
            }
            Written::Data | Written::Rest => return None,
        })
    }

    /// Returns whether an element of an array has a value. It is not written without one.
    fn has_example(&self, written: &Written, row: &Row) -> bool {
        match written {
            Written::Value(value, ..) => self.example_value(*value, row).is_some_and(|value| value != ""),
            Written::Array(elements) => elements.iter().any(|element| self.has_example(element, row)),
            Written::Object(members) => members.iter().any(|(_, member)| self.has_example(member, row)),
            Written::Constant(_) | Written::Data | Written::Rest => false,
        }
    }

    fn example_value(&self, value: Writable, row: &Row) -> Option<Json> {
        let wait = row.retry_after_ms;
        Some(match value {
            Writable::Code => wire_json(row),
            Writable::Message | Writable::Meaning => row.description.as_str().into(),
            Writable::RequestId if row.number.is_some() => 1.into(),
            Writable::RequestId => "ed93f3cb".into(),
            Writable::RetryAfter => match wait? {
                wait if wait % 1000 == 0 => (wait / 1000).into(),
                #[expect(clippy::cast_precision_loss, reason = "an example")]
                wait => (wait as f64 / 1000.0).into(),
            },
            Writable::RetryAfterMs => wait?.into(),
            Writable::Status => self.status(row)?.into(),
            Writable::Details => return None,
            Writable::Column(name) => json(row.values.get(self.column(name)?.0)?.as_ref()?),
        })
    }

    /// Returns the responses with a failure, by the HTTP status of their codes.
    fn responses(&self) -> Vec<(String, Node)> {
        let Some(failure) = self.failure else { return Vec::new() };
        let mut statuses: BTreeMap<u64, Vec<&Row>> = BTreeMap::new();
        for row in &self.table.rows {
            if let Some(status) = self.status(row) {
                statuses.entry(status).or_default().push(row);
            }
        }
        let response = |(status, rows): (u64, Vec<&Row>)| {
            let codes = rows.iter().map(|row| match &*row.description {
                "" => format!("- `{}`", wire(row)),
                description => format!("- `{}`: {description}", wire(row)),
            });
            let codes: Vec<_> = codes.collect();
            let examples = rows.iter().filter_map(|row| {
                let example = object([("value", self.example(&failure, row)?)]);
                Some((wire(row).into_owned(), example))
            });
            let schema = object([("$ref", format!("#/components/schemas/{}Failure", self.name).into())]);
            let media = object([("schema", schema), ("examples", Node::Object(examples.collect()))]);
            let response = object_of_some([
                ("description", codes.join("\n").into()),
                ("headers", Node::Object(self.headers(&rows))),
                ("content", object([(media_type(&failure), media)])),
            ]);
            (format!("{}{status}", self.name), response)
        };
        statuses.into_iter().map(response).collect()
    }

    /// Returns the headers of responses with these codes.
    fn headers(&self, rows: &[&Row]) -> Vec<(String, Node)> {
        let waits = rows.iter().any(|row| row.retry_after_ms.is_some());
        let headers = self.table.envelope.iter().flat_map(|envelope| &envelope.headers);
        let header = |placeholder: &Placeholder| match placeholder {
            Placeholder::Code => Some("The code."),
            Placeholder::Message => Some("The message."),
            Placeholder::RequestId => Some("The request id."),
            Placeholder::RetryAfter if waits => Some("How long to wait, in seconds."),
            Placeholder::RetryAfterMs if waits => Some("How long to wait, in milliseconds."),
            _ => None,
        };
        let headers = headers.filter_map(|sample| {
            let description = sample.text.iter().find_map(|part| match part {
                Part::Placeholder(placeholder, _) => header(placeholder),
                Part::Literal(_) => None,
            })?;
            let schema = object([("type", "string".into())]);
            Some((sample.name.clone(), object([("description", description.into()), ("schema", schema)])))
        });
        headers.collect()
    }

    /// Returns the HTTP status of a row.
    fn status(&self, row: &Row) -> Option<u64> {
        let mut columns = self.table.columns.iter().enumerate();
        let (position, _) = columns.find(|(_, column)| column.ty == ColumnType::HttpStatus)?;
        row.values.get(position)?.as_ref()?.number()
    }

    fn column(&self, name: &str) -> Option<(usize, &Column)> {
        self.table.columns.iter().enumerate().find(|(_, column)| column.name == name)
    }
}

/// Returns whether each failure has the value.
fn is_required(written: &Written) -> bool {
    match written {
        Written::Constant(_) => true,
        Written::Array(elements) => elements.iter().any(has_code),
        Written::Value(value, ..) => matches!(value, Writable::Code | Writable::Message | Writable::RequestId),
        Written::Object(members) => members.is_empty() || members.iter().any(|(_, member)| is_required(member)),
        Written::Data | Written::Rest => false,
    }
}

/// Returns whether a sample has the code.
fn has_code(written: &Written) -> bool {
    match written {
        Written::Value(value, ..) => *value == Writable::Code,
        Written::Array(elements) => elements.iter().any(has_code),
        Written::Object(members) => members.iter().any(|(_, member)| has_code(member)),
        Written::Constant(_) | Written::Data | Written::Rest => false,
    }
}

/// Returns the media type of a failure: that of RFC 9457 if it has the members of problem details.
fn media_type(failure: &Written) -> &'static str {
    let Written::Object(members) = failure else { return "application/json" };
    let has = |key: &str| members.iter().any(|(member, _)| *member == key);
    if has("type") && has("title") && has("detail") { "application/problem+json" } else { "application/json" }
}

/// Returns the code as a response contains it.
fn wire_json(row: &Row) -> Json {
    row.number.map_or_else(|| row.code.as_str().into(), Json::from)
}

fn constant_json(constant: &Constant) -> Node {
    match constant {
        Constant::Nothing => Json::Null.into(),
        Constant::Bool(value) => (*value).into(),
        // A sample is JSON, so its digits are.
        Constant::Number(digits) => RawValue::from_string((*digits).to_owned()).map_or(Json::Null.into(), Node::Raw),
        Constant::Str(text) => (*text).into(),
    }
}

fn column_schema(column: &Column) -> Node {
    let ty = match &column.ty {
        ColumnType::Bool => "boolean",
        ColumnType::F64 => "number",
        ColumnType::Str | ColumnType::Enum(_) => "string",
        _ => "integer",
    };
    let values = match &column.ty {
        ColumnType::Enum(values) => values.iter().map(|value| value.text.as_str().into()).collect(),
        _ => Vec::new(),
    };
    object_of_some([("type", ty.into()), ("enum", Node::List(values))])
}
