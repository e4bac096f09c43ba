import assert from "node:assert/strict";
import { test } from "node:test";

import { sizeOf } from "./lettering";

test("names of two to four characters, and most in Latin letters, are written large", () => {
  for (const name of ["", "尹磊国", "欧阳晓雯", "Maria Fernandez Ruiz"]) assert.equal(sizeOf(name), "usual", name);
});

test("the longer a text, the smaller it is written", () => {
  assert.equal(sizeOf("阿卜杜勒艾则孜·买买提江"), "long");
  assert.equal(sizeOf("Wolfeschlegelsteinhausenbergerdorff Hubert"), "long");
  assert.equal(sizeOf("江".repeat(60)), "longest");
  assert.equal(sizeOf("a".repeat(120)), "longest");
});
