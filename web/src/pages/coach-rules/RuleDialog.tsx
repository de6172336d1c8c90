import { useState, type FormEvent } from "react";

import {
  useRulePreview,
  type Param,
  type RuleBody,
  type RuleKind,
  type RuleKinds,
  type Rules,
} from "@/api/coach/rules";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Disclosure } from "@/ui/controls/Disclosure";
import { SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { Conflicts } from "./Conflicts";
import { Strictness, unasked } from "./Drafts";
import { FieldInput } from "./FieldInput";
import { bodyOf, useSave } from "./saving";
import { t } from "./text";
import { TOPICS } from "./words";

/** A form for a rule of any kind, made from the kind's own description; what it would mean is shown as it is filled. */
export function RuleDialog({
  rule,
  rules,
  kinds,
  onClose,
}: {
  rule: RuleBody;
  rules: Rules;
  kinds: RuleKinds;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState(rule);
  const save = useSave(rules);
  const isNew = (rule.id ?? "") === "";
  const sent = { ...draft, id: isNew ? "new0" : (draft.id ?? "") };
  const { data: preview } = useRulePreview([sent]);
  const touched = Object.keys(draft.params ?? {}).length > 0;
  const kind = kinds.items.find(({ key }) => key === draft.kind);
  const part = preview?.parts[0];
  const isBlocked = !part || part.faults.length > 0 || preview.conflicts.length > 0;
  const others = rules.items.filter(({ id }) => id !== rule.id).map(bodyOf);
  const all = isNew ? [...others, sent] : rules.items.map((row) => (row.id === rule.id ? sent : bodyOf(row)));
  const send = (changed: RuleBody[]): void => {
    save.all(
      changed.map((one) => (one.id === "new0" ? { ...one, id: "" } : one)),
      onClose,
    );
  };
  const put = (area: "params" | "scope", key: string, value: Param | undefined): void => {
    const next = { ...draft[area], [key]: value };
    const known = Object.fromEntries(Object.entries(next).filter(([, one]) => one !== undefined));
    setDraft({ ...draft, [area]: area === "scope" && Object.keys(known).length === 0 ? null : known });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBlocked) send(all);
  };
  return (
    <Dialog title={t(isNew ? "rules.new" : "rules.change")} onClose={onClose} wide>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {isNew && (
          <SelectField
            label={t("rules.kind")}
            value={draft.kind}
            onChange={({ target }) => {
              setDraft({ ...draft, kind: target.value, params: {} });
            }}
          >
            {TOPICS.map((topic) => (
              <optgroup key={topic.key} label={topic.name()}>
                {kinds.items
                  .filter((one) => one.topic === topic.key)
                  .map((one) => (
                    <option key={one.key} value={one.key}>
                      {one.title}
                    </option>
                  ))}
              </optgroup>
            ))}
          </SelectField>
        )}
        {kind && <p className="text-sm text-ink-2">{kind.about}</p>}
        <div key={draft.kind} className="grid gap-4 sm:grid-cols-2">
          {kind?.fields.map((field) => (
            <FieldInput
              key={field.key}
              field={field}
              value={draft.params?.[field.key]}
              selector={kinds.selector}
              onChange={(value) => {
                put("params", field.key, value);
              }}
            />
          ))}
          {draft.kind === "note" && (
            <TextField
              label={t("rules.words")}
              required
              maxLength={400}
              value={draft.text ?? ""}
              onChange={({ target }) => {
                setDraft({ ...draft, text: target.value });
              }}
            />
          )}
        </div>
        {kind && kind.any_of.length > 1 && <p className="-mt-2 text-xs text-ink-3">{t("rules.needs")}</p>}
        {kind?.checked === true && (
          <div className="flex flex-wrap items-end gap-4">
            <Strictness rule={draft} onChange={setDraft} />
            {draft.severity === "should" && (
              <TextField
                label={t("rules.weight")}
                type="number"
                min={1}
                max={5}
                value={draft.weight ?? 3}
                onChange={({ target }) => {
                  setDraft({ ...draft, weight: Math.min(5, Math.max(1, Math.round(Number(target.value)) || 3)) });
                }}
              />
            )}
          </div>
        )}
        <Disclosure title={t("rules.scope")}>
          <div className="mt-2 grid gap-4 sm:grid-cols-2">
            {kinds.scope.map((field) => (
              <FieldInput
                key={field.key}
                field={field}
                value={draft.scope?.[field.key]}
                onChange={(value) => {
                  put("scope", field.key, value);
                }}
              />
            ))}
          </div>
        </Disclosure>
        <div aria-live="polite" className="flex flex-col gap-2">
          {part?.sentence && <p className="rounded-lg bg-sunken px-4 py-3 font-medium">{part.sentence}</p>}
          {part?.effect && <p className="text-sm text-ink-2">{part.effect.text}</p>}
          {touched &&
            unasked(part).map((fault) => (
              <Notice key={fault} tone="warn">
                {named(fault, kind)}
              </Notice>
            ))}
          {preview && preview.conflicts.length > 0 && (
            <Conflicts conflicts={preview.conflicts} rules={all} busy={save.isPending} onTake={send} />
          )}
        </div>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={save.isPending} disabled={isBlocked}>
            {t(part && part.questions.length > 0 ? "rules.save_incomplete" : "rules.save_one")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What is wrong, with the titles of the form's fields in place of their keys. */
function named(fault: string, kind: RuleKind | undefined): string {
  const [key = ""] = fault.split(" ");
  const field = kind?.fields.find((one) => one.key === key);
  return field ? field.title + fault.slice(key.length) : fault;
}
