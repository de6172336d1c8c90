import { useState, type ReactNode } from "react";

import { useToday } from "@/api/numbers";
import { useMayEdit, usePreferences } from "@/api/session";
import type { Today as Document } from "@/api/types";
import { Arrange } from "@/features/Arrange";
import { TryDemo } from "@/features/TryDemo";
import { day as dayWords, soon } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { useMedia } from "@/ui/hooks/media";
import { Page } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { cardName, CARDS, columnsOf, type CardKey } from "./arranged";
import { BodyCard } from "./cards/BodyCard";
import { FitnessCard } from "./cards/FitnessCard";
import { LastCard } from "./cards/LastCard";
import { MemoriesCard, NewCard } from "./cards/NewCard";
import { NeedsCard } from "./cards/NeedsCard";
import { NextCard } from "./cards/NextCard";
import { WeekCard } from "./cards/WeekCard";
import { YearCard } from "./cards/YearCard";
import { Footer } from "./Footer";
import { Headline } from "./Headline";
import { t } from "./text";

/** Today at a glance: how am I, what did I do, what comes next, what needs me. */
export function Today() {
  const wish = usePreferences();
  const { data, error, refetch } = useToday();
  const [arranging, setArranging] = useState(false);
  return (
    <Page
      title={t("today.page")}
      actions={
        data && (
          <>
            <p className="self-center text-sm text-ink-2">
              {dayWords(data.day, wish, "short")} · {t("today.as_of", { time: soon(Date.parse(data.at), wish) })}
            </p>
            <Button
              onClick={() => {
                setArranging(true);
              }}
            >
              {t("arrange.open")}
            </Button>
          </>
        )
      }
    >
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Skeleton />
      ) : (
        <Content today={data} />
      )}
      {arranging && (
        <Arrange
          cards={CARDS.map(({ key }) => ({ key, name: cardName(key) }))}
          order={wish.today_cards}
          hidden={wish.today_hidden}
          preferences={({ order, hidden }) => ({
            ...(order && { today_cards: [...order] }),
            ...(hidden && { today_hidden: [...hidden] }),
          })}
          onClose={() => {
            setArranging(false);
          }}
        />
      )}
    </Page>
  );
}

function Content({ today }: { today: Document }) {
  const { today_cards: order, today_hidden: hidden } = usePreferences();
  const wide = useMedia("(min-width: 64rem)");
  const measured = today.health !== null && today.health.length > 0;
  if (today.activities === 0 && !measured) return <NothingYet needs={<NeedsCard needs={today.needs} />} />;
  const columns = columnsOf(order, hidden, wide);
  return (
    <>
      <Headline headline={today.headline} />
      {columns.every((keys) => keys.length === 0) ? (
        <p className="mt-4 text-sm text-ink-2">{t("today.all_hidden")}</p>
      ) : (
        <div className="mt-3 grid items-start gap-3 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
          {columns.map((keys, at) => (
            <div key={at} className="grid min-w-0 gap-3">
              {keys.map((key) => (
                <Card key={key} of={key} today={today} />
              ))}
            </div>
          ))}
        </div>
      )}
      <Footer footer={today.footer} />
    </>
  );
}

function Card({ of, today }: { of: CardKey; today: Document }) {
  switch (of) {
    case "body":
      return <BodyCard form={today.form} health={today.health} />;
    case "last":
      return <LastCard last={today.last} />;
    case "needs":
      return <NeedsCard needs={today.needs} />;
    case "week":
      return <WeekCard week={today.week} goals={today.goals} day={today.day} />;
    case "next":
      return <NextCard next={today.next} day={today.day} />;
    case "fitness":
      return <FitnessCard frame={today.fitness} />;
    case "year":
      return <YearCard year={today.year} />;
    case "new":
      return <NewCard things={today.new} />;
    case "memories":
      return <MemoriesCard memories={today.on_this_day} />;
  }
}

/** Before the first activity: what to do. */
function NothingYet({ needs }: { needs: ReactNode }) {
  const mayEdit = useMayEdit();
  return (
    <>
      {needs}
      <div className="card mt-3">
        <Empty icon="sun" title={t("today.empty")} hint={t(mayEdit ? "today.empty_hint" : "today.empty_reader")}>
          {mayEdit && (
            <>
              <ButtonLink kind="primary" icon="import" to={routes.import}>
                {t("activities.import")}
              </ButtonLink>
              <ButtonLink icon="sources" to={routes.sources}>
                {t("today.connect")}
              </ButtonLink>
              <TryDemo />
            </>
          )}
        </Empty>
      </div>
    </>
  );
}

/** The page in grey, about as it will be. */
function Skeleton() {
  return (
    <Waiting>
      <div className="skeleton h-14" />
      <div className="mt-3 grid items-start gap-3 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
        <div className="grid gap-3">
          <div className="skeleton h-56" />
          <div className="skeleton h-64" />
          <div className="skeleton h-96" />
        </div>
        <div className="grid gap-3 max-lg:hidden">
          <div className="skeleton h-40" />
          <div className="skeleton h-60" />
          <div className="skeleton h-40" />
        </div>
      </div>
    </Waiting>
  );
}
