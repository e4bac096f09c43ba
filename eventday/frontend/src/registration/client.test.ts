import assert from "node:assert/strict";
import { test } from "node:test";
import { clientFor } from "./client";

function answering(status: number, body: unknown, headers: Record<string, string> = {}): typeof fetch {
  return async () => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

const OURS = { "WWW-Authenticate": 'Bearer realm="eventday station"' };

test("only our own server shuts a station out; a proxy that wants a sign-in is nobody answering", async () => {
  const ask = (fetcher: typeof fetch) => clientFor(() => "token", fetcher).post("contact", {});
  for (const error of ["revoked", "unauthorized"]) {
    assert.deepEqual(await ask(answering(401, { error, message: "no" }, OURS)), { kind: "refused", status: 401, error, message: "no" });
    assert.deepEqual(await ask(answering(401, { error }, { "WWW-Authenticate": 'Bearer realm="hotel"' })), { kind: "silent" });
    assert.deepEqual(await ask(answering(401, { error })), { kind: "silent" });
  }
  assert.deepEqual(await ask(answering(401, { error: "login_required" }, OURS)), { kind: "silent" });
});

test("what is answered to who this tablet was before is not for who it is now", async () => {
  for (const [status, body] of [[200, { station: { id: 1 } }], [401, { error: "revoked" }]] as const) {
    let token = "before";
    const answer = answering(status, body, OURS);
    const client = clientFor(() => token, async (...call) => {
      token = "after";
      return answer(...call);
    });
    assert.deepEqual(await client.post("contact", {}), { kind: "silent" });
  }
});
