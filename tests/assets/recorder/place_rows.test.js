import assert from "node:assert/strict";
import test from "node:test";

import { byNearness, districtsLike, mayTakeFirst, MOST_SHOWN, offered } from "../../../assets/recorder/place_rows.js";

const DISTRICTS = ["上城区", "余杭区", "桐庐县", "建德市"].map((name, at) => ({ code: String(at), name, lat: 30, lon: 120, radius_m: 9000 }));
const row = (name, fit, latitude) => ({ kind: "sight", name, fit, district: "1", district_name: "", latitude, longitude: 120, uncertainty_m: 400 });
const names = (rows) => rows.map(({ name }) => name);

test("names that fit equally well stand by how near they are, and a better fit stays first", () => {
  const rows = [row("人民路站", "start", 30.9), row("人民路东", "start", 30.11), row("老人民路", "inside", 30.1)];
  assert.deepEqual(names(byNearness(rows, { latitude: 30.1, longitude: 120 })), ["人民路东", "人民路站", "老人民路"]);
  assert.deepEqual(names(byNearness(rows, null)), names(rows));
});

test("of whole names the same ones stand by how near they are, and another one where it stood", () => {
  const rows = [row("西湖", "whole", 30.9), row("西湖区", "whole", 30.1), row("西湖", "whole", 30.2)];
  assert.deepEqual(byNearness(rows, { latitude: 30.1, longitude: 120 }).map(({ latitude }) => latitude), [30.2, 30.9, 30.1]);
});

test("no more are shown than a list holds", () => {
  const many = Array.from({ length: 40 }, (_, at) => row(String(at), "inside", 30 + at / 100));
  assert.equal(byNearness(many, { latitude: 30.39, longitude: 120 }).length, MOST_SHOWN);
  assert.equal(byNearness(many, { latitude: 30.39, longitude: 120 })[0].name, "39");
});

test("a name that is nowhere is glued to no district: they are offered, its own first where it names one", () => {
  assert.deepEqual(names(offered(DISTRICTS, "北京")), names(DISTRICTS));
  assert.deepEqual(names(offered(DISTRICTS, "余杭某某村")), ["余杭区"]);
  assert.ok(offered(DISTRICTS, "北京").every(({ isOffer }) => isOffer));
});

test("Enter takes a name, never an offer or one that is merely alike", () => {
  assert.ok(mayTakeFirst([row("断桥", "whole", 30)]));
  assert.ok(!mayTakeFirst(offered(DISTRICTS, "北京")));
  assert.ok(!mayTakeFirst([row("灵隐寺", "sound", 30)]));
  assert.ok(!mayTakeFirst([]));
});

test("without a network the districts answer for themselves alone", () => {
  assert.deepEqual(names(districtsLike(DISTRICTS, "余杭")), ["余杭区"]);
  assert.deepEqual(districtsLike(DISTRICTS, "北京"), []);
});
