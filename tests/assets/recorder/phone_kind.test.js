import assert from "node:assert/strict";
import { test } from "node:test";

import { phoneKind } from "../../../assets/recorder/phone_kind.js";

const AGENTS = {
  ios: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
  android: "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36",
  wechat: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49 Language/zh_CN",
  other: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36",
};

test("a phone is told how to allow the position by its own settings", () => {
  for (const [kind, agent] of Object.entries(AGENTS)) assert.equal(phoneKind(agent, 5), kind);
});

test("an iPad, which calls itself a Mac, is told apart from one by its touch screen", () => {
  const agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15";
  assert.equal(phoneKind(agent, 5), "ios");
  assert.equal(phoneKind(agent, 0), "other");
});
