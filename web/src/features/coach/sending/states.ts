import type { SessionToSend } from "@/api/coach/sending";

/** Whether sending would change something. */
export function changes({ state, proposal_state: proposal }: SessionToSend): boolean {
  return state !== "same" && state !== "unsendable" && proposal !== "approved";
}
