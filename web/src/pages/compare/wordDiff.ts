/** A stretch of text that stays, goes or comes. */
export interface Piece {
  kind: "same" | "gone" | "new";
  text: string;
}

/** Beyond so many words of both together, texts are set against each other whole. */
const MOST = 1500;

/** What changes from one text to another, word by word: the longest words in common stay. */
export function wordDiff(before: string, after: string): Piece[] {
  const [old, now] = [words(before), words(after)];
  if (old.length * now.length > MOST * MOST) return [piece("gone", before), piece("new", after)];
  const common = lengths(old, now);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      pieces.push(piece("same", old[i] ?? ""));
      i++;
      j++;
    } else if (i < old.length && (j >= now.length || at(common, i + 1, j) >= at(common, i, j + 1)))
      pieces.push(piece("gone", old[i++] ?? ""));
    else pieces.push(piece("new", now[j++] ?? ""));
  }
  return joined(pieces);
}

const piece = (kind: Piece["kind"], text: string): Piece => ({ kind, text });
const words = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];
const at = (table: number[][], i: number, j: number): number => table[i]?.[j] ?? 0;

/** How many words the rests of both have in common, by where the rests begin. */
function lengths(old: string[], now: string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row)
        row[j] = old[i] === now[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

/** What goes and what comes between words that stay, each as one piece; a mere space amid changes does not stay. */
function joined(pieces: Piece[]): Piece[] {
  const found: Piece[] = [];
  let [gone, fresh] = ["", ""];
  const close = (): void => {
    if (gone !== "") found.push(piece("gone", gone));
    if (fresh !== "") found.push(piece("new", fresh));
    [gone, fresh] = ["", ""];
  };
  pieces.forEach(({ kind, text }, index) => {
    const next = pieces[index + 1];
    const amid =
      kind === "same" && text.trim() === "" && gone + fresh !== "" && next !== undefined && next.kind !== "same";
    if (kind === "gone" || amid) gone += text;
    if (kind === "new" || amid) fresh += text;
    if (kind !== "same" || amid) return;
    close();
    const last = found.at(-1);
    if (last?.kind === "same") last.text += text;
    else found.push({ kind, text });
  });
  close();
  return found;
}
