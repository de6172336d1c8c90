import { reason } from "@/api/client";
import { useMayOwn, usePreferences } from "@/api/session";
import { useSetWeather, useWeatherSetting } from "@/api/places/weather";
import { instant } from "@/lib/dates";
import { Part } from "@/pages/settings/Part";
import { many, t } from "@/pages/settings/text";
import { Check } from "@/ui/controls/Field";
import { Failure } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";

/** Whether the weather is asked for, what its provider learns, and how that goes. */
export function WeatherPart() {
  const wish = usePreferences();
  const mayOwn = useMayOwn();
  const { data, error, refetch } = useWeatherSetting();
  const set = useSetWeather();
  return (
    <Part title={t("weather.title")} lead={t("weather.lead")}>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {data && (
        <>
          <Check
            label={t("weather.on")}
            checked={set.isPending ? set.variables : data.on}
            disabled={!mayOwn || set.isPending}
            onChange={(event) => {
              set.mutate(event.target.checked, {
                onError: (error) => {
                  sayError(reason(error));
                },
              });
            }}
          />
          {data.days > 0 && <p className="mt-1 text-sm text-ink-2">{many("weather.days", data.days)}</p>}
          {data.reason !== null && data.retry_at !== null && (
            <p className="mt-1 text-sm text-ink-2">
              {t("weather.retry", { reason: data.reason, when: instant(data.retry_at, wish) })}
            </p>
          )}
        </>
      )}
    </Part>
  );
}
