import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import { useMilestones, type Milestone, type MilestoneAhead } from "@/api/training/history";
import { SportChoice } from "@/features/training/Choice";
import { TrainingPage } from "@/features/training/TrainingPage";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { ButtonLink } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Icon } from "@/ui/pictures/Icon";
import { Meter } from "@/ui/values/Meter";
import { t } from "./text";
import { leftOf, milestoneName } from "./words";

const ICONS: Record<string, string> = {
  activities: "activities",
  distance: "route",
  year_distance: "calendar",
  longest: "flag",
  highest_climb: "training",
  everests: "training",
  time: "target",
  streak: "check",
};

/** What was reached for the first time, year by year, and what is ahead. */
export function Milestones() {
  const { data, error, refetch } = useMilestones();
  const [{ sport }, change] = useAddress({ sport: "" });
  const families = [...new Set(data?.items.flatMap((one) => one.sport ?? []))].sort();
  const shown = (one: { sport: string | null }): boolean => sport === "" || one.sport === sport;
  const items = data?.items.filter(shown) ?? [];
  const years = [...new Set(items.map((one) => one.day.slice(0, 4)))];
  return (
    <TrainingPage
      title={t("milestones.title")}
      at="milestones"
      {...(families.length > 0 && {
        actions: (
          <SportChoice
            value={sport}
            families={families}
            onChange={(chosen) => {
              change({ sport: chosen });
            }}
          />
        ),
      })}
    >
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      ) : data.items.length === 0 ? (
        <div className="card">
          <Empty icon="records" title={t("milestones.none")} hint={t("milestones.none_hint")}>
            <ButtonLink kind="primary" icon="import" to={routes.import}>
              {t("activities.import")}
            </ButtonLink>
          </Empty>
        </div>
      ) : (
        <>
          <Ahead items={data.ahead.filter(shown)} />
          {years.map((year) => (
            <Section key={year} title={year} id={`milestones-${year}`}>
              <ul className="card divide-y divide-line">
                {items
                  .filter((one) => one.day.startsWith(year))
                  .map((one) => (
                    <Row key={[one.kind, one.value, one.sport, one.year].join(" ")} one={one} />
                  ))}
              </ul>
            </Section>
          ))}
        </>
      )}
    </TrainingPage>
  );
}

function Ahead({ items }: { items: MilestoneAhead[] }) {
  const wish = usePreferences();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="milestones-ahead">
      <h2 id="milestones-ahead" className="mb-2.5 text-lg font-semibold">
        {t("milestones.ahead")}
      </h2>
      <ul className="card grid gap-x-8 px-4 py-2 md:grid-cols-2">
        {items.slice(0, 6).map((one) => {
          const name = milestoneName(one, wish);
          return (
            <li key={[one.kind, one.sport, one.year].join(" ")} className="py-2">
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-medium">{name}</span>
                <span className="text-sm text-ink-2">{leftOf(one, wish)}</span>
              </span>
              <Meter value={one.done} max={one.value} label={name} className="mt-1.5" />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Row({ one }: { one: Milestone }) {
  const wish = usePreferences();
  return (
    <li>
      <Link
        to={routes.activity(one.activity)}
        className="flex min-h-11 items-center gap-3 px-4 py-2 hover:bg-sunken/60"
      >
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-accent">
          <Icon name={ICONS[one.kind] ?? "records"} size={18} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{milestoneName(one, wish)}</span>
          <span className="label block truncate">{[day(one.day, wish, "plain"), one.name].join(" · ")}</span>
        </span>
      </Link>
    </li>
  );
}
