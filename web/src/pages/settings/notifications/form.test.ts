import { expect, test } from "vitest";

import type { NoticeChannel, NoticeWay } from "@/api/notices/notices";
import { fieldsOf, proofIn, saidIn } from "./form";

const URL = { key: "url", title: "Server", kind: "text", help: "", default: "", required: true, choices: [] };
const GOTIFY: NoticeWay = {
  key: "gotify",
  name: "Gotify",
  fields: [URL],
  secret: "Token",
  secret_required: true,
  ready: true,
  by_device: false,
};

test("a secret is asked once", () => {
  const required = (channel?: NoticeChannel) => fieldsOf(GOTIFY, channel).map(({ key, required: must }) => [key, must]);
  expect(required()).toEqual([
    ["url", true],
    ["secret", true],
  ]);
  expect(required({ has_secret: true } as NoticeChannel)).toContainEqual(["secret", false]);
});

test("a secret is no setting, and an empty one stays what it is", () => {
  expect(saidIn({ url: "http://x", secret: "s" })).toEqual({ settings: { url: "http://x" }, secret: "s" });
  expect(saidIn({ url: "http://x", secret: "" })).toEqual({ settings: { url: "http://x" } });
});

test("the link in a mail names a channel and proves an address", () => {
  expect(proofIn("#c-1.a_b-c")).toEqual({ id: "c-1", proof: "a_b-c" });
  expect(["", "#", "#top", "#a.b.c", "#.b"].map(proofIn)).toEqual([null, null, null, null, null]);
});
