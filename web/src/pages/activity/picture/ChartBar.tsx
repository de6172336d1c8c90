import { usePreferences } from "@/api/session";
import { channelLook } from "@/lib/activity/channels";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Check, Pick, Segmented } from "@/ui/controls/Field";
import type { View } from "./view";

const SMOOTHINGS_S = [0, 5, 15, 30, 60];

/** How the charts are drawn: over what, how smooth, and which. */
export function ChartBar({
  channels,
  drawn,
  view,
  byDistance,
  change,
  refining,
  sport,
}: {
  channels: { key: string; unit: string }[];
  drawn: string[];
  view: View;
  byDistance: boolean;
  change: (changed: Partial<View>) => void;
  refining: boolean;
  sport: string;
}) {
  const wish = usePreferences();
  const toggle = (key: string, on: boolean): void => {
    change({ channels: on ? [...drawn, key] : drawn.filter((other) => other !== key) });
  };
  return (
    <div className="mb-2 flex min-h-9 flex-wrap items-center gap-2">
      {byDistance && (
        <Segmented
          name={t("chart.over")}
          hideName
          value={view.axis}
          onChange={(axis) => {
            change({ axis });
          }}
          options={[
            { value: "time", label: t("chart.time") },
            { value: "distance", label: t("chart.distance") },
          ]}
        />
      )}
      <Pick
        name={t("chart.smooth")}
        value={view.smoothing}
        onChange={(event) => {
          change({ smoothing: Number(event.target.value) });
        }}
      >
        {SMOOTHINGS_S.map((seconds) => (
          <option key={seconds} value={seconds}>
            {t("chart.smoothing", {
              amount: seconds === 0 ? t("chart.smooth_off") : t("chart.seconds", { count: seconds }),
            })}
          </option>
        ))}
      </Pick>
      <div className="relative">
        <Button popoverTarget="channels" icon="settings">
          {t("chart.channels")}
        </Button>
        <div
          id="channels"
          popover="auto"
          className="card anchored max-h-[70dvh] min-w-60 overflow-auto p-4 text-ink shadow-float"
        >
          <p className="mb-2 text-sm font-medium text-ink-2">{t("chart.choose")}</p>
          {channels.map(({ key, unit }) => (
            <Check
              key={key}
              label={channelLook(key, unit, wish, sport).label}
              checked={drawn.includes(key)}
              onChange={(event) => {
                toggle(key, event.target.checked);
              }}
            />
          ))}
        </div>
      </div>
      <span role="status" className="label ml-auto">
        {refining && t("chart.detail")}
      </span>
    </div>
  );
}
