import { reason } from "@/api/client";
import { useChangePreferences, usePreferences } from "@/api/session";
import { moved, ordered } from "@/lib/order";
import { t } from "@/pages/activities/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { sayError } from "@/ui/layout/Toasts";
import { chosenColumns, COLUMNS } from "./columns";

/** Which columns the list has, and in which order; each change is saved at once. */
export function ColumnsDialog({ onClose }: { onClose: () => void }) {
  const { activity_columns: stored } = usePreferences();
  const change = useChangePreferences();
  const chosen = chosenColumns(stored).map(({ key }) => key);
  const save = (keys: string[]): void => {
    change.mutate(
      { activity_columns: keys },
      {
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <Dialog title={t("columns.title")} onClose={onClose}>
      <p className="mb-3 text-sm text-ink-2">{t("columns.hint")}</p>
      <ol className="divide-y divide-line rounded-lg border border-line">
        {ordered(COLUMNS, chosen, ({ key }) => key).map(({ key, name }) => {
          const at = chosen.indexOf(key);
          return (
            <li key={key} className="flex items-center gap-3 py-1 pr-1.5 pl-3">
              <label className="touch flex min-w-0 flex-1 items-center gap-2.5 text-sm">
                <input
                  type="checkbox"
                  checked={at >= 0}
                  disabled={at >= 0 && chosen.length === 1}
                  className="size-4.5 accent-(--accent)"
                  onChange={(event) => {
                    save(event.target.checked ? [...chosen, key] : chosen.filter((other) => other !== key));
                  }}
                />
                {name}
              </label>
              <IconButton
                name={t("columns.up", { name })}
                icon="up"
                disabled={at < 1}
                onClick={() => {
                  save(moved(chosen, at, -1));
                }}
              />
              <IconButton
                name={t("columns.down", { name })}
                icon="down"
                disabled={at < 0 || at === chosen.length - 1}
                onClick={() => {
                  save(moved(chosen, at, 1));
                }}
              />
            </li>
          );
        })}
      </ol>
      <div className="mt-4 flex justify-between gap-2">
        <Button
          kind="quiet"
          icon="undo"
          disabled={stored.length === 0}
          onClick={() => {
            save([]);
          }}
        >
          {t("columns.reset")}
        </Button>
        <Button kind="primary" onClick={onClose}>
          {t("app.close")}
        </Button>
      </div>
    </Dialog>
  );
}
