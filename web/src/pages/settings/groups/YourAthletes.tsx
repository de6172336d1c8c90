import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useBringAthlete, useTakeAthleteOut } from "@/api/people/groups";
import { useSession } from "@/api/session";
import type { Athlete, Group, Seen } from "@/api/types";
import { SEEN_NAMES, USUALLY_SEEN } from "@/features/people/roles";
import { SeesChoice } from "@/features/people/SeesChoice";
import { t as roleText } from "@/features/people/text";
import { inSentence } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Radios } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

/** What members see of an athlete, in words. */
export const seenBy = (see: readonly Seen[] | null): string =>
  see === null
    ? t("group.members_none")
    : t("group.members_see", {
        what: [t("group.activities"), ...see.map((one) => inSentence(roleText(SEEN_NAMES[one])))].join(", "),
      });

/** The athletes that one owns: whether the group shows them, and what to its members. */
export function YourAthletes({ group }: { group: Group }) {
  const { data: session } = useSession();
  const takeOut = useTakeAthleteOut(group.id);
  const [bringing, setBringing] = useState<Athlete | null>(null);
  const own = session?.athletes.filter(({ role, demo }) => role === "owner" && !demo) ?? [];
  if (own.length === 0) return null;
  return (
    <section>
      <h3 className="font-semibold">{t("group.yours")}</h3>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {own.map((athlete) => {
          const { id, name } = athlete;
          const shown = group.athletes.find((one) => one.id === id);
          return (
            <li key={id} className="flex min-h-14 flex-wrap items-center gap-3 py-2" data-athlete={name}>
              <span className="min-w-40 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block text-sm text-ink-2">
                  {shown ? `${t("group.coaches_see")} ${seenBy(shown.members_see)}` : t("group.not_shown")}
                </span>
              </span>
              <Button
                kind={shown ? "plain" : "primary"}
                onClick={() => {
                  setBringing(athlete);
                }}
              >
                {t(shown ? "group.change" : "group.bring")}
              </Button>
              {shown && (
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
          );
        })}
      </ul>
      {bringing && (
        <Bring
          group={group}
          athlete={bringing}
          onClose={() => {
            setBringing(null);
          }}
        />
      )}
    </section>
  );
}

/** Asks what the group's members see of an athlete, after saying what coaches see. */
function Bring({ group, athlete, onClose }: { group: Group; athlete: Athlete; onClose: () => void }) {
  const bring = useBringAthlete(group.id);
  const before = group.athletes.find(({ id }) => id === athlete.id);
  const [seen, setSeen] = useState(before !== undefined && before.members_see !== null);
  const [sees, setSees] = useState<readonly Seen[]>(before?.members_see ?? USUALLY_SEEN);
  const coaches = group.people.filter(({ role }) => role === "coach").map(({ username }) => username);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    bring.mutate(
      { athlete: athlete.id, see: seen ? [...sees] : null },
      {
        onSuccess: () => {
          say(t("group.shown", { name: athlete.name, group: group.name }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t("group.bring_title", { name: athlete.name, group: group.name })} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {bring.error && (
          <div role="alert">
            <Notice tone="bad">{reason(bring.error)}</Notice>
          </div>
        )}
        <div className="text-sm">
          <p>{t("group.coach_hint")}</p>
          <p className="mt-1 text-ink-2">
            {coaches.length > 0 ? t("group.coaches_named", { names: coaches.join(", ") }) : t("group.coaches_none")}
          </p>
        </div>
        <Radios
          name={t("group.members")}
          value={seen ? "see" : "none"}
          options={[
            { value: "none", label: t("group.choose_none") },
            { value: "see", label: t("group.choose_see") },
          ]}
          onChange={(value) => {
            setSeen(value === "see");
          }}
        />
        {seen && <SeesChoice sees={sees} onChange={setSees} />}
        <p className="text-sm text-ink-2">{t("group.members_hint")}</p>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={bring.isPending}>
            {t(before ? "group.save" : "group.bring")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
