import { reason } from "@/api/client";
import { useModel } from "@/api/coach/model";
import { useMakeText, useNewestText, useText, type AskedText } from "@/api/coach/texts";
import { useMayEdit } from "@/api/session";
import { Button } from "@/ui/controls/Button";
import { sayError } from "@/ui/layout/Toasts";
import { t } from "./text";
import { Written } from "./Written";

/** A text that a language model writes about a workout, a week or a plan; nothing where no model is set up. */
export function InWords({ asked, subject }: { asked: AskedText; subject: string }) {
  const mayEdit = useMayEdit();
  const model = useModel(mayEdit).data;
  const on = mayEdit && model !== undefined && model.endpoint !== null;
  const newest = useNewestText(asked.kind, subject, on);
  const { data } = useText(newest.data ?? null);
  const make = useMakeText();
  if (!on || newest.data === undefined) return null;
  const write = (): void => {
    make.mutate(asked, {
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  const waiting = make.isPending || data?.state === "waiting";
  return (
    <div className="mt-3 flex flex-col gap-3" data-testid="in-words">
      {data && <Written text={data} onAgain={write} />}
      <div>
        <Button icon="edit" busy={waiting} onClick={write}>
          {data ? t("words.again") : titleOf(asked.kind)}
        </Button>
      </div>
    </div>
  );
}

function titleOf(kind: AskedText["kind"]): string {
  switch (kind) {
    case "workout":
      return t("words.write_workout");
    case "week":
      return t("words.write_week");
    default:
      return t("words.write_explanation");
  }
}
