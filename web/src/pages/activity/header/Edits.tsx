import { useNavigate } from "react-router";

import { useTurnEdit, type Tagged } from "@/api/activities/activities";
import { useTakeBackEdit } from "@/api/activities/merging";
import { reason } from "@/api/client";
import { useMayEdit, usePreferences } from "@/api/session";
import type { Edit } from "@/api/types";
import { EVERYTHING, fileOf, namedIn, PREFER, REFUSED } from "@/lib/activity/edits";
import { quantityName } from "@/lib/activity/records";
import { humanise } from "@/lib/activity/sports";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { known } from "@/lib/text";
import { useGiven, useTitleOf } from "@/pages/activity/recordings/given";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { sayError } from "@/ui/layout/Toasts";

/** What was changed by hand; each can be taken back and put forward again. */
export function Edits({ activity }: { activity: Tagged }) {
  const wish = usePreferences();
  const turn = useTurnEdit();
  const mayEdit = useMayEdit();
  const told = useTold(activity);
  const back = useTakeBackEdit();
  const navigate = useNavigate();
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  // A whole of pieces goes with the word that made it: the page is then that of the first piece.
  const part = (edit: string): void => {
    const [piece] = activity.legs;
    if (piece !== undefined) void navigate(routes.activity(piece));
    back.mutateAsync({ edit, gone: piece === undefined ? null : activity.id }).catch(failed);
  };
  if (activity.edits.length === 0) return null;
  return (
    <Section title={t("edits.title")}>
      <ol className="card divide-y divide-line" data-testid="edits">
        {activity.edits.map((edit) => (
          <li key={edit.id} className="flex flex-wrap items-center justify-end gap-x-3 px-4 py-2 text-sm">
            <span className={`min-w-0 flex-1 max-sm:basis-full ${edit.undone ? "text-ink-3 line-through" : ""}`}>
              {told(edit)}
              {edit.undone && <span className="sr-only"> ({t("edits.undone")})</span>}
            </span>
            <span className="label shrink-0">
              {edit.by === null
                ? instant(edit.at, wish)
                : t("edits.by", { when: instant(edit.at, wish), who: edit.by })}
            </span>
            {mayEdit && (
              <Button
                kind="quiet"
                busy={(turn.isPending && turn.variables.edit === edit.id) || back.isPending}
                onClick={() => {
                  if (edit.verb === "join" && !edit.undone) part(edit.id);
                  else
                    turn.mutate(
                      { activity: activity.id, edit: edit.id, turn: edit.undone ? "redo" : "undo" },
                      { onError: failed },
                    );
                }}
              >
                {t(edit.undone ? "app.redo" : "app.undo")}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Edits in words. Recordings are named by their keys, of which those of this activity have a title. */
function useTold(activity: Tagged): (edit: Edit) => string {
  const given = useGiven(activity);
  const titleOf = useTitleOf();
  const wish = usePreferences();
  const recordingOf = (key: unknown): string => {
    const found = activity.recordings.find(({ original }) => typeof key === "string" && original === fileOf(key));
    return found ? titleOf(found) : t("edits.another");
  };
  return ({ verb, field, value }) => {
    const others = namedIn(value).map(recordingOf).join(", ");
    if (verb === "delete") return t("edits.delete");
    if (verb === "restore") return t("edits.restore");
    if (verb === "correct") return String(value);
    if (verb === "join") return t("edits.joined", { what: others });
    if (verb === "part") return t("edits.parted", { what: others });
    if (field?.startsWith(PREFER))
      return toldChoice(field.slice(PREFER.length), value === null ? null : recordingOf(value), given);
    if (field?.startsWith(REFUSED))
      return t(value === true ? "edits.refused" : "edits.accepted", {
        what: quantityName(field.slice(REFUSED.length)),
      });
    const name = humanise(known("field", field ?? "") ?? field ?? verb);
    if (value === null) return t("edits.cleared", { field: name });
    return t("edits.set", { field: name, value: field === "start" ? instant(String(value), wish) : String(value) });
  };
}

function toldChoice(name: string, what: string | null, given: (name: string) => string): string {
  if (name === EVERYTHING) return what === null ? t("edits.automatic_all") : t("edits.preferred_all", { what });
  const field = humanise(given(name));
  return what === null ? t("edits.automatic", { field }) : t("edits.preferred", { field, what });
}
