import { Link } from "react-router";

import { useHealthTrend } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthKind } from "@/api/types";
import { Spark } from "@/charts/health/trend/Spark";
import { shifted } from "@/lib/dates";
import { healthQuantity, healthScale } from "@/lib/health/values";
import { routes } from "@/lib/routes";
import { Section } from "@/ui/layout/Page";
import { Told } from "@/ui/values/Measured";
import { t } from "./text";

const DAYS = 90;
/** What scales say beside weight. */
const BODY = new Set([
  "bmi",
  "body_fat_pct",
  "body_water_pct",
  "bone_mass_kg",
  "muscle_mass_kg",
  "lean_mass_kg",
  "waist_cm",
]);

/** What else is measured of the body; nothing where it never was. */
export function BodyMeasures({ kinds, to }: { kinds: HealthKind[]; to: string }) {
  const there = kinds.filter(({ key }) => BODY.has(key));
  if (there.length === 0) return null;
  return (
    <Section title={t("weight.body")} id="body">
      <ul className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-4">
        {there.map((kind) => (
          <li key={kind.key}>
            <BodyMeasure kind={kind} to={to} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function BodyMeasure({ kind, to }: { kind: HealthKind; to: string }) {
  const wish = usePreferences();
  const { data } = useHealthTrend(kind.key, shifted(to, 1 - DAYS), to);
  const values = data?.days.map(({ value }) => value) ?? [];
  const scale = healthScale(kind, wish);
  return (
    <Link
      to={routes.measure(kind.key)}
      className="card flex flex-col gap-1 p-3.5 transition-colors hover:border-line-strong"
    >
      <span className="text-sm text-ink-2">{kind.name}</span>
      <span className="text-xl font-semibold">
        <Told {...healthQuantity(kind, values.at(-1), wish)} />
      </span>
      <Spark values={values} low={null} high={null} format={(value) => scale.format(scale.of(value))} />
    </Link>
  );
}
