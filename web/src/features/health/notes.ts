import { reason } from "@/api/client";
import { useAddNote, useChangeNote, useRemoveNote, useRestoreNote } from "@/api/health";
import type { HealthNote } from "@/api/types";
import type { NamedDays } from "@/charts/health/trend/trend";
import { known } from "@/lib/text";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

/** What a note says, in few words. */
export function noteName({ kind, name, level, text }: HealthNote): string {
  const title = known("note", kind) ?? name;
  if (kind === "note") return text ?? title;
  const named = level === null ? title : t("health.level_of", { note: title, level });
  return text === null || text === "" ? named : `${named}: ${text}`;
}

/** Notes as marks of a chart. */
export const noteDays = (notes: readonly HealthNote[]): NamedDays[] =>
  notes.map((note) => ({ from: note.day, to: note.until, name: noteName(note) }));

/** Add notes of a day, change their level, and remove notes; each can be undone. */
export function useNoting(day: string) {
  const [add, change, remove, restore] = [useAddNote(), useChangeNote(), useRemoveNote(), useRestoreNote()];
  const onError = (error: unknown): void => {
    sayError(reason(error));
  };
  return {
    busy: add.isPending || change.isPending || remove.isPending,
    add: (kind: string, name: string, values: { level?: number; text?: string } = {}): void => {
      add.mutate(
        { kind, day, ...values },
        {
          onSuccess: ({ id }) => {
            say(t("health.note_added", { note: name }), () => {
              remove.mutate(id);
            });
          },
          onError,
        },
      );
    },
    setLevel: (note: HealthNote, level: number, name: string): void => {
      change.mutate(
        { id: note.id, level },
        {
          onSuccess: () => {
            say(t("health.note_added", { note: name }), () => {
              restore.mutate(note.id);
            });
          },
          onError,
        },
      );
    },
    remove: (note: HealthNote): void => {
      remove.mutate(note.id, {
        onSuccess: () => {
          say(t("health.note_removed", { note: noteName(note) }), () => {
            restore.mutate(note.id);
          });
        },
        onError,
      });
    },
  };
}
