import assert from "node:assert/strict";
import test from "node:test";
import { matches } from "./find";

test("a company is found by characters, pinyin and initials, every word of the query counting", () => {
  const words = "泓辰精密 hongchenjingmi hcjm";
  assert.ok(matches(words, "泓辰"));
  assert.ok(matches(words, "HCJM"));
  assert.ok(matches(words, "hong  精密"));
  assert.ok(!matches(words, "hong 软件"));
});
