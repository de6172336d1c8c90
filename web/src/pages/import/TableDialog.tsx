import { useState } from "react";

import { reason } from "@/api/client";
import { useTablePreview } from "@/api/health";
import { usePreferences } from "@/api/session";
import { upload } from "@/api/sources/uploads";
import type { TablePreview } from "@/api/types";
import { day as dayWords } from "@/lib/dates";
import { known } from "@/lib/text";
import { decimal } from "@/lib/units";
import { heldBy, holding, lineOf, tableWith, type Columns } from "@/lib/upload/tables";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Pick, Radios } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";
import { many, t } from "./text";

/** A table whose columns are not surely understood: its first rows, and what each column is taken for. */
export function TableDialog({ file, first, onClose }: { file: File; first: TablePreview; onClose: () => void }) {
  const [columns, setColumns] = useState<Columns>(() => ({
    date: first.date,
    time: first.time,
    month_first: first.month_first,
    columns: first.columns,
  }));
  const line = lineOf(columns);
  const { data = first, error, isPlaceholderData: waiting } = useTablePreview(file, line);
  const unsure = columns.columns.some(({ scale }) => scale === null);
  const asksOrder = columns.date !== null && columns.month_first === null && data.month_first === null;
  const ready = columns.date !== null && !unsure && !asksOrder && data.measurements > 0 && !waiting;
  const take = (): void => {
    upload([{ path: file.name, file: tableWith(file, line) }]).catch((wrong: unknown) => {
      sayError(reason(wrong));
    });
    onClose();
  };
  return (
    <Dialog title={t("table.title", { name: file.name })} onClose={onClose} wide>
      <div className="flex flex-col gap-5 text-left">
        <p className="text-sm text-ink-2">{t("table.lead")}</p>
        {error && (
          <div role="alert">
            <Notice tone="bad">{reason(error)}</Notice>
          </div>
        )}
        {(asksOrder || columns.month_first !== null) && columns.date !== null && (
          <Radios
            name={t("sheet.ask_order")}
            value={columns.month_first === null ? "" : String(columns.month_first)}
            options={[
              { value: "false", label: t("table.day_first") },
              { value: "true", label: t("table.month_first") },
            ]}
            onChange={(value) => {
              setColumns({ ...columns, month_first: value === "true" });
            }}
          />
        )}
        <Grid table={first} columns={columns} onChange={setColumns} />
        <Result preview={data} columns={columns} unsure={unsure} />
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button kind="primary" icon="import" disabled={!ready} onClick={take}>
            {t("table.import")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** What would be imported, or what is still to be chosen. */
function Result({ preview, columns, unsure }: { preview: TablePreview; columns: Columns; unsure: boolean }) {
  const wish = usePreferences();
  const { measurements: count, first, last, unread } = preview;
  const words =
    columns.date === null
      ? t("table.need_date")
      : columns.columns.length === 0
        ? t("table.need_kind")
        : unsure
          ? t("table.need_unit")
          : first === null || last === null
            ? t("table.no_values")
            : t("table.values", {
                values: many("table.count", count, decimal(count)),
                first: dayWords(first, wish, "plain"),
                last: dayWords(last, wish, "plain"),
              });
  return (
    <p role="status" className="text-sm font-medium">
      {words} {unread > 0 && <span className="font-normal text-ink-2">{many("table.unread", unread)}</span>}
    </p>
  );
}

/** The first rows; above each column what it holds, and in which unit. */
function Grid({
  table: { header, rows, kinds },
  columns,
  onChange,
}: {
  table: TablePreview;
  columns: Columns;
  onChange: (columns: Columns) => void;
}) {
  const groups = [...new Set(kinds.map(({ group }) => group))];
  const unitsOf = (key: string) => kinds.find((kind) => kind.key === key)?.units ?? [];
  const choose = (place: number, what: string): void => {
    const units = unitsOf(what);
    onChange(holding(columns, place, what, units.length > 1 ? null : 1));
  };
  return (
    <div
      className="max-h-[45dvh] overflow-auto rounded-lg border border-line"
      tabIndex={0}
      role="region"
      aria-label={t("table.rows")}
    >
      <table className="text-sm whitespace-nowrap">
        <thead className="sticky top-0 z-10 bg-sunken">
          <tr>
            {header.map((name, place) => {
              const what = heldBy(columns, place);
              const units = unitsOf(what);
              const scale = columns.columns.find((one) => one.place === place)?.scale ?? null;
              return (
                <th key={place} scope="col" className="px-3 py-2 text-left align-top font-medium">
                  <span className="mb-1 block max-w-56 truncate" title={name}>
                    {name}
                  </span>
                  <Pick
                    name={t("table.holds", { column: name })}
                    value={what}
                    className={`w-44 ${what === "" ? "text-ink-3" : ""}`}
                    onChange={(event) => {
                      choose(place, event.target.value);
                    }}
                  >
                    <option value="">{t("table.nothing")}</option>
                    <option value="date">{t("column.date")}</option>
                    <option value="time">{t("table.time")}</option>
                    {groups.map((group) => (
                      <optgroup key={group} label={known("health_group", group) ?? group}>
                        {kinds
                          .filter((kind) => kind.group === group)
                          .map((kind) => (
                            <option key={kind.key} value={kind.key}>
                              {kind.name}
                            </option>
                          ))}
                      </optgroup>
                    ))}
                  </Pick>
                  {units.length > 1 && (
                    <Pick
                      name={t("table.unit", { column: name })}
                      value={scale === null ? "" : String(scale)}
                      className="mt-1 block w-44"
                      onChange={(event) => {
                        onChange(holding(columns, place, what, Number(event.target.value)));
                      }}
                    >
                      {scale === null && <option value="">{t("table.unit_ask")}</option>}
                      {units.map((unit) => (
                        <option key={unit.name} value={String(unit.scale)}>
                          {unit.name}
                        </option>
                      ))}
                    </Pick>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at} className="border-t border-line">
              {header.map((_name, place) => (
                <td key={place} className={`px-3 py-1.5 ${heldBy(columns, place) === "" ? "text-ink-3" : ""}`}>
                  {row[place] ?? ""}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
