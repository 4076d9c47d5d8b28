// Looks up codes in an export. The compiler checks the types.
import { codes, lookup, type Code } from "./common.js";
import { codes as columns } from "./columns.js";

const code: Code = "InternalError";
const retry: "transient" = codes[code].retry;
const count: 18446744073709551615n = columns.Full.columns.count;

// @ts-expect-error: the code is unknown.
const unknown: Code = "toString";

if (lookup(code)?.retry !== retry || lookup(unknown) !== undefined || count !== 2n ** 64n - 1n) {
  throw new Error("a lookup returned another entry");
}
