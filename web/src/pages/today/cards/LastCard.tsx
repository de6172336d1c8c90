import { Link } from "react-router";

import { useMayEdit, usePreferences } from "@/api/session";
import type { Today } from "@/api/types";
import { effortValue, sizeName } from "@/lib/activity/records";
import { zoneColour } from "@/charts/roles";
import { clock, day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, duration, quantity } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { SportIcon } from "@/ui/pictures/Sport";
import { TrackPicture } from "@/ui/pictures/Track";
import { Told } from "@/ui/values/Measured";
import { Medal } from "@/ui/values/Medal";
import { t } from "@/pages/today/text";
import { Frame } from "./Frame";
import { Taps } from "./Taps";

type Last = NonNullable<Today["last"]>;

/** The newest activity: its track, figures, load, zones and medals, and how it felt. */
export function LastCard({ last }: { last: Today["last"] }) {
  const mayEdit = useMayEdit();
  return (
    <Frame of="last" {...(last && { to: routes.activity(last.id) })}>
      {last ? (
        <Shown last={last} />
      ) : (
        <div className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
          {t("last.none")}
          {mayEdit && <ButtonLink to={routes.import}>{t("activities.import")}</ButtonLink>}
        </div>
      )}
    </Frame>
  );
}

function Shown({ last }: { last: Last }) {
  const wish = usePreferences();
  const when = `${day(last.start_local, wish, "short")}, ${clock(last.start_local, wish)}`;
  return (
    <>
      <Link to={routes.activity(last.id)} className="flex min-w-0 gap-3 rounded-lg hover:bg-sunken/60">
        <TrackPicture thumb={last.thumb} sport={last.sport} width={112} height={88} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-lg font-semibold">{last.name}</span>
          <span className="flex items-center gap-1.5 text-sm text-ink-2">
            <SportIcon sport={last.sport} size={16} />
            {when}
          </span>
          <Figures last={last} />
        </span>
      </Link>
      {last.zones && <Zones zones={last.zones} />}
      {last.medals.length > 0 && (
        <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1.5 text-sm">
          {last.medals.map((medal) => (
            <li key={`${medal.what}${medal.kind}${medal.size}${medal.segment ?? ""}`}>
              <Link
                to={medal.segment === null ? routes.records : routes.segment(medal.segment)}
                className="touch inline-flex items-center gap-1.5 underline-offset-4 hover:underline"
              >
                <Medal rank={medal.rank} title={t("last.medal", { rank: medal.rank })} />
                {medal.name === null
                  ? `${sizeName(medal.kind, medal.size)} ${effortValue(medal.kind, medal.value, wish, last.sport)}`
                  : t("last.segment", { name: medal.name, time: duration(medal.value) })}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Taps key={last.id} last={last} />
    </>
  );
}

/** At most four figures that say most of it, and the load. */
function Figures({ last }: { last: Last }) {
  const wish = usePreferences();
  const { sport } = last;
  const time = { value: duration(last.moving_s ?? last.elapsed_s), unit: "" };
  const figures = [
    last.distance_m === null ? null : quantity("distance", last.distance_m, wish, sport),
    time,
    last.avg_speed_mps === null ? null : quantity("speed", last.avg_speed_mps, wish, sport),
    last.avg_power_w === null ? null : quantity("power", last.avg_power_w, wish),
    last.avg_hr_bpm === null ? null : quantity("heart_rate", last.avg_hr_bpm, wish),
  ].filter((one) => one !== null);
  return (
    <span className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-base font-semibold">
      {figures.slice(0, 4).map((figure) => (
        <Told key={figure.unit} {...figure} />
      ))}
      {last.load !== null && (
        <span data-testid="last-load">
          {decimal(last.load)} <span className="text-sm font-normal text-ink-2">{t("last.load")}</span>
        </span>
      )}
    </span>
  );
}

/** Time in zones as a strip, the easiest first. */
function Zones({ zones }: { zones: NonNullable<Last["zones"]> }) {
  const total = zones.seconds.reduce((sum, seconds) => sum + seconds, 0);
  if (total === 0) return null;
  const parts = zones.seconds.map((seconds, at) => ({ zone: at + 1, share: (100 * seconds) / total }));
  const words = parts.map(({ zone, share }) => t("last.zone", { zone, share: decimal(share) })).join(", ");
  return (
    <div
      role="img"
      aria-label={t("last.zones", { zones: words })}
      className="mt-3 flex h-3 gap-px overflow-hidden rounded"
    >
      {parts.map(({ zone, share }) => (
        <span
          key={zone}
          title={t("last.zone", { zone, share: decimal(share) })}
          style={{ width: `${share}%`, background: zoneColour(zone) }}
        />
      ))}
    </div>
  );
}
