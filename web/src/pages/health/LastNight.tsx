import { useNight } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthNight } from "@/api/types";
import { Hypnogram } from "@/charts/health/lanes/Hypnogram";
import { sourceName } from "@/features/health/origins";
import { StageSums } from "@/features/health/StageSums";
import { day as dayWords, today } from "@/lib/dates";
import { nightSpan } from "@/lib/health/night";
import { routes } from "@/lib/routes";
import { decimal, span } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { t } from "./text";

/** The night that ended on the day: from when to when, how long asleep, and its stages as a small picture. */
export function LastNight({ night, day }: { night: HealthNight | null; day: string }) {
  const wish = usePreferences();
  const title =
    day === today(wish.zone) ? t("overview.last_night") : t("overview.night_of", { day: dayWords(day, wish, "short") });
  return (
    <section aria-labelledby="night" className="card p-4">
      <header className="flex min-h-9 items-center justify-between gap-2">
        <h2 id="night" className="font-semibold">
          {title}
        </h2>
        {night && (
          <ButtonLink kind="quiet" to={routes.night(night.day)}>
            {t("overview.see_night")}
          </ButtonLink>
        )}
      </header>
      {night ? <Night night={night} /> : <p className="py-2 text-sm text-ink-2">{t("overview.no_night")}</p>}
    </section>
  );
}

function Night({ night }: { night: HealthNight }) {
  const wish = usePreferences();
  const { data } = useNight(night.day);
  const details = [nightSpan(night.start, night.end, wish)];
  if (night.score !== null)
    details.push(t("overview.score", { score: decimal(night.score), source: sourceName(night.source) }));
  if (night.naps_s !== null && night.naps_s > 0) details.push(t("overview.naps", { time: span(night.naps_s) }));
  return (
    <>
      <p>
        <span className="text-2xl font-semibold">{span(night.asleep_s)}</span>{" "}
        <span className="text-ink-2">{t("overview.asleep")}</span>
      </p>
      <p className="text-sm text-ink-2">{details.join(" · ")}</p>
      <div className="mt-3" style={{ minHeight: 56 }}>
        {data?.day === night.day && data.hypnogram.length > 0 && (
          <Hypnogram stages={data.hypnogram} start_ms={data.start_ms} end_ms={data.end_ms} rowHeight={14} />
        )}
      </div>
      <StageSums stages={night.stages} />
    </>
  );
}
