/** What the columns of a table hold, by their places from 0; without `month_first` the dates themselves decide. */
export interface Columns {
  date: number | null;
  time: number | null;
  month_first: boolean | null;
  columns: { place: number; kind: string; scale: number | null }[];
}

/** A person looks at the first part of a table only, bytes. */
const HEAD = 1 << 20;
/** A table that a person keeps by hand is no larger, bytes. */
const LARGEST = 16 << 20;

/** Whether a file may be a table of measurements that a person keeps. */
export const isTable = ({ path, file }: { path: string; file: File }): boolean =>
  /\.(csv|tsv)$/i.test(path) && !path.includes("/") && file.size > 0 && file.size <= LARGEST;

/** The first line of a table that says what its columns are; columns without a unit are left out. */
export function lineOf({ date, time, month_first, columns }: Columns): string {
  const said = columns.flatMap(({ place, kind, scale }) => (scale === null ? [] : [[place, kind, scale]]));
  return `#homestretch ${JSON.stringify({ date, time, month_first, columns: said })}\n`;
}

/** The first part of a table, below such a line. */
export const headOf = (file: File, line: string): Blob => new Blob([line, file.slice(0, HEAD)]);

/** The whole table below such a line. */
export const tableWith = (file: File, line: string): File => new File([line, file], file.name);

/** What the select of a column shows: `date`, `time`, a kind, or nothing. */
export const heldBy = ({ date, time, columns }: Columns, place: number): string =>
  place === date ? "date" : place === time ? "time" : (columns.find((one) => one.place === place)?.kind ?? "");

/** The same with a column that holds something else; each thing stands in one column only. */
export function holding(now: Columns, place: number, what: string, scale: number | null): Columns {
  const others = now.columns.filter((one) => one.place !== place && one.kind !== what);
  const date = what === "date" ? place : now.date === place ? null : now.date;
  const time = what === "time" ? place : now.time === place ? null : now.time;
  // Another column of dates is written in its own way.
  const month_first = date === now.date ? now.month_first : null;
  const columns =
    what === "" || what === "date" || what === "time" ? others : [...others, { place, kind: what, scale }];
  return { date, time, month_first, columns };
}
