import { useState } from "react";
import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { Analysis, Zones, ZoneSplit } from "@/api/types";
import { zoneColour } from "@/charts/roles";
import { classes } from "@/lib/classes";
import { routes } from "@/lib/routes";
import { inSentence, known } from "@/lib/text";
import { decimal, duration, scaleOfUnit } from "@/lib/units";
import { t } from "@/pages/activity/text";
import { Segmented } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";
import { zoneRows } from "./zoneRows";

const KINDS = ["power", "heart_rate", "pace"] as const;
/** The zones whose colours the three parts of the split have. */
const PARTS = [
  ["line.easy", 1],
  ["line.moderate", 3],
  ["line.hard", 5],
] as const;

/** How long the activity was in which zone, by everything that tells it. */
export function ZoneBars({ zones, sport }: { zones: Analysis["zones"]; sport: string }) {
  const there = KINDS.filter((kind) => zones[kind]);
  const [chosen, choose] = useState<(typeof KINDS)[number]>();
  const kind = chosen ?? there[0];
  const shown = kind && zones[kind];
  if (!shown) return null;
  const estimated = shown.estimated || zones.split?.estimated;
  return (
    <Section
      title={t("zones.title")}
      id="zones"
      actions={
        there.length > 1 && (
          <Segmented
            name={t("zones.title")}
            hideName
            value={kind}
            onChange={choose}
            options={there.map((value) => ({ value, label: known("choice", value) ?? value }))}
          />
        )
      }
    >
      <div className="card p-4">
        <Bars zones={shown} sport={sport} />
        {zones.split && <Split split={zones.split} />}
        {estimated && (
          <p className="mt-3 text-xs text-ink-2">
            {t("zones.estimated")}{" "}
            <Link to={routes.settings("athlete")} className="text-accent underline underline-offset-4">
              {t("training.thresholds")}
            </Link>
          </p>
        )}
      </div>
    </Section>
  );
}

function Bars({ zones, sport }: { zones: Zones; sport: string }) {
  const wish = usePreferences();
  const scale = scaleOfUnit(zones.unit, 0, wish, sport);
  const rows = zoneRows(zones, scale);
  return (
    <>
      <p className="label mb-2">
        {t("zones.method", { method: known("method", zones.method) ?? zones.method, unit: scale.unit })}
      </p>
      <ol className="grid gap-y-1">
        {rows.map(({ zone, range, seconds, share }) => (
          <li
            key={zone}
            className={classes(
              "grid grid-cols-[3.75rem_6.5rem_minmax(0,1fr)_4rem_3rem] items-center gap-x-2 text-sm",
              "max-sm:grid-cols-[3.75rem_minmax(0,1fr)_3.75rem_2.75rem]",
            )}
          >
            <span className="font-medium">{zone === 0 ? t("zones.below") : t("zone.number", { number: zone })}</span>
            <span className="text-ink-2 max-sm:hidden">{range}</span>
            <span className="h-4 overflow-hidden rounded-xs bg-sunken">
              <span
                className="block h-full rounded-xs"
                style={{
                  width: `${100 * share.ofMost}%`,
                  background: zone === 0 ? "var(--chart-quiet)" : zoneColour(zone),
                }}
              />
            </span>
            <span className="text-right font-semibold">{duration(seconds)}</span>
            <span className="text-right text-ink-2">{`${decimal(100 * share.ofAll)}%`}</span>
            <span className="label col-span-full col-start-2 sm:hidden">{range}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The three parts that everything is split into, in one bar. */
function Split({ split }: { split: ZoneSplit }) {
  const whole = split.seconds.reduce((sum, seconds) => sum + seconds, 0);
  if (whole <= 0) return null;
  return (
    <div className="mt-4">
      <p className="label mb-1.5">
        {t("zones.split", { by: inSentence(known("choice", split.by) ?? split.by) })}
        {split.index !== undefined && split.index > 0 && ` · ${t("zones.index", { index: decimal(split.index, 2) })}`}
      </p>
      <div className="flex h-4 gap-0.5 overflow-hidden rounded-xs" aria-hidden="true">
        {PARTS.map(([name, zone], at) => (
          <span
            key={name}
            style={{ width: `${(100 * (split.seconds[at] ?? 0)) / whole}%`, background: zoneColour(zone) }}
          />
        ))}
      </div>
      <ul className="mt-1.5 flex flex-wrap gap-x-5 text-sm">
        {PARTS.map(([name, zone], at) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2.5 rounded-xs" style={{ background: zoneColour(zone) }} />
            <span className="text-ink-2">{t(name)}</span>
            <span className="font-semibold">{duration(split.seconds[at] ?? 0)}</span>
            <span className="text-ink-2">{`${decimal((100 * (split.seconds[at] ?? 0)) / whole)}%`}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
