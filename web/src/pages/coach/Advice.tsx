import { useNavigate } from "react-router";

import { reason } from "@/api/client";
import { useAdapt, type PlanAdvice } from "@/api/coach/plans";
import { useMayPlan, usePreferences } from "@/api/session";
import { day as dayWords } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { t } from "./text";

/** What to change in the plan as the last days went; nothing changes before it is approved. */
export function Advice({ items }: { items: PlanAdvice[] }) {
  const wish = usePreferences();
  const mayPlan = useMayPlan();
  const go = useNavigate();
  const adapt = useAdapt();
  const words = (one: PlanAdvice): string => {
    const title = one.title ?? "";
    const { why } = one;
    switch (one.op) {
      case "move":
        return t("advice.move", { title, day: dayWords(one.to ?? "", wish, "short"), why });
      case "drop":
        return t("advice.drop", { title, why });
      case "replace":
        return t("advice.replace", { title, why });
      case "scale":
        return t("advice.scale", { title, percent: Math.round(100 * (one.factor ?? 1)), why });
      case "add":
        return t("advice.add", { title, why });
      case "rebuild":
        return t("advice.rebuild", { why });
    }
  };
  return (
    <section aria-labelledby="advice" className="card border-l-4 border-l-warn p-4 md:p-5" data-testid="advice">
      <h2 id="advice" className="flex items-center gap-2 font-semibold">
        <Icon name="info" size={18} className="text-warn" />
        {t("advice.title")}
      </h2>
      <ul className="mt-2 flex list-disc flex-col gap-1 pl-5 text-sm">
        {items.map((one) => (
          <li key={`${one.op} ${one.id ?? ""}`}>{words(one)}</li>
        ))}
      </ul>
      {mayPlan && (
        <Button
          kind="primary"
          className="mt-3"
          busy={adapt.isPending}
          onClick={() => {
            adapt.mutate(undefined, {
              onSuccess: ({ plan, version }) => {
                say(t("advice.made", { version }));
                void go(routes.plan(plan));
              },
              onError: (error) => {
                sayError(reason(error));
              },
            });
          }}
        >
          {t("advice.accept")}
        </Button>
      )}
    </section>
  );
}
