//! The functions that `parseResponse` may need. A module has only those that its samples use.

/// A function of a module. Modules have them in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Helper {
    Merge,
    First,
    Header,
    Member,
    IsObject,
    Without,
    IsNothing,
    TextOrDigits,
    Text,
    Between,
    Seconds,
    Milliseconds,
    Until,
}

impl Helper {
    /// Returns the functions that the function calls.
    pub(super) fn calls(self) -> &'static [Self] {
        match self {
            Self::Member | Self::Without => &[Self::IsObject],
            Self::TextOrDigits => &[Self::Text],
            Self::Seconds => &[Self::Milliseconds],
            _ => &[],
        }
    }

    /// Returns the definition.
    pub(super) fn definition(self) -> &'static str {
        match self {
            Self::Merge => MERGE,
            Self::First => FIRST,
            Self::Header => HEADER,
            Self::Member => MEMBER,
            Self::IsObject => IS_OBJECT,
            Self::Without => WITHOUT,
            Self::IsNothing => IS_NOTHING,
            Self::TextOrDigits => TEXT_OR_DIGITS,
            Self::Text => TEXT,
            Self::Between => BETWEEN,
            Self::Seconds => SECONDS,
            Self::Milliseconds => MILLISECONDS,
            Self::Until => UNTIL,
        }
    }
}

const MERGE: &str = r"/** Merges values. The first one of a key counts. */
function merge(...samples: readonly Values[]): Values {
  const values = samples.flatMap((sample) => Object.entries(sample));
  return Object.fromEntries(values.filter(([, value]) => value !== undefined).reverse());
}";

const FIRST: &str = r"/** Returns the values of the first element that fits and has a value. */
function first(list: unknown, read: (element: unknown) => Values | false): Values {
  for (const element of Array.isArray(list) ? list : []) {
    const values = read(element);
    if (values && Object.values(values).some((value) => value !== undefined)) return values;
  }
  return {};
}";

const HEADER: &str = r#"/** Returns a header, or the first one if there are several. */
function header(headers: ResponseHeaders, name: string): string | undefined {
  for (const [key, value] of isIterable(headers) ? headers : Object.entries(headers)) {
    if (key.toLowerCase() === name) return typeof value === "string" ? value : value?.[0];
  }
  return undefined;
}

function isIterable(headers: ResponseHeaders): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers;
}"#;

const MEMBER: &str = r"/** Returns the value at a path of keys. */
function member(value: unknown, ...keys: readonly string[]): unknown {
  for (const key of keys) {
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}";

const IS_OBJECT: &str = r#"function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}"#;

const WITHOUT: &str = r"/** Returns an object without some keys, or undefined if the value is not an object. */
function without(value: unknown, ...keys: readonly string[]): unknown {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}";

const IS_NOTHING: &str = r#"interface Keys {
  readonly [key: string]: Keys;
}

/** Returns whether a value is absent, null, false, zero, "0", or empty but for such members. */
function isNothing(value: unknown, keys: Keys = {}): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== "object" || value === null) return !value || value === "0";
  return Object.entries(value).every(
    ([key, member]) => Object.hasOwn(keys, key) && isNothing(member, keys[key]),
  );
}"#;

const TEXT_OR_DIGITS: &str = r"/** Reads a code or a request id: a text, or the digits of an integer. */
function textOrDigits(value: unknown): string | undefined {
  return text(Number.isSafeInteger(value) ? String(value) : value);
}";

const TEXT: &str = r#"/** Reads a text that is not empty. */
function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}"#;

const BETWEEN: &str = r#"/** Removes the text before and after a value, if it is there. */
function between(value: unknown, before: string, after: string): unknown {
  if (typeof value !== "string") return value;
  const start = after === "" ? value : value.split(after, 1)[0];
  return before === "" ? start : start?.split(before).at(-1);
}"#;

const SECONDS: &str = r#"/** Reads a number of seconds, or a duration such as "1.5s". Returns milliseconds. */
function seconds(value: unknown): number | undefined {
  const isDuration = typeof value === "string" && /^\d+(\.\d+)?s$/.test(value);
  const wait = milliseconds(isDuration ? value.slice(0, -1) : value);
  return wait === undefined ? undefined : Math.round(wait * 1000);
}"#;

const MILLISECONDS: &str = r#"/** Reads a number, or a text of one, unless it is negative. Very long waits are equal. */
function milliseconds(value: unknown): number | undefined {
  const isDecimal = typeof value === "string" && /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value);
  const wait = isDecimal || typeof value === "number" ? Number(value) : NaN;
  return wait >= 0 ? Math.min(wait, 0xffffffff) : undefined;
}"#;

const UNTIL: &str = r#"/** Returns the time until an HTTP date, by the header `Date`. */
function until(date: string | undefined, now: string | undefined): number | undefined {
  const wait = timestamp(date) - timestamp(now);
  return wait >= 0 ? wait : undefined;
}

function timestamp(date = ""): number {
  const time = new Date(date);
  return time.toUTCString() === date ? time.getTime() : NaN;
}"#;
