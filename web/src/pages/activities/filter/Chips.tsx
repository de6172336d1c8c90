import type { FilterKey, Filters } from "@/api/activities/activities";
import { useGear } from "@/api/gear";
import { useRoutes } from "@/api/places/places";
import { usePreferences } from "@/api/session";
import { sportName } from "@/lib/activity/sports";
import { WORKOUT_TYPES, workoutTypeName } from "@/lib/activity/workouts";
import { day } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { duration, told } from "@/lib/units";
import { NO_FILTERS, onIn } from "@/pages/activities/filters";
import { t } from "@/pages/activities/text";
import { Button } from "@/ui/controls/Button";
import { Chip } from "@/ui/controls/Chip";
import { hasName } from "./FilterSheet";
import { SOURCE_FILE, sourceName } from "./names";

/** The filters that are on, each with a button that ends it. */
export function Chips({ filters, change }: { filters: Filters; change: (changed: Filters) => void }) {
  const wish = usePreferences();
  const { data: gear } = useGear();
  const courses = useRoutes();
  const names = new Map<string, string>([
    ...(gear?.items ?? []).map(({ id, name }): [string, string] => [id, name]),
    ...(courses.data ?? []).map(({ id, name }): [string, string] => [id, name]),
  ]);
  const on = onIn(filters).filter((key) => key !== "within" && !(key === "hidden" && filters.deleted));
  if (on.length === 0) return null;
  return (
    <ul aria-label={t("filter.on")} className="mt-2 flex flex-wrap items-center gap-1.5">
      {on.map((key) => {
        const text = textOf(key, filters, wish, names);
        return (
          <li key={key} className="max-w-full">
            <Chip
              name={t("filter.remove", { filter: text })}
              onRemove={() => {
                change({ [key]: "", ...(key === "near" && { within: "" }), ...(key === "deleted" && { hidden: "" }) });
              }}
            >
              {text}
            </Chip>
          </li>
        );
      })}
      <li>
        <Button
          kind="quiet"
          icon="close"
          onClick={() => {
            change(NO_FILTERS);
          }}
        >
          {t("activities.clear")}
        </Button>
      </li>
    </ul>
  );
}

function textOf(key: FilterKey, filters: Filters, wish: Preferences, names: ReadonlyMap<string, string>): string {
  const value = filters[key] ?? "";
  const metres = (): string => told("distance", Number(value), wish);
  switch (key) {
    case "sport":
      return sportName(value);
    case "gear":
      return value === "none" ? t("activities.no_gear") : (names.get(value) ?? t("activities.gear"));
    case "route":
      return names.get(value) ?? t("filter.route");
    case "from":
      return t("filter.since", { day: day(value, wish, "full") });
    case "to":
      return t("filter.until", { day: day(value, wish, "full") });
    case "text":
      return `“${value}”`;
    case "hidden":
      return value === "all" ? t("activities.show_all") : t("activities.show_hidden");
    case "deleted":
      return t("activities.show_deleted");
    case "tag":
      return value.replaceAll(",", ", ");
    case "workout_type": {
      const type = WORKOUT_TYPES.find((one) => one === value);
      return type === undefined ? `${t("workout.type")}: ${t("workout.none")}` : workoutTypeName(type);
    }
    case "source":
      return value === SOURCE_FILE ? t("filter.files") : sourceName(value);
    case "has":
      return value.split(",").map(hasName).join(", ");
    case "distance_from":
      return `≥ ${metres()}`;
    case "distance_to":
      return `≤ ${metres()}`;
    case "time_from":
      return `≥ ${duration(Number(value))}`;
    case "time_to":
      return `≤ ${duration(Number(value))}`;
    case "near":
      return t("filter.near", { distance: told("distance", Number(filters.within ?? "1000"), wish) });
    default:
      return value;
  }
}
