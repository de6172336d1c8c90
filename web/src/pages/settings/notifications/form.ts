import type { NoticeChannel, NoticeWay } from "@/api/notices/notices";
import type { AskedField } from "@/api/types";
import type { Answers } from "@/lib/sources/answers";
import { t } from "./text";

/** The one secret of a channel, which is kept encrypted and apart from its settings. */
const SECRET = "secret";

/** What a way asks: its settings and its secret; of a channel that has one, none is required again. */
export function fieldsOf(way: NoticeWay, channel?: NoticeChannel): AskedField[] {
  const rest = { least: null, most: null, variable: null, aliases: [] };
  const fields = way.fields.map((field) => ({ ...field, kind: field.kind as AskedField["kind"], ...rest }));
  if (way.secret === null) return fields;
  const kept = channel?.has_secret === true;
  const secret: AskedField = {
    key: SECRET,
    title: way.secret,
    kind: "password",
    help: kept ? `${t("notify.secret_kept")} ${t("notify.secret_again")}` : "",
    default: "",
    required: way.secret_required && !kept,
    choices: [],
    ...rest,
  };
  return [...fields, secret];
}

/** What a form says: its settings, and its secret where one was entered. */
export function saidIn({ [SECRET]: secret = "", ...settings }: Answers): { settings: Answers; secret?: string } {
  return secret === "" ? { settings } : { settings, secret };
}

/** The channel and the proof that the link in a mail has behind its #; null for any other. */
export function proofIn(hash: string): { id: string; proof: string } | null {
  const [, id, proof] = /^#([\w-]+)\.([\w-]+)$/.exec(hash) ?? [];
  return id === undefined || proof === undefined ? null : { id, proof };
}
