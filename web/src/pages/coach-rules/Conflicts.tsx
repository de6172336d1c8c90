import type { RuleBody, RuleConflict } from "@/api/coach/rules";
import { Button } from "@/ui/controls/Button";
import { Icon } from "@/ui/pictures/Icon";
import { taken } from "./saving";
import { t } from "./text";

/** Rules that can't hold together: the arithmetic, and what would help; taking a way out saves all rules with it. */
export function Conflicts({
  conflicts,
  rules,
  busy,
  onTake,
}: {
  conflicts: RuleConflict[];
  rules: RuleBody[];
  busy: boolean;
  onTake?: (rules: RuleBody[]) => void;
}) {
  return (
    <div role="alert" className="flex flex-col gap-3">
      {conflicts.map((conflict) => (
        <div key={conflict.rules.join()} className="rounded-lg bg-danger-soft px-4 py-3 text-sm">
          <p className="flex items-center gap-2 font-medium">
            <Icon name="alert" size={18} className="text-danger" />
            {t("rules.clash")}
          </p>
          <p className="mt-1">{conflict.reason}</p>
          {onTake && (
            <>
              <p className="label mt-3 mb-1">{t("rules.ways")}</p>
              <div className="flex flex-col items-start gap-2">
                {conflict.ways.map((way) => (
                  <Button
                    key={`${way.rule}-${way.action}`}
                    busy={busy}
                    className="max-w-full text-left whitespace-normal"
                    onClick={() => {
                      onTake(taken(rules, way));
                    }}
                  >
                    {way.text}
                  </Button>
                ))}
              </div>
            </>
          )}
        </div>
      ))}
    </div>
  );
}
