import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { scaleOfUnit } from "@/lib/units";
import { zoneRows } from "./zoneRows";

describe("zones as rows", () => {
  it("say their bounds in the athlete's units", () => {
    const rows = zoneRows({ bounds: [0, 110, 150], seconds: [60, 30, 10], below: 0 }, scaleOfUnit("W", 0, DEFAULTS));
    expect(rows.map(({ range }) => range)).toEqual(["under 110", "110 – 150", "150 and more"]);
    expect(rows.map(({ share }) => share.ofAll)).toEqual([0.6, 0.3, 0.1]);
    expect(rows.map(({ share }) => share.ofMost)).toEqual([1, 0.5, 1 / 6]);
  });

  it("have a row for what lies below the first", () => {
    const rows = zoneRows({ bounds: [94, 113], seconds: [10, 20], below: 10 }, scaleOfUnit("bpm", 0, DEFAULTS));
    expect(rows.map(({ zone, range }) => [zone, range])).toEqual([
      [0, "under 94"],
      [1, "94 – 113"],
      [2, "113 and more"],
    ]);
  });

  it("tell speeds as a pace", () => {
    const rows = zoneRows(
      { bounds: [0, 2.5, 4], seconds: [1, 1, 1], below: 0 },
      scaleOfUnit("m/s", 0, DEFAULTS, "running"),
    );
    expect(rows.map(({ range }) => range)).toEqual(["under 6:40", "6:40 – 4:10", "4:10 and more"]);
  });
});
