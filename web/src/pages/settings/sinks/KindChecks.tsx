import type { HealthKind } from "@/api/types";
import { isUsual } from "@/lib/health/sent";
import { known } from "@/lib/text";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Check } from "@/ui/controls/Field";

/** Which measures are sent: a box for each by group, the private ones apart. */
export function KindChecks({
  kinds,
  chosen,
  onChange,
}: {
  kinds: HealthKind[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const open = kinds.filter((kind) => !kind.private);
  const groups: { key: string; name: string; kinds: HealthKind[] }[] = [...new Set(open.map(({ group }) => group))].map(
    (group) => ({
      key: group,
      name: known("health_group", group) ?? group,
      kinds: open.filter((kind) => kind.group === group),
    }),
  );
  const secret = kinds.filter((kind) => kind.private);
  if (secret.length > 0) groups.push({ key: "private", name: t("sinks.private"), kinds: secret });
  const toggle = (key: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(key);
    else next.delete(key);
    onChange(next);
  };
  return (
    <section aria-label={t("sinks.kinds")} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="text-sm font-medium text-ink-2">{t("sinks.kinds")}</h3>
        <span className="flex gap-1">
          <Button
            kind="quiet"
            disabled={isUsual(chosen, kinds)}
            onClick={() => {
              onChange(new Set(open.map(({ key }) => key)));
            }}
          >
            {t("sinks.kinds_all")}
          </Button>
          <Button
            kind="quiet"
            disabled={chosen.size === 0}
            onClick={() => {
              onChange(new Set());
            }}
          >
            {t("sinks.kinds_none")}
          </Button>
        </span>
      </div>
      <p className="text-xs text-ink-3">{t(isUsual(chosen, kinds) ? "sinks.kinds_usual" : "sinks.kinds_chosen")}</p>
      <div className="max-h-72 overflow-auto rounded-lg border border-line p-3" tabIndex={0} role="group">
        {groups.map(({ key, name, kinds: members }) => (
          <fieldset key={key} className="mb-3 last:mb-0">
            <legend className="label mb-1">{name}</legend>
            <div className="grid gap-x-4 sm:grid-cols-2">
              {members.map((kind) => (
                <Check
                  key={kind.key}
                  label={kind.name}
                  checked={chosen.has(kind.key)}
                  onChange={(event) => {
                    toggle(kind.key, event.target.checked);
                  }}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </section>
  );
}
