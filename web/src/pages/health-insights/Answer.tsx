import type { HealthInsight } from "@/api/types";
import { GroupSpread } from "@/charts/health/trend/GroupSpread";
import { Told } from "@/ui/values/Measured";
import { Meter } from "@/ui/values/Meter";
import { t } from "./text";
import { counted, groupNames, needWords, signed } from "./words";

/** The answer for one measure: how the two groups differ, or what there is not enough of. */
export function Answer({ insight }: { insight: HealthInsight }) {
  const { outcome_name: name, unit, verdict, exposed, others, lacks } = insight;
  if (lacks !== null) return <Lacking insight={insight} />;
  const [group, rest] = groupNames(insight);
  return (
    <li data-answer={`${insight.key} ${insight.outcome}`} className="border-t border-line pt-3">
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h4 className="font-medium">{name}</h4>
        {verdict === "no_clear_link" ? (
          <span className="text-ink-2">{t("insights.no_link")}</span>
        ) : (
          <Difference insight={insight} />
        )}
      </div>
      {exposed && others && (
        <GroupSpread
          groups={[
            { ...exposed, name: group, count: counted(insight, exposed.count) },
            { ...others, name: rest, count: counted(insight, others.count) },
          ]}
          format={(value) => `${signed(value, unit)} ${unit}`}
        />
      )}
    </li>
  );
}

function Difference({ insight }: { insight: HealthInsight }) {
  const { unit, shown, difference, difference_interval: range } = insight;
  if (difference === null) return null;
  return (
    <>
      <span className={shown ? "text-lg font-semibold" : "font-medium text-ink-2"}>
        <Told value={signed(difference, unit)} unit={unit} />
      </span>
      <span className="text-sm text-ink-2">
        {shown
          ? range && t("insights.interval", { low: signed(range.low, unit), high: signed(range.high, unit), unit })
          : t("insights.within_noise")}
      </span>
    </>
  );
}

/** How far the evidence is; a normal state, not a fault. */
export function Lacking({ insight }: { insight: HealthInsight }) {
  const { outcome_name: name, lacks } = insight;
  if (lacks === null) return null;
  return (
    <li data-lacking={`${insight.key} ${insight.outcome}`} className="border-t border-line pt-3 text-sm">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h4 className="font-medium">{name}</h4>
        {lacks.of !== "variation" && (
          <span className="label">
            {t("insights.needs", { has: String(Math.floor(lacks.has)), needs: String(lacks.needs) })}
          </span>
        )}
      </div>
      <Meter
        value={lacks.has}
        max={lacks.needs}
        label={t("insights.progress", { outcome: name })}
        className="my-1.5 max-w-sm"
      />
      <p className="text-ink-2">{needWords(insight)}</p>
    </li>
  );
}
