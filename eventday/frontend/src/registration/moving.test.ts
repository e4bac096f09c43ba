import assert from "node:assert/strict";
import { test } from "node:test";
import { readPairing } from "./codes";
import type { Scan } from "./kept";
import { addressWith, isFromOurServer, unpack } from "./moving";

// As the server makes it: tests/registration/test_pairing_links.py.
const LINK = "https://hall.example:8443/station#pair=CODE.o9iEyZCZVa0KwyKsD--wFgVZrH9WnRmeixpNyxGnDwM";
const TOKEN = "the tablet's token";

test("a link of our server is known by its proof, wherever the server is; any other is a stranger's", () => {
  assert.ok(isFromOurServer(readPairing(LINK)!, TOKEN));
  assert.ok(!isFromOurServer(readPairing(LINK)!, "another token"));
  assert.ok(!isFromOurServer(readPairing(LINK.replace("hall", "evil"))!, TOKEN));
  assert.ok(!isFromOurServer(readPairing(LINK.replace("CODE", "CODF"))!, TOKEN));
  assert.ok(!isFromOurServer(readPairing(LINK.split(".o")[0]!) ?? { origin: "", code: "", proof: "" }, TOKEN));
});

test("what waits is carried behind the address and comes out as it was; too much is not tried", () => {
  const walkIn = { company: "新到科技", name: "贺新来", title: "", phone: "", wishes: [] };
  const scans: Scan[] = [{ id: "a", kind: "in", at: "2026-11-28T01:00:00.000Z", badge: "7KQ2M9XWJ4TPA3HD", off: 5 }, { id: "b", kind: "in", at: "", walk_in: walkIn }];
  const address = addressWith(readPairing(LINK)!, scans)!;
  assert.match(address, /^https:\/\/hall\.example:8443\/station#pair=CODE&carry=[\w-]+$/);
  assert.deepEqual(unpack(address.split("&carry=")[1]!), scans);
  assert.deepEqual(unpack(""), []);
  assert.equal(addressWith(readPairing(LINK)!, Array.from({ length: 5000 }, () => scans[0]!)), undefined);
});
