import { useAskAgain, useSettle } from "@/api/activities/merging";
import { reason } from "@/api/client";
import type { MatchQuestion } from "@/api/types";
import { decimal } from "@/lib/units";
import { say, sayError } from "@/ui/layout/Toasts";
import { many, t } from "./text";

/** Answers questions, all alike; the words that say so take all of it back. */
export function useAnswer(): {
  answer: (questions: MatchQuestion[], what: "one" | "two", done: () => void) => void;
  busy: boolean;
} {
  const [settle, again] = [useSettle(), useAskAgain()];
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const answer = (questions: MatchQuestion[], what: "one" | "two", done: () => void): void => {
    if (settle.isPending) return;
    settle.mutateAsync({ questions, answer: what }).then((edits) => {
      done();
      const count = questions.length;
      const undo = (): void => {
        again.mutateAsync(edits).then(() => {
          say(many("duplicates.undone_toast", count, decimal(count)));
        }, failed);
      };
      const words =
        count === 1
          ? t(what === "one" ? "duplicates.one_toast" : "duplicates.two_toast")
          : t(what === "one" ? "duplicates.ones_toast" : "duplicates.twos_toast", { count: decimal(count) });
      say(words, undo);
    }, failed);
  };
  return { answer, busy: settle.isPending };
}
