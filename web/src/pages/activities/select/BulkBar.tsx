import { useState } from "react";

import { queryOf, type Filters } from "@/api/activities/activities";
import { useChangeMany, useDeleteMany, useMergeMany, type Chosen } from "@/api/activities/bulk";
import { useAskAgain } from "@/api/activities/merging";
import { address, reason } from "@/api/client";
import { decimal } from "@/lib/units";
import { many, t } from "@/pages/activities/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { Menu, MenuDownload, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { BulkEdit } from "./BulkEdit";
import type { Selection } from "./selection";

/** So many ids fit into an address. */
const MOST_IN_ADDRESS = 1000;

/** What can be done with the selected activities: each act is one request, all or none, and can be undone. */
export function BulkBar({
  selection,
  filters,
  total,
  change,
}: {
  selection: Selection;
  filters: Filters;
  total: number;
  change: (changed: Filters) => void;
}) {
  const [editing, setEditing] = useState(false);
  const edit = useChangeMany();
  const remove = useDeleteMany();
  const merge = useMergeMany();
  const undo = useAskAgain();
  const { all, ids, clear } = selection;
  const count = all ? total : ids.size;
  const chosen: Chosen = { ids: all ? null : [...ids], filters: all ? filters : {} };
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  // Promises, for the bar may be gone before they resolve.
  const done = (act: Promise<{ count: number; edits: string[] }>, text: (count: number) => string): void => {
    act.then(({ count: changed, edits }) => {
      clear();
      const back = (): void => {
        undo.mutateAsync(edits).then(() => {
          say(t("bulk.undone"));
        }, failed);
      };
      say(text(changed), edits.length > 0 ? back : null);
    }, failed);
  };
  const query = all
    ? queryOf(filters)
    : { ids: [...ids].join(","), hidden: "all" as const, deleted: filters.deleted === "true" };
  const inAddress = all || ids.size <= MOST_IN_ADDRESS;
  const download = (contents: "originals" | "gpx"): string =>
    address("/api/activities/files.zip", { query: { ...query, contents } });
  const [first] = ids;
  return (
    <section
      aria-label={t("bulk.bar")}
      className={
        "card fixed inset-x-3 bottom-18 z-20 mx-auto flex max-w-3xl flex-wrap items-center gap-x-1 gap-y-1 " +
        "p-1.5 shadow-float md:bottom-6"
      }
    >
      <IconButton name={t("bulk.clear")} icon="close" onClick={clear} />
      <p role="status" className="mr-auto py-1.5 text-sm font-medium">
        {many("bulk.count", count, decimal(count))}
      </p>
      {!all && count < total && (
        <Button kind="quiet" onClick={selection.selectAll}>
          {t("bulk.all", { count: decimal(total) })}
        </Button>
      )}
      <Button
        icon="edit"
        disabled={count === 0}
        busy={edit.isPending}
        onClick={() => {
          setEditing(true);
        }}
      >
        <span className="max-sm:sr-only">{t("bulk.edit")}</span>
      </Button>
      {count > 0 && (
        <Menu up button={(wiring) => <Button icon="more" aria-label={t("bulk.more")} {...wiring} />}>
          {!all && count > 1 && (
            <MenuItem
              icon="merge"
              onClick={() => {
                done(merge.mutateAsync({ chosen }), (changed) => many("bulk.merged", changed));
              }}
            >
              {t("bulk.merge")}
            </MenuItem>
          )}
          {!all && count === 1 && first !== undefined && (
            <MenuItem
              icon="map"
              onClick={() => {
                clear();
                change({ near: first });
              }}
            >
              {t("bulk.near")}
            </MenuItem>
          )}
          {inAddress && (
            <>
              <MenuDownload icon="file" href={download("originals")}>
                {t("bulk.originals")}
              </MenuDownload>
              <MenuDownload icon="download" href={download("gpx")}>
                {t("bulk.gpx")}
              </MenuDownload>
              <MenuDownload icon="table" href={address("/api/activities/table.csv", { query })}>
                {t("activities.csv")}
              </MenuDownload>
            </>
          )}
          <MenuItem
            icon={filters.deleted ? "undo" : "trash"}
            danger={!filters.deleted}
            onClick={() => {
              const restore = filters.deleted === "true";
              done(remove.mutateAsync({ chosen, restore }), (changed) =>
                many(restore ? "bulk.restored" : "bulk.deleted", changed),
              );
            }}
          >
            {t(filters.deleted ? "bulk.restore" : "bulk.delete")}
          </MenuItem>
        </Menu>
      )}
      {editing && (
        <BulkEdit
          count={count}
          onApply={(wanted) => {
            done(edit.mutateAsync({ chosen, change: wanted }), (changed) => many("bulk.changed", changed));
          }}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </section>
  );
}
