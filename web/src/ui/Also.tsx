import { known } from "@/lib/text";

/** The other name that athletes know a value by, beside its name here; nothing where there is none. */
export function Also({ code }: { code: string }) {
  const name = known("also", code);
  return name === undefined ? null : <span className="font-normal text-ink-3">{name}</span>;
}
