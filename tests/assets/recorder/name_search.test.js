import assert from "node:assert/strict";
import test from "node:test";

import { NameList } from "../../../assets/recorder/name_list.js";
import { fold, indexed, named, namesLike, rowForEnter } from "../../../assets/recorder/name_search.js";

const taxon = (vernacular_name, scientific_name, english_name, spelling, others = [], everyday = []) => ({
  taxon_id: scientific_name, vernacular_name, scientific_name, english_name, group: "bird",
  other_names: others, everyday_names: everyday, spelling,
});
const TAXA = [
  taxon("夜鹭", "Nycticorax nycticorax", "Black-crowned Night Heron", "YeLu", [], ["夜洼子"]),
  taxon("白头鹎", "Pycnonotus sinensis", "Light-vented Bulbul", "BaiTouBei", [], ["白头翁"]),
  taxon("领角鸮", "Otus lettia", "Collared Scops Owl", "LingJiaoXiao", [], ["猫头鹰"]),
  taxon("斑头鸺鹠", "Glaucidium cuculoides", "Asian Barred Owlet", "BanTouXiuLiu", [], ["猫头鹰"]),
  taxon("二球悬铃木", "Platanus acerifolia", "London Plane", "ErQiuXuanLingMu", ["Platanus × hispanica", "法国梧桐"]),
  taxon("樟", "Camphora officinarum", "Camphor Tree", "Zhang", ["Cinnamomum camphora"]),
];
const INDEX = indexed(TAXA);

for (const [typed, name] of [
  ["夜鹭", "夜鹭"], [" 夜 鹭\u200b", "夜鹭"], ["NYCTICORAX nycticorax", "夜鹭"], ["light‑vented bulbul", "白头鹎"],
  ["Platanus x hispanica", "二球悬铃木"], ["Platanus ×hispanica", "二球悬铃木"], ["法国梧桐", "二球悬铃木"], ["Cinnamomum camphora", "樟"],
]) {
  test(`"${typed}" in full is ${name} without a network`, () => assert.equal(named(INDEX, typed)?.vernacular_name, name));
}

for (const typed of ["", "夜", "yelu", "猫头鹰", "白头翁", "夜鹭？"]) {
  test(`"${typed}" is no taxon's name in full`, () => assert.equal(named(INDEX, typed), null));
}

for (const [typed, fits] of [
  ["夜鹭", ["夜鹭 name"]], ["yelu", ["夜鹭 name"]], ["白头翁", ["白头鹎 everyday"]], ["樟树", ["樟 class_word"]], ["夜鹭鸟", ["夜鹭 class_word"]],
  ["白头", ["白头鹎 near"]], ["btb", ["白头鹎 near"]], ["猫头鹰", ["领角鸮 everyday", "斑头鸺鹠 everyday"]], ["", []], ["麒麟", []],
]) {
  test(`"${typed}" finds ${fits.join(", ") || "nothing"} on the phone`, () => {
    assert.deepEqual(namesLike(INDEX, typed).map(({ vernacular_name: name, fit }) => `${name} ${fit}`), fits);
  });
}

test("Enter takes the one name that fits, and never one of several or one that is merely alike", () => {
  const [near, free] = [{ fit: "near" }, { isFree: true }];

  assert.equal(rowForEnter([{ fit: "name" }, near, free]), 0);
  assert.equal(rowForEnter([{ fit: "everyday" }, { fit: "class_word" }]), 0);
  assert.equal(rowForEnter([{ fit: "everyday" }, { fit: "everyday" }]), -1);
  assert.equal(rowForEnter([near, free]), -1);
  assert.equal(rowForEnter([free]), -1);
  assert.equal(rowForEnter([]), -1);
});

test("a server that does not answer leaves the search to the phone's own names", async () => {
  const { signal } = new AbortController();
  const away = new NameList({ names: async () => TAXA, taxa: async () => { throw new Error("away"); } });
  await away.load();
  const slow = new NameList({ names: async () => TAXA, taxa: () => new Promise(() => {}) }, 1);
  await slow.load();

  for (const list of [away, slow]) {
    const [heron] = await list.find({ q: "夜鹭" }, signal);
    assert.equal(heron.vernacular_name, "夜鹭");
  }
  assert.equal(away.named("夜鹭")?.taxon_id, "Nycticorax nycticorax");
});

test("what the server finds is taken as it is", async () => {
  const there = new NameList({ names: async () => TAXA, taxa: async () => [{ vernacular_name: "池鹭", fit: "name" }] });
  await there.load();

  assert.deepEqual(await there.find({ q: "夜鹭" }, new AbortController().signal), [{ vernacular_name: "池鹭", fit: "name" }]);
});

test("folding leaves what names have in common", () => {
  assert.equal(fold("  Black–crowned  NIGHT\u2011Heron "), "black crowned night heron");
  assert.equal(fold("Elliot’s"), "elliots");
  assert.equal(fold("白 头 鹎"), "白头鹎");
});
