import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { Records } from "@/api/types";
import { totalValue } from "@/lib/activity/records";
import { humanise } from "@/lib/activity/sports";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { known, t } from "@/lib/text";
import { Section } from "@/ui/layout/Page";
import { Refuse } from "./Refuse";

/** The activities with the most of each figure. */
export function Totals({ records }: { records: Records }) {
  const wish = usePreferences();
  if (records.totals.length === 0) return null;
  return (
    <Section title={t("records.totals")}>
      <ul className="card grid grid-cols-2 gap-px overflow-hidden lg:grid-cols-4">
        {records.totals.map((total) => (
          <li key={total.key} className="group relative">
            <Link to={routes.activity(total.activity)} className="block px-4 py-2.5 hover:bg-sunken/60">
              <span className="label">{known("record", total.key) ?? humanise(total.key)}</span>
              <span className="block text-lg font-semibold">
                {totalValue(total.unit, total.value, wish, records.name ?? "")}
              </span>
              <span className="label block truncate">{[day(total.day, wish, "plain"), total.name].join(" · ")}</span>
            </Link>
            <Refuse
              activity={total.activity}
              name={total.name}
              quantity={total.quantity}
              what={known("record", total.key) ?? humanise(total.key)}
              className="absolute top-1/2 right-1 -translate-y-1/2"
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
