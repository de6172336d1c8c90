import { useState } from "react";

import { reason } from "@/api/client";
import { useAddGear, useAlias, type GearItem, type UnknownGear } from "@/api/gear";
import { usePreferences } from "@/api/session";
import { told } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Pick } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";
import { sayError } from "@/ui/layout/Toasts";
import { many, t } from "./text";

/** Gear that sources know and that is none here yet: tied to an item, or made one. */
export function Unknown({ unknown, items }: { unknown: UnknownGear[]; items: GearItem[] }) {
  return (
    <Section title={t("gear.unknown")} id="gear-unknown">
      <p className="mb-2.5 max-w-3xl text-sm text-ink-2">{t("gear.unknown_hint")}</p>
      <ul className="card divide-y divide-line">
        {unknown.map((one) => (
          <li key={`${one.source}/${one.key}`}>
            <One one={one} items={items} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function One({ one, items }: { one: UnknownGear; items: GearItem[] }) {
  const wish = usePreferences();
  const add = useAddGear();
  const alias = useAlias();
  const [chosen, setChosen] = useState(one.suggestion ?? "");
  const busy = add.isPending || alias.isPending;
  const fail = {
    onError: (error: unknown): void => {
      sayError(reason(error));
    },
  };
  const { source, key, name, source_name } = one;
  const kind = one.kind === "bike" || one.kind === "shoes" ? one.kind : "other";
  const details = [
    source_name,
    ...(one.activities === null || one.activities === 0 ? [] : [many("activities.count", one.activities)]),
    ...(one.distance_m === null ? [] : [told("distance", one.distance_m, wish, "generic", 0)]),
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5" data-unknown={key}>
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium break-words">{name}</p>
        <p className="text-sm text-ink-2">{details.join(" · ")}</p>
      </div>
      {items.length > 0 && (
        <>
          <Pick
            name={t("gear.which", { name })}
            value={chosen}
            onChange={(event) => {
              setChosen(event.target.value);
            }}
            className="max-w-56"
          >
            <option value="">{t("gear.choose")}</option>
            {items.map((item) => (
              <option key={item.id} value={item.id}>
                {item.name}
              </option>
            ))}
          </Pick>
          <Button
            disabled={busy || chosen === ""}
            aria-label={t("gear.same_name", { name })}
            onClick={() => {
              alias.mutate({ id: chosen, source, key }, fail);
            }}
          >
            {t("gear.same")}
          </Button>
        </>
      )}
      <Button
        icon="plus"
        disabled={busy}
        aria-label={t("gear.make_name", { name })}
        onClick={() => {
          add.mutate({ name, kind, alias: { source, key } }, fail);
        }}
      >
        {t("gear.make")}
      </Button>
    </div>
  );
}
