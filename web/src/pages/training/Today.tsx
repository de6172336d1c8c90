import { useChart } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import { bandName, bandOf, newest } from "@/lib/charts/frames";
import { shifted, today } from "@/lib/dates";
import { alsoKnownAs } from "@/lib/text";
import { decimal, NOTHING } from "@/lib/units";
import { Also } from "@/ui/values/Also";
import { t } from "./text";

const DAYS = 14;
const WEEK = 7;
/** Keeps the place of a line that is not known yet. */
const BLANK = "\u00a0";

/** Where the athlete stands today: fitness, fatigue, form and the word for it, and how fast fitness changes. */
export function Today({ sport }: { sport: string }) {
  const wish = usePreferences();
  const { data } = useChart("fitness", { from: shifted(today(wish.zone), -DAYS), ...(sport && { sport }) });
  const fitness = data?.lines.find(({ key }) => key === "fitness")?.values ?? [];
  const [now, before] = [fitness.at(-1), fitness.at(-1 - WEEK)];
  const ramp = typeof now === "number" && typeof before === "number" ? now - before : null;
  const form = data ? newest(data, "form") : null;
  const band = data && bandOf(data.bands, "right", form);
  const tiles: [key: string, name: string, value: number | null, hint: string, signed: boolean][] = [
    ["fitness", t("line.fitness"), data ? newest(data, "fitness") : null, t("training.fitness_hint"), false],
    ["fatigue", t("line.fatigue"), data ? newest(data, "fatigue") : null, t("training.fatigue_hint"), false],
    ["form", t("line.form"), form, band ? bandName(band.label) : BLANK, true],
    ["ramp", t("training.ramp"), ramp, t("training.ramp_hint"), true],
  ];
  return (
    <dl aria-label={t("training.today")} aria-busy={!data} className="card grid grid-cols-2 p-1 md:grid-cols-4">
      {tiles.map(([key, name, value, hint, signed]) => (
        <div key={key} className="px-3 py-2">
          <dt className="label">
            {name} <Also names={alsoKnownAs(key)} />
          </dt>
          <dd className="text-xl font-semibold">
            {!data
              ? BLANK
              : value === null
                ? NOTHING
                : `${signed && value > 0.05 ? "+" : ""}${decimal(value, signed ? 1 : 0)}`}
          </dd>
          <dd className="text-sm text-ink-2">{hint}</dd>
        </div>
      ))}
    </dl>
  );
}
