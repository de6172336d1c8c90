import { useState } from "react";

import { reason } from "@/api/client";
import { useRestoreRules, useRuleDiff, useRuleVersions, type RuleChange, type RulesVersion } from "@/api/coach/rules";
import { usePreferences } from "@/api/session";
import { instant } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { say, sayError } from "@/ui/layout/Toasts";
import { many, t } from "./text";

/** The versions of the rules, the newest first, with what each changed; each can be restored. */
export function Versions({ newest, mayEdit }: { newest: number; mayEdit: boolean }) {
  const { data } = useRuleVersions();
  if (!data || data.items.length < 2) return null;
  return (
    <Section title={t("rules.versions")} id="rules-versions">
      <ul className="card divide-y divide-line">
        {data.items.map((version) => (
          <Version key={version.version} version={version} newest={newest} mayEdit={mayEdit} />
        ))}
      </ul>
    </Section>
  );
}

function Version({ version, newest, mayEdit }: { version: RulesVersion; newest: number; mayEdit: boolean }) {
  const [open, setOpen] = useState(false);
  const wish = usePreferences();
  const restore = useRestoreRules();
  const isNewest = version.version === newest;
  const press = (): void => {
    restore.mutate(version.version, {
      onSuccess: () => {
        say(t("rules.restored", { version: version.version }));
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="font-medium">
            {t("rules.version", { version: version.version })}
            {isNewest && <span className="ml-2 text-sm font-normal text-ink-3">{t("rules.newest")}</span>}
          </p>
          <p className="text-sm break-words text-ink-2">{version.why}</p>
          <p className="text-xs text-ink-3">
            {version.at === null ? "" : `${instant(version.at, wish)} · `}
            {many("rules.count", version.rules)}
          </p>
        </div>
        <div className="flex gap-2">
          {version.parent !== null && (
            <Button
              kind="quiet"
              aria-expanded={open}
              onClick={() => {
                setOpen(!open);
              }}
            >
              {t("rules.what_changed")}
            </Button>
          )}
          {mayEdit && !isNewest && (
            <Button
              icon="undo"
              aria-label={t("rules.restore_name", { version: version.version })}
              busy={restore.isPending}
              onClick={press}
            >
              {t("rules.restore")}
            </Button>
          )}
        </div>
      </div>
      {open && version.parent !== null && <Changes from={version.parent} to={version.version} />}
    </li>
  );
}

function Changes({ from, to }: { from: number; to: number }) {
  const { data } = useRuleDiff(from, to, true);
  if (!data) return <div className="skeleton mt-2 h-10" />;
  if (data.changes.length === 0) return <p className="mt-2 text-sm text-ink-2">{t("rules.none_changed")}</p>;
  return (
    <ul className="mt-2 flex flex-col gap-2 text-sm">
      {data.changes.map((change) => (
        <Change key={change.rule} change={change} />
      ))}
    </ul>
  );
}

function Change({ change }: { change: RuleChange }) {
  const names = { added: t("rules.added"), removed: t("rules.gone"), changed: t("rules.changed") };
  const words = (row: RuleChange["after"]): string =>
    row === null ? "" : row.kind === "note" ? row.text : row.sentence;
  return (
    <li className="rounded-lg bg-sunken px-3 py-2">
      <span className="label">{names[change.change]}</span>
      {change.before && (
        <p className="break-words">
          <del>{words(change.before)}</del>
        </p>
      )}
      {change.after && <p className="break-words">{words(change.after)}</p>}
      {change.fields.length > 0 && (
        <p className="text-xs text-ink-3">{t("rules.changed_fields", { fields: change.fields.join(", ") })}</p>
      )}
    </li>
  );
}
