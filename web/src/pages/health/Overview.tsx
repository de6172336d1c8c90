import { useCallback, useState } from "react";

import { useHealthKinds, useHealthOverview } from "@/api/health";
import { useMayEdit, usePreferences } from "@/api/session";
import type { HealthOverview } from "@/api/types";
import { Arrange } from "@/features/Arrange";
import { DayBar, useDayOf } from "@/features/health/DayBar";
import { HealthPage } from "@/features/health/HealthPage";
import { NotesCard } from "@/features/health/NotesCard";
import { WeightEntry } from "@/features/health/WeightEntry";
import { soon, today } from "@/lib/dates";
import { ordered } from "@/lib/order";
import { routes } from "@/lib/routes";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Card } from "./Card";
import { LastNight } from "./LastNight";
import { Readiness } from "./Readiness";
import { t } from "./text";
import { Unusual } from "./Unusual";

const USUAL = { day: "" };

/** How the athlete is on a day: the night, readiness, every measure against what is usual, notes and weight. */
export function Overview() {
  const wish = usePreferences();
  const [{ day: named }, change] = useAddress(USUAL);
  const day = useDayOf(named);
  const { data, error, refetch } = useHealthOverview(day);
  const kinds = useHealthKinds();
  const now = today(wish.zone);
  const onDay = useCallback(
    (next: string) => {
      change({ day: next === now ? "" : next });
    },
    [change, now],
  );
  if (kinds.data?.length === 0 && data?.notes.length === 0) return <NothingYet day={day} />;
  return (
    <HealthPage title={t("overview.title")} at="overview" day={named}>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <DayBar day={day} onDay={onDay} />
        {data?.synced && (
          <p className="text-sm text-ink-2">{t("overview.synced", { when: soon(Date.parse(data.synced), wish) })}</p>
        )}
      </div>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-[40rem]" />
        </Waiting>
      ) : (
        <Content overview={data} day={day} />
      )}
    </HealthPage>
  );
}

function Content({ overview, day }: { overview: HealthOverview; day: string }) {
  const mayEdit = useMayEdit();
  const { health_cards: order, health_hidden: hidden } = usePreferences();
  const [arranging, setArranging] = useState(false);
  const shown = overview.cards.filter(({ key }) => !hidden.includes(key));
  const cards = ordered(shown, order, ({ key }) => key);
  const weight = overview.cards.find(({ key }) => key === "weight_kg");
  const last = weight?.spark.findLast((value) => value !== null) ?? null;
  return (
    <>
      <Unusual overview={overview} />
      <div className="grid gap-3 lg:grid-cols-2">
        <LastNight night={overview.night} day={day} />
        <Readiness overview={overview} />
      </div>
      <Section
        title={t("overview.measures")}
        id="measures"
        actions={
          <span className="flex gap-2">
            {overview.cards.length > 0 && (
              <Button
                onClick={() => {
                  setArranging(true);
                }}
              >
                {t("arrange.open")}
              </Button>
            )}
            <ButtonLink to={routes.measures}>{t("overview.all_measures")}</ButtonLink>
          </span>
        }
      >
        <ul className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-4">
          {cards.map((card) => (
            <li key={card.key}>
              <Card card={card} />
            </li>
          ))}
        </ul>
        {cards.length === 0 && overview.cards.length > 0 && (
          <p className="text-sm text-ink-2">{t("overview.all_hidden")}</p>
        )}
      </Section>
      {arranging && (
        <Arrange
          cards={overview.cards}
          order={order}
          hidden={hidden}
          preferences={({ order: cards, hidden: off }) => ({
            ...(cards && { health_cards: [...cards] }),
            ...(off && { health_hidden: [...off] }),
          })}
          onClose={() => {
            setArranging(false);
          }}
        />
      )}
      <div className="mt-6 grid items-start gap-3 lg:grid-cols-2">
        <NotesCard key={day} day={day} notes={overview.notes} />
        {mayEdit && (
          <section aria-labelledby="weight" className="card p-4">
            <h2 id="weight" className="mb-2 font-semibold">
              {t("overview.weight")}
            </h2>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <WeightEntry key={day} day={day} last={last} />
              <ButtonLink kind="quiet" to={routes.weight}>
                {t("overview.see_weight")}
              </ButtonLink>
            </div>
          </section>
        )}
      </div>
    </>
  );
}

/** Before anything was measured: what to do. */
function NothingYet({ day }: { day: string }) {
  const mayEdit = useMayEdit();
  return (
    <HealthPage title={t("overview.title")} at="overview">
      <div className="card">
        <Empty
          icon="health"
          title={t("overview.empty")}
          hint={t(mayEdit ? "overview.empty_hint" : "overview.empty_reader")}
        >
          {mayEdit && (
            <>
              <ButtonLink kind="primary" icon="sources" to={routes.sources}>
                {t("overview.connect")}
              </ButtonLink>
              <ButtonLink icon="import" to={routes.import}>
                {t("activities.import")}
              </ButtonLink>
              <div className="flex w-full justify-center">
                <WeightEntry day={day} last={null} />
              </div>
            </>
          )}
        </Empty>
      </div>
    </HealthPage>
  );
}
