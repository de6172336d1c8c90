/** What the map shows where its address says nothing: all activities as a heat map, without tiles. */
export const USUAL = { sport: "", from: "", to: "", heat: "on", tiles: "none", square: "on", at: "" };

/** What the map is narrowed to and what is drawn on it, as the address has it. */
export type Choices = Record<keyof typeof USUAL, string>;
