import { useState } from "react";

import {
  useRuleKinds,
  useRules,
  useRuleViolations,
  type RuleBody,
  type RuleKinds,
  type Rules,
} from "@/api/coach/rules";
import { useMayPlan } from "@/api/session";
import { CoachPage } from "@/features/coach/CoachPage";
import { Section } from "@/ui/layout/Page";
import { Failure, Waiting } from "@/ui/layout/States";
import { Conflicts } from "./Conflicts";
import { Drafts } from "./Drafts";
import { RuleDialog } from "./RuleDialog";
import { RuleList } from "./RuleList";
import { bodyOf, useSave } from "./saving";
import { t } from "./text";
import { Versions } from "./Versions";
import { Words } from "./Words";
import { TOPICS } from "./words";

/** The rules: said in words or by a form, listed by what they are about, with their versions. */
export function RulesPage() {
  const rules = useRules();
  const kinds = useRuleKinds();
  const error = rules.error ?? kinds.error;
  return (
    <CoachPage title={t("rules.title")} at="rules">
      {rules.data && kinds.data ? (
        <Found rules={rules.data} kinds={kinds.data} />
      ) : error ? (
        <Failure error={error} retry={() => void Promise.all([rules.refetch(), kinds.refetch()])} />
      ) : (
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      )}
    </CoachPage>
  );
}

function Found({ rules, kinds }: { rules: Rules; kinds: RuleKinds }) {
  const mayPlan = useMayPlan();
  const [drafts, setDrafts] = useState<RuleBody[]>([]);
  const [edited, setEdited] = useState<RuleBody | null>(null);
  const save = useSave(rules);
  const { data: violations = null } = useRuleViolations();
  const checked = rules.items.filter((rule) => rule.checked);
  const unchecked = rules.items.filter((rule) => !rule.checked);
  return (
    <>
      <p className="mb-4 text-ink-2">{t("rules.about")}</p>
      {mayPlan && (
        <Words
          onRead={setDrafts}
          onForm={() => {
            setEdited({ kind: "rest_day" });
          }}
        />
      )}
      {drafts.length > 0 && <Drafts drafts={drafts} onChange={setDrafts} rules={rules} kinds={kinds} />}
      {rules.conflicts.length > 0 && (
        <div className="mt-6">
          <Conflicts
            conflicts={rules.conflicts}
            rules={rules.items.map(bodyOf)}
            busy={save.isPending}
            {...(mayPlan && { onTake: save.all })}
          />
        </div>
      )}
      {TOPICS.map((topic) => {
        const rows = checked.filter((rule) => rule.topic === topic.key);
        if (rows.length === 0) return null;
        return (
          <Section key={topic.key} title={topic.name()} id={`rules-${topic.key}`}>
            <RuleList rows={rows} violations={violations} save={save} onEdit={setEdited} mayEdit={mayPlan} />
          </Section>
        );
      })}
      {unchecked.length > 0 && (
        <Section title={t("rules.unchecked")} id="rules-unchecked">
          <p className="-mt-2 mb-2.5 text-sm text-ink-3">{t("rules.unchecked_hint")}</p>
          <RuleList rows={unchecked} save={save} onEdit={setEdited} mayEdit={mayPlan} />
        </Section>
      )}
      <Versions newest={rules.version} mayEdit={mayPlan} />
      {edited && (
        <RuleDialog
          rule={edited}
          rules={rules}
          kinds={kinds}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
    </>
  );
}
