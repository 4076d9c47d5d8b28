// Reads responses with exports. The compiler checks the types.
import * as rpc from "./responses/json_rpc_geth.js";
import { codes, parseResponse, retryAction, type Entry } from "./responses/slack.js";
import * as wechat from "./responses/wechat.js";

function assert(condition: boolean): asserts condition {
  if (!condition) throw new Error("a response was read differently");
}

const entry: Entry = codes.ratelimited;
const body = '{"ok": false, "error": "ratelimited"}';
const pairs: [string, string][] = [["Retry-After", "30"]];
for (const headers of [new Headers(pairs), { "Retry-After": "30" }, pairs, new Map(pairs)]) {
  const failure = parseResponse(429, headers, body);
  assert(failure.kind === "failure" && failure.entry === entry && failure.retryAfterMs === 30_000);
  assert(retryAction(failure, false) === "wait" && retryAction("token_expired", false) === "renew");
}

const success = parseResponse<{ channel: string }>(200, {}, '{"ok": true, "channel": "a"}');
assert(success.kind === "success" && success.data.channel === "a");

// Data are without the members that samples name, except constants.
const shared = wechat.parseResponse(200, [], '{"errcode": 0, "errmsg": "ok", "openid": "a"}');
assert(shared.kind === "success" && JSON.stringify(shared.data) === '{"errmsg":"ok","openid":"a"}');

const result = rpc.parseResponse(200, [], '{"jsonrpc": "2.0", "result": null, "id": 7}');
assert(result.kind === "success" && result.data === null && result.requestId === "7");

const page = parseResponse(502, {}, "<html>");
assert(page.kind === "malformed" && page.reason === "syntax" && retryAction(page, true) === "wait");

// A name of `Object.prototype` is not a member.
const hostile = parseResponse(500, {}, '{"__proto__": {"error": "a"}}');
assert(hostile.kind === "failure" && hostile.code === "");

// @ts-expect-error: the code is unknown.
export const unknownCode = () => retryAction("toString", true);
