import { describe, expect, it } from "vitest";

import type { Photo } from "@/api/types";
import { clockOf, nameOf } from "./names";

const photo = (id: string, caption: string | null = null): Photo => ({
  id,
  caption,
  name: null,
  width: 4,
  height: 3,
  at_s: null,
  latitude: null,
  longitude: null,
  pinned: true,
  clock: null,
  clock_s: 0,
  private: false,
});

describe("photos", () => {
  it("are called by their caption, else by their place in the row", () => {
    const photos = [photo("a"), photo("b", "The top")];
    expect(photos.map((one) => nameOf(one, photos))).toEqual(["Photo 1 of 2", "The top"]);
  });

  it("say what their camera is off", () => {
    expect([0, 60, -90, 5].map(clockOf)).toEqual(["+0:00", "+1:00", "−1:30", "+0:05"]);
  });
});
