import { useState } from "react";

import { useMetrics } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import type { Analysis, MetricInfo, MetricValue } from "@/api/types";
import { byGroup, groupName, metricQuantity } from "@/lib/activity/metrics";
import { humanise } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { known } from "@/lib/text";
import { joined } from "@/lib/units";
import { many, t } from "@/pages/activity/text";
import { Disclosure } from "@/ui/controls/Disclosure";
import { Section } from "@/ui/layout/Page";
import { Told } from "@/ui/values/Measured";
import { MetricDialog } from "./MetricDialog";

type Pair = [info: MetricInfo, found: MetricValue];

/** Every number that was calculated, in groups; each says how it was made when it is touched. */
export function Metrics({ analysis, sport }: { analysis: Analysis; sport: string }) {
  const catalogue = useMetrics();
  const [asked, setAsked] = useState<string | null>(null);
  if (!catalogue.data) return null;
  const all = Object.entries(analysis.metrics).flatMap(([key, found]): Pair[] => {
    const info = catalogue.data.get(key);
    return info ? [[info, found]] : [];
  });
  const told = all.filter(([, found]) => found.value !== null);
  // What the recording has nothing for is nobody's question; what a threshold or more data would bring is.
  const missing = all.filter(([, found]) => found.value === null && found.reason !== "no_data");
  const groups = [...new Set(told.map(([info]) => info.family))].sort(byGroup);
  const chosen = all.find(([info]) => info.key === asked);
  if (told.length === 0 && missing.length === 0) return null;
  return (
    <Section title={t("analysis.title")} id="numbers">
      <div className="gap-3 sm:columns-2 xl:columns-3">
        {groups.map((group) => (
          <div key={group} className="card mb-3 break-inside-avoid p-1.5">
            <h3 className="label px-2.5 pt-1 pb-0.5">{groupName(group)}</h3>
            {told
              .filter(([info]) => info.family === group)
              .map((one) => (
                <Row
                  key={one[0].key}
                  one={one}
                  sport={sport}
                  onAsk={() => {
                    setAsked(one[0].key);
                  }}
                />
              ))}
          </div>
        ))}
      </div>
      {missing.length > 0 && <Missing missing={missing} onAsk={setAsked} />}
      {chosen && (
        <MetricDialog
          info={chosen[0]}
          found={chosen[1]}
          analysis={analysis}
          sport={sport}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </Section>
  );
}

function Row({ one: [info, found], sport, onAsk }: { one: Pair; sport: string; onAsk: () => void }) {
  const wish = usePreferences();
  const told = metricQuantity(info, found.value, wish, sport);
  const rough = info.trust === "estimated" || found.reason !== null;
  return (
    <button
      type="button"
      data-metric={info.key}
      onClick={onAsk}
      title={[t("analysis.about", { what: info.name }), ...info.also_known_as].join(" · ")}
      className={classes(
        "touch flex w-full items-center justify-between gap-3 rounded-lg px-2.5 py-1 text-left text-sm",
        "hover:bg-sunken",
      )}
    >
      <span className="min-w-0 text-ink-2">{info.name}</span>
      <span className="shrink-0 font-semibold">
        {rough ? t("analysis.roughly", { value: joined(told) }) : <Told {...told} />}
      </span>
    </button>
  );
}

function Missing({ missing, onAsk }: { missing: Pair[]; onAsk: (key: string) => void }) {
  return (
    <Disclosure title={many("analysis.missing", missing.length)}>
      <ul className="card mt-2 divide-y divide-line">
        {missing.map(([info, { reason }]) => (
          <li key={info.key}>
            <button
              type="button"
              onClick={() => {
                onAsk(info.key);
              }}
              className="touch grid w-full gap-x-4 px-4 py-1.5 text-left hover:bg-sunken/60 sm:grid-cols-[16rem_1fr]"
            >
              <span>{info.name}</span>
              <span className="text-ink-2">
                {reason === null ? t("origin.missing") : (known("reason", reason) ?? humanise(reason))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
