import { useMemo } from "react";

import { useHealthNotes } from "@/api/health";
import { useChart, useChartsOf } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import { ChartOf } from "@/charts/frames/ChartOf";
import { FitnessAhead } from "@/features/coach/FitnessAhead";
import { noteDays } from "@/features/health/notes";
import { AnyChart } from "@/features/training/AnyChart";
import { Choice, SportChoice } from "@/features/training/Choice";
import { TrainingPage } from "@/features/training/TrainingPage";
import { today } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { ButtonLink } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { Section } from "@/ui/layout/Page";
import { Empty } from "@/ui/layout/States";
import { CurveSection } from "./Curve";
import { daysOf, USUAL, usualRange, type Choices, withAhead, type Days } from "./range";
import { RangePick } from "./RangePick";
import { t } from "./text";
import { Today } from "./Today";

/** The charts that have a section of their own with controls of their own. */
const OWN = new Set(["fitness", "volume", "years", "zones", "curve"]);
/** Before anybody recorded anything. */
const FIRST = "1970-01-01";
/** Before anybody noted anything. */
const FIRST_NOTE = "1990-01-01";
/** The notes that explain a gap in training. */
const SETBACKS = new Set(["ill", "injured", "travel"]);
const KINDS = ["time", "distance", "ascent", "load", "count"];
const ZONES = ["heart_rate", "power", "pace", "split"];

/** Where training stands and how it went: fitness and form, volume, zones, curves, and every other chart there is. */
export function Training() {
  const wish = usePreferences();
  const [chosen, change] = useAddress(USUAL);
  const whole = useChart("volume", { kind: "time", by: "month" });
  const choices = { ...chosen, range: chosen.range || usualRange(whole.data, today(wish.zone)) };
  const days = daysOf(choices, wish.zone);
  const families = whole.data?.lines.map(({ key }) => key) ?? [];
  const others = useChartsOf("training").filter(({ key }) => !OWN.has(key));
  if (whole.data && families.length === 0) return <NothingYet />;
  const part = { choices, change, days, families };
  return (
    <TrainingPage
      title={t("training.title")}
      at="overview"
      actions={
        <>
          <ButtonLink to={routes.settings("athlete")}>{t("training.thresholds")}</ButtonLink>
          <ButtonLink to={routes.year(Number(today(wish.zone).slice(0, 4)))}>
            {t("training.review", { year: today(wish.zone).slice(0, 4) })}
          </ButtonLink>
        </>
      }
    >
      <div className="top-0 z-10 -mx-1 mb-4 flex flex-wrap items-center gap-2 bg-ground px-1 py-2 md:sticky">
        <RangePick choices={choices} change={change} />
        <SportChoice
          value={choices.sport}
          families={families}
          onChange={(sport) => {
            change({ sport, curveSport: "", curve: "" });
          }}
        />
      </div>
      <Today sport={choices.sport} />
      <Fitness choices={choices} days={days} />
      <Volume {...part} />
      <Zones {...part} />
      <CurveSection {...part} first={String(whole.data?.x.values[0] ?? FIRST)} />
      {others.map((info) => (
        <AnyChart key={info.key} info={info} days={days} sport={choices.sport} families={families} />
      ))}
    </TrainingPage>
  );
}

/** Fitness, fatigue and form, where the plan leads, and the days on which the athlete was ill, injured or away. */
function Fitness({ choices, days }: { choices: Choices; days: Days }) {
  const wish = usePreferences();
  const notes = useHealthNotes(days.from ?? FIRST_NOTE, days.to ?? today(wish.zone)).data;
  const marks = useMemo(() => noteDays(notes?.filter(({ kind }) => SETBACKS.has(kind)) ?? []), [notes]);
  return (
    <Section title={t("training.fitness")} id="fitness">
      <div className="card p-2">
        <FitnessAhead
          query={{ ...withAhead(days, today(wish.zone)), ...sportOf(choices) }}
          title={t("training.fitness")}
          empty={t("training.fitness_empty")}
          marks={marks}
        />
      </div>
    </Section>
  );
}

interface PartProps {
  choices: Choices;
  change: (changed: Partial<Choices>) => void;
  days: Days;
}

const sportOf = ({ sport }: Choices): { sport?: string } => (sport ? { sport } : {});

function NothingYet() {
  return (
    <TrainingPage title={t("training.title")} at="overview">
      <div className="card">
        <Empty icon="training" title={t("training.none")} hint={t("training.none_hint")}>
          <ButtonLink kind="primary" icon="import" to={routes.import}>
            {t("activities.import")}
          </ButtonLink>
        </Empty>
      </div>
    </TrainingPage>
  );
}

/** How much was done, period by period, and this year against the last ones. */
function Volume({ choices, change, days }: PartProps) {
  const { kind, by } = choices;
  return (
    <>
      <Section
        title={t("training.volume")}
        id="volume"
        actions={
          <div className="flex flex-wrap gap-2">
            <Choice
              name={t("training.what")}
              value={kind}
              options={KINDS}
              onChange={(chosen) => {
                change({ kind: chosen });
              }}
            />
            <Choice
              name={t("training.by")}
              value={by}
              options={["week", "month", "year"]}
              onChange={(chosen) => {
                change({ by: chosen });
              }}
            />
          </div>
        }
      >
        <div className="card p-2">
          <ChartOf
            key={`${kind} ${by}`}
            chart="volume"
            query={{ ...days, ...sportOf(choices), kind, by }}
            title={t("training.volume")}
          />
        </div>
      </Section>
      <Section title={t("training.years")} id="years">
        <div className="card p-2">
          <ChartOf key={kind} chart="years" query={{ ...sportOf(choices), kind }} title={t("training.years")} />
        </div>
      </Section>
    </>
  );
}

function Zones({ choices, change, days }: PartProps) {
  const { zones, zonesBy } = choices;
  return (
    <Section
      title={t("training.zones")}
      id="zones"
      actions={
        <div className="flex flex-wrap gap-2">
          <Choice
            name={t("training.what")}
            value={zones}
            options={ZONES}
            onChange={(chosen) => {
              change({ zones: chosen });
            }}
          />
          <Choice
            name={t("training.by")}
            value={zonesBy}
            options={["week", "month", "year", "all"]}
            onChange={(chosen) => {
              change({ zonesBy: chosen });
            }}
          />
        </div>
      }
    >
      <div className="card p-2">
        <ChartOf
          key={`${zones} ${zonesBy}`}
          chart="zones"
          query={{ ...days, ...sportOf(choices), kind: zones, by: zonesBy }}
          title={t("training.zones")}
          empty={t("training.zones_empty")}
        />
      </div>
    </Section>
  );
}
