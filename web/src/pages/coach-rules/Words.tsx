import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useReadWords, type RuleBody } from "@/api/coach/rules";
import { Button } from "@/ui/controls/Button";
import { TextArea } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { draftOf } from "./saving";
import { t } from "./text";

/** The box for rules in one's own words; what they mean is shown before anything is saved. */
export function Words({ onRead, onForm }: { onRead: (drafts: RuleBody[]) => void; onForm: () => void }) {
  const [text, setText] = useState("");
  const read = useReadWords();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === "") return;
    read.mutate(text, {
      onSuccess: ({ parts }) => {
        onRead(parts.map(draftOf));
        setText("");
      },
    });
  };
  return (
    <form onSubmit={submit} className="card flex flex-col gap-3 p-4">
      <TextArea
        label={t("rules.words")}
        hint={t("rules.words_hint")}
        rows={2}
        maxLength={20000}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
        }}
      />
      {read.isError && (
        <div role="alert">
          <Notice tone="bad">{reason(read.error)}</Notice>
        </div>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button icon="table" onClick={onForm}>
          {t("rules.form")}
        </Button>
        <Button type="submit" kind="primary" busy={read.isPending} disabled={text.trim() === ""}>
          {t("rules.read")}
        </Button>
      </div>
    </form>
  );
}
