import { useState } from "react";

import { useChartsOf } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import type { ChartInfo } from "@/api/types";
import { ChartOf } from "@/charts/frames/ChartOf";
import { Choice } from "@/features/training/Choice";
import { TrainingPage } from "@/features/training/TrainingPage";
import { shifted, today } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { ButtonLink } from "@/ui/controls/Button";
import { Segmented } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Section } from "@/ui/layout/Page";
import { t } from "./text";

const DAYS: Record<string, number> = { year: 364, years: 1095 };
/** The charts that come first; others follow. */
const FIRST = ["thresholds", "predictions", "vo2max"];
/** The sports of what is a pace, by the choice of a chart. */
const SPORTS: Record<string, string> = { threshold_speed_mps: "running", css_mps: "swimming" };

/** How thresholds, race predictions and VO2max went over the years. */
export function History() {
  const wish = usePreferences();
  const [{ range }, change] = useAddress({ range: "all" });
  const place = ({ key }: ChartInfo): number => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  const charts = useChartsOf("training-history").toSorted((one, other) => place(one) - place(other));
  const back = DAYS[range];
  const days = back === undefined ? {} : { from: shifted(today(wish.zone), -back) };
  return (
    <TrainingPage
      title={t("history.title")}
      at="history"
      actions={
        <Segmented
          name={t("history.range")}
          hideName
          value={range}
          onChange={(chosen) => {
            change({ range: chosen });
          }}
          options={[
            { value: "year", label: t("history.year") },
            { value: "years", label: t("history.years") },
            { value: "all", label: t("history.all") },
          ]}
        />
      }
    >
      {charts.map((info) => (
        <Chart key={info.key} info={info} days={days} />
      ))}
      <p className="mt-8 flex flex-wrap items-center gap-3 text-sm text-ink-2">
        {t("history.records")}
        <ButtonLink to={routes.records}>{t("nav.records")}</ButtonLink>
      </p>
    </TrainingPage>
  );
}

function Chart({ info, days }: { info: ChartInfo; days: { from?: string } }) {
  const options = info.choices.kind ?? [];
  const [kind, setKind] = useState(options[0] ?? "");
  const sport = SPORTS[kind];
  return (
    <Section
      title={info.title}
      id={info.key}
      actions={
        options.length > 0 && <Choice name={t("training.what")} value={kind} options={options} onChange={setKind} />
      }
    >
      <div className="card p-2">
        <ChartOf
          key={kind}
          chart={info.key}
          query={{ ...days, ...(kind !== "" && { kind }) }}
          title={info.title}
          {...(sport && { sport })}
          empty={info.key === "thresholds" ? <NoThreshold /> : t("history.empty")}
        />
      </div>
    </Section>
  );
}

function NoThreshold() {
  return (
    <span className="flex flex-col items-center gap-3">
      {t("history.thresholds_empty")}
      <ButtonLink to={routes.settings("athlete")}>{t("training.thresholds")}</ButtonLink>
    </span>
  );
}
