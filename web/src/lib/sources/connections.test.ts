import { describe, expect, it } from "vitest";

import { DEFAULTS } from "@/lib/preferences";
import { lastWords, nextWords, roughly, runWords, stateWords, type ConnectionDetails } from "./connections";

const WISH = { ...DEFAULTS, date_format: "iso" as const, zone: "UTC" };
const NOW = new Date("2026-11-21T12:00:00Z");
const RUN = { state: "running", requests: 1, fetched: 12, empty: 1, failed: 0, left: 30, ended_ms: null, note: null };
const DETAILS: ConnectionDetails = {
  state: "ready",
  reason: null,
  retry_at_ms: null,
  question: null,
  schedule: "every 6h",
  next_ms: null,
  good_ms: 1,
  run: null,
  last: null,
  backlog: { wanted: 0, eta_s: null },
};
const said = (details: Partial<ConnectionDetails>): string => stateWords({ ...DETAILS, ...details }, WISH, NOW).text;

describe("connections", () => {
  it("say how they are in one sentence", () => {
    expect(said({})).toBe("Up to date");
    expect(said({ good_ms: null })).toBe("Signed in, nothing fetched yet");
    expect(said({ backlog: { wanted: 1, eta_s: null } })).toBe("1 item left to fetch");
    expect(said({ state: "running", run: RUN })).toBe("Syncing");
    expect(
      said({ state: "backed_off", retry_at_ms: NOW.getTime() + 3_600_000, reason: "It was asked too often." }),
    ).toBe("Waiting until 13:00: It was asked too often.");
    expect(said({ state: "sign_in" })).toBe("Sign in again to continue");
    expect(said({ state: "sign_in", reason: "It takes the sign-in no more; sign in again." })).toBe(
      "It takes the sign-in no more; sign in again.",
    );
    expect(said({ state: "question", question: { text: "The code?" } })).toBe("Your answer is needed: The code?");
    expect(said({ last: { ...RUN, state: "failed", note: "It answered nonsense." } })).toBe(
      "Last sync failed: It answered nonsense.",
    );
  });

  it("tell how far a run is", () => {
    expect(runWords(RUN, 700)).toEqual(["12 fetched", "1 request", "30 left", "about 12 min left"]);
    expect(runWords({ ...RUN, left: 0, failed: 2 }, 0)).toEqual(["12 fetched", "1 request", "2 failed", "0 left"]);
  });

  it("tell waits in round words", () => {
    expect([20, 3600, 47 * 3600, 4.2 * 86_400].map(roughly)).toEqual([
      "under a minute",
      "1 h 00 min",
      "47 h 00 min",
      "4 days",
    ]);
  });

  it("tell the last run and the next one", () => {
    expect(lastWords(null, WISH)).toBe("Never");
    expect(lastWords({ ...RUN, state: "stopped", ended_ms: NOW.getTime() }, WISH)).toBe("2026-11-21, 12:00, stopped");
    expect(nextWords(DETAILS, WISH, NOW)).toBe("Soon");
    expect(nextWords({ ...DETAILS, schedule: null }, WISH, NOW)).toBe("Manual");
    expect(nextWords({ ...DETAILS, next_ms: NOW.getTime() + 86_400_000 }, WISH, NOW)).toBe("2026-11-22, 12:00");
    expect(nextWords({ ...DETAILS, state: "paused", next_ms: 1 }, WISH, NOW)).toBe("After you resume");
  });
});
