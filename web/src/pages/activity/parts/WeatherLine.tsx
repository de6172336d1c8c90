import { useActivityWeather } from "@/api/places/weather";
import { usePreferences } from "@/api/session";
import { partsOf, SKIES, temperatures } from "@/pages/activity/parts/weather";
import { t } from "@/pages/activity/text";
import { Icon } from "@/ui/pictures/Icon";

/** How the weather was, in a line; nothing where nobody asked for it. */
export function WeatherLine({ activity }: { activity: string }) {
  const wish = usePreferences();
  const { data } = useActivityWeather(activity);
  if (data?.state === "waiting") return <p className="text-sm text-ink-2">{data.reason ?? t("weather.waiting")}</p>;
  if (!data?.weather) return null;
  const weather = data.weather;
  const sky = weather.sky === null ? null : SKIES[weather.sky];
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm" data-testid="weather">
      <span className="inline-flex items-center gap-1.5 font-medium">
        {sky && <Icon name={sky.icon} size={18} className="text-ink-2" />}
        {temperatures(weather, wish)}
      </span>
      <span className="text-ink-2">{partsOf(weather, wish).join(" · ")}</span>
      <a
        href="https://open-meteo.com/"
        target="_blank"
        rel="noreferrer"
        className="touch label underline-offset-2 hover:underline"
      >
        {t("weather.source", { provider: weather.provider })}
      </a>
    </p>
  );
}
