import { useState } from "react";

import { reason } from "@/api/client";
import { useMayPlan } from "@/api/session";
import { useRemoveChart, useRestoreChart, useSavedCharts, type SavedChart } from "@/api/training/charts";
import { TrainingPage } from "@/features/training/TrainingPage";
import { Button, IconButton } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { Drawn } from "./Drawn";
import { Maker } from "./Maker";
import { t } from "./text";

const fail = (error: unknown): void => {
  sayError(reason(error));
};

/** Charts that the athlete made, one below the other. */
export function Charts() {
  const { data, error, refetch } = useSavedCharts();
  const mayPlan = useMayPlan();
  const [asked, setAsked] = useState<"new" | SavedChart | null>(null);
  const make = (
    <Button
      icon="plus"
      kind="primary"
      onClick={() => {
        setAsked("new");
      }}
    >
      {t("charts.make")}
    </Button>
  );
  return (
    <TrainingPage title={t("charts.title")} at="charts" {...(mayPlan && data?.items.length && { actions: make })}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      ) : (
        <>
          {data.items.length === 0 && (
            <div className="card">
              <Empty icon="training" title={t("charts.none")} hint={t("charts.none_hint")}>
                {mayPlan && make}
              </Empty>
            </div>
          )}
          {data.items.map((chart) => (
            <Section
              key={chart.id}
              title={chart.name}
              id={`chart-${chart.id}`}
              actions={
                mayPlan && (
                  <Acts
                    chart={chart}
                    onChange={() => {
                      setAsked(chart);
                    }}
                  />
                )
              }
            >
              <div className="card p-2">
                <Drawn definition={chart.definition} title={chart.name} />
              </div>
            </Section>
          ))}
          {mayPlan && data.removed.length > 0 && <Removed charts={data.removed} />}
        </>
      )}
      {asked !== null && (
        <Maker
          {...(asked !== "new" && { chart: asked })}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </TrainingPage>
  );
}

function Acts({ chart: { id, name }, onChange }: { chart: SavedChart; onChange: () => void }) {
  const remove = useRemoveChart();
  const restore = useRestoreChart();
  const drop = (): void => {
    const back = (): void => {
      restore.mutateAsync(id).catch(fail);
    };
    // The chart is gone by then: what is called is not its observer.
    remove.mutateAsync(id).then(() => {
      say(t("charts.removed_toast", { name }), back);
    }, fail);
  };
  return (
    <Menu button={(wiring) => <IconButton icon="more" name={t("charts.acts", { name })} {...wiring} />}>
      <MenuItem icon="edit" onClick={onChange}>
        {t("charts.change")}
      </MenuItem>
      <MenuItem icon="trash" danger onClick={drop}>
        {t("charts.remove")}
      </MenuItem>
    </Menu>
  );
}

function Removed({ charts }: { charts: SavedChart[] }) {
  const restore = useRestoreChart();
  return (
    <Section title={t("charts.removed")} id="charts-removed">
      <ul className="card divide-y divide-line">
        {charts.map(({ id, name }) => (
          <li key={id} className="flex items-center gap-3 px-4 py-2">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <Button
              busy={restore.isPending && restore.variables === id}
              onClick={() => {
                restore.mutate(id, { onError: fail });
              }}
            >
              {t("charts.restore")}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
