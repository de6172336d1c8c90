import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useChangeRoute, type PlannedRoute, type RouteParameters } from "@/api/coach/plannedRoutes";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField, TextField } from "@/ui/controls/Field";
import { say, sayError } from "@/ui/layout/Toasts";
import { sportWords } from "./looks";
import { t } from "./text";

type NumberKey = "rider_kg" | "bike_kg" | "load_kg" | "cda" | "crr" | "wind_mps" | "wind_from_deg" | "temperature_c"
  | "intensity_pct" | "circumference_m" | "cadence_rpm"; // prettier-ignore
type Fields = Record<NumberKey | "position" | "surface" | "chainrings" | "cassette", string>;

const NUMBERS: [key: NumberKey, least: number, most: number][] = [
  ["rider_kg", 20, 300],
  ["bike_kg", 2, 60],
  ["load_kg", 0, 80],
  ["cda", 0.1, 1.5],
  ["crr", 0.001, 0.05],
  ["wind_mps", 0, 25],
  ["wind_from_deg", 0, 360],
  ["temperature_c", -30, 50],
  ["intensity_pct", 30, 130],
  ["circumference_m", 0.8, 2.6],
  ["cadence_rpm", 30, 120],
];
const LABELS = {
  rider_kg: "planned.rider_kg",
  bike_kg: "planned.bike_kg",
  load_kg: "planned.load_kg",
  cda: "planned.cda",
  crr: "planned.crr",
  wind_mps: "planned.wind_mps",
  wind_from_deg: "planned.wind_from_deg",
  temperature_c: "planned.temperature_c",
  intensity_pct: "planned.intensity_pct",
  circumference_m: "planned.circumference_m",
  cadence_rpm: "planned.cadence_rpm",
} as const;
const POSITIONS = {
  tops: "planned.tops",
  hoods: "planned.hoods",
  drops: "planned.drops",
  aero: "planned.aero",
} as const;
const SURFACES = { road: "planned.road", gravel: "planned.gravel", mtb: "planned.mtb" } as const;

/** What the estimate of a route is made with; what is left empty has its usual value. */
export function EstimateDialog({ route, onClose }: { route: PlannedRoute; onClose: () => void }) {
  const change = useChangeRoute();
  const { id, parameters, conditions, sport: before } = route;
  const [sport, setSport] = useState(before);
  const [typed, setTyped] = useState<Fields>(() => fieldsOf(parameters));
  const set = (key: keyof Fields) => (event: { target: { value: string } }) => {
    setTyped((now) => ({ ...now, [key]: event.target.value }));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate(
      { id, change: { sport, parameters: parametersOf(typed) } },
      {
        onSuccess: () => {
          say(t("planned.parameters_saved"), () => {
            change.mutate({ id, change: { sport: before, parameters } });
          });
          onClose();
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  const usual = (value: string): string => t("planned.usual", { value });
  return (
    <Dialog title={t("planned.parameters")} onClose={onClose} wide>
      <form onSubmit={submit} className="grid gap-4">
        <p className="text-sm text-ink-2">{t("planned.parameters_hint")}</p>
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <SelectField
            label={t("planned.sport")}
            value={sport}
            onChange={(event) => {
              setSport(event.target.value as PlannedRoute["sport"]);
            }}
          >
            {(["ride", "run", "hike"] as const).map((one) => (
              <option key={one} value={one}>
                {sportWords(one)}
              </option>
            ))}
          </SelectField>
          {sport === "ride" && (
            <>
              <SelectField label={t("planned.position")} value={typed.position} onChange={set("position")}>
                <option value="">{usual(t(POSITIONS.hoods))}</option>
                {Object.entries(POSITIONS).map(([key, words]) => (
                  <option key={key} value={key}>
                    {t(words)}
                  </option>
                ))}
              </SelectField>
              <SelectField label={t("planned.surface")} value={typed.surface} onChange={set("surface")}>
                <option value="">{usual(t(SURFACES.road))}</option>
                {Object.entries(SURFACES).map(([key, words]) => (
                  <option key={key} value={key}>
                    {t(words)}
                  </option>
                ))}
              </SelectField>
              {(["chainrings", "cassette"] as const).map((key) => (
                <TextField
                  key={key}
                  label={t(key === "chainrings" ? "planned.chainrings" : "planned.cassette")}
                  hint={t("planned.teeth_hint")}
                  inputMode="numeric"
                  pattern="[0-9 ,]*"
                  value={typed[key]}
                  onChange={set(key)}
                />
              ))}
            </>
          )}
          {NUMBERS.filter(([key]) => sport === "ride" || (sport === "run" && key === "intensity_pct")).map(
            ([key, least, most]) => (
              <TextField
                key={key}
                label={t(LABELS[key])}
                type="number"
                inputMode="decimal"
                step="any"
                min={least}
                max={most}
                placeholder={conditions[key] === null ? t("planned.by_duration") : String(conditions[key])}
                value={typed[key]}
                onChange={set(key)}
              />
            ),
          )}
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("planned.cancel")}</Button>
          <Button kind="primary" type="submit" busy={change.isPending}>
            {t("planned.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function fieldsOf(parameters: PlannedRoute["parameters"]): Fields {
  const number = (key: NumberKey): string => (parameters[key] === undefined ? "" : String(parameters[key]));
  const numbers = Object.fromEntries(NUMBERS.map(([key]) => [key, number(key)])) as Record<NumberKey, string>;
  return {
    ...numbers,
    position: parameters.position ?? "",
    surface: parameters.surface ?? "",
    chainrings: parameters.chainrings?.join(" ") ?? "",
    cassette: parameters.cassette?.join(" ") ?? "",
  };
}

function parametersOf(typed: Fields): RouteParameters {
  const numbers = Object.fromEntries(
    NUMBERS.map(([key]) => [key, typed[key].trim() === "" ? null : Number(typed[key])]),
  ) as Record<NumberKey, number | null>;
  const teeth = (text: string): number[] | null => {
    const found = text.split(/[ ,]+/).filter(Boolean).map(Number);
    return found.length > 0 ? found : null;
  };
  return {
    ...numbers,
    position: (typed.position || null) as RouteParameters["position"],
    surface: (typed.surface || null) as RouteParameters["surface"],
    chainrings: teeth(typed.chainrings),
    cassette: teeth(typed.cassette),
  } as RouteParameters;
}
