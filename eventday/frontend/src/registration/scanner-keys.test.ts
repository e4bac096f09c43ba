import assert from "node:assert/strict";
import { test } from "node:test";

import { addressIn, without } from "./scanner-keys";

const ADDRESS = "HTTPS://FORUM.EXAMPLE:8443/B/7KQ2M9XWJ4TPA3HD";

test("a badge's address is found behind what was typed before, also in the wide letters of an input method", () => {
  assert.equal(addressIn(`李${ADDRESS}`), ADDRESS);
  assert.equal(addressIn("ＨＴＴＰ：／／Ｘ／Ｂ／７ＫＱ２Ｍ９ＸＷＪ４ＴＰＡ３ＨＤ"), "HTTP://X/B/7KQ2M9XWJ4TPA3HD");
  assert.equal(addressIn("HTTP：、、X、B、7KQ2M9XWJ4TPA3HD"), "HTTP://X/B/7KQ2M9XWJ4TPA3HD");
});

test("other texts in a field are nobody's badge", () => {
  for (const text of ["", "尹磊国", "https://example.com/company", "7KQ2M9XWJ4TPA3HD", `${ADDRESS}X`]) {
    assert.equal(addressIn(text), undefined, text);
  }
});

test("what a person typed stays in the field, without the address, of which it may hold the beginning alone", () => {
  assert.equal(without(`李（北京）${ADDRESS}`, ADDRESS), "李（北京）");
  assert.equal(without(`李${ADDRESS}国`, ADDRESS), "李国");
  assert.equal(without(`0${ADDRESS.slice(0, 39)}`, ADDRESS), "0");
  assert.equal(without("李", ADDRESS), "李");
});
