import { useState, type FormEvent } from "react";

import type { Tagged } from "@/api/activities/activities";
import { useMayEdit } from "@/api/session";
import { sportName } from "@/lib/activity/sports";
import { t } from "@/pages/activity/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { useInline } from "./inline";

export const titleOf = (activity: { name: string | null; sport: string }): string =>
  activity.name ?? sportName(activity.sport);

/** The name; a click on it makes it a field, Enter saves it and Escape leaves it. */
export function Name({ activity }: { activity: Tagged }) {
  const { save, busy } = useInline(activity);
  const mayEdit = useMayEdit();
  const [typed, setTyped] = useState<string | null>(null);
  if (!mayEdit) return <h1 className="text-2xl font-semibold break-words">{titleOf(activity)}</h1>;
  const open = (): void => {
    setTyped(activity.name ?? "");
  };
  if (typed === null) {
    return (
      <div className="flex items-center">
        <h1 className="min-w-0 cursor-text text-2xl font-semibold break-words" onClick={open}>
          {titleOf(activity)}
        </h1>
        <IconButton name={t("activity.rename")} icon="edit" className="ml-1 text-ink-3" onClick={open} />
      </div>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = typed.trim();
    if (name === (activity.name ?? "")) setTyped(null);
    else
      void save({ name: name || null }).then((done) => {
        if (done) setTyped(null);
      });
  };
  return (
    <form onSubmit={submit} className="flex max-w-xl items-center gap-2">
      <h1 className="sr-only">{titleOf(activity)}</h1>
      <input
        autoFocus
        value={typed}
        maxLength={200}
        aria-label={t("activity.name")}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") setTyped(null);
        }}
        className="w-full min-w-0 rounded-lg border border-line bg-surface px-3 py-1 text-xl font-semibold"
      />
      <Button type="submit" kind="primary" busy={busy}>
        {t("app.save")}
      </Button>
      <Button
        kind="quiet"
        onClick={() => {
          setTyped(null);
        }}
      >
        {t("app.cancel")}
      </Button>
    </form>
  );
}
