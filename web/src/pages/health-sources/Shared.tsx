import { useEffect, useId, useRef } from "react";

import { usePreferences } from "@/api/session";
import type { SharedKind } from "@/api/types";
import { useOriginName } from "@/features/health/origins";
import { day as dayWords } from "@/lib/dates";
import { decimal } from "@/lib/units";
import { Icon } from "@/ui/pictures/Icon";
import { OrderList } from "./OrderList";
import { many, t } from "./text";

const HOW = {
  union: "priority.union",
  baseline: "priority.baseline",
  spot: "priority.spot",
  best: "priority.best",
} as const;

/** A measure of several sources or devices: which comes first, and opened, their order. */
export function Shared({
  shared,
  open,
  readOnly,
  onToggle,
}: {
  shared: SharedKind;
  open: boolean;
  readOnly: boolean;
  onToggle: () => void;
}) {
  const { kind, name, combine, chosen, origins } = shared;
  const wish = usePreferences();
  const originName = useOriginName();
  const body = useId();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // A link of another page leads to this measure, which may lie far down.
    if (open) row.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  const [first] = origins;
  return (
    <li ref={row} data-shared={kind}>
      <h3>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={body}
          className="touch flex w-full items-center gap-3 px-4 py-2 text-left hover:bg-sunken/50"
          onClick={onToggle}
        >
          <Icon name="right" size={18} className={`text-ink-3 transition-transform ${open ? "rotate-90" : ""}`} />
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{name}</span>
            {first && (
              <span className="block text-sm text-ink-2">
                {t("priority.first", { origin: originName(first.source, first.device) })}
              </span>
            )}
          </span>
          <span
            className={`rounded-full px-2 text-xs leading-5 whitespace-nowrap ${
              chosen ? "bg-accent-soft font-medium text-ink" : "bg-sunken text-ink-2"
            }`}
          >
            {t(chosen ? "priority.own" : "priority.usual")}
          </span>
        </button>
      </h3>
      <div id={body} hidden={!open} className="px-4 pt-1 pb-4">
        {open && (
          <>
            <p className="mb-3 max-w-prose text-sm text-ink-2">{t(HOW[combine])}</p>
            <OrderList
              key={origins.map((origin) => origin.name).join()}
              kind={kind}
              what={name}
              rows={origins.map((origin) => ({
                name: origin.name,
                title: originName(origin.source, origin.device),
                detail: t("priority.last", {
                  days: many("priority.days", origin.days, decimal(origin.days)),
                  day: dayWords(origin.last, wish, "plain"),
                }),
              }))}
              isOwn={chosen}
              readOnly={readOnly}
            />
          </>
        )}
      </div>
    </li>
  );
}
