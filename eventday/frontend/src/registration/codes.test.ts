import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { digestOf, newId, readCode, readPairing, slipIn } from "./codes";

const CODE = "7KQ2M9XWJ4TPA3HD";
const file = join(process.env["EVENTDAY_TESTS"]!, "registration/checkin_cases.json");
const { texts } = JSON.parse(readFileSync(file, "utf-8")) as { texts: { name: string; text: string; code: string | null }[] };

for (const { name, text, code } of texts) {
  test(`a text is a code or none: ${name}`, () => assert.equal(readCode(text) ?? null, code));
}

test("a code is read bare, as a URL of any host, in lower case, with blanks", () => {
  const texts = [CODE, `HTTPS://HOST/B/${CODE}`, `http://x/b/${CODE.toLowerCase()}?lang=en`, "7kq2-m9xw j4tp·a3hd", "７ＫＱ２M9XWJ4TPA3HD", "ＨＴＴＰ：／／Ｘ／Ｂ／７ＫＱ２Ｍ９ＸＷＪ４ＴＰＡ３ＨＤ"];
  for (const text of texts) assert.equal(readCode(text), CODE, text);
});

test("look-alike characters are read as what was meant", () => {
  assert.equal(readCode("OIL2M9XWJ4TPA3HU"), "0112M9XWJ4TPA3HV");
});

test("other texts are no code", () => {
  for (const text of ["", "尹磊国", "7KQ2M9XWJ4TPA3H", "https://u.wechat.com/x", "7KQ2M9XWJ4TPA3H!"]) {
    assert.equal(readCode(text), undefined, text);
  }
});

test("a typed code with a character too few or too many is told from a name and from a phone", () => {
  assert.equal(slipIn("7KQ2-M9XW J4TPA3H"), 15);
  assert.equal(slipIn(`${CODE}D`), 17);
  for (const text of [CODE, "尹磊国", "zhangxiaoming", "13800138000", "zdm", ""]) assert.equal(slipIn(text), undefined, text);
});

test("a pairing link tells its server and its code", () => {
  assert.deepEqual(readPairing("https://Hall.example:8443/station#pair=a_B-9"), {
    origin: "https://hall.example:8443",
    code: "a_B-9",
    proof: "",
  });
  assert.equal(readPairing(`https://hall.example/B/${CODE}`), undefined);
});

test("a digest is SHA-256", () => {
  assert.equal(digestOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("ids are UUIDs and differ", () => {
  assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newId(), newId());
});
