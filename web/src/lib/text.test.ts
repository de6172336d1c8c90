import { describe, expect, it } from "vitest";

import { english, many, t } from "./text";

describe("text", () => {
  it("fills in names and counts", () => {
    expect(t("app.signed_in_as", { name: "Maria" })).toBe("Signed in as Maria");
    expect(many("activities.count", 1)).toBe("1 activity");
    expect(many("activities.count", 12)).toBe("12 activities");
  });

  it("says nothing that no page asks for", () => {
    const sources = import.meta.glob<string>("/src/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
    const code = Object.entries(sources).filter(([path]) => !path.endsWith("lib/text.ts")).map(([, text]) => text).join();
    const built = /^(refusable|format|reason|field|kind|sport|channel|status|batch|line|band|family|choice|method|source|threshold|record|trust|feel|rpe|group|direction|why|provenance)\./;
    const idle = Object.keys(english).filter((key) => !built.test(key) && !code.includes(`"${key.replace(/_one$/, "")}"`));
    expect(idle).toEqual([]);
  });

  it("has a plural for every singular", () => {
    const singulars = Object.keys(english).filter((key) => key.endsWith("_one"));
    for (const key of singulars) expect(english).toHaveProperty([key.slice(0, -"_one".length)]);
  });
});
