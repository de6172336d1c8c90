import { useState } from "react";

import { reason } from "@/api/client";
import { usePutBack, useService, useTakeBack, useTakeOff, type GearComponent, type GearItem } from "@/api/gear";
import { usePreferences } from "@/api/session";
import { day, today } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { decimal, span, told } from "@/lib/units";
import { Button, IconButton } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { Meter } from "@/ui/values/Meter";
import { ComponentDialog } from "./ComponentDialog";
import { many, t } from "./text";

const fail = {
  onError: (error: unknown): void => {
    sayError(reason(error));
  },
};

/** A component: its use since it was serviced last, and a bar to the next service. */
export function ComponentRow({
  item,
  component,
  mayEdit,
}: {
  item: GearItem;
  component: GearComponent;
  mayEdit: boolean;
}) {
  const wish = usePreferences();
  const serve = useService();
  const takeBack = useTakeBack();
  const [takeOff, putBack] = [useTakeOff(), usePutBack()];
  const [changing, setChanging] = useState(false);
  const { id, name, share, due, since, until, whole, services } = component;
  const last = services[0];
  const worn = { distance: told("distance", whole.distance_m, wish, "generic", 0), time: span(whole.time_s) };
  const done = (): void => {
    serve.mutate(
      { id: item.id, component: id, day: today(wish.zone) },
      {
        ...fail,
        onSuccess: () => {
          say(t("gear.serviced_toast", { name }));
        },
      },
    );
  };
  const remove = (): void => {
    const back = (): void => {
      putBack.mutateAsync({ id: item.id, component: id }).catch(fail.onError);
    };
    // The row is gone by then: what is called is not its observer.
    takeOff.mutateAsync({ id: item.id, component: id }).then(() => {
      say(t("gear.removed_toast", { name }), back);
    }, fail.onError);
  };
  return (
    <div className="px-4 py-3 md:px-5" data-component={id} data-due={due}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 flex-1 basis-24 font-medium break-words">{name}</h3>
        {due && (
          <span className="rounded-full bg-warn-soft px-2 py-0.5 text-xs font-medium text-warn">{t("gear.due")}</span>
        )}
        {mayEdit && (
          <span className="flex">
            <IconButton
              icon="edit"
              name={t("gear.change_part", { name })}
              onClick={() => {
                setChanging(true);
              }}
            />
            <IconButton
              icon="trash"
              name={t("gear.take_off", { name })}
              disabled={takeOff.isPending}
              onClick={remove}
            />
          </span>
        )}
        {mayEdit && until === null && (
          <Button icon="check" aria-label={t("gear.serviced_name", { name })} busy={serve.isPending} onClick={done}>
            {t("gear.serviced")}
          </Button>
        )}
      </div>
      {share !== null && until === null && (
        <Meter className="my-2" value={share} max={1} label={t("gear.worn", { name })} />
      )}
      <p className="flex flex-wrap gap-x-4 text-sm text-ink-2">
        {until === null &&
          left(component, wish).map((words) => (
            <span key={words} className={due ? "font-medium text-ink" : ""}>
              {words}
            </span>
          ))}
        <span>
          {until === null
            ? t("gear.part_done", { ...worn, day: day(since, wish, "plain") })
            : t("gear.part_was", { ...worn, from: day(since, wish, "plain"), day: day(until, wish, "plain") })}
        </span>
      </p>
      {last && (
        <p className="flex items-center gap-1 text-sm text-ink-2">
          {t("gear.last_service", { day: day(last.day, wish, "plain") })}
          {mayEdit && (
            <IconButton
              icon="undo"
              name={t("gear.take_back", { name })}
              onClick={() => {
                takeBack.mutate({ id: item.id, component: id, service: last.id }, fail);
              }}
            />
          )}
        </p>
      )}
      {changing && (
        <ComponentDialog
          item={item}
          component={component}
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </div>
  );
}

/** What is left to the next service, by each of its intervals. */
function left({ left_m, left_s, left_days }: GearComponent, wish: Preferences): string[] {
  const say = (amount: number, words: string): string => t(amount < 0 ? "gear.late" : "gear.left", { amount: words });
  return [
    ...(left_m === null ? [] : [say(left_m, told("distance", Math.abs(left_m), wish, "generic", 0))]),
    ...(left_s === null ? [] : [say(left_s, span(Math.abs(left_s)))]),
    ...(left_days === null
      ? []
      : [say(left_days, many("gear.days", Math.abs(left_days), decimal(Math.abs(left_days))))]),
  ];
}
