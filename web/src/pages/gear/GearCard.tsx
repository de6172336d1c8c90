import { useState } from "react";
import { Link } from "react-router";

import { reason } from "@/api/client";
import { useChangeGear, useMergeGear, useRemoveGear, useRestoreGear, useUnalias, type GearItem } from "@/api/gear";
import { usePreferences } from "@/api/session";
import { familyName } from "@/lib/charts/frames";
import { day, today } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { routes } from "@/lib/routes";
import { decimal, NOTHING, span, told } from "@/lib/units";
import { Button, IconButton } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField } from "@/ui/controls/Field";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { ComponentDialog } from "./ComponentDialog";
import { ComponentRow } from "./ComponentRow";
import { GearDialog } from "./GearDialog";
import { many, t } from "./text";

type Asked = "edit" | "fit" | "merge" | null;
const fail = {
  onError: (error: unknown): void => {
    sayError(reason(error));
  },
};

/** One item: what it has done, what sources say of it, and how its components are. */
export function GearCard({ item, all, mayEdit }: { item: GearItem; all: GearItem[]; mayEdit: boolean }) {
  const wish = usePreferences();
  const [asked, setAsked] = useState<Asked>(null);
  const { name, kind, note, families, aliases, components } = item;
  const close = (): void => {
    setAsked(null);
  };
  return (
    <article className="card" aria-label={name} data-gear={item.id}>
      <header className="flex items-start gap-3 px-4 pt-4 md:px-5">
        <span className="grid size-10 shrink-0 place-items-center rounded-full bg-accent-soft text-accent">
          <Icon name={kind === "bike" ? "ride" : kind === "shoes" ? "run" : "gear"} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="text-lg font-semibold break-words">{name}</h2>
          {families.length > 0 && (
            <p className="text-sm text-ink-2">{t("gear.usual", { sports: usualOf(item, wish).join("; ") })}</p>
          )}
          {note !== null && <p className="text-sm whitespace-pre-line text-ink-2">{note}</p>}
        </div>
        {mayEdit && <Acts item={item} several={all.length > 1} ask={setAsked} />}
      </header>
      <Done item={item} />
      {aliases.length > 0 && <Aliases item={item} mayEdit={mayEdit} />}
      {components.length > 0 && (
        <ul aria-label={t("gear.components")} className="divide-y divide-line border-t border-line">
          {components.map((component) => (
            <li key={component.id}>
              <ComponentRow item={item} component={component} mayEdit={mayEdit} />
            </li>
          ))}
        </ul>
      )}
      {asked === "edit" && <GearDialog item={item} onClose={close} />}
      {asked === "fit" && <ComponentDialog item={item} onClose={close} />}
      {asked === "merge" && <MergeInto item={item} others={all.filter(({ id }) => id !== item.id)} onClose={close} />}
    </article>
  );
}

/** The sports that an item is usual for, those of the same days together, with the days from and until which it is. */
function usualOf({ families, usual_since, usual_until }: GearItem, wish: Preferences): string[] {
  const from = usual_since === null ? null : day(usual_since, wish, "plain");
  const untils = [...new Set(families.map((family) => usual_until[family] ?? null))];
  return untils.map((end) => {
    const sports = families
      .filter((family) => (usual_until[family] ?? null) === end)
      .map(familyName)
      .join(", ");
    const until = end === null ? null : day(end, wish, "plain");
    if (from !== null && until !== null) return t("gear.usual_between", { sports, day: from, until });
    return from !== null
      ? t("gear.usual_from", { sports, day: from })
      : until !== null
        ? t("gear.usual_to", { sports, day: until })
        : sports;
  });
}

function Acts({ item, several, ask }: { item: GearItem; several: boolean; ask: (what: Asked) => void }) {
  const wish = usePreferences();
  const change = useChangeGear();
  const remove = useRemoveGear();
  const restore = useRestoreGear();
  const { id, name } = item;
  const retire = (): void => {
    change.mutate({ id, fields: { retired: item.retired === null ? today(wish.zone) : null } }, fail);
  };
  const drop = (): void => {
    const back = (): void => {
      restore.mutateAsync(id).catch(fail.onError);
    };
    // The card is gone by then: what is called is not its observer.
    remove.mutateAsync(id).then(() => {
      say(t("gear.removed_toast", { name }), back);
    }, fail.onError);
  };
  return (
    <Menu button={(wiring) => <IconButton icon="more" name={t("gear.acts", { name })} {...wiring} />}>
      <MenuItem
        icon="edit"
        onClick={() => {
          ask("edit");
        }}
      >
        {t("gear.edit")}
      </MenuItem>
      <MenuItem
        icon="plus"
        onClick={() => {
          ask("fit");
        }}
      >
        {t("gear.fit")}
      </MenuItem>
      <MenuItem icon={item.retired === null ? "hide" : "show"} onClick={retire}>
        {t(item.retired === null ? "gear.retire" : "gear.use_again")}
      </MenuItem>
      {several && (
        <MenuItem
          icon="merge"
          onClick={() => {
            ask("merge");
          }}
        >
          {t("gear.merge")}
        </MenuItem>
      )}
      <MenuItem icon="trash" danger onClick={drop}>
        {t("gear.remove")}
      </MenuItem>
    </Menu>
  );
}

function Done({ item }: { item: GearItem }) {
  const wish = usePreferences();
  const details = [
    { name: t("column.distance"), value: told("distance", item.distance_m, wish, "generic", 0) },
    { name: t("gear.time"), value: span(item.time_s) },
    {
      name: t("activities.title"),
      value: (
        <Link className="text-accent underline underline-offset-4" to={`${routes.activities}?gear=${item.id}`}>
          {decimal(item.activities)}
        </Link>
      ),
    },
    { name: t("gear.last"), value: item.last_day === null ? NOTHING : day(item.last_day, wish, "plain") },
    ...(item.retired === null ? [] : [{ name: t("gear.retired_on"), value: day(item.retired, wish, "plain") }]),
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-4 py-4 sm:grid-cols-4 md:px-5">
      {details.map(({ name, value }) => (
        <div key={name} className="min-w-0">
          <dt className="label">{name}</dt>
          <dd className="font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Aliases({ item, mayEdit }: { item: GearItem; mayEdit: boolean }) {
  const wish = usePreferences();
  const unalias = useUnalias();
  return (
    <ul aria-label={t("gear.aliases")} className="border-t border-line px-4 py-2 md:px-5">
      {item.aliases.map(({ source, source_name, key, name, distance_m, mismatch, apart_m }) => (
        <li key={`${source}/${key}`} className="flex items-center gap-2 text-sm">
          <span className="min-w-0 flex-1">
            <span className="font-medium">{source_name}</span>{" "}
            <span className="break-words text-ink-2">{name ?? key}</span>
            {distance_m !== null && (
              <span className={mismatch ? "block font-medium text-warn" : "block text-ink-2"}>
                {mismatch
                  ? t((apart_m ?? 0) > 0 ? "gear.more_there" : "gear.less_there", {
                      there: told("distance", distance_m, wish, "generic", 0),
                      apart: told("distance", Math.abs(apart_m ?? 0), wish, "generic", 0),
                    })
                  : told("distance", distance_m, wish, "generic", 0)}
              </span>
            )}
          </span>
          {mayEdit && (
            <IconButton
              icon="close"
              name={t("gear.unalias", { source: source_name })}
              onClick={() => {
                unalias.mutate({ id: item.id, source, key }, fail);
              }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function MergeInto({ item, others, onClose }: { item: GearItem; others: GearItem[]; onClose: () => void }) {
  const merge = useMergeGear();
  const [into, setInto] = useState(others[0]?.id ?? "");
  return (
    <Dialog title={t("gear.merge_title", { name: item.name })} onClose={onClose}>
      <p className="mb-4 text-ink-2">{many("gear.merge_hint", item.activities)}</p>
      <SelectField
        label={t("gear.merge_into")}
        value={into}
        onChange={(event) => {
          setInto(event.target.value);
        }}
      >
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <div className="mt-5 flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          kind="primary"
          busy={merge.isPending}
          onClick={() => {
            merge.mutate({ id: item.id, into }, { ...fail, onSuccess: onClose });
          }}
        >
          {t("gear.merge_go")}
        </Button>
      </div>
    </Dialog>
  );
}
