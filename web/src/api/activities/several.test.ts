import type { UseQueryResult } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";

import { Problem, Unreachable } from "@/api/client";
import { all, mayPass, settled } from "./several";

// Who asks the server looks at once for which athlete was chosen.
vi.hoisted(() => {
  vi.stubGlobal("localStorage", { getItem: () => null });
});

const result = (data: string | undefined, error: Error | null = null) => {
  const refetch = vi.fn();
  return { data, error, isError: error !== null, refetch } as unknown as UseQueryResult<string>;
};
const GONE = new Problem(404, "not_found", "No such activity.", {});
const APART = new Problem(409, "not_comparable", "They can't be compared.", {});

describe("what was asked for several times", () => {
  it("keeps what has come beside what failed", () => {
    const found = all([result("one"), result(undefined, APART), result("three")]);
    expect(found.data).toEqual(["one", undefined, "three"]);
    expect(found.errors).toEqual([null, APART, null]);
    expect(settled(found)).toBe(true);
    expect(settled(all([result("one"), result(undefined)]))).toBe(false);
  });

  it("forgets what is gone, and keeps what only could not be asked for again", () => {
    const found = all([result("gone", GONE), result("old", new Unreachable())]);
    expect(found.data).toEqual([undefined, "old"]);
    expect(found.errors).toEqual([GONE, null]);
  });

  it("asks again for what failed only", () => {
    const [good, bad] = [result("one"), result(undefined, new Unreachable())];
    all([good, bad]).refetch();
    expect(good.refetch).not.toHaveBeenCalled();
    expect(bad.refetch).toHaveBeenCalledOnce();
    expect([GONE, APART, new Problem(503, "busy", "Busy.", {}), new Unreachable()].map(mayPass)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
