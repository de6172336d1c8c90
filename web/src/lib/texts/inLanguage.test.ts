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
    "A backup failed": "Ein Backup schlug fehl",
    "Wait {after_s} s.": "Warte {after_s} s.",
  },
  serverFields: new Set(["label", "name", "note", "text", "title"]),
  serverTexts: new Set(["Weight", "Form", "Transition", "A backup failed"]),
  serverProblems: {
    "not-found": "No {what} {id} was found.",
    "quota-exhausted": "Wait {after_s} s.",
    "wrong-password": "Wrong user name or password.",
  },
}));
vi.resetModules();
const { inLanguage, problemText } = await import("./inLanguage");

describe("answers", () => {
  it("say in the language what the server says", () => {
    expect(inLanguage({ items: [{ key: "weight_kg", name: "Weight", title: "Form" }] })).toEqual({
      items: [{ key: "weight_kg", name: "Gewicht", title: "Form" }],
    });
  });

  it("say what notices are about", () => {
    expect(inLanguage({ id: "1", code: "backup_failed", text: "A backup failed" }).text).toBe("Ein Backup schlug fehl");
  });

  it("keep what people wrote, codes, and what the server does not say", () => {
    const answer = {
      activity: { id: "7", name: "Weight", notes: "Weight" },
      best: { activity: "7", name: "Weight" },
      gear: [{ id: "3", name: "Weight", note: "Form" }],
      rules: [
        { kind: "note", params: {}, text: "Form" },
        { sentence: "No training.", text: "Form" },
      ],
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

  it("tell a number without a fraction", () => {
    expect(problemText("quota-exhausted", { detail: "Wait 12 s.", after_s: 12.4 })).toBe("Warte 12 s.");
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
