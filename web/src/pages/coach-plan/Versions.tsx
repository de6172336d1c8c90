import { useState } from "react";
import { Link } from "react-router";

import { usePlanDiff, usePlanVersions, type Plan, type PlanVersion } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import { statusWords } from "@/features/coach/words";
import { Changes } from "@/features/plan/Changes";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { t } from "./text";

/** The versions of a plan, the newest first: who made each and why, and what it changed. */
export function Versions({ plan }: { plan: Plan }) {
  const { data } = usePlanVersions(plan.plan);
  if (!data) return null;
  return (
    <Section title={t("versions.title")} id="versions">
      <ol className="card divide-y divide-line">
        {data.map((item) => (
          <Version key={item.version} plan={plan} item={item} />
        ))}
      </ol>
    </Section>
  );
}

function authorWords(author: string): string {
  if (author === "person") return t("versions.author_person");
  if (author === "planner") return t("versions.author_planner");
  return t("versions.author_model", { model: author.replace(/^model:/, "") });
}

function Version({ plan, item }: { plan: Plan; item: PlanVersion }) {
  const wish = usePreferences();
  const [open, setOpen] = useState(false);
  const { version, parent } = item;
  const diff = usePlanDiff(plan.plan, parent ?? version, version, open && parent !== null);
  return (
    <li className="flex flex-col gap-2 px-4 py-3" aria-current={version === plan.version ? "true" : undefined}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link to={`${routes.plan(plan.plan)}?version=${version}`} className="font-medium hover:underline">
          {t("versions.number", { number: version })}
        </Link>
        <span className="text-sm font-medium">{statusWords(item.status)}</span>
        <span className="min-w-0 flex-1 basis-48 text-sm text-ink-2">
          {[
            authorWords(item.author),
            ...(parent === null ? [] : [t("versions.from", { parent })]),
            instant(item.created_at, wish),
            ...(item.why === "" ? [] : [item.why]),
          ].join(" · ")}
        </span>
        {parent !== null && (
          <Button
            kind="quiet"
            aria-expanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {t("versions.compare")}
          </Button>
        )}
      </div>
      {open && diff.data && <Changes diff={diff.data} />}
    </li>
  );
}
