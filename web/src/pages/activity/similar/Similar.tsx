import type { Tagged } from "@/api/activities/activities";
import { useSimilar } from "@/api/activities/beside";
import { FrameChart } from "@/charts/frames/FrameChart";
import { SimilarTable } from "@/features/similar/SimilarTable";
import { frameOf, line } from "@/lib/activity/efforts";
import type { FrameBody } from "@/lib/charts/frames";
import { routes } from "@/lib/routes";
import { many, t } from "@/pages/activity/text";
import { ButtonLink } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import type { SimilarActivity } from "@/api/types";

/** Fewer than so many are no trend. */
const TREND = 3;

/** Activities like this one: how fast each was over time, and a link that compares it with this one. */
export function Similar({ activity }: { activity: Tagged }) {
  const { data } = useSimilar(activity.id);
  if (!data) return null;
  const compare = (
    <ButtonLink to={routes.activityCompare(activity.id)} icon="compare">
      {t("similar.other")}
    </ButtonLink>
  );
  if (data.items.length === 0)
    return (
      <Section title={t("similar.title")} id="similar">
        <div className="card flex flex-wrap items-center justify-between gap-3 px-4 py-4">
          <p className="text-sm text-ink-2">{t("similar.none")}</p>
          {compare}
        </div>
      </Section>
    );
  const frame = trendOf(activity, data.items);
  return (
    <Section title={t("similar.title")} id="similar" actions={compare}>
      {data.same_route > 0 && (
        <p className="-mt-1.5 mb-2 text-sm text-ink-2">{many("similar.on_route", data.same_route)}</p>
      )}
      {frame && (
        <div className="card mb-3 p-2">
          <FrameChart frame={frame} title={t("similar.trend")} sport={activity.sport} height={140} />
        </div>
      )}
      <SimilarTable activity={activity.id} sport={activity.sport} items={data.items} />
    </Section>
  );
}

/** How fast each was, by day, and this one among them; null where too few are to show a trend. */
function trendOf(activity: Tagged, items: SimilarActivity[]): FrameBody | null {
  const own = {
    activity: activity.id,
    day: activity.start_local.slice(0, 10),
    avg_speed_mps: activity.avg_speed_mps,
  };
  const all = [own, ...items]
    .filter(({ avg_speed_mps }) => avg_speed_mps !== null)
    .sort((a, b) => a.day.localeCompare(b.day));
  if (all.length < TREND) return null;
  const x = { scale: "date" as const, unit: "", label: "", values: all.map(({ day }) => day) };
  const speeds = (mine: boolean) =>
    all.map((one) => ((one.activity === activity.id) === mine ? one.avg_speed_mps : null));
  const links = all.map((one) => (one.activity === activity.id ? null : one.activity));
  return frameOf("similar", t("similar.trend"), x, [
    line("best", t("similar.others"), "m/s", speeds(false), { style: "points", links }),
    line("other", t("similar.this"), "m/s", speeds(true), { style: "points" }),
  ]);
}
