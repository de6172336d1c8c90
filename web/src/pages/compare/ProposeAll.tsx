import { reason } from "@/api/client";
import { usePropose } from "@/api/sources/compare";
import { decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { proposable } from "./comparing";
import type { GridOf } from "./Grid";
import { many, t } from "./text";

/** Propose at once what differs in the month at the sources that are shown, or the upload of what is missing there. */
export function ProposeAll({ columns, rows, proposals, month }: GridOf) {
  const propose = usePropose();
  const known = new Set(
    proposals
      .filter(({ state }) => state === "open" || state === "approved")
      .map(({ connection, activity, field }) => `${connection} ${activity ?? ""} ${field}`),
  );
  const wanted = rows.flatMap(({ activity, cells }) =>
    columns.flatMap((column) => {
      const { connection } = column;
      const cell = cells[connection];
      const fields = cell ? proposable(cell, column, activity.formats) : [];
      return fields.filter((field) => !known.has(`${connection} ${activity.id} ${field}`));
    }),
  );
  const uploads = wanted.filter((field) => field === "upload").length;
  const fields = [...new Set(wanted.filter((field) => field !== "upload"))];
  const differ = wanted.length - uploads;
  if (wanted.length === 0) return null;
  const go = (what: string[]): void => {
    propose.mutate(
      { month, connections: columns.map(({ connection }) => connection), fields: what },
      {
        onSuccess: ({ items }) => {
          say(many("compare.propose_toast", items.length, decimal(items.length)));
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <Menu
      button={(wiring) => (
        <Button icon="down" busy={propose.isPending} {...wiring}>
          {t("compare.propose_all")}
        </Button>
      )}
    >
      {differ > 0 && (
        <MenuItem
          icon="differs"
          onClick={() => {
            go(fields);
          }}
        >
          {many("compare.propose_differs", differ, decimal(differ))}
        </MenuItem>
      )}
      {uploads > 0 && (
        <MenuItem
          icon="up"
          onClick={() => {
            go(["upload"]);
          }}
        >
          {many("compare.propose_missing", uploads, decimal(uploads))}
        </MenuItem>
      )}
    </Menu>
  );
}
