import { describe, expect, it } from "vitest";

import type { SegmentItem } from "@/api/types";
import { listed } from "./rows";

const one = (name: string, rest: Partial<SegmentItem> = {}): SegmentItem => ({
  id: name,
  name,
  family: "ride",
  origin: "",
  created: "",
  length_m: 1000,
  line: "",
  bbox: [],
  efforts: 1,
  best_s: 60,
  last_day: "2026-01-01",
  ...rest,
});
const names = (items: SegmentItem[]): string => items.map(({ name }) => name).join(" ");

describe("the list of segments", () => {
  const all = [
    one("Wall", { efforts: 2, length_m: 300 }),
    one("Bay", { efforts: 9, last_day: "2025-05-05" }),
    one("Alp", { family: "run", last_day: null, efforts: 0 }),
  ];

  it("is sorted by how often, how lately, how long, or by name", () => {
    expect(names(listed(all, { text: "", sport: "", sort: "times" }))).toBe("Bay Wall Alp");
    expect(names(listed(all, { text: "", sport: "", sort: "last" }))).toBe("Wall Bay Alp");
    expect(names(listed(all, { text: "", sport: "", sort: "length" }))).toBe("Alp Bay Wall");
    expect(names(listed(all, { text: "", sport: "", sort: "name" }))).toBe("Alp Bay Wall");
  });

  it("is narrowed by name, whatever the case, and by sport", () => {
    expect(names(listed(all, { text: "  wA", sport: "", sort: "name" }))).toBe("Wall");
    expect(names(listed(all, { text: "", sport: "run", sort: "name" }))).toBe("Alp");
  });
});
