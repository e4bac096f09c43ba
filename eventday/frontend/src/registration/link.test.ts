import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "./client";
import { Link, type Contact } from "./link";

test("who becomes another station while a talk is under way talks anew at once, and not twice at a time", async () => {
  const answers: ((answer: Answer<never>) => void)[] = [];
  let asking = 0, most = 0, heard = 0;
  const link = new Link({
    client: {
      get: async () => ({ kind: "silent" }),
      post: async () => {
        most = Math.max(most, (asking += 1));
        const answer = await new Promise<Answer<never>>((done) => answers.push(done));
        asking -= 1;
        return answer;
      },
    },
    status: async () => ({ unsent: 0, version: "", troubles: [], clock_off_ms: 0 }),
    heard: async () => void (heard += 1),
    refused: async () => undefined,
    silent: async () => undefined,
    changed: () => undefined,
  });
  const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
  void link.run();
  await turn();
  const anew = link.restart();
  void link.run();
  await turn();
  assert.equal(answers.length, 1);
  answers[0]!({ kind: "silent" });
  await turn();
  assert.equal(answers.length, 2);
  answers[1]!({ kind: "answered", took: 1, body: { server_time: "now" } as Partial<Contact> as never });
  await anew;
  assert.deepEqual([heard, most, link.online], [1, 1, true]);
  link.stop();
});
