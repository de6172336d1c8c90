import { usePreferences } from "@/api/session";
import type { ComparedSource, OnlyThere } from "@/api/types";
import { OutLink } from "@/features/Provenance";
import { sportName } from "@/lib/activity/sports";
import { day } from "@/lib/dates";
import { duration, told } from "@/lib/units";
import { Section } from "@/ui/layout/Page";
import { SportIcon } from "@/ui/pictures/Sport";
import { t, type Plain } from "./text";

const STATES: Record<string, Plain> = {
  wanted: "compare.state_wanted",
  failed: "compare.state_failed",
  have: "compare.state_have",
};

/** What sources have of the month and is not here. */
export function Others({ others, sources }: { others: OnlyThere[]; sources: ComparedSource[] }) {
  const wish = usePreferences();
  const names = new Map(sources.map(({ connection, name }) => [connection, name]));
  return (
    <Section title={t("compare.others")}>
      <p className="-mt-1 mb-3 text-sm text-ink-2">{t("compare.others_hint")}</p>
      <ul className="card divide-y divide-line" data-testid="others">
        {others.map((one) => (
          <li
            key={`${one.connection} ${one.key}`}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm"
          >
            <span className="flex min-w-0 flex-1 basis-52 items-center gap-2">
              <SportIcon sport={one.sport ?? "generic"} size={18} />
              <span className="truncate font-medium">{one.name ?? sportName(one.sport ?? "generic")}</span>
            </span>
            <span className="text-ink-2">
              {[
                day(one.day, wish, "short"),
                ...(one.elapsed_s === null ? [] : [duration(one.elapsed_s)]),
                ...(one.distance_m === null ? [] : [told("distance", one.distance_m, wish, one.sport ?? undefined)]),
              ].join(" · ")}
            </span>
            <span className="text-ink-3">{t(STATES[one.state] ?? "compare.state_other")}</span>
            <OutLink url={one.url} name={names.get(one.connection) ?? one.source} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
