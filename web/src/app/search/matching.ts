/** What is looked through, by its name and by other words for it. */
export interface Named {
  name: string;
  words?: string;
}

const START = /[\s/·,()-]+/;

/** Without accents and case, so that "malaga" finds "Málaga". */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** How well one word fits, 0 for best: the name or a word in it begins so, another word does, or it is inside. */
function fit(word: string, name: string, words: string): number {
  if (name.startsWith(word)) return 0;
  if (name.split(START).some((part) => part.startsWith(word))) return 1;
  if (words.split(START).some((part) => part.startsWith(word))) return 2;
  return name.includes(word) ? 3 : Infinity;
}

/** Return what fits every word that was typed, the best first; what fits equally well keeps its order. */
export function matching<T extends Named>(all: T[], typed: string): T[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const rated = all.map((one) => {
    const name = plain(one.name);
    const others = plain(one.words ?? "");
    return { one, rate: words.reduce((sum, word) => sum + fit(word, name, others), 0) };
  });
  return rated
    .filter(({ rate }) => Number.isFinite(rate))
    .sort((a, b) => a.rate - b.rate)
    .map(({ one }) => one);
}
