import type { ReactNode } from "react";
import { Link } from "react-router";

import { useChangePreferences, useMayEdit, usePreferences } from "@/api/session";
import type { HealthCard, Today } from "@/api/types";
import { BandMeter } from "@/charts/health/trend/BandMeter";
import { Spark } from "@/charts/health/trend/Spark";
import { bandName } from "@/lib/charts/frames";
import { healthQuantity, healthScale } from "@/lib/health/values";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { ButtonLink, IconButton } from "@/ui/controls/Button";
import { Told } from "@/ui/values/Measured";
import { t } from "@/pages/today/text";
import { Frame } from "./Frame";

/** What stands for the hint among the hidden cards. */
const HINT = "health_hint";
const whole = (value: number): string => decimal(value);
const signed = (value: number): string => `${value >= 0.5 ? "+" : ""}${decimal(value)}`;

/** Form and fitness, and the last night's measures, each against what is usual and with its last four weeks. */
export function BodyCard({ form, health }: { form: Today["form"]; health: Today["health"] }) {
  return (
    <Frame of="body" to={health === null ? routes.training : routes.health()}>
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {form && (
          <>
            <Tile
              to={routes.training}
              name={t("body.form")}
              value={signed(form.form)}
              note={bandName(zoneLabel(form.zone))}
            >
              <Spark values={form.form_spark} low={form.low} high={form.high} format={whole} />
            </Tile>
            <Tile
              to={routes.training}
              name={t("body.fitness")}
              value={decimal(form.fitness)}
              note={form.ramp === null ? "" : t("body.ramp", { points: signed(form.ramp) })}
            >
              <Spark values={form.fitness_spark} low={null} high={null} format={whole} />
            </Tile>
          </>
        )}
        {health?.map((card) => (
          <Measure key={card.key} card={card} />
        ))}
      </ul>
      {health?.length === 0 && <Hint />}
    </Frame>
  );
}

/** The grey zone is called so wherever it is drawn. */
const zoneLabel = (zone: string): string => (zone === "grey" ? "grey_zone" : zone);

function Tile({
  to,
  name,
  value,
  note,
  meter,
  children,
}: {
  to: string;
  name: string;
  value: ReactNode;
  note: string;
  meter?: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className="min-w-0">
      <Link to={to} className="flex h-full flex-col gap-1 rounded-lg bg-sunken/60 p-2.5 hover:bg-sunken">
        <span className="text-sm leading-snug text-ink-2">{name}</span>
        <span className="text-xl font-semibold">{value}</span>
        {meter}
        <span className="label">{note}</span>
        <span className="mt-auto pt-1">{children}</span>
      </Link>
    </li>
  );
}

function Measure({ card }: { card: HealthCard }) {
  const wish = usePreferences();
  const scale = healthScale(card, wish);
  const format = (value: number): string => scale.format(scale.of(value));
  const { value, low, high, position } = card;
  const usual =
    low !== null && high !== null ? t("body.usual", { low: format(low), high: format(high) }) : t("body.no_usual");
  return (
    <Tile
      to={routes.measure(card.key)}
      name={card.name}
      value={value === null ? t("body.no_value") : <Told {...healthQuantity(card, value, wish)} />}
      note={card.partial && value !== null ? t("body.so_far") : usual}
      meter={
        // A day that is not over is not held against whole days.
        position !== null && !card.partial && <BandMeter position={position} lowerIsBetter={card.lower_is_better} />
      }
    >
      <Spark values={card.spark} low={low} high={high} format={format} />
    </Tile>
  );
}

/** Where no night was ever measured: what would bring them, until it is dismissed. */
function Hint() {
  const { today_hidden: hidden } = usePreferences();
  const change = useChangePreferences();
  const mayEdit = useMayEdit();
  if (!mayEdit || hidden.includes(HINT)) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2 rounded-lg bg-accent-soft px-3 py-2 text-sm">
      <p className="min-w-0 flex-1 basis-60">{t("body.hint")}</p>
      <ButtonLink to={routes.sources}>{t("today.connect")}</ButtonLink>
      <IconButton
        name={t("body.dismiss")}
        icon="close"
        onClick={() => {
          change.mutate({ today_hidden: [...hidden, HINT] });
        }}
      />
    </div>
  );
}
