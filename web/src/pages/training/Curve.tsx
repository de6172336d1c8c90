import type { ChartQuery } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import { ChartOf } from "@/charts/frames/ChartOf";
import { Choice, SportChoice } from "@/features/training/Choice";
import { curveKinds } from "@/lib/activity/curves";
import { humanise, sportOfFamily } from "@/lib/activity/sports";
import { today } from "@/lib/dates";
import { known } from "@/lib/text";
import { told, joined, quantityOf, scaleOfUnit } from "@/lib/units";
import { Pick } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";
import { otherDays, type Choices, type Days } from "./range";
import { t } from "./text";

/** The best over each duration in the period, against another period, and the model of power. */
export function CurveSection({
  choices,
  change,
  days,
  families,
  first,
}: {
  choices: Choices;
  change: (changed: Partial<Choices>) => void;
  days: Days;
  families: string[];
  /** Where all time begins. */
  first: string;
}) {
  const wish = usePreferences();
  const sport = choices.curveSport || choices.sport || (families[0] ?? "ride");
  const kinds = curveKinds(sport);
  const kind = kinds.includes(choices.curve) ? choices.curve : (kinds[0] ?? "power");
  const title = t("training.curve", { kind: known("choice", kind) ?? humanise(kind) });
  const other = otherDays(choices.other, days, today(wish.zone));
  const query: ChartQuery = {
    ...days,
    sport,
    kind,
    ...(days.from === undefined && { from: first }),
    ...(other?.from && { other_from: other.from }),
    ...(other?.to && { other_to: other.to }),
  };
  return (
    <Section
      title={title}
      id="curve"
      actions={
        <div className="flex flex-wrap gap-2">
          <SportChoice
            value={sport}
            families={families.length > 0 ? families : [sport]}
            all={false}
            onChange={(curveSport) => {
              change({ curveSport, curve: "" });
            }}
          />
          <Choice
            name={t("training.what")}
            value={kind}
            options={kinds}
            onChange={(curve) => {
              change({ curve });
            }}
          />
          <Pick
            name={t("training.compare")}
            value={choices.other}
            onChange={(event) => {
              change({ other: event.target.value });
            }}
          >
            <option value="none">{`${t("training.compare")}: ${t("training.compare_none")}`}</option>
            {days.from !== undefined && <option value="before">{t("training.compare_before")}</option>}
            {days.from !== undefined && <option value="year">{t("training.compare_year")}</option>}
            <option value="all">{t("training.compare_all")}</option>
          </Pick>
        </div>
      }
    >
      <div className="card p-2">
        <ChartOf
          chart="curve"
          query={query}
          title={title}
          sport={sportOfFamily(sport)}
          empty={t("training.curve_empty")}
        >
          {(frame) => <Model details={frame.details.model_3p ?? frame.details.model_2p} />}
        </ChartOf>
      </div>
    </Section>
  );
}

/** What the model of power says: what can be held, the work above it, and the most there is. */
function Model({ details }: { details: unknown }) {
  const wish = usePreferences();
  if (typeof details !== "object" || details === null) return null;
  const { cp, w_prime, p_max } = details as Record<string, unknown>;
  if (typeof cp !== "number" || typeof w_prime !== "number") return null;
  return (
    <dl className="mb-1 flex flex-wrap gap-x-6 px-2 pt-1 text-sm">
      <div className="flex gap-2">
        <dt className="text-ink-2">{t("training.cp")}</dt>
        <dd className="font-semibold">{told("power", cp, wish)}</dd>
      </div>
      <div className="flex gap-2">
        <dt className="text-ink-2">{t("training.w_prime")}</dt>
        <dd className="font-semibold">{joined(quantityOf(scaleOfUnit("J", 0, wish), w_prime))}</dd>
      </div>
      {typeof p_max === "number" && (
        <div className="flex gap-2">
          <dt className="text-ink-2">{t("training.p_max")}</dt>
          <dd className="font-semibold">{told("power", p_max, wish)}</dd>
        </div>
      )}
    </dl>
  );
}
