/** The other names that athletes know a value by, beside its name here; nothing where there are none. */
export function Also({ names }: { names: readonly string[] }) {
  return names.length === 0 ? null : <span className="font-normal text-ink-3">{names.join(", ")}</span>;
}
