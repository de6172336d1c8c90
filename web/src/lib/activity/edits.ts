/** An edit of an activity, as far as it is read here. */
interface EditDetails {
  verb: string;
  field: string | null;
  value: unknown;
  undone: boolean;
}

/** Before the quantity in the field of an edit that refuses it as a record. */
export const REFUSED = "refused:";

/** Before the name of a field or channel in an edit that chooses its recording. */
export const PREFER = "prefer:";
/** All fields and channels, in place of a name. */
export const EVERYTHING = "*";

/** Which recordings a person chose, by field, channel or `*`; recordings are named by the file that they are in. */
export function chosenOf(edits: readonly EditDetails[]): Map<string, string> {
  const chosen = new Map<string, string>();
  for (const { verb, field, value, undone } of edits) {
    if (undone || verb !== "set" || !field?.startsWith(PREFER)) continue;
    if (typeof value === "string") chosen.set(field.slice(PREFER.length), fileOf(value));
    else chosen.delete(field.slice(PREFER.length));
  }
  return chosen;
}

/** The file that a recording's key (`file:session`) names. */
export function fileOf(key: string): string {
  const at = key.lastIndexOf(":");
  return at < 0 ? key : key.slice(0, at);
}

/**
 * The keys of the recordings that an edit merges with its own or separates from it.
 * Pairs of other keys only undo an earlier decision.
 */
export const namedIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

/** The last edit with one of these verbs that is still in force. */
export function lastSaid<E extends EditDetails>(edits: readonly E[], verbs: readonly string[]): E | undefined {
  return edits.findLast(({ verb, undone }) => !undone && verbs.includes(verb));
}
