import { useState } from "react";
import { Link } from "react-router";

import { useBatchItems } from "@/api/sources/batches";
import type { Batch, BatchItem, ItemStatus } from "@/api/types";
import { classes } from "@/lib/classes";
import { routes } from "@/lib/routes";
import { bytes, decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Waiting } from "@/ui/layout/States";
import { STATUSES, StatusMark } from "./status";
import { t, type Plain } from "./text";

/** So many activities of a file are led to; a list may be of thousands. */
const LINKS = 12;

/** What became of each file of an import, in plain words. */
export function Report({ batch }: { batch: Batch }) {
  const [status, setStatus] = useState<ItemStatus | "">(batch.counts.failed > 0 ? "failed" : "");
  const settled = batch.counts.imported + batch.counts.duplicate + batch.counts.skipped + batch.counts.failed;
  const items = useBatchItems(batch.id, status, true, `${batch.state} ${settled}`);
  const list = items.data?.pages.flatMap((page) => page.items) ?? [];
  const tabs: [ItemStatus | "", Plain, number | null][] = [
    ["", "status.all", null],
    ...STATUSES.flatMap((key): [ItemStatus, Plain, number][] =>
      key !== "container" && batch.counts[key] > 0 ? [[key, `status.${key}`, batch.counts[key]]] : [],
    ),
  ];
  return (
    <div className="border-t border-line px-4 py-3 md:px-5">
      <div className="mb-2 flex flex-wrap gap-1" role="group" aria-label={t("batch.report")}>
        {tabs.map(([key, label, count]) => (
          <button
            key={key}
            type="button"
            aria-pressed={status === key}
            onClick={() => {
              setStatus(key);
            }}
            className={classes(
              "touch rounded-lg px-2.5 py-1 text-sm text-ink-2",
              "hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:font-medium",
              "aria-pressed:text-accent",
            )}
          >
            {[t(label), count === null ? null : decimal(count)].filter(Boolean).join(" ")}
          </button>
        ))}
      </div>
      {items.isPending && (
        <Waiting>
          <div className="skeleton h-24" />
        </Waiting>
      )}
      {items.isSuccess && list.length === 0 && <p className="py-4 text-sm text-ink-2">{t("batch.report_none")}</p>}
      <ul className="max-h-96 divide-y divide-line overflow-auto" tabIndex={0} aria-label={t("batch.report")}>
        {list.map((item) => (
          <Item key={item.path} item={item} />
        ))}
      </ul>
      {items.hasNextPage && (
        <Button className="mt-2" busy={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>
          {t("batch.more")}
        </Button>
      )}
    </div>
  );
}

function Item({ item }: { item: BatchItem }) {
  return (
    <li className="flex flex-wrap items-start gap-x-3 py-2 text-sm">
      <span className="mt-0.5">
        <StatusMark status={item.status} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block break-all">{item.path}</span>
        {item.notes.map(({ code, text }) => (
          <span key={code} className="block text-ink-2">
            {text}
          </span>
        ))}
      </span>
      <span className="label shrink-0">{bytes(item.size)}</span>
      {item.activities.slice(0, LINKS).map((id) => (
        <Link key={id} to={routes.activity(id)} className="shrink-0 text-accent underline-offset-4 hover:underline">
          {t("batch.open")}
        </Link>
      ))}
    </li>
  );
}
