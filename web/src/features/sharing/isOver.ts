import type { Share } from "@/api/types";

/** Whether the time of a link is over. */
export const isOver = ({ until }: Share): boolean => until !== null && Date.parse(until) <= Date.now();
