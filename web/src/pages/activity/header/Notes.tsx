import { useState, type FormEvent } from "react";

import type { Tagged } from "@/api/activities/activities";
import { useMayEdit } from "@/api/session";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { useInline } from "./inline";

const TEXT = "max-w-3xl text-left whitespace-pre-line text-ink-2";

/** What the athlete wrote about it; a click on it makes it a field. What was typed and not saved is kept. */
export function Notes({ activity }: { activity: Tagged }) {
  const { save, busy } = useInline(activity);
  const mayEdit = useMayEdit();
  const [editing, setEditing] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const there = activity.description ?? "";
  if (!mayEdit) return there === "" ? null : <p className={`basis-full ${TEXT}`}>{there}</p>;
  const open = (): void => {
    setEditing(true);
  };
  if (!editing)
    return there === "" ? (
      <Button kind="quiet" icon="edit" onClick={open}>
        {t("notes.add")}
      </Button>
    ) : (
      <button
        type="button"
        title={t("notes.edit")}
        onClick={open}
        className={`touch -mx-2 block cursor-text rounded-lg px-2 py-1 hover:bg-sunken ${TEXT}`}
      >
        <span className="sr-only">{t("notes.edit")}: </span>
        {there}
      </button>
    );
  const leave = (): void => {
    setTyped(null);
    setEditing(false);
  };
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    const text = (typed ?? there).trim();
    if (text === there) leave();
    else
      void save({ description: text || null }).then((done) => {
        if (done) leave();
      });
  };
  return (
    <form onSubmit={submit} className="max-w-3xl basis-full">
      <textarea
        autoFocus
        rows={3}
        maxLength={10_000}
        value={typed ?? there}
        aria-label={t("notes.label")}
        placeholder={t("notes.placeholder")}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") setEditing(false);
          else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        }}
        className="field-sizing-content max-h-96 w-full rounded-lg border border-line bg-surface px-3 py-2"
      />
      <div className="mt-1.5 flex items-center gap-2">
        <Button type="submit" kind="primary" busy={busy}>
          {t("app.save")}
        </Button>
        <Button kind="quiet" onClick={leave}>
          {t("app.cancel")}
        </Button>
        <span className="label pointer-coarse:hidden">{t("notes.keys")}</span>
      </div>
    </form>
  );
}
