import { useState, type FormEvent } from "react";

import type { Filters } from "@/api/activities/activities";
import {
  useRemoveFilter,
  useRenameFilter,
  useRestoreFilter,
  useSavedFilters,
  useSaveFilter,
} from "@/api/activities/saved";
import { reason } from "@/api/client";
import type { SavedFilter } from "@/api/types";
import { filtersIn, queryText } from "@/pages/activities/filters";
import { t } from "@/pages/activities/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Empty, Failure } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";

const failed = (error: unknown): void => {
  sayError(reason(error));
};

/** The filters that are kept under a name: applied, renamed, deleted, and this one saved. */
export function SavedFilters({
  filters,
  change,
  onClose,
}: {
  filters: Filters;
  change: (changed: Filters) => void;
  onClose: () => void;
}) {
  const saved = useSavedFilters();
  const query = queryText(filters);
  return (
    <Dialog title={t("saved.title")} onClose={onClose}>
      {query !== "" && <Save query={query} />}
      {saved.isError && <Failure error={saved.error} retry={() => void saved.refetch()} />}
      {saved.data?.length === 0 && (
        <Empty icon="search" title={t("saved.none")} hint={query === "" ? t("saved.none_hint") : t("saved.none_here")}>
          {query === "" && <Button onClick={onClose}>{t("saved.back")}</Button>}
        </Empty>
      )}
      <ul className="divide-y divide-line rounded-lg border border-line empty:hidden">
        {saved.data?.map((one) => (
          <li key={one.id}>
            <Line
              saved={one}
              current={one.query === query}
              onApply={() => {
                change(filtersIn(one.query));
                onClose();
              }}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Save({ query }: { query: string }) {
  const save = useSaveFilter();
  const [name, setName] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(
      { name, query },
      {
        onSuccess: () => {
          setName("");
        },
        onError: failed,
      },
    );
  };
  return (
    <form onSubmit={submit} className="mb-4 flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          label={t("saved.name")}
          value={name}
          maxLength={200}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
      </div>
      <Button type="submit" kind="primary" busy={save.isPending} disabled={name.trim() === ""}>
        {t("saved.save")}
      </Button>
    </form>
  );
}

function Line({ saved, current, onApply }: { saved: SavedFilter; current: boolean; onApply: () => void }) {
  const rename = useRenameFilter();
  const remove = useRemoveFilter();
  const restore = useRestoreFilter();
  const [typed, setTyped] = useState<string | null>(null);
  if (typed !== null) {
    const submit = (event: FormEvent): void => {
      event.preventDefault();
      setTyped(null);
      if (typed.trim() !== "" && typed !== saved.name)
        rename.mutate({ id: saved.id, name: typed }, { onError: failed });
    };
    return (
      <form onSubmit={submit} className="flex items-center gap-2 p-2">
        <input
          autoFocus
          value={typed}
          maxLength={200}
          aria-label={t("saved.name")}
          className="touch min-w-0 flex-1 rounded-lg border border-line bg-surface px-3 py-1.5"
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
        <Button type="submit">{t("app.save")}</Button>
      </form>
    );
  }
  return (
    <div className="flex items-center gap-1 pr-1.5">
      <button
        type="button"
        aria-current={current}
        onClick={onApply}
        className={
          "touch min-w-0 flex-1 truncate rounded-lg px-3 py-2 text-left hover:bg-sunken " +
          "aria-[current=true]:font-semibold"
        }
      >
        {saved.name}
      </button>
      <IconButton
        name={t("saved.rename", { name: saved.name })}
        icon="edit"
        onClick={() => {
          setTyped(saved.name);
        }}
      />
      <IconButton
        name={t("saved.delete", { name: saved.name })}
        icon="trash"
        onClick={() => {
          // A promise, for the line is gone before it resolves.
          remove.mutateAsync(saved.id).then(() => {
            say(t("saved.deleted", { name: saved.name }), () => {
              restore.mutateAsync(saved.id).catch(failed);
            });
          }, failed);
        }}
      />
    </div>
  );
}
