import { useState } from "react";

import { reason } from "@/api/client";
import { useRemoveEntry, useRestoreEntry } from "@/api/health";
import { useMayEdit, usePreferences } from "@/api/session";
import type { Weighing } from "@/api/types";
import { useOriginName } from "@/features/health/origins";
import { day as dayWords } from "@/lib/dates";
import { told } from "@/lib/units";
import { IconButton } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { say, sayError } from "@/ui/layout/Toasts";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { EditWeighing } from "./EditWeighing";
import { t } from "./text";

const SHOWN = 20;

/** Every weighing, the newest first; what was entered by hand can be edited and removed. */
export function Weighings({ items }: { items: Weighing[] }) {
  const wish = usePreferences();
  const originName = useOriginName();
  const mayEdit = useMayEdit();
  const [edited, setEdited] = useState<Weighing | null>(null);
  const columns: ColumnOf<Weighing>[] = [
    { head: t("weight.date"), cell: ({ day }) => dayWords(day, wish), words: true },
    {
      head: t("weight.value"),
      cell: ({ value }) => <span className="font-semibold">{told("weight", value, wish)}</span>,
    },
    { head: t("weight.source"), cell: ({ source, device }) => originName(source, device), words: true },
  ];
  if (mayEdit) columns.push({ head: t("weight.actions"), cell: (item) => <Actions item={item} onEdit={setEdited} /> });
  return (
    <Section title={t("weight.list")}>
      <Table
        label={t("weight.list")}
        rows={items}
        columns={columns}
        keyOf={({ id, day, at, source, device }) => id ?? `${day} ${at ?? ""} ${source} ${device ?? ""}`}
        first={SHOWN}
      />
      {edited && (
        <EditWeighing
          item={edited}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
    </Section>
  );
}

function Actions({ item, onEdit }: { item: Weighing; onEdit: (item: Weighing) => void }) {
  const wish = usePreferences();
  const [remove, restore] = [useRemoveEntry(), useRestoreEntry()];
  const { id } = item;
  const day = dayWords(item.day, wish, "short");
  if (id === null) return null;
  const drop = (): void => {
    remove.mutate(id, {
      onSuccess: () => {
        say(t("weight.removed", { day }), () => {
          restore.mutate(id);
        });
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  return (
    <span className="-my-1 flex justify-end">
      <IconButton
        name={t("weight.edit", { day })}
        icon="edit"
        onClick={() => {
          onEdit(item);
        }}
      />
      <IconButton name={t("weight.remove", { day })} icon="trash" onClick={drop} />
    </span>
  );
}
