import { Link } from "react-router";

import { useThresholds } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import type { Analysis, MetricInfo, MetricValue } from "@/api/types";
import { metricQuantity } from "@/lib/activity/metrics";
import { familyOf, humanise } from "@/lib/activity/sports";
import { thresholdName, thresholdText } from "@/lib/activity/thresholds";
import { routes } from "@/lib/routes";
import { known } from "@/lib/text";
import { t } from "@/pages/activity/text";
import { Dialog } from "@/ui/controls/Dialog";
import { Told } from "@/ui/values/Measured";

/** How a number was made: the formula and who says so, the thresholds it was told from, and why it is missing. */
export function MetricDialog({
  info,
  found,
  analysis,
  sport,
  onClose,
}: {
  info: MetricInfo;
  found: MetricValue;
  analysis: Analysis;
  sport: string;
  onClose: () => void;
}) {
  const wish = usePreferences();
  const why = found.reason === null ? null : (known("reason", found.reason) ?? humanise(found.reason));
  const rows: [string, string][] = [
    ...(why === null ? [] : [[t(found.value === null ? "analysis.why" : "analysis.caveat"), why] as [string, string]]),
    ...(info.also_known_as.length === 0
      ? []
      : [[t("analysis.also"), info.also_known_as.join(", ")] as [string, string]]),
    [t("analysis.formula"), humanise(info.cite)],
    [t("analysis.kind"), known("trust", info.trust) ?? humanise(info.trust)],
    [t("analysis.version"), String(found.version)],
  ];
  return (
    <Dialog title={info.name} onClose={onClose}>
      <dl className="grid grid-cols-[8rem_1fr] items-baseline gap-x-6 gap-y-2">
        <dt className="text-ink-2">{t("analysis.value")}</dt>
        <dd className="text-xl font-semibold">
          <Told {...metricQuantity(info, found.value, wish, sport)} />
        </dd>
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-2">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
        <Read info={info} analysis={analysis} sport={sport} />
      </dl>
      <p className="mt-5">
        <Link to={routes.settings("athlete")} className="text-sm text-accent underline underline-offset-4">
          {t("training.thresholds")}
        </Link>
      </p>
    </Dialog>
  );
}

/** The thresholds that the number was told from, and whether anybody had stated them. */
function Read({ info, analysis, sport }: { info: MetricInfo; analysis: Analysis; sport: string }) {
  const wish = usePreferences();
  const units = new Map(useThresholds().data?.items.map((one) => [one.key, one.unit]));
  const read = info.reads.filter((key) => key in analysis.thresholds);
  if (read.length === 0) return null;
  return (
    <>
      <dt className="text-ink-2">{t("analysis.based_on")}</dt>
      <dd>
        <ul>
          {read.map((key) => {
            const { value, estimated } = analysis.thresholds[key] ?? { value: 0, estimated: true };
            const text = thresholdText(key, units.get(key) ?? "", value, familyOf(sport), wish);
            return (
              <li key={key}>
                {thresholdName(key, humanise(key))}{" "}
                <span className="font-semibold">{estimated ? t("analysis.estimated", { value: text }) : text}</span>
              </li>
            );
          })}
        </ul>
      </dd>
    </>
  );
}
