import { useMemo, useState } from "react";

import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useChangeConnection, useSheet } from "@/api/sources/sources";
import type { AskedField, Connection, SheetPreview, SourceDescription } from "@/api/types";
import { classes } from "@/lib/classes";
import { answersOf, changesIn, wrongIn, type Answers } from "@/lib/sources/answers";
import { AUTO, cellNote, given, heldBy, mappingOf, QUESTIONS, readAs, type Held } from "@/lib/sources/sheets";
import { decimal } from "@/lib/units";
import { Fields } from "@/features/Fields";
import { many, t } from "@/pages/sources/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Pick, Radios } from "@/ui/controls/Field";
import { useLater } from "@/ui/hooks/later";
import { Notice, Waiting } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";

/** The setting that this dialog is there for; the others say how cells are written. */
export const COLUMNS = "columns";
const SHOWN_NOTES = 8;
const QUIET_MS = 300;

/** Which column of a sheet holds what, with the sheet as it would be read before one's eyes. */
export function SheetDialog({
  connection,
  kind,
  onClose,
}: {
  connection: Connection;
  kind: SourceDescription;
  onClose: () => void;
}) {
  const change = useChangeConnection();
  const { id, name } = connection;
  const [held] = useState(connection.settings);
  const fields = useMemo(() => kind.settings.filter(({ key }) => key !== COLUMNS), [kind.settings]);
  const [answers, setAnswers] = useState<Answers>(() => answersOf(fields, held));
  const [columns, setColumns] = useState(
    typeof held[COLUMNS] === "string" && held[COLUMNS] !== "" ? held[COLUMNS] : null,
  );
  const wrong = wrongIn(fields, answers);
  const tried = Object.keys(wrong).length > 0 ? {} : changesIn(fields, answers, held);
  const settled = useLater(JSON.stringify({ ...tried, [COLUMNS]: columns }), QUIET_MS);
  const { data, error } = useSheet(id, settled);
  const save = (): void => {
    if (Object.keys(wrong).length > 0) return;
    change.mutate(
      { id, settings: { ...tried, [COLUMNS]: columns } },
      {
        onSuccess: () => {
          say(t("sheet.saved"));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t("sheet.title", { name })} onClose={onClose} wide>
      <div className="flex flex-col gap-5">
        {error && (
          <div role="alert">
            <Notice tone="bad">{reason(error)}</Notice>
          </div>
        )}
        {data && data.trouble !== null && (
          <div role="alert">
            <Notice tone="bad">{data.trouble}</Notice>
          </div>
        )}
        {!data && !error && (
          <Waiting>
            <div className="skeleton h-60" />
          </Waiting>
        )}
        {data && data.found.open.length > 0 && (
          <Questions found={data.found} fields={fields} answers={answers} onChange={setAnswers} />
        )}
        {data && data.columns.length > 0 && (
          <Grid
            sheet={data}
            onChange={(next) => {
              setColumns(mappingOf(next, data.fields, data.columns));
            }}
          />
        )}
        {data && <Findings sheet={data} />}
        <details className="rounded-lg border border-line px-4 py-3">
          <summary className="cursor-pointer text-sm font-medium">{t("sheet.how")}</summary>
          <div className="mt-4 grid gap-4 md:grid-cols-2">
            <Fields fields={fields} answers={answers} wrong={wrong} onChange={setAnswers} />
          </div>
        </details>
        {change.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(change.error)}</Notice>
          </div>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            kind="quiet"
            className="mr-auto"
            disabled={columns === null}
            onClick={() => {
              setColumns(null);
            }}
          >
            {t("sheet.by_heading")}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button
            kind="primary"
            busy={change.isPending}
            disabled={!data || data.found.unsure.length > 0}
            onClick={save}
          >
            {t("app.save")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** What nothing in the sheet tells, to be chosen before any of its rows is taken in; what was chosen stays in sight. */
function Questions({
  found,
  fields,
  answers,
  onChange,
}: {
  found: SheetPreview["found"];
  fields: AskedField[];
  answers: Answers;
  onChange: (answers: Answers) => void;
}) {
  return (
    <section
      className={`flex flex-col gap-4 rounded-lg px-4 py-3 ${found.unsure.length > 0 ? "bg-warn-soft" : "bg-sunken"}`}
      aria-label={t("sheet.ask")}
    >
      <p className="text-sm font-medium">{t(found.unsure.length > 0 ? "sheet.ask" : "sheet.asked")}</p>
      <div className="grid gap-4 md:grid-cols-2">
        {found.open.map((what) => {
          const { setting, text } = QUESTIONS[what];
          const choices = fields.find(({ key }) => key === setting)?.choices ?? [];
          return (
            <Radios
              key={what}
              name={t(text)}
              value={answers[setting] ?? AUTO}
              options={choices
                .filter(({ value }) => value !== AUTO)
                .map(({ value, title }) => ({ value, label: title }))}
              onChange={(value) => {
                onChange({ ...answers, [setting]: value });
              }}
            />
          );
        })}
      </div>
    </section>
  );
}

/** The first rows as they stand in the sheet, what each column holds above them, what was read of a cell below it. */
function Grid({ sheet, onChange }: { sheet: SheetPreview; onChange: (held: Held) => void }) {
  const wish = usePreferences();
  const held = heldBy(sheet.fields);
  const bad = new Set(sheet.notes.map(({ number, column }) => `${number}:${column}`));
  return (
    <div
      className="max-h-[45dvh] overflow-auto rounded-lg border border-line"
      tabIndex={0}
      role="region"
      aria-label={t("sheet.table")}
    >
      <table className="text-sm whitespace-nowrap">
        <thead className="sticky top-0 z-10 bg-sunken">
          <tr>
            <th scope="col" className="px-3 py-2 text-right text-xs font-medium text-ink-3">
              {t("sheet.row")}
            </th>
            {sheet.columns.map((column, at) => (
              <th key={column} scope="col" className="px-3 py-2 text-left align-bottom font-medium">
                <span className="mb-1 block max-w-56 truncate" title={column}>
                  {column}
                </span>
                <Pick
                  name={t("sheet.holds", { column })}
                  value={held[at] ?? ""}
                  className={`w-44 ${held[at] === undefined ? "text-ink-3" : ""}`}
                  onChange={(event) => {
                    onChange(given(held, at, event.target.value));
                  }}
                >
                  <option value="">{t("sheet.nothing")}</option>
                  {sheet.fields.map(({ key, title }) => (
                    <option key={key} value={key}>
                      {title}
                    </option>
                  ))}
                </Pick>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => (
            <tr key={row.number} className="border-t border-line align-top">
              <td className="px-3 py-1.5 text-right text-ink-3">{row.number}</td>
              {row.cells.map((cell, at) => {
                const field = held[at];
                const read = field === undefined || sheet.found.unsure.length > 0 ? "" : readAs(field, row.read, wish);
                const wrong = bad.has(`${row.number}:${at}`);
                return (
                  <td
                    key={at}
                    className={classes("px-3 py-1.5", wrong && "bg-danger-soft", field === undefined && "text-ink-3")}
                  >
                    <span className="block max-w-56 truncate" title={cell}>
                      {cell}
                    </span>
                    {read !== "" && cell !== "" && !wrong && read !== cell && (
                      <span className="block text-xs text-accent">{read}</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many rows are activities, and cells that can't be read. */
function Findings({ sheet }: { sheet: SheetPreview }) {
  const { activities, count, notes, note_count, columns, trouble } = sheet;
  if (trouble !== null) return null;
  const left = note_count - Math.min(notes.length, SHOWN_NOTES);
  return (
    <div className="flex flex-col gap-3 text-sm" aria-live="polite">
      <p>
        {many("sheet.rows", count, decimal(count))} {many("sheet.activities", activities, decimal(activities))}
      </p>
      {activities === 0 && count > 0 && <Notice tone="warn">{t("sheet.no_dates")}</Notice>}
      {notes.length > 0 && (
        <div>
          <h3 className="font-medium">{t("sheet.unread")}</h3>
          <ul className="mt-1 list-disc pl-5 text-ink-2">
            {notes.slice(0, SHOWN_NOTES).map((note) => (
              <li key={`${note.number}:${note.field}`}>{cellNote(note, columns)}</li>
            ))}
            {left > 0 && <li>{many("sheet.more", left, decimal(left))}</li>}
          </ul>
        </div>
      )}
    </div>
  );
}
