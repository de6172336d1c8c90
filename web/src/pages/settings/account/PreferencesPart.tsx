import { reason } from "@/api/client";
import { useChangePreferences, usePreferences } from "@/api/session";
import { LANGUAGES, ownName } from "@/lib/language";
import type { Preferences } from "@/lib/preferences";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Segmented, SelectField } from "@/ui/controls/Field";
import { sayError } from "@/ui/layout/Toasts";

type Choice = { [K in keyof Preferences]: Preferences[K] extends string ? K : never }[keyof Preferences];

/** How things look and are told; saved as they are chosen. */
export function PreferencesPart() {
  const wish = usePreferences();
  const change = useChangePreferences();
  const save = (changed: Partial<Preferences>): void => {
    change.mutate(changed, {
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  const choice = <K extends Choice>(
    key: K,
    name: string,
    options: { value: Preferences[K] & string; label: string }[],
  ) => (
    <Segmented
      name={name}
      value={wish[key] as Preferences[K] & string}
      options={options}
      onChange={(value) => {
        save({ [key]: value });
      }}
    />
  );
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Part title={t("settings.preferences")} lead={t("settings.preferences_lead")}>
      <div className="flex flex-col gap-5">
        {choice("theme", t("settings.theme"), [
          { value: "system", label: t("settings.theme_system") },
          { value: "light", label: t("settings.theme_light") },
          { value: "dark", label: t("settings.theme_dark") },
        ])}
        {choice("units", t("settings.units"), [
          { value: "metric", label: t("settings.units_metric") },
          { value: "imperial", label: t("settings.units_imperial") },
        ])}
        {choice("week_start", t("settings.week"), [
          { value: "monday", label: t("settings.monday") },
          { value: "sunday", label: t("settings.sunday") },
        ])}
        {choice("time_format", t("settings.time"), [
          { value: "24", label: t("settings.time_24") },
          { value: "12", label: t("settings.time_12") },
        ])}
        {choice("date_format", t("settings.date"), [
          { value: "auto", label: t("settings.browser_default") },
          { value: "iso", label: t("settings.date_iso") },
        ])}
        <div className="flex max-w-sm flex-col gap-5">
          <SelectField
            label={t("settings.language")}
            value={wish.language ?? ""}
            onChange={(event) => {
              save({ language: event.target.value || null });
            }}
          >
            <option value="">{t("settings.browser_default")}</option>
            {LANGUAGES.map((code) => (
              <option key={code} value={code} lang={code}>
                {ownName(code)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("settings.zone")}
            hint={t("settings.zone_hint")}
            value={wish.zone ?? ""}
            onChange={(event) => {
              save({ zone: event.target.value || null });
            }}
          >
            <option value="">{t("settings.zone_auto", { zone: here })}</option>
            {Intl.supportedValuesOf("timeZone").map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </SelectField>
        </div>
      </div>
    </Part>
  );
}
