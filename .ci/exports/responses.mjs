// Compares how modules and `errtable explain` read documented responses, and the same responses
// with other statuses and without their ends. `FIXTURES` has the responses and their tables.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { ERRTABLE, FIXTURES } = process.env;
const { apis } = JSON.parse(readFileSync(join(FIXTURES, "envelopes.json"), "utf8"));

/** Returns what Rust reads, or undefined if another envelope fits better than that of the table. */
function explain(table, { status, headers, body }) {
  writeFileSync("body", body);
  const args = ["explain", "body", "--table", table, "--status", status, "--format", "json"];
  for (const [name, value] of Object.entries(headers)) args.push("--header", `${name}: ${value}`);
  let output;
  try {
    output = execFileSync(ERRTABLE, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  } catch (error) {
    // An unknown code is a finding.
    if (error.status !== 1) throw error;
    output = error.stdout;
  }
  const read = JSON.parse(output);
  if (read.envelope !== table) return undefined;
  const [entry] = read.entries;
  const kind = read.success ? "success" : read.malformed ? "malformed" : "failure";
  return {
    kind,
    code: entry?.code ?? read.code,
    message: kind === "failure" ? read.message : null,
    requestId: read.request_id,
    retry: entry?.retry ?? read.retry,
    retryAfterMs: read.retry_after_ms ?? entry?.retry_after_ms ?? null,
  };
}

/** Returns what a module reads, in the same form. */
function parse({ parseResponse }, { status, headers, body }) {
  const read = parseResponse(Number(status), new Headers(headers), body);
  const { kind, entry, code, message, requestId, retry, retryAfterMs } = read;
  return {
    kind,
    code: entry?.code ?? (code || null),
    message: (kind === "failure" && message) || null,
    requestId: requestId ?? null,
    retry: retry ?? null,
    retryAfterMs: retryAfterMs === undefined ? null : Math.trunc(retryAfterMs),
  };
}

/** Returns a response as documented, and variants of it. */
function variants({ status, headers, body }) {
  const bodies = [{ status, body }, { status: 200, body }, { status: 503, body }];
  if (isContainer(body)) bodies.push({ status: 200, body: [...body].slice(0, body.length / 2).join("") });
  return bodies.map(({ status, body }) => ({ status: String(status), headers, body }));
}

/** Returns whether a body is an object or array, so that a part of it is truncated JSON. */
function isContainer(body) {
  try {
    return JSON.parse(body) instanceof Object;
  } catch {
    return false;
  }
}

let [documented, others, different] = [0, 0, 0];
for (const { name, cases } of apis) {
  const table = join(FIXTURES, "envelopes", `${name}.json`);
  const module = await import(`./responses/${name}.js`);
  for (const response of cases) {
    for (const [index, variant] of variants(response).entries()) {
      const expected = explain(table, variant);
      const found = parse(module, variant);
      if (expected === undefined && index > 0) continue;
      if (JSON.stringify(found) !== JSON.stringify(expected)) {
        console.error(`${name}:`, variant, "\nexpected", expected, "\nfound", found);
        different += 1;
      } else if (index === 0) documented += 1;
      else others += 1;
    }
  }
}
console.log(`${documented} documented responses and ${others} variants agree, ${different} differ`);
process.exitCode = different > 0 ? 1 : 0;
