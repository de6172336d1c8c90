import { reason } from "@/api/client";
import { useSaveRules, type RuleBody, type Rules } from "@/api/coach/rules";
import { say, sayError } from "@/ui/layout/Toasts";
import { bodyOf } from "./bodies";
import { t } from "./text";

/** Saves rules in a new version, says so, and says why where that is refused. */
export interface Save {
  isPending: boolean;
  /** Save these as all the rules there are. */
  all: (rules: RuleBody[], done?: () => void) => void;
  /** Save a rule in its place, or leave it out. */
  one: (id: string, rule: RuleBody | null) => void;
}

export function useSave(rules: Rules): Save {
  const save = useSaveRules();
  const all = (changed: RuleBody[], done?: () => void): void => {
    save.mutate(
      { rules: changed, parent: rules.version },
      {
        onSuccess: (saved) => {
          say(t(saved.before === saved.rules.version ? "rules.unchanged" : "rules.saved"));
          done?.();
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  const one = (id: string, rule: RuleBody | null): void => {
    all(rules.items.flatMap((row) => (row.id !== id ? [bodyOf(row)] : rule === null ? [] : [rule])));
  };
  return { isPending: save.isPending, all, one };
}
