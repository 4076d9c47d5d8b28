//! `parseResponse`: reads a response by the envelope of a table.

use std::collections::BTreeSet;
use std::fmt;

use errtable_spec::__private::{Constant, Failure, Layout, Place, Role};
use errtable_spec::Retry;

use crate::export::typescript::expression::{Expression, key, string};
use crate::export::typescript::helper::Helper;
use crate::export::typescript::sample::{Expressions, Member, key_of, object};

/// The types and functions that read a response.
pub(super) struct ResponseReader {
    /// The type of a wait of the table: `number`.
    wait: &'static str,
    /// The values of each sample. The last one may be the request ids of a success.
    samples: Vec<Expression>,
    /// Whether a sample has `"{_}"`, so that it may not fit.
    has_required: bool,
    /// The request ids of a success.
    success_ids: Vec<Member>,
    headers: Vec<Member>,
    /// What holds for a success.
    conditions: Vec<Expression>,
    data: Data,
    /// The keys of `Values` that samples of bodies have.
    body_keys: BTreeSet<String>,
    header_keys: BTreeSet<String>,
    helpers: BTreeSet<Helper>,
}

/// The keys of a request id in `Values`.
const REQUEST_IDS: [&str; 2] = ["requestId", "requestId?"];

/// Where the data of a success is.
enum Data {
    /// The whole body.
    Body,
    /// An expression. Each success has it.
    Always(Expression),
    /// An expression, which is undefined where there is no data.
    Maybe(Expression),
}

impl ResponseReader {
    pub(super) fn new(layout: &Layout, wait: &'static str) -> Self {
        let shape = &layout.shape;
        let mut expressions = Expressions::new(layout);
        let mut samples: Vec<_> = shape.failures.iter().map(|failure| expressions.failure(failure)).collect();
        let success_ids: Vec<_> = shape.success_ids.iter().map(|place| expressions.value(place, "json")).collect();
        if !shape.success_ids.iter().all(|id| shape.failures.iter().any(|failure| has_id(failure, id))) {
            samples.push(object(success_ids.clone()));
        }
        let headers = shape.headers.iter().map(|header| expressions.header(header)).collect();
        let mut conditions = Vec::new();
        for (node, role) in (0..).zip(shape.nodes.iter().map(|node| node.role)) {
            if let Role::Constant(constant) = role {
                conditions.push(expressions.comparison(node, constant, "json"));
            }
        }
        let data = data(layout, &mut expressions);
        let places = shape.failures.iter().flat_map(|failure| failure.places).chain(shape.success_ids);
        Self {
            wait,
            samples,
            has_required: shape.failures.iter().any(|failure| !failure.required.is_empty()),
            success_ids,
            headers,
            conditions,
            data,
            body_keys: places.map(|place| key_of(&place.slot)).collect(),
            header_keys: shape.headers.iter().map(|header| key_of(&header.slot)).collect(),
            helpers: expressions.helpers,
        }
    }

    /// Returns whether one sample has all values of a failure.
    fn is_single(&self) -> bool {
        self.samples.len() == 1 && !self.has_required
    }

    /// Returns whether a sample of a body has a request id.
    fn has_body_id(&self) -> bool {
        REQUEST_IDS.iter().any(|key| self.body_keys.contains(*key))
    }

    /// Returns a value: the first choices of the body and of headers, then the second choices.
    fn pick(&self, name: &str, body: Option<&str>) -> Vec<Expression> {
        let mut operands = Vec::new();
        for name in [name.to_owned(), format!("{name}?")] {
            let (is_in_body, is_in_headers) = (self.body_keys.contains(&name), self.header_keys.contains(&name));
            operands.extend(body.filter(|_| is_in_body).map(|body| access(body, &name)));
            operands.extend(is_in_headers.then(|| access("sent", &name)));
        }
        operands
    }

    /// Returns the request id of a success.
    fn success_id(&self) -> Vec<Expression> {
        let mut operands = Vec::new();
        for name in REQUEST_IDS {
            operands.extend(self.success_ids.iter().filter(|(key, _)| key == name).map(|(_, code)| code.clone()));
            operands.extend(self.header_keys.contains(name).then(|| access("sent", name)));
        }
        operands
    }

    /// Returns the object of a success.
    fn success(&self, data: &Expression) -> Expression {
        let line = data.line();
        let data =
            if matches!(data, Expression::Chain(..)) { format!("({line}) as T") } else { format!("{line} as T") };
        let data = Expression::text(data);
        members([
            ("kind", Expression::text("\"success\"")),
            ("data", data),
            ("requestId", or_undefined(self.success_id())),
        ])
    }

    /// Returns the call that describes a malformed body, whose request id is in a variable.
    fn malformed(&self, reason: Expression, message: Expression, ids: Option<&str>) -> Expression {
        let request_id = or_undefined(self.pick("requestId", ids));
        let wait = or_undefined(self.pick("retryAfterMs", None));
        let values = [("message", message), ("requestId", request_id), ("retryAfterMs", wait)];
        let values = values.map(|(name, value)| Expression::Labeled(format!("{name}:"), Box::new(value)));
        let problem = Expression::Group("{".to_owned(), [reason].into_iter().chain(values).collect(), "}");
        Expression::call("malformed", vec![Expression::text("status"), problem])
    }

    /// Returns the call that describes a failure.
    fn failure(&self, found: Expression, body: &str) -> Expression {
        let mut arguments = vec![Expression::text("status"), found];
        arguments.extend((!self.headers.is_empty()).then(|| Expression::text("sent")));
        arguments.push(Expression::text(body));
        Expression::call("failure", arguments)
    }

    fn write_types(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wait = self.wait;
        writeln!(f, "{HEADERS}\n\n{SUCCESS}\n\n{FAILURE}\n  readonly retryAfterMs: {wait} | undefined;")?;
        writeln!(f, "{FAILURE_BODY}\n\n{MALFORMED}\n\n{PARSED}\n")
    }

    fn write_parse(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = if self.headers.is_empty() { "_headers" } else { "headers" };
        writeln!(f, "{PARSE}\n  status: number,\n  {headers}: ResponseHeaders,\n  body: string,")?;
        writeln!(f, "): ParsedResponse<T> {{")?;
        if !self.headers.is_empty() {
            writeln!(f, "  const sent = readHeaders(headers);")?;
        }
        writeln!(f, "  let json: unknown;\n  try {{\n    json = JSON.parse(body);\n  }} catch (error) {{")?;
        self.write_catch(f)?;
        writeln!(f, "  }}")?;
        let condition = [Expression::text("isOk(status)")].into_iter().chain(self.conditions.iter().cloned()).collect();
        let condition = Expression::call("if ", vec![Expression::chain("&&", condition)]).lines(2, 2, 2);
        let body = Expression::text("json");
        match (&self.data, &body) {
            (Data::Body, data) | (Data::Always(data), _) => {
                writeln!(f, "  {condition} {{\n    {};\n  }}", returned(&self.success(data), 4))?;
                self.write_found(f)?;
            }
            (Data::Maybe(data), _) => {
                self.write_found(f)?;
                writeln!(f, "  {condition} {{\n    const data = {};", data.lines(4, 17, 1))?;
                let success = returned(&self.success(&Expression::text("data")), 6);
                writeln!(f, "    if (data !== undefined) {{\n      {success};\n    }}")?;
                self.write_no_data(f)?;
                writeln!(f, "  }}")?;
            }
        }
        writeln!(f, "  {};\n}}\n", returned(&self.failure(Expression::text("found"), "json"), 2))
    }

    /// Writes what a body is that is not JSON.
    fn write_catch(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{REASON}")?;
        let may_be_empty = if matches!(self.data, Data::Body) { "isOk(status)" } else { "status === 204" };
        let success = returned(&self.success(&Expression::text("null")), 6);
        writeln!(f, "    if ({may_be_empty} && reason === \"empty\") {{\n      {success};\n    }}")?;
        if self.has_body_id() {
            let found = if self.is_single() { "readFailure(rest)" } else { "merge(...readFailures(rest))" };
            writeln!(f, "    const found = {found};")?;
        }
        let code = self.pick("code", None);
        if !code.is_empty() {
            let ids = REQUEST_IDS.into_iter().filter(|key| self.body_keys.contains(*key));
            let found = Expression::object(ids.map(|key| (key.to_owned(), access("found", key))));
            let failure = returned(&self.failure(found, "body"), 6);
            writeln!(f, "    if ({} !== undefined) {{\n      {failure};\n    }}", operand(code))?;
        }
        let ids = self.has_body_id().then_some("found");
        let malformed = self.malformed(Expression::text("reason"), Expression::text("String(error)"), ids);
        writeln!(f, "    {};", returned(&malformed, 4))
    }

    /// Writes what is read from a body.
    fn write_found(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_single(), &self.data) {
            (true, _) => writeln!(f, "  const found = readFailure(json);"),
            (false, Data::Maybe(_)) => {
                writeln!(f, "  const samples = readFailures(json);\n  const found = decide(samples);")
            }
            (false, _) => writeln!(f, "  const found = decide(readFailures(json));"),
        }
    }

    /// Writes what a body is in which nothing contradicts a success, but that has no data.
    fn write_no_data(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.pick("code", Some("found"));
        writeln!(f, "    if ({} === undefined) {{", operand(code))?;
        let ids = if self.is_single() { "found" } else { "any" };
        if !self.is_single() && self.has_body_id() {
            writeln!(f, "      const any = merge(...samples);")?;
        }
        let reason = Expression::Labeled("reason:".to_owned(), Box::new(Expression::text("\"envelope\"")));
        let message = Expression::text(string("neither the data nor an error code was found"));
        let malformed = returned(&self.malformed(reason, message, Some(ids)), 6);
        writeln!(f, "      {malformed};\n    }}")
    }

    fn write_readers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{VALUES}")?;
        for name in ["code", "message", "requestId", "retryAfterMs"] {
            let ty = if name == "retryAfterMs" { "number" } else { "string" };
            for name in [name.to_owned(), format!("{name}?")] {
                if self.body_keys.contains(&name) || self.header_keys.contains(&name) {
                    writeln!(f, "  readonly {}?: {ty} | undefined;", key(&name))?;
                }
            }
        }
        if self.has_required {
            writeln!(f, "  /** Whether the sample can be that of the failure. */\n  readonly fits?: boolean;")?;
        }
        writeln!(f, "}}\n")?;
        if !self.headers.is_empty() {
            let values = returned(&object(self.headers.clone()), 2);
            writeln!(f, "function readHeaders(headers: ResponseHeaders): Values {{\n  {values};\n}}\n")?;
        }
        if let ([sample], true) = (&*self.samples, self.is_single()) {
            let sample = returned(sample, 2);
            return writeln!(f, "function readFailure(json: unknown): Values {{\n  {sample};\n}}\n");
        }
        let samples = returned(&Expression::Group("[".to_owned(), self.samples.clone(), "]"), 2);
        writeln!(f, "/** Reads a failure by each of its samples. */")?;
        writeln!(f, "function readFailures(json: unknown): readonly Values[] {{\n  {samples};\n}}\n")?;
        self.write_decide(f)
    }

    /// Writes which sample is that of the failure.
    fn write_decide(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut operands = Vec::new();
        for name in ["code", "message"] {
            let names = [name.to_owned(), format!("{name}?")];
            let names = names.iter().filter(|name| self.body_keys.contains(*name));
            let found: Vec<_> = names.map(|name| access("sample", name)).collect();
            if !found.is_empty() {
                let found = Expression::Labeled("(sample) =>".to_owned(), Box::new(Expression::chain("??", found)));
                operands.push(Expression::call("fitting.find", vec![found]));
            }
        }
        operands.push(Expression::text("merge(...fitting)"));
        let (name, filter) = if self.has_required {
            ("samples", "  const fitting = samples.filter((sample) => sample.fits ?? true);\n")
        } else {
            ("fitting", "")
        };
        let decided =
            Expression::Group("return (".to_owned(), vec![Expression::chain("??", operands)], ")").lines(2, 2, 1);
        writeln!(f, "/** Returns the sample that finds a code, or else a message. */")?;
        writeln!(f, "function decide({name}: readonly Values[]): Values {{\n{filter}  {decided};\n}}\n")
    }

    fn write_failure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parameters = vec![Expression::text("status: number"), Expression::text("found: Values")];
        parameters.extend((!self.headers.is_empty()).then(|| Expression::text("sent: Values")));
        parameters.push(Expression::text("body: unknown"));
        let function = Expression::Group("function failure(".to_owned(), parameters, "): Failure");
        writeln!(f, "{} {{", function.lines(0, 0, 2))?;
        let or = |mut operands: Vec<Expression>, last: &str| {
            operands.push(Expression::text(last));
            Expression::chain("??", operands)
        };
        let code = or(self.pick("code", Some("found")), "\"\"");
        writeln!(f, "  const code = {};\n  const entry = lookup(code);", code.lines(2, 15, 1))?;
        let values = [
            ("message", or(self.pick("message", Some("found")), "\"\"")),
            ("requestId", or_undefined(self.pick("requestId", Some("found")))),
            ("retry", Expression::text("entry?.retry ?? retryOfStatus(status)")),
            ("retryAfterMs", or(self.pick("retryAfterMs", Some("found")), "entry?.retryAfterMs")),
        ];
        writeln!(f, "  return {{\n    kind: \"failure\",\n    code,\n    entry,")?;
        for (name, value) in values {
            let value = Expression::Labeled(format!("{name}:"), Box::new(value));
            writeln!(f, "    {},", value.lines(4, 4, 1))?;
        }
        writeln!(f, "    body,\n  }};\n}}\n")
    }

    /// Writes the functions that are called.
    fn write_helpers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut helpers = self.helpers.clone();
        if !self.is_single() {
            helpers.insert(Helper::Merge);
        }
        let mut added: Vec<_> = helpers.iter().copied().collect();
        while let Some(helper) = added.pop() {
            added.extend(helper.calls().iter().filter(|called| helpers.insert(**called)));
        }
        let definitions: Vec<_> = helpers.iter().map(|helper| helper.definition()).collect();
        f.write_str(&definitions.join("\n\n"))
    }
}

impl fmt::Display for ResponseReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_types(f)?;
        self.write_parse(f)?;
        self.write_readers(f)?;
        self.write_failure(f)?;
        writeln!(f, "{MALFORMED_OF}\n\n{RETRY_OF_STATUS}")?;
        for retry in Retry::ALL.iter().filter(|retry| **retry != Retry::Never) {
            let statuses = (100..=999).filter(|status| Retry::from_http_status(*status) == *retry);
            let statuses: Vec<_> = statuses.map(|status| status.to_string()).collect();
            if !statuses.is_empty() {
                writeln!(f, "  if ([{}].includes(status)) return \"{retry}\";", statuses.join(", "))?;
            }
        }
        writeln!(f, "  return \"{}\";\n}}\n\n{PARSE_TRUNCATED}\n", Retry::Never)?;
        self.write_helpers(f)
    }
}

/// Returns where the data of a success is.
fn data(layout: &Layout, expressions: &mut Expressions<'_>) -> Data {
    let shape = &layout.shape;
    // A constant other than null is found only in an object.
    let has_constants = shape.constants > 0;
    let value = expressions.member(shape.data, "json");
    if !shape.is_mixed {
        return match (shape.data, has_constants) {
            (0, _) => Data::Body,
            (_, true) => Data::Always(Expression::chain("??", vec![value, Expression::text("null")])),
            (_, false) => Data::Maybe(value),
        };
    }
    let is_received = |node: u16| match shape.nodes.get(usize::from(node)).map(|node| node.role) {
        Some(Role::Constant(constant)) => constant != Constant::Nothing,
        Some(Role::RequestId | Role::Other) => false,
        Some(Role::Unnamed) | None => true,
    };
    let members = layout.members.iter().filter(|(parent, _, child)| *parent == shape.data && !is_received(*child));
    let removed: Vec<_> = members.map(|(_, key, _)| Expression::text(string(key))).collect();
    let is_object = shape.data == 0 && has_constants;
    if is_object && removed.is_empty() {
        return Data::Always(value);
    }
    let object = expressions.without(value.clone(), removed);
    match (is_object, has_constants) {
        (true, _) => Data::Always(object),
        (false, false) => Data::Maybe(object),
        (false, true) => {
            Data::Maybe(Expression::text(format!("({} ?? null) === null ? null : {}", value.line(), object.line())))
        }
    }
}

/// Returns whether a failure has a request id of a success.
fn has_id(failure: &Failure, id: &Place) -> bool {
    let is_same = |place: &Place| place.node == id.node && key_of(&place.slot) == key_of(&id.slot);
    failure.required.is_empty() && failure.places.iter().any(is_same)
}

/// Returns `found.code`, or `found["code?"]`.
fn access(object: &str, name: &str) -> Expression {
    let key = key(name);
    Expression::text(if key == name { format!("{object}.{name}") } else { format!("{object}[{key}]") })
}

fn members<const COUNT: usize>(members: [(&str, Expression); COUNT]) -> Expression {
    Expression::object(members.map(|(name, value)| (name.to_owned(), value)))
}

fn or_undefined(operands: Vec<Expression>) -> Expression {
    if operands.is_empty() { Expression::text("undefined") } else { Expression::chain("??", operands) }
}

/// Returns an operand of a comparison.
fn operand(operands: Vec<Expression>) -> String {
    let is_single = operands.len() == 1;
    let line = or_undefined(operands).line();
    if is_single { line } else { format!("({line})") }
}

fn returned(code: &Expression, indent: usize) -> String {
    format!("return {}", code.lines(indent, indent + 7, 1))
}

const HEADERS: &str = "/** Headers: those of `fetch`, pairs, or a record. Names match in any case. */
export type ResponseHeaders =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;";

const SUCCESS: &str = r#"/** The data of a response. */
export interface Success<T = unknown> {
  readonly kind: "success";
  readonly data: T;
  readonly requestId: string | undefined;
}"#;

const FAILURE: &str = r#"/** An error that the service reported. */
export interface Failure {
  readonly kind: "failure";
  /** The code as sent, or the digits of an integer. "" if there is none. */
  readonly code: string;
  /** The entry of the code, if the table contains it. */
  readonly entry: Entry | undefined;
  /** The message as sent. "" if there is none. */
  readonly message: string;
  readonly requestId: string | undefined;
  /** The class of the code. If it is unknown, that of the HTTP status. */
  readonly retry: Retry;
  /** The wait before the next attempt in milliseconds, by the response or else the table. */"#;

const FAILURE_BODY: &str = "  /** The parsed body, or its text if it is not JSON. */
  readonly body: unknown;
}";

const MALFORMED: &str = r#"/** A body that contains neither data nor a failure. */
export interface Malformed {
  readonly kind: "malformed";
  /** What is wrong: "envelope" is JSON without the data and without a code. */
  readonly reason: "empty" | "truncated" | "syntax" | "envelope";
  readonly message: string;
  readonly requestId: string | undefined;
  /** The class of the HTTP status, or "transient" if a success is empty or truncated. */
  readonly retry: Retry;
  readonly retryAfterMs: number | undefined;
}"#;

const PARSED: &str = "/** What `parseResponse` returns. */
export type ParsedResponse<T = unknown> = Success<T> | Failure | Malformed;";

const PARSE: &str = "/**
 * Reads a response: its HTTP status, headers, and the text of its body.
 *
 * The type of the data is not checked. An integer that a number cannot represent
 * exactly is neither a code nor a request id.
 */
export function parseResponse<T = unknown>(";

const REASON: &str = r#"    const rest = parseTruncated(body);
    let reason: Malformed["reason"] = rest === undefined ? "syntax" : "truncated";
    if (body.trim() === "") reason = "empty";"#;

const VALUES: &str = "/** What a response contains. Keys with `?` are second choices. */
interface Values {";

const MALFORMED_OF: &str = r#"function malformed(
  status: number,
  problem: Omit<Malformed, "kind" | "retry">,
): Malformed {
  const { reason } = problem;
  // The work may have been done.
  const isUnknown = isOk(status) && (reason === "empty" || reason === "truncated");
  const retry = isUnknown ? "transient" : retryOfStatus(status);
  return { kind: "malformed", ...problem, retry };
}

function isOk(status: number): boolean {
  return status >= 200 && status <= 299;
}"#;

const RETRY_OF_STATUS: &str = "/** Returns the class of a response without a known code. */
function retryOfStatus(status: number): Retry {";

const PARSE_TRUNCATED: &str = r#"/** Parses truncated JSON up to its last complete member or element. */
function parseTruncated(body: string): unknown {
  const open: string[] = [];
  let end = 0;
  for (const { 0: token, index } of body.matchAll(/"(?:[^"\\]+|\\.)*"?|[{}[\],]/gs)) {
    if (token === "{") open.push("}");
    else if (token === "[") open.push("]");
    else if (token === "}" || token === "]") open.pop();
    else if (token !== ",") continue;
    end = token === "," ? index : index + 1;
  }
  if (open.length === 0) return undefined;
  try {
    return JSON.parse(body.slice(0, end) + open.reverse().join(""));
  } catch {
    return undefined;
  }
}"#;
