import { ordered } from "@/lib/order";
import { t } from "./text";

export type CardKey = "body" | "last" | "needs" | "week" | "next" | "fitness" | "year" | "new" | "memories";

/** The cards in their usual order, as a phone shows them; a wide screen has two columns, of which each is in one. */
export const CARDS: readonly { key: CardKey; wide: boolean }[] = [
  { key: "body", wide: true },
  { key: "last", wide: true },
  { key: "needs", wide: false },
  { key: "week", wide: false },
  { key: "next", wide: false },
  { key: "fitness", wide: true },
  { key: "year", wide: true },
  { key: "new", wide: false },
  { key: "memories", wide: false },
];

/** What a card is called. */
export function cardName(key: CardKey): string {
  const names: Record<CardKey, string> = {
    body: t("card.body"),
    last: t("card.last"),
    needs: t("card.needs"),
    week: t("card.week"),
    next: t("card.next"),
    fitness: t("card.fitness"),
    year: t("card.year"),
    new: t("card.new"),
    memories: t("card.memories"),
  };
  return names[key];
}

/** The cards that are shown, in columns: two on a wide screen, else one. */
export function columnsOf(order: readonly string[], hidden: readonly string[], wide: boolean): CardKey[][] {
  const cards = ordered(CARDS, order, ({ key }) => key).filter(({ key }) => !hidden.includes(key));
  const keys = (of: typeof cards): CardKey[] => of.map(({ key }) => key);
  return wide ? [keys(cards.filter((one) => one.wide)), keys(cards.filter((one) => !one.wide))] : [keys(cards)];
}
