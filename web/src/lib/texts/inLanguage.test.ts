import { describe, expect, it, vi } from "vitest";

vi.mock("@/lib/language", () => ({
  language: "de",
  locale: "de",
  translations: {
    Weight: "Gewicht",
    Transition: "Wechsel",
    Form: "Formular",
    "[server] Form": "Form",
    "No {what} {id} was found.": "{what} {id} gibt es nicht.",
    "A note needs a text.": "Eine Notiz braucht einen Text.",
  },
  serverTexts: new Set(["Weight", "Form", "Transition"]),
  serverProblems: { "not-found": "No {what} {id} was found.", "wrong-password": "Wrong user name or password." },
}));
vi.resetModules();
const { inLanguage, problemText } = await import("./inLanguage");

describe("answers", () => {
  it("say in the language what the server says", () => {
    expect(inLanguage({ items: [{ key: "weight_kg", name: "Weight", title: "Form" }] })).toEqual({
      items: [{ key: "weight_kg", name: "Gewicht", title: "Form" }],
    });
  });

  it("keep what people wrote, codes, and what the server does not say", () => {
    const answer = {
      activity: { id: "7", name: "Weight", notes: "Weight" },
      best: { activity: "7", name: "Weight" },
      items: [{ text: "Delete", sport: "Weight" }],
      frame: { bands: [{ label: "Transition" }], values: [1, 2, null] },
    };
    expect(inLanguage(structuredClone(answer))).toEqual(answer);
  });
});

describe("problems", () => {
  it("are filled in from their code and details", () => {
    const details = { detail: "No activity 7 was found.", what: "activity", id: "7" };
    expect(problemText("not-found", details)).toBe("activity 7 gibt es nicht.");
  });

  it("are translated as a whole where they have no details", () => {
    expect(problemText("bad-request", { detail: "A note needs a text." })).toBe("Eine Notiz braucht einen Text.");
  });

  it("stay as the server says them where a detail or the translation is missing", () => {
    expect(problemText("not-found", { detail: "No activity was found." })).toBe("No activity was found.");
    expect(problemText("wrong-password", { detail: "Wrong user name or password." })).toBe(
      "Wrong user name or password.",
    );
    expect(problemText("500", { title: "Server error" })).toBe("Server error");
    expect(problemText("500", {})).toBeNull();
  });
});
