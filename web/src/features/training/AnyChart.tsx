import { useState } from "react";

import type { ChartInfo } from "@/api/types";
import { ChartOf } from "@/charts/frames/ChartOf";
import { Section } from "@/ui/layout/Page";
import { Choice, SportChoice } from "./Choice";
import { t } from "./text";

interface Days {
  from?: string;
  to?: string;
}

/** A chart that this page knows only by what the server says of it. */
export function AnyChart({
  info,
  title = info.title,
  days,
  sport,
  families,
}: {
  info: ChartInfo;
  title?: string;
  days: Days;
  sport: string;
  families: string[];
}) {
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const ranged = info.asks.includes("since");
  const query = { ...(ranged && days), ...(info.asks.includes("sport") && sport !== "" && { sport }), ...chosen };
  return (
    <Section
      title={title}
      actions={
        <div className="flex flex-wrap gap-2">
          {Object.entries(info.choices).map(([name, options]) => (
            <Choice
              key={name}
              name={t(name === "by" ? "training.by" : "training.what")}
              value={chosen[name] ?? options[0] ?? ""}
              options={options}
              onChange={(value) => {
                setChosen({ ...chosen, [name]: value });
              }}
            />
          ))}
          {info.asks.includes("sport") && (
            <SportChoice
              value={chosen.sport ?? sport}
              families={families}
              onChange={(value) => {
                setChosen({ ...chosen, sport: value });
              }}
            />
          )}
        </div>
      }
    >
      <div className="card p-2">
        <ChartOf chart={info.key} query={query} title={title} />
      </div>
    </Section>
  );
}
