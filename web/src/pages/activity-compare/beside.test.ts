import { describe, expect, it } from "vitest";

import type { ActivityGap, Streams } from "@/api/types";
import { besideAt, clockOf, during, gapsDuring, labelsOf, lastGap, laterBy, valuesAt } from "./beside";

const GAP: ActivityGap = {
  by: "ground",
  shared: 0.75,
  distance_m: [0, 100, 200, 300],
  time_s: [0, 10, 20, 30],
  other_distance_m: [null, 150, 250, null],
  other_time_s: [null, 112, 124, null],
  gap_s: [null, 0, 2.4, null],
};
const time_s = Array.from({ length: 200 }, (_, i) => i);

const streams = (values: (number | null)[]): Streams => ({
  time_s,
  distance_m: time_s,
  moving: [],
  complete: true,
  channels: { heart_rate_bpm: { unit: "bpm", values } },
});

const two = { streams: streams(time_s), sport: "running", seconds: GAP.other_time_s };

describe("activities beside each other", () => {
  it("read each at its own time at a place", () => {
    const second = { ...two, streams: streams(time_s.map((s) => s + 1000)) };
    const [found] = besideAt(["power_w", "heart_rate_bpm"], [{ ...two, seconds: GAP.time_s }, second]);
    expect(found?.key).toBe("heart_rate_bpm");
    expect(found?.values[0]?.[1]).toBeCloseTo(10, 0);
    expect(found?.values[1]?.[0]).toBeNull();
    expect(found?.values[1]?.[2]).toBeCloseTo(1124, 0);
  });

  it("count the steps of both feet", () => {
    const strides: Streams = {
      ...streams([]),
      channels: { cadence_rpm: { unit: "rpm", values: time_s.map(() => 85) } },
    };
    const runs = [GAP.time_s, GAP.other_time_s].map((seconds) => ({ ...two, streams: strides, seconds }));
    expect(besideAt(["cadence_rpm"], runs)[0]?.values[0]?.[1]).toBe(170);
  });

  it("leave out a channel that fewer than two measured, and who did not measure it", () => {
    const none = { ...two, streams: streams(time_s.map(() => null)) };
    expect(besideAt(["heart_rate_bpm"], [two, none])).toEqual([]);
    const [found] = besideAt(["heart_rate_bpm"], [none, two, two]);
    expect(found?.values.map((column) => column !== null)).toEqual([false, true, true]);
  });

  it("stand beside each other over time, each as long as it lasted", () => {
    const short = { ...streams([]), time_s: [0, 1, 2] };
    const clock = clockOf([short, { ...short, time_s: [0, 4] }], 4);
    expect(clock).toEqual([0, 1, 2, 3, 4]);
    expect(during(clock, short)).toEqual([0, 1, 2, null, null]);
    expect(gapsDuring(GAP, [0, 11, 19, 20, null])).toEqual([null, 0, 2.4, 2.4, null]);
  });

  it("say how much later the other was at the first place, and how far behind at the last", () => {
    expect(laterBy(GAP)).toBe(102);
    expect(lastGap(GAP)).toBe(2);
    expect(lastGap({ ...GAP, gap_s: [null, null, null, null] })).toBeNull();
  });

  it("know nothing where nothing was recorded", () => {
    expect(valuesAt([], [], [0, 1])).toEqual([null, null]);
  });

  it("leave a gap during a pause and where something is hidden", () => {
    const time = [0, 1, 2, 3, 4, 100, 101, 102];
    const column = time.map(() => 150);
    expect(valuesAt(column, time, [3.4, 50, 99.8, 101.4])).toEqual([150, null, null, 150]);
    const hidden = column.map((value, i) => (i === 2 ? null : value));
    expect(valuesAt(hidden, time, [0.4, 2.6, 3, 3.6], (i) => i === 2)).toEqual([150, null, 150, 150]);
  });

  it("have no gap over time beside a place where it is unknown, nor a time during a pause", () => {
    expect(gapsDuring(GAP, [9, 10, 20, 21])).toEqual([null, 0, 2.4, null]);
    const resting = { ...streams([]), time_s: [0, 1, 2, 3, 60, 61, 62] };
    expect(during([0, 2.5, 3, 20, 59, 60, 61.5], resting)).toEqual([0, 2.5, 3, null, null, 60, 61.5]);
  });

  it("stay as they are where one among them can't be drawn", () => {
    const [found] = besideAt(["heart_rate_bpm"], [two, null, two]);
    expect(found?.values.map((column) => column !== null)).toEqual([true, false, true]);
    expect(besideAt(["heart_rate_bpm"], [two, null])).toEqual([]);
  });

  it("are named by what differs", () => {
    const one = { name: "Lake", start_local: "2026-05-01T07:30:00" };
    const name = ({ name }: { name: string | null }): string => name ?? "";
    const day = (local: string): string => local.slice(0, 10);
    expect(labelsOf([one, { ...one, name: "Hill" }], name, day)).toEqual(["Lake", "Hill"]);
    expect(labelsOf([one, { ...one, start_local: "2026-05-02T07:30:00" }], name, day)).toEqual([
      "2026-05-01",
      "2026-05-02",
    ]);
    expect(labelsOf([one, { ...one, start_local: "2026-05-01T17:30:00" }], name, day)[1]).toBe("2026-05-01 17:30");
    expect(labelsOf([one, one], name, day)).toEqual(["Lake 1", "Lake 2"]);
  });
});
