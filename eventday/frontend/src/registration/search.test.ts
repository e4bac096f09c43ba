import assert from "node:assert/strict";
import { test } from "node:test";
import type { Person } from "./kept";
import { learnTraditional, SearchIndex } from "./search";

const people: [name: string, pinyin: string, company: string, companyPinyin: string, last4: string][] = [
  ["曾东梅", "zeng dong mei", "恒优软件", "heng you ruan jian", "0101"],
  ["单国嘉", "shan guo jia", "朗捷智能", "lang jie zhi neng", "0102"],
  ["尉迟文", "yu chi wen", "嘉维仪器", "jia wei yi qi", "0103"],
  ["仇英", "qiu ying", "泓辰精密", "hong chen jing mi", "7788"],
];

function person(id: number, [name, pinyin, company, company_pinyin, last4]: (typeof people)[number]): Person {
  return {
    id, name, pinyin, company: `上海${company}有限公司`, company_label: company, company_pinyin, last4, name_en: "",
    company_id: id, kind: "sme", role: "delegate", remote: false, walk_in: false, gone: false, badges: [], revoked: [],
    state: "expected", since: null, scan: null, gate: "", device: "",
  };
}

learnTraditional("單单國国東东尉尉遲迟");
const index = new SearchIndex();
people.forEach((each, id) => index.add(person(id, each)));
const names = (query: string) => index.find(query).map((id) => people[id]![0]);

test("one character of the name finds, the name before the company", () => {
  assert.deepEqual(names("曾"), ["曾东梅"]);
  assert.deepEqual(names("嘉"), ["单国嘉", "尉迟文"]);
});

test("pinyin finds, whole, in part, by initials, with surnames as they are spoken", () => {
  for (const typed of ["zeng", "zengdongmei", "zdm", "zengdm", "zeng dong", "dongmei", "ZDM", "zēng"]) {
    assert.deepEqual(names(typed), ["曾东梅"], typed);
  }
  assert.deepEqual(names("shan"), ["单国嘉"]);
  assert.deepEqual(names("qiu"), ["仇英"]);
  assert.deepEqual(names("yuchi"), ["尉迟文"]);
});

test("traditional characters find simplified names, and the other way round", () => {
  assert.deepEqual(names("單國"), ["单国嘉"]);
  assert.deepEqual(names("尉遲"), ["尉迟文"]);
  const written = new SearchIndex();
  written.add(person(9, ["單國嘉", "shan guo jia", "朗捷智能", "lang jie", ""]));
  assert.deepEqual(written.find("单"), [9]);
});

test("companies and last digits find", () => {
  assert.deepEqual(names("朗捷"), ["单国嘉"]);
  assert.deepEqual(names("hongchen"), ["仇英"]);
  assert.deepEqual(names("7788"), ["仇英"]);
  assert.deepEqual(names("曾 恒优"), ["曾东梅"]);
});

test("a surname that begins so comes before a given name that does", () => {
  const two = new SearchIndex();
  two.add(person(0, ["丁东志", "ding dong zhi", "恒优", "heng you", ""]));
  two.add(person(1, ["郑东", "zheng dong", "恒优", "heng you", ""]));
  assert.deepEqual(two.find("z"), [1, 0]);
});

test("what nobody is called finds nobody", () => {
  assert.deepEqual(names("xyz"), []);
  assert.deepEqual(names(" "), []);
});

test("5,000 people are searched within a tenth of a second", () => {
  const many = new SearchIndex();
  for (let id = 0; id < 5000; id += 1) many.add(person(id, people[id % 4]!));
  const began = process.cpuUsage(); // our own time: other work on the machine does not count
  for (const query of ["z", "嘉", "jia wei", "01"]) many.find(query);
  const { user, system } = process.cpuUsage(began);
  assert.ok((user + system) / 1000 < 400);
});
