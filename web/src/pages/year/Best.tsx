import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { Records } from "@/api/types";
import { className, effortPace, effortSpan, effortValue, sizeName } from "@/lib/activity/records";
import { sportOfFamily } from "@/lib/activity/sports";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Pick } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";
import { t } from "./text";

/** The best effort of every size in the year. */
export function Best({ records, onClass }: { records: Records; onClass: (name: string) => void }) {
  const wish = usePreferences();
  const sport = sportOfFamily(records.name ?? "");
  const best = records.items.flatMap((item) => {
    const [effort] = item.efforts;
    return effort && item.kind !== "heart_rate" ? [{ item, effort }] : [];
  });
  return (
    <Section
      title={t("year.efforts")}
      id="best"
      actions={
        <Pick
          name={t("records.class")}
          value={records.name ?? ""}
          onChange={(event) => {
            onClass(event.target.value);
          }}
        >
          {records.classes.map(({ name }) => (
            <option key={name} value={name}>
              {className(name)}
            </option>
          ))}
        </Pick>
      }
    >
      {best.length === 0 ? (
        <p className="card px-4 py-6 text-center text-ink-2">{t("records.none_period")}</p>
      ) : (
        <ul className="card grid grid-cols-2 gap-px overflow-hidden md:grid-cols-3 lg:grid-cols-4">
          {best.map(({ item: { kind, size }, effort }) => {
            const [from, to] = effortSpan(kind, size, effort.value, effort.start_s);
            return (
              <li key={`${kind} ${size}`}>
                <Link to={routes.stretch(effort.activity, from, to)} className="block px-4 py-2 hover:bg-sunken/60">
                  <span className="label">{sizeName(kind, size)}</span>
                  <span className="flex flex-wrap items-baseline gap-x-2">
                    <span className="font-semibold">{effortValue(kind, effort.value, wish, sport)}</span>
                    <span className="text-sm text-ink-2">{effortPace(kind, size, effort.value, wish, sport)}</span>
                  </span>
                  <span className="label block truncate">
                    {[day(effort.day, wish, "plain"), effort.name].join(" · ")}
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
