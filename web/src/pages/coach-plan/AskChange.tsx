import { useState } from "react";

import { reason } from "@/api/client";
import { useModel } from "@/api/coach/model";
import type { Plan } from "@/api/coach/plans";
import { useMakeText, useNewestText, useText } from "@/api/coach/texts";
import { useMayEdit } from "@/api/session";
import { Written } from "@/features/words/Written";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

const MOST = 2000;

/** Ask for a change of the plan in one's own words; what a language model proposes is checked, and approved or not. */
export function AskChange({ plan }: { plan: Plan }) {
  const mayEdit = useMayEdit();
  const model = useModel(mayEdit).data;
  const on = mayEdit && model !== undefined && model.endpoint !== null;
  const newest = useNewestText("change", plan.plan, on);
  const { data } = useText(newest.data ?? null);
  const [words, setWords] = useState("");
  const make = useMakeText();
  if (!on) return null;
  const ask = (asked: string): void => {
    make.mutate(
      { kind: "change", plan: plan.plan, version: plan.version, words: asked },
      {
        onSuccess: () => {
          setWords("");
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <div className="mt-4 flex flex-col gap-3">
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (words.trim() !== "") ask(words.trim());
        }}
      >
        <div className="min-w-0 flex-1 basis-72">
          <TextField
            label={t("ask.label")}
            placeholder={t("ask.example")}
            maxLength={MOST}
            value={words}
            onChange={(event) => {
              setWords(event.target.value);
            }}
          />
        </div>
        <Button type="submit" busy={make.isPending || data?.state === "waiting"} disabled={words.trim() === ""}>
          {t("ask.send")}
        </Button>
      </form>
      {data && (
        <Written
          text={data}
          onAgain={() => {
            ask(data.words);
          }}
        />
      )}
    </div>
  );
}
