import { describe, expect, it } from "vitest";

import { preferencesOf } from "@/lib/preferences";
import { sourceName, whyFigures, whySentence } from "./merging";

const wish = preferencesOf(undefined);

describe("reasons", () => {
  it("are told in words, with the hours of a wrong zone", () => {
    expect(whySentence({ rule: "same_file", score: 1, details: {} })).toBe("Same file.");
    expect(whySentence({ rule: "wrong_zone", score: 1, shift_s: -7200, details: {} })).toContain("2 h 00 min");
    expect(whySentence({ rule: "wrong_zone_perhaps", score: 0.6, details: { shift_s: 3600 } })).toContain("1 h 00 min");
  });

  it("name a rule that the catalogue does not know", () => {
    expect(whySentence({ rule: "by_moon_phase", score: 1, details: {} })).toContain("by moon phase");
  });

  it("rest on figures in the athlete's units", () => {
    const details = { start_apart_s: -42, overlap: 0.987, distance_apart_m: 120, correlation: 0.9 };
    expect(whyFigures({ rule: "same_time", score: 1, details }, wish).map(({ value }) => value)).toEqual([
      "42 s",
      "99 %",
      "120 m",
    ]);
  });
});

describe("sources of a recording", () => {
  const described = [{ key: "garmin", name: "Garmin Connect" }];
  it("have the names that people know", () => {
    expect(sourceName("garmin", described)).toBe("Garmin Connect");
    expect(sourceName("garmin_export", described)).toContain("Garmin Connect");
    expect(sourceName("manual", described)).toBe("Manual entry");
    expect(sourceName("some_other", described)).toBe("Some other");
  });
});
