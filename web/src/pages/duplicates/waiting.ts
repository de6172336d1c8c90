import { useReviews } from "@/api/activities/merging";
import { useMayEdit } from "@/api/session";
import type { MatchQuestion } from "@/api/types";
import { decimal } from "@/lib/units";
import { many } from "./text";

/** How many questions wait, for who passes by. */
export function useOpenQuestions(): number {
  const mayEdit = useMayEdit();
  return useReviews(mayEdit).data?.total ?? 0;
}

export const questionsWords = (count: number): string => many("duplicates.open", count, decimal(count));

/** What a question is told from others by. */
export const nameOf = ({ a, b }: MatchQuestion): string => `${a.recording} ${b.recording}`;
