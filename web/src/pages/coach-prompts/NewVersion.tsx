import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useModelSetup } from "@/api/coach/model";
import { useAddPrompt, usePrompt, type Action, type Named, type PromptText } from "@/api/coach/prompts";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextArea, TextField } from "@/ui/controls/Field";
import { Failure, Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { t } from "./text";
import { versionWords } from "./words";

const LONGEST = 8000;

interface Props {
  action: Action;
  from: Named;
  onSaved: (saved: Named) => void;
  onClose: () => void;
}

/** An editor for a new version, which starts with the text of another one. */
export function NewVersion(props: Props) {
  const { data, error, refetch } = usePrompt(props.action, props.from);
  return (
    <Dialog title={t("prompts.new")} onClose={props.onClose} wide>
      {data ? (
        <Editor {...props} before={data} />
      ) : error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <div className="skeleton h-80" />
      )}
    </Dialog>
  );
}

function Editor({ action, from, before, onSaved, onClose }: Props & { before: PromptText }) {
  const [text, setText] = useState(before.text);
  const [pattern, setPattern] = useState(from.pattern);
  const [note, setNote] = useState("");
  const { data: setup } = useModelSetup(true);
  const add = useAddPrompt(action);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A version of other models can't be the parent of this one: it begins with the built-in text.
    const parent = pattern.trim() === from.pattern ? from.version : 0;
    add.mutate(
      { text, pattern: pattern.trim(), note, parent },
      {
        onSuccess: ({ version, pattern: models }) => {
          say(t("prompts.saved", { version }));
          onSaved({ version, pattern: models });
          onClose();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-sm text-ink-2">{t("prompts.new_hint")}</p>
      <TextArea
        label={t("prompts.new_text", { version: versionWords(from.version) })}
        hint={t("prompts.blanks")}
        rows={12}
        required
        maxLength={LONGEST}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
        }}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t("prompts.pattern")}
          hint={t("prompts.pattern_hint")}
          required
          maxLength={200}
          list="prompt-models"
          value={pattern}
          onChange={({ target }) => {
            setPattern(target.value);
          }}
        />
        <datalist id="prompt-models">
          {["*", ...(setup?.settings?.models.map(({ name }) => name) ?? [])].map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <TextField
          label={t("prompts.note")}
          hint={t("prompts.note_hint")}
          optional
          maxLength={400}
          value={note}
          onChange={({ target }) => {
            setNote(target.value);
          }}
        />
      </div>
      <div aria-live="polite">{add.isError && <Notice tone="bad">{reason(add.error)}</Notice>}</div>
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" kind="primary" busy={add.isPending} disabled={text.trim() === "" || add.isPending}>
          {t("prompts.save")}
        </Button>
      </div>
    </form>
  );
}
