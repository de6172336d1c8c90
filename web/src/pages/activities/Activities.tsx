import { useEffect, useMemo, useRef, useState } from "react";

import { useActivities, useSummary, type Filters } from "@/api/activities/activities";
import { useAthlete, useMayEdit, usePreferences } from "@/api/session";
import { TryDemo } from "@/features/TryDemo";
import { routes } from "@/lib/routes";
import { decimal, span, told } from "@/lib/units";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { useNarrow } from "@/ui/hooks/media";
import { Page } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { AddDialog } from "./AddDialog";
import { DemoLine } from "./DemoLine";
import { FilterBar } from "./filter/FilterBar";
import { NEWEST, NO_FILTERS, onIn, useFilters } from "./filters";
import { WaitingRow } from "./list/ActivityRow";
import { chosenColumns } from "./list/columns";
import { Heads } from "./list/Heads";
import { List } from "./list/List";
import { BulkBar } from "./select/BulkBar";
import { useSelection } from "./select/selection";
import { Shortcuts } from "./Shortcuts";
import { many, t } from "./text";

/** All activities: searched, narrowed, sorted, and opened. */
export function Activities() {
  const [filters, change] = useFilters();
  const [adding, setAdding] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const mayEdit = useMayEdit();
  return (
    <Page
      title={t("activities.title")}
      actions={
        <>
          <Shortcuts />
          {mayEdit && (
            <Button
              icon="plus"
              aria-label={t("activities.add")}
              onClick={() => {
                setAdding(true);
              }}
            >
              <span className="max-sm:hidden">{t("activities.add")}</span>
            </Button>
          )}
          {mayEdit && (
            <ButtonLink kind="primary" icon="import" to={routes.import}>
              <span className="max-sm:sr-only">{t("activities.import")}</span>
            </ButtonLink>
          )}
        </>
      }
    >
      <Found filters={filters} change={change} search={search} />
      {adding && (
        <AddDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}

function Found({
  filters,
  change,
  search,
}: {
  filters: Filters;
  change: (changed: Filters) => void;
  search: React.RefObject<HTMLInputElement | null>;
}) {
  const wish = usePreferences();
  const narrow = useNarrow();
  const demo = useAthlete()?.demo ?? false;
  const list = useActivities(filters);
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const bar = useRef<HTMLDivElement>(null);
  const barHeight = useHeight(bar);
  const total = list.data?.pages[0]?.total ?? 0;
  const sort = filters.sort ?? NEWEST;
  const filtered = onIn(filters).length > 0;
  const mayEdit = useMayEdit();
  const columns = useMemo(() => chosenColumns(wish.activity_columns), [wish.activity_columns]);
  const selection = useSelection(items, JSON.stringify(filters));
  const selecting = selection.picking || selection.all || selection.ids.size > 0;
  if (list.isError && items.length === 0) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (list.isSuccess && total === 0 && !filtered) return demo ? <DemoLine /> : <FirstVisit />;
  return (
    <>
      {demo && !filtered && <DemoLine />}
      <div ref={bar} className="z-10 -mx-1 bg-ground px-1 max-md:pb-2 md:sticky md:top-0 md:pt-2">
        <FilterBar
          filters={filters}
          change={change}
          search={search}
          onPick={() => {
            selection.pick(true);
          }}
        />
        <Sum filters={filters} />
        <Heads sort={sort} columns={columns} inset={mayEdit} change={change} />
      </div>
      {list.isPending ? (
        <Skeleton />
      ) : total === 0 ? (
        <Empty icon="search" title={t("activities.no_match")} hint={t("activities.no_match_hint")}>
          <Button
            icon="close"
            onClick={() => {
              change(NO_FILTERS);
            }}
          >
            {t("activities.clear")}
          </Button>
        </Empty>
      ) : (
        <div className="card overflow-clip md:rounded-t-none md:border-t-0">
          <List
            items={items}
            more={list.hasNextPage}
            byMonth={sort === NEWEST || sort === "start"}
            wish={wish}
            fetchMore={() => {
              if (!list.isFetchingNextPage) void list.fetchNextPage();
            }}
            top={narrow ? 0 : barHeight}
            search={search}
            selection={mayEdit ? selection : null}
          />
        </div>
      )}
      {selecting && <BulkBar selection={selection} filters={filters} total={total} change={change} />}
    </>
  );
}

/** What the filters leave, summed up in one line. */
function Sum({ filters }: { filters: Filters }) {
  const wish = usePreferences();
  const { data } = useSummary(filters);
  return (
    <p role="status" className="mt-2.5 min-h-5 text-sm text-ink-2">
      {data &&
        data.total > 0 &&
        [
          many("activities.count", data.total, decimal(data.total)),
          told("distance", data.distance_m, wish, undefined, 0),
          span(data.moving_s),
          t("activities.ascent_sum", { ascent: told("elevation", data.ascent_m, wish) }),
        ].join(" · ")}
    </p>
  );
}

function Skeleton() {
  return (
    <Waiting>
      {Array.from({ length: 10 }, (_, i) => (
        <div key={i} className="h-[84px] md:h-[60px]">
          <WaitingRow />
        </div>
      ))}
    </Waiting>
  );
}

function FirstVisit() {
  const mayEdit = useMayEdit();
  if (!mayEdit)
    return (
      <div className="card">
        <Empty icon="activities" title={t("activities.none_title")} hint={t("activities.none_to_see")} />
      </div>
    );
  return (
    <div className="card">
      <Empty icon="activities" title={t("activities.none_title")} hint={t("activities.none_hint")}>
        <ButtonLink kind="primary" icon="import" to={routes.import}>
          {t("activities.import")}
        </ButtonLink>
        <TryDemo />
      </Empty>
    </div>
  );
}

/** The height of an element as it is laid out, so that what sticks below it knows where. */
function useHeight(box: React.RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      setHeight(element.offsetHeight);
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
    };
  });
  return height;
}
