import type { HeatState } from "@/api/types";
import { familyName } from "@/lib/charts/frames";
import { known } from "@/lib/text";
import { Check, Pick, Segmented } from "@/ui/controls/Field";
import type { Choices } from "./choices";
import { t } from "./text";

const DATE = "touch rounded-lg border border-line bg-surface px-2 py-1.5 text-sm hover:border-line-strong";
/** The colours of the heat map from once to often, as the server draws them. */
const HEAT =
  "linear-gradient(to right, rgb(62 74 214), rgb(132 78 208), rgb(190 86 160), rgb(226 102 92), rgb(242 " +
  "132 44), rgb(250 162 20))";

/** What the map is narrowed to, and what is drawn on it. */
export function Bar({
  heat,
  choices,
  change,
}: {
  heat: HeatState;
  choices: Choices;
  change: (changed: Partial<Choices>) => void;
}) {
  const { sport, from, to, tiles } = choices;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Pick
        name={t("activities.sport")}
        value={sport}
        onChange={(event) => {
          change({ sport: event.target.value });
        }}
      >
        <option value="">{t("activities.all_sports")}</option>
        {heat.families.map((family) => (
          <option key={family} value={family}>
            {known("family", family) ?? familyName(family)}
          </option>
        ))}
      </Pick>
      <Period years={heat.years} from={from} to={to} change={change} />
      <Segmented
        name={t("places.tiles")}
        hideName
        value={tiles}
        onChange={(wanted) => {
          change({ tiles: wanted });
        }}
        options={[
          { value: "none", label: t("places.tiles_none_short") },
          { value: "14", label: t("places.tiles_14") },
          { value: "17", label: t("places.tiles_17") },
        ]}
      />
      <Check
        label={t("places.heat")}
        checked={choices.heat === "on"}
        onChange={(event) => {
          change({ heat: event.target.checked ? "on" : "off" });
        }}
      />
      {tiles !== "none" && (
        <Check
          label={t("places.square")}
          checked={choices.square === "on"}
          onChange={(event) => {
            change({ square: event.target.checked ? "on" : "off" });
          }}
        />
      )}
    </div>
  );
}

function Period({
  years,
  from,
  to,
  change,
}: {
  years: number[];
  from: string;
  to: string;
  change: (changed: Partial<Choices>) => void;
}) {
  const year = years.find((one) => from === `${one}-01-01` && to === `${one}-12-31`);
  const custom = year === undefined && (from !== "" || to !== "");
  const choose = (value: string): void => {
    if (value === "all") change({ from: "", to: "" });
    else if (value === "custom") change({ from: `${years[0] ?? 2000}-01-01`, to: "" });
    else change({ from: `${value}-01-01`, to: `${value}-12-31` });
  };
  return (
    <>
      <Pick
        name={t("activities.period")}
        value={custom ? "custom" : (year ?? "all")}
        onChange={(event) => {
          choose(event.target.value);
        }}
      >
        <option value="all">{t("activities.all_time")}</option>
        {years.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
        <option value="custom">{t("activities.custom")}</option>
      </Pick>
      {custom && (
        <span className="flex items-center gap-1.5">
          <input
            type="date"
            aria-label={t("activities.from")}
            value={from}
            max={to || undefined}
            className={DATE}
            onChange={(event) => {
              change({ from: event.target.value });
            }}
          />
          <span aria-hidden="true">–</span>
          <input
            type="date"
            aria-label={t("activities.to")}
            value={to}
            min={from || undefined}
            className={DATE}
            onChange={(event) => {
              change({ to: event.target.value });
            }}
          />
        </span>
      )}
    </>
  );
}

/** What the colours mean. */
export function Legend({ heat, tiles, square }: { heat: boolean; tiles: boolean; square: boolean }) {
  return (
    <ul
      aria-label={t("places.legend")}
      className="mt-2 flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-2"
    >
      {heat && (
        <li className="flex items-center gap-1.5">
          <span>{t("places.seldom")}</span>
          <span aria-hidden="true" className="h-2 w-24 rounded-full" style={{ background: HEAT }} />
          <span>{t("places.often")}</span>
        </li>
      )}
      {tiles && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-3.5 border border-accent bg-accent/20" />
          {t("places.visited")}
        </li>
      )}
      {tiles && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-3.5 border border-accent bg-accent/45" />
          {t("places.in_cluster")}
        </li>
      )}
      {square && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" data-tone="run" className="size-3.5 border-2 border-(--tone)" />
          {t("places.square")}
        </li>
      )}
    </ul>
  );
}
