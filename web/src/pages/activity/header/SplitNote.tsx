import { Link, useNavigate } from "react-router";

import { useTurnEdit, type Tagged } from "@/api/activities/activities";
import { reason } from "@/api/client";
import { useMayEdit } from "@/api/session";
import type { SplitPart } from "@/api/types";
import { routes } from "@/lib/routes";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";

/** What an activity was split from, and what was split off from it, with the way back. */
export function SplitNote({ activity }: { activity: Tagged }) {
  const { split_from: whole, parts } = activity;
  if (whole === null && parts.length === 0) return null;
  return (
    <div className="mt-3 flex flex-col gap-2" data-testid="split">
      {whole !== null && <Part says={t("split.from")} part={whole} whole={whole.id} />}
      {parts.map((part) => (
        <Part key={part.id} says={t("split.parts")} part={part} whole={activity.id} />
      ))}
    </div>
  );
}

function Part({ says, part, whole }: { says: string; part: SplitPart; whole: string }) {
  const turn = useTurnEdit();
  const mayEdit = useMayEdit();
  const navigate = useNavigate();
  const join = (): void => {
    // First away from the part, which is gone then.
    if (part.id === whole) void navigate(routes.activity(whole));
    turn.mutateAsync({ activity: whole, edit: part.edit, turn: "undo" }).then(
      () => {
        say(t("split.joined"));
      },
      (error: unknown) => {
        sayError(reason(error));
      },
    );
  };
  return (
    <Notice>
      <span>
        {says}{" "}
        <Link to={routes.activity(part.id)} className="font-medium text-accent underline-offset-4 hover:underline">
          {part.name}
        </Link>
      </span>
      {mayEdit && (
        <Button busy={turn.isPending} onClick={join}>
          {t("split.join")}
        </Button>
      )}
    </Notice>
  );
}
