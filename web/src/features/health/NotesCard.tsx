import { useState, type FormEvent } from "react";

import { useMayEdit, usePreferences } from "@/api/session";
import type { HealthNote } from "@/api/types";
import { day as dayWords } from "@/lib/dates";
import { known } from "@/lib/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { noteName, useNoting } from "./notes";
import { t } from "./text";

/** Notes that one tap sets and another one removes. */
const TAPPED = ["ill", "injured", "alcohol", "late_meal", "travel"];
const LEVELS = [1, 2, 3, 4, 5];
const CHIP =
  "touch rounded-full border border-line px-3 py-1 text-sm hover:border-line-strong disabled:opacity-50 " +
  "aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium";

type Noting = ReturnType<typeof useNoting>;

/** What the athlete says of a day beside numbers: set with a tap, a level, or a few words. */
export function NotesCard({ day, notes }: { day: string; notes: readonly HealthNote[] }) {
  const mayEdit = useMayEdit();
  const noting = useNoting(day);
  const words = notes.filter(({ kind, text }) => kind === "note" || (text !== null && text !== ""));
  if (!mayEdit && notes.length === 0) return null;
  return (
    <section aria-labelledby="notes" className="card p-4">
      <h2 id="notes" className="mb-2 font-semibold">
        {t("health.notes")}
      </h2>
      {mayEdit ? <Setters notes={notes} noting={noting} /> : null}
      <ul className="mt-2 flex flex-col gap-0.5">
        {(mayEdit ? words : notes).map((note) => (
          <Words key={note.id} note={note} {...(mayEdit && { noting })} />
        ))}
      </ul>
    </section>
  );
}

function Setters({ notes, noting }: { notes: readonly HealthNote[]; noting: Noting }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {TAPPED.map((kind) => {
          const note = notes.find((one) => one.kind === kind);
          const name = known("note", kind) ?? kind;
          return (
            <button
              key={kind}
              type="button"
              aria-pressed={note !== undefined}
              disabled={noting.busy}
              className={CHIP}
              onClick={() => {
                if (note) noting.remove(note);
                else noting.add(kind, name);
              }}
            >
              {name}
            </button>
          );
        })}
      </div>
      <Levels kind="mood" ends={[t("health.mood_low"), t("health.mood_high")]} notes={notes} noting={noting} />
      <Levels
        kind="soreness"
        ends={[t("health.soreness_low"), t("health.soreness_high")]}
        notes={notes}
        noting={noting}
      />
      <TextNote noting={noting} />
    </div>
  );
}

/** A note with a level from 1 to 5; another level replaces it, the same one removes it. */
function Levels({
  kind,
  ends,
  notes,
  noting,
}: {
  kind: string;
  ends: [low: string, high: string];
  notes: readonly HealthNote[];
  noting: Noting;
}) {
  const note = notes.find((one) => one.kind === kind);
  const name = known("note", kind) ?? kind;
  const press = (level: number): void => {
    const title = t("health.level_of", { note: name, level });
    if (note === undefined) noting.add(kind, title, { level });
    else if (note.level === level) noting.remove(note);
    else noting.setLevel(note, level, title);
  };
  return (
    <div role="group" aria-label={name} className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <span className="w-20">{name}</span>
      {LEVELS.map((level) => (
        <button
          key={level}
          type="button"
          aria-pressed={note?.level === level}
          aria-label={t("health.level_of", { note: name, level })}
          disabled={noting.busy}
          className={`${CHIP} min-w-9 px-0 pointer-coarse:min-w-11`}
          onClick={() => {
            press(level);
          }}
        >
          {level}
        </button>
      ))}
      <span className="label">{t("health.level_ends", { low: ends[0], high: ends[1] })}</span>
    </div>
  );
}

function TextNote({ noting }: { noting: Noting }) {
  const [typed, setTyped] = useState("");
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const text = typed.trim();
    if (text === "") return;
    noting.add("note", text, { text });
    setTyped("");
  };
  return (
    <form onSubmit={save} className="flex gap-2">
      <input
        aria-label={t("health.note_text")}
        placeholder={t("health.note_text")}
        value={typed}
        maxLength={2000}
        className="touch min-w-0 flex-1 rounded-lg border border-line bg-surface px-3 py-1.5 pointer-coarse:text-[16px]"
        onChange={(event) => {
          setTyped(event.target.value);
        }}
      />
      <Button type="submit" disabled={typed.trim() === ""}>
        {t("health.note_save")}
      </Button>
    </form>
  );
}

/** A note in words, with its days where it is of several. */
function Words({ note, noting }: { note: HealthNote; noting?: Noting }) {
  const wish = usePreferences();
  const name = noteName(note);
  const long = note.until !== note.day;
  const [from, to] = [dayWords(note.day, wish, "short"), dayWords(note.until, wish, "short")];
  return (
    <li className="flex items-center justify-between gap-2 text-sm">
      <span>{long ? t("health.note_until", { note: name, from, to }) : name}</span>
      {noting && (
        <IconButton
          name={t("health.note_remove", { note: name })}
          icon="close"
          className="size-8!"
          onClick={() => {
            noting.remove(note);
          }}
        />
      )}
    </li>
  );
}
