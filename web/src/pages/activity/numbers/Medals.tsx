import type { Tagged } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import type { Medal as MedalOf } from "@/api/types";
import type { Stretch } from "@/charts/channels/frame";
import { Refuse } from "@/features/Refuse";
import { effortPace, effortSpan, effortValue, sizeName } from "@/lib/activity/records";
import { showStretch } from "@/pages/activity/picture/stretch";
import { t } from "@/pages/activity/text";
import { Section } from "@/ui/layout/Page";
import { Medal } from "@/ui/values/Medal";

/** The best efforts of the activity that are among the three best of all time or of their year. */
export function Medals({
  medals,
  activity,
  onSelect,
}: {
  medals: MedalOf[];
  activity: Tagged;
  onSelect: (stretch: Stretch) => void;
}) {
  const wish = usePreferences();
  const { sport } = activity;
  const won = medals.filter(({ rank, rank_year }) => rank !== null || rank_year !== null);
  if (won.length === 0) return null;
  return (
    <Section title={t("medals.title")} id="medals">
      <ul className="flex flex-wrap gap-2">
        {won.map((medal) => {
          const { kind, size, value, rank, rank_year, year } = medal;
          const name = sizeName(kind, size);
          const [from, to] = effortSpan(kind, size, value, medal.start_s);
          const pace = effortPace(kind, size, value, wish, sport);
          return (
            <li key={`${kind} ${size}`} className="group card flex items-center hover:border-line-strong">
              <button
                type="button"
                onClick={() => {
                  showStretch(onSelect, { from, to });
                }}
                className="touch flex items-center gap-2.5 py-1.5 pr-1.5 pl-2.5 text-left"
              >
                <Medal
                  rank={rank ?? rank_year ?? 0}
                  title={
                    rank === null
                      ? t("medals.year", { size: name, rank: rank_year ?? 0, year })
                      : t("medals.ever", { size: name, rank })
                  }
                />
                <span>
                  <span className="label block">
                    {rank === null ? `${name} ${t("medals.in_year", { year })}` : name}
                  </span>
                  <span className="block text-sm">
                    <span className="font-semibold">{effortValue(kind, value, wish, sport)}</span>{" "}
                    {pace !== null && <span className="text-ink-2">{pace}</span>}
                  </span>
                </span>
              </button>
              <Refuse activity={activity.id} name={activity.name} quantity={medal.quantity} what={name} />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
