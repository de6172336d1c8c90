import { useRulePreview, type RuleBody, type RuleKinds, type RulePart, type Rules } from "@/api/coach/rules";
import { Button, IconButton } from "@/ui/controls/Button";
import { Segmented } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { Conflicts } from "./Conflicts";
import { FieldInput } from "./FieldInput";
import { bodyOf, useSave } from "./saving";
import { t } from "./text";

/** What words were understood as, before it is saved: each part with our sentence, its effect, and what is open. */
export function Drafts({
  drafts,
  onChange,
  rules,
  kinds,
}: {
  drafts: RuleBody[];
  onChange: (drafts: RuleBody[]) => void;
  rules: Rules;
  kinds: RuleKinds;
}) {
  const numbered = drafts.map((draft, at) => ({ ...draft, id: `new${at}` }));
  const { data: preview } = useRulePreview(numbered);
  const save = useSave(rules);
  const parts = preview?.parts ?? [];
  const isOpen = parts.some(({ questions }) => questions.length > 0);
  const isBlocked = (preview?.conflicts.length ?? 0) > 0 || parts.some(({ faults }) => faults.length > 0);
  const put = (at: number, draft: RuleBody | null): void => {
    onChange(drafts.flatMap((one, index) => (index !== at ? [one] : draft === null ? [] : [draft])));
  };
  const withRules = [...rules.items.map(bodyOf), ...numbered];
  const isNew = (rule: RuleBody): boolean => /^new\d+$/.test(rule.id ?? "");
  const saveAll = (all: RuleBody[]): void => {
    const sent = all.map((rule) => (isNew(rule) ? { ...rule, id: "" } : rule));
    save.all(sent, () => {
      onChange([]);
    });
  };
  return (
    <section aria-labelledby="rules-understood" className="card mt-4 flex flex-col gap-3 p-4">
      <h2 id="rules-understood" className="text-lg font-semibold">
        {t("rules.understood")}
      </h2>
      <ul className="flex flex-col divide-y divide-line">
        {drafts.map((draft, at) => (
          <li key={`${at}-${draft.text ?? ""}`} className="py-3">
            <Draft
              draft={draft}
              part={parts[at]}
              kinds={kinds}
              onChange={(changed) => {
                put(at, changed);
              }}
            />
          </li>
        ))}
      </ul>
      {preview && preview.conflicts.length > 0 && (
        <>
          <Conflicts conflicts={preview.conflicts} rules={withRules} busy={save.isPending} onTake={saveAll} />
          <p className="text-sm text-ink-2">{t("rules.in_the_way")}</p>
        </>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          kind="quiet"
          onClick={() => {
            onChange([]);
          }}
        >
          {t("rules.discard")}
        </Button>
        <Button
          kind="primary"
          busy={save.isPending}
          disabled={isBlocked || !preview}
          onClick={() => {
            saveAll(withRules);
          }}
        >
          {isOpen ? t("rules.save_incomplete") : t(drafts.length === 1 ? "rules.save_one" : "rules.save")}
        </Button>
      </div>
    </section>
  );
}

function Draft({
  draft,
  part,
  kinds,
  onChange,
}: {
  draft: RuleBody;
  part: RulePart | undefined;
  kinds: RuleKinds;
  onChange: (draft: RuleBody | null) => void;
}) {
  const kind = kinds.items.find(({ key }) => key === draft.kind);
  const params = draft.params ?? {};
  const open = kind?.fields.filter(({ key, question }) => question !== "" && (params[key] ?? null) === null) ?? [];
  const asked = part && part.questions.length > 0 ? open : [];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start justify-between gap-3">
        <p className="min-w-0 text-sm break-words text-ink-3">{t("rules.your_words", { text: draft.text ?? "" })}</p>
        <IconButton
          name={t("rules.leave_out_name", { text: draft.text ?? "" })}
          icon="close"
          onClick={() => {
            onChange(null);
          }}
          className="-mt-2 -mr-2"
        />
      </div>
      {draft.kind === "note" ? (
        <Notice tone="warn">{t("rules.unread")}</Notice>
      ) : (
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <p className="min-w-0 flex-1 basis-64 font-medium">{part?.sentence ?? ""}</p>
          <Strictness rule={draft} onChange={onChange} />
        </div>
      )}
      {part?.effect && <p className="text-sm text-ink-2">{part.effect.text}</p>}
      {unasked(part).map((fault) => (
        <Notice key={fault} tone="bad">
          {fault}
        </Notice>
      ))}
      {asked.length > 0 && (
        <div className="grid gap-3 rounded-lg bg-sunken p-3 sm:grid-cols-2">
          {asked.map((field) => (
            <FieldInput
              key={field.key}
              field={{ ...field, title: field.question }}
              value={params[field.key] ?? null}
              onChange={(value) => {
                onChange({ ...draft, params: { ...params, [field.key]: value ?? null } });
              }}
            />
          ))}
        </div>
      )}
    </div>
  );
}

/** Whether a rule must hold or should: always in sight, always to be switched. */
export function Strictness({ rule, onChange }: { rule: RuleBody; onChange: (rule: RuleBody) => void }) {
  return (
    <Segmented
      name={t("rules.severity")}
      hideName
      value={rule.severity ?? "must"}
      options={[
        { value: "must", label: t("rules.must") },
        { value: "should", label: t("rules.should") },
      ]}
      onChange={(severity) => {
        onChange({ ...rule, severity });
      }}
    />
  );
}

/** What is wrong with a rule beside what is asked anyway. */
export function unasked(part: RulePart | undefined): string[] {
  return part?.faults.filter((fault) => !part.questions.includes(fault)) ?? [];
}
