import { useState, type ReactNode } from "react";

import { t } from "@/lib/text";
import { Button } from "@/ui/controls/Button";

export interface ColumnOf<R> {
  head: string;
  cell: (row: R) => ReactNode;
  /** Words stand left, numbers right. */
  words?: boolean;
}

/**
 * A table with one thing per row, which scrolls sideways in a narrow window. Columns without any value are left out.
 */
export function Table<R>({
  label,
  rows,
  columns,
  keyOf,
  muted,
  first = Infinity,
}: {
  label: string;
  rows: R[];
  columns: ColumnOf<R>[];
  keyOf: (row: R) => string | number;
  muted?: (row: R) => boolean;
  /** So many rows are shown until all are asked for. */
  first?: number;
}) {
  const [all, setAll] = useState(false);
  // One or two rows more are no longer than the button that shows them.
  const shown = all || rows.length <= first + 2 ? rows : rows.slice(0, first);
  const table = (
    <div className="card overflow-x-auto" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full text-sm whitespace-nowrap">
        <thead className="bg-sunken/60 text-xs text-ink-3">
          <tr>
            {columns.map(({ head, words }) => (
              <th key={head} scope="col" className={`px-4 py-2 font-medium ${words ? "text-left" : "text-right"}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr
              key={keyOf(row)}
              className={`border-t border-line hover:bg-sunken/50 ${muted?.(row) ? "text-ink-3" : ""}`}
            >
              {columns.map(({ head, cell, words }) => (
                <td key={head} className={`px-4 py-1.5 ${words ? "text-left" : "text-right"}`}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  if (shown.length === rows.length) return table;
  return (
    <>
      {table}
      <Button
        kind="quiet"
        icon="down"
        className="mt-1"
        onClick={() => {
          setAll(true);
        }}
      >
        {t("table.all", { count: rows.length })}
      </Button>
    </>
  );
}
