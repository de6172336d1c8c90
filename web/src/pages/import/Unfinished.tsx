import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useTurnBatch } from "@/api/sources/batches";
import { missing } from "@/api/sources/uploads";
import type { Batch } from "@/api/types";
import { bytes } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Icon } from "@/ui/pictures/Icon";
import { many, t } from "./text";

const SHOWN = 100;

/** An upload that was broken off, by a reload or a flat battery: what is missing, and how to go on. */
export function Unfinished({ batch }: { batch: Batch }) {
  const turn = useTurnBatch();
  const [open, setOpen] = useState(false);
  const { expected, arriving } = batch.counts;
  const left = useQuery({
    queryKey: ["items", batch.id, "missing", expected, arriving],
    queryFn: () => missing(batch.id),
    enabled: open,
  });
  return (
    <section data-testid="unfinished" className="mb-4 rounded-2xl bg-warn-soft p-5">
      <h2 className="flex items-center gap-2 font-semibold">
        <Icon name="alert" className="text-warn" />
        {t("import.unfinished")}
      </h2>
      <p className="mt-1 text-sm">{many("import.unfinished_hint", expected + arriving)}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {t("import.missing")}
        </Button>
        <Button
          kind="quiet"
          busy={turn.isPending}
          onClick={() => {
            turn.mutate({ id: batch.id, turn: "close" });
          }}
        >
          {t("import.finish")}
        </Button>
      </div>
      {open && (
        <ul className="mt-3 max-h-64 overflow-auto text-sm" tabIndex={0}>
          {[...(left.data?.values() ?? [])].slice(0, SHOWN).map((item) => (
            <li key={item.path} className="flex justify-between gap-4 py-0.5">
              <span className="min-w-0 truncate">{item.path}</span>
              <span className="shrink-0 text-ink-2">
                {t("import.missing_size", { received: bytes(item.received), size: bytes(item.size) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
