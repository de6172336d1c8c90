import type { ReactNode } from "react";
import { Link } from "react-router";

import { useHealthKinds } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthDay, HealthKind, HealthMeasure } from "@/api/types";
import { useOriginName } from "@/features/health/origins";
import { healthQuantity } from "@/lib/health/values";
import { routes } from "@/lib/routes";
import { known } from "@/lib/text";
import { joined, NOTHING } from "@/lib/units";
import { Table } from "@/ui/values/Table";
import { t } from "./text";

interface Row {
  kind: HealthKind;
  measure: HealthMeasure;
}

/** The measures of a day by group: each with what was used for it, and what other sources and devices say. */
export function MeasuresOfDay({ day }: { day: HealthDay }) {
  const { data = [] } = useHealthKinds();
  const rows = data.flatMap((kind): Row[] => {
    const measure = kind.derived ? undefined : day.measures[kind.key];
    return measure ? [{ kind, measure }] : [];
  });
  const groups = [...new Set(rows.map(({ kind }) => kind.group))];
  return (
    <div className="flex flex-col gap-4">
      {groups.map((group) => (
        <Group key={group} group={group} rows={rows.filter(({ kind }) => kind.group === group)} />
      ))}
    </div>
  );
}

function Group({ group, rows }: { group: string; rows: Row[] }) {
  const wish = usePreferences();
  const originName = useOriginName();
  const shown = (kind: HealthKind, value: number): string => joined(healthQuantity(kind, value, wish));
  const title = known("health_group", group) ?? group;
  /** The origins of the parts; of several, each with what it adds. */
  const used = ({ kind, measure }: Row): string => {
    const shares = measure.used.map(({ source, device, value }) => {
      const origin = originName(source, device);
      return measure.used.length === 1 ? origin : t("health_day.share", { value: shown(kind, value), origin });
    });
    return shares.join(", ");
  };
  /** What others say, which leads to the order that decides between them. */
  const others = ({ kind, measure }: Row): ReactNode => {
    const words = measure.alternatives.map(({ source, device, value }) =>
      t("health_day.share", { value: shown(kind, value), origin: originName(source, device) }),
    );
    if (words.length === 0) return NOTHING;
    return (
      <Link
        to={routes.healthSources(kind.key)}
        title={t("health_day.order_of", { measure: kind.name })}
        className="touch inline-flex items-center hover:underline"
      >
        {words.join(", ")}
      </Link>
    );
  };
  return (
    <div>
      <h3 className="mb-1.5 text-sm font-semibold text-ink-2">{title}</h3>
      <Table
        label={title}
        rows={rows}
        keyOf={({ kind }) => kind.key}
        columns={[
          { head: t("health_day.measure"), cell: ({ kind }) => <MeasureLink kind={kind} />, words: true },
          {
            head: t("health_day.value"),
            cell: ({ kind, measure }) => <span className="font-semibold">{shown(kind, measure.value)}</span>,
          },
          { head: t("health_day.used"), cell: used, words: true },
          { head: t("health_day.others"), cell: others, words: true },
        ]}
      />
    </div>
  );
}

function MeasureLink({ kind }: { kind: HealthKind }) {
  return (
    <Link to={routes.measure(kind.key)} className="touch inline-flex items-center text-accent hover:underline">
      {kind.name}
    </Link>
  );
}
