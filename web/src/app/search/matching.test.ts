import { expect, test } from "vitest";

import { matching } from "./matching";

const ALL = [
  { name: "Import", words: "upload files fit gpx" },
  { name: "Planned routes" },
  { name: "Routes" },
  { name: "Málaga – Ronda (gravel)" },
  { name: "Settings · Thresholds", words: "ftp zones" },
];
const names = (typed: string): string[] => matching(ALL, typed).map(({ name }) => name);

test("what begins with it comes first", () => {
  expect(names("rout")).toEqual(["Routes", "Planned routes"]);
});

test("accents and case do not matter", () => {
  expect(names("MALAGA")).toEqual(["Málaga – Ronda (gravel)"]);
  expect(names("málaga gravel")).toEqual(["Málaga – Ronda (gravel)"]);
});

test("other words for it lead to it", () => {
  expect(names("ftp")).toEqual(["Settings · Thresholds"]);
  expect(names("gpx")).toEqual(["Import"]);
});

test("every word has to fit", () => {
  expect(names("import ftp")).toEqual([]);
});

test("nothing typed is everything in order", () => {
  expect(names("  ")).toEqual(ALL.map(({ name }) => name));
});
