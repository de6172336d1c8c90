import { useState } from "react";

import { reason } from "@/api/client";
import { useGear, useRestoreGear, type GearList } from "@/api/gear";
import { useMayEdit } from "@/api/session";
import { Button } from "@/ui/controls/Button";
import { Page, Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";
import { GearCard } from "./GearCard";
import { GearDialog } from "./GearDialog";
import { t } from "./text";
import { Unknown } from "./Unknown";

/** All gear: what it has done, what is due, and what sources know besides. */
export function Gear() {
  const { data, error, refetch } = useGear();
  const [adding, setAdding] = useState(false);
  const mayEdit = useMayEdit();
  const add = mayEdit ? (
    <Button
      icon="plus"
      kind="primary"
      onClick={() => {
        setAdding(true);
      }}
    >
      {t("gear.add")}
    </Button>
  ) : undefined;
  return (
    <Page title={t("gear.title")} actions={add}>
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {!error && !data && (
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      )}
      {data && <Found gear={data} mayEdit={mayEdit} />}
      {adding && (
        <GearDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}

function Found({ gear, mayEdit }: { gear: GearList; mayEdit: boolean }) {
  const inUse = gear.items.filter(({ retired }) => retired === null);
  const retired = gear.items.filter((item) => item.retired !== null);
  return (
    <>
      {gear.items.length === 0 && (
        <div className="card">
          <Empty icon="gear" title={t("gear.none")} hint={t("gear.none_hint")} />
        </div>
      )}
      <Cards items={inUse} all={gear.items} mayEdit={mayEdit} />
      {mayEdit && gear.unknown.length > 0 && <Unknown unknown={gear.unknown} items={gear.items} />}
      {retired.length > 0 && (
        <Section title={t("gear.retired")} id="gear-retired">
          <Cards items={retired} all={gear.items} mayEdit={mayEdit} />
        </Section>
      )}
      {mayEdit && gear.removed.length > 0 && <Removed removed={gear.removed} />}
    </>
  );
}

function Cards({ items, all, mayEdit }: { items: GearList["items"]; all: GearList["items"]; mayEdit: boolean }) {
  return (
    <ul className="grid items-start gap-4 empty:hidden lg:grid-cols-2">
      {items.map((item) => (
        <li key={item.id} className="min-w-0">
          <GearCard item={item} all={all} mayEdit={mayEdit} />
        </li>
      ))}
    </ul>
  );
}

function Removed({ removed }: { removed: GearList["removed"] }) {
  const restore = useRestoreGear();
  return (
    <Section title={t("gear.removed")} id="gear-removed">
      <ul className="card divide-y divide-line">
        {removed.map(({ id, name }) => (
          <li key={id} className="flex items-center justify-between gap-3 px-4 py-2">
            <span className="min-w-0 truncate text-ink-2">{name}</span>
            <Button
              icon="undo"
              aria-label={t("gear.restore_name", { name })}
              disabled={restore.isPending}
              onClick={() => {
                restore.mutate(id, {
                  onError: (error) => {
                    sayError(reason(error));
                  },
                });
              }}
            >
              {t("gear.restore")}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
