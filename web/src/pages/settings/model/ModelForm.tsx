import { useId, useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useCheckModel, useRemoveModel, useSetModel, type ModelCheck, type ModelSettings } from "@/api/coach/model";
import { decimal } from "@/lib/units";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Check, SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { answersOf, bodyOf, EXAMPLES, type Answers } from "./form";

/** Where the language model is, which are asked in what order, and what may be spent; tested with a press. */
export function ModelForm({ settings }: { settings: ModelSettings | null }) {
  const [answers, setAnswers] = useState<Answers>(() => answersOf(settings));
  const [save, remove, check] = [useSetModel(), useRemoveModel(), useCheckModel()];
  const listed = useId();
  const set = (changed: Partial<Answers>): void => {
    setAnswers((before) => ({ ...before, ...changed }));
  };
  const keep = async (): Promise<void> => {
    await save.mutateAsync(bodyOf(answers));
    set({ key: null });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    keep().then(
      () => {
        say(t("llm.saved"));
      },
      () => undefined,
    );
  };
  const test = (): void => {
    keep().then(
      () => {
        check.mutate(undefined);
      },
      () => undefined,
    );
  };
  const problem = save.error ?? remove.error ?? check.error;
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2" role="group" aria-label={t("llm.examples")}>
        {EXAMPLES.map(({ name, url }) => (
          <Button
            key={url}
            onClick={() => {
              set({ url });
            }}
          >
            {name}
          </Button>
        ))}
      </div>
      <TextField
        label={t("llm.url")}
        hint={t("llm.url_hint")}
        inputMode="url"
        value={answers.url}
        onChange={({ target }) => {
          set({ url: target.value });
        }}
      />
      <TextField
        label={t("llm.key")}
        hint={t(settings?.has_key ? "llm.key_kept" : "llm.key_hint")}
        optional
        type="password"
        autoComplete="off"
        value={answers.key ?? ""}
        onChange={({ target }) => {
          set({ key: target.value });
        }}
      />
      <TextField
        label={t("llm.models")}
        hint={t("llm.models_hint")}
        list={listed}
        value={answers.models}
        onChange={({ target }) => {
          set({ models: target.value });
        }}
      />
      <datalist id={listed}>
        {check.data?.models.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="grid gap-4 md:grid-cols-3">
        <TextField
          label={t("llm.tokens")}
          hint={t("llm.per_day")}
          optional
          inputMode="numeric"
          value={answers.tokens}
          onChange={({ target }) => {
            set({ tokens: target.value });
          }}
        />
        <TextField
          label={t("llm.usd")}
          hint={t("llm.usd_hint")}
          optional
          inputMode="decimal"
          value={answers.usd}
          onChange={({ target }) => {
            set({ usd: target.value });
          }}
        />
        <TextField
          label={t("llm.keep")}
          hint={t("llm.keep_hint")}
          inputMode="numeric"
          value={answers.keep}
          onChange={({ target }) => {
            set({ keep: target.value });
          }}
        />
      </div>
      <SelectField
        label={t("llm.output")}
        hint={t("llm.output_hint")}
        value={answers.output}
        onChange={({ target }) => {
          set({ output: target.value });
        }}
      >
        <option value="">{t("llm.output_usual")}</option>
        <option value="tool">{t("llm.output_tool")}</option>
        <option value="native">{t("llm.output_native")}</option>
        <option value="prompted">{t("llm.output_prompted")}</option>
      </SelectField>
      <Check
        label={t("llm.names")}
        checked={answers.names}
        onChange={({ target }) => {
          set({ names: target.checked });
        }}
      />
      {problem && (
        <div role="alert">
          <Notice tone="bad">{reason(problem)}</Notice>
        </div>
      )}
      {check.data && <Checked found={check.data} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" busy={save.isPending && !check.isPending}>
          {t("llm.save")}
        </Button>
        <Button disabled={answers.url.trim() === ""} busy={check.isPending} onClick={test}>
          {t("llm.test")}
        </Button>
        {settings && (
          <Button
            kind="quiet"
            busy={remove.isPending}
            onClick={() => {
              remove.mutate(undefined, {
                onSuccess: () => {
                  setAnswers(answersOf(null));
                  check.reset();
                  say(t("llm.removed"));
                },
              });
            }}
          >
            {t("llm.remove")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What the test of the connection found. */
function Checked({ found }: { found: ModelCheck }) {
  return (
    <div role="status" className="flex flex-col gap-1">
      {found.ok ? (
        <Notice>{t("llm.works", { model: found.model ?? "", seconds: decimal((found.ms ?? 0) / 1000, 1) })}</Notice>
      ) : (
        <Notice tone="bad">{found.problem?.sentence ?? found.detail}</Notice>
      )}
      {!found.ok && found.problem && found.detail !== "" && <p className="text-sm text-ink-2">{found.detail}</p>}
      {found.models.length > 0 && (
        <p className="text-sm text-ink-2">{t("llm.listed", { models: found.models.slice(0, 12).join(", ") })}</p>
      )}
    </div>
  );
}
