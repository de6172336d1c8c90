import { reason } from "@/api/client";
import { useTakeAthleteOut } from "@/api/people/groups";
import { lookAt } from "@/api/session";
import type { Group } from "@/api/types";
import { routes } from "@/lib/routes";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";
import { seenBy } from "./YourAthletes";

/** The athletes of others that the group shows to whoever looks. */
export function OtherAthletes({ group }: { group: Group }) {
  const takeOut = useTakeAthleteOut(group.id);
  const others = group.athletes.filter(({ own }) => !own);
  return (
    <section>
      <h3 className="font-semibold">{t("group.others")}</h3>
      {others.length === 0 && <p className="mt-1 text-sm text-ink-2">{t("group.no_others")}</p>}
      <ul className="mt-2 divide-y divide-line border-y border-line empty:hidden">
        {others.map(({ id, name, members_see }) => (
          <li key={id} className="flex min-h-14 flex-wrap items-center gap-3 py-2" data-athlete={name}>
            <span className="min-w-40 flex-1">
              <span className="block truncate font-medium">{name}</span>
              <span className="block text-sm text-ink-2">{seenBy(members_see)}</span>
            </span>
            {(group.role === "coach" || members_see !== null) && (
              <Button
                onClick={() => {
                  lookAt(id, routes.today);
                }}
              >
                {t("group.show")}
              </Button>
            )}
            {group.leads && (
              <Button
                kind="danger"
                busy={takeOut.isPending && takeOut.variables === id}
                onClick={() => {
                  takeOut.mutate(id, {
                    onSuccess: () => {
                      say(t("group.taken_out", { name, group: group.name }));
                    },
                    onError: (error) => {
                      sayError(reason(error));
                    },
                  });
                }}
              >
                {t("group.take_out")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
