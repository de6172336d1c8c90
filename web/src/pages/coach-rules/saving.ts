import { reason } from "@/api/client";
import {
  useSaveRules,
  type RuleBody,
  type RulePart,
  type RuleRow,
  type Rules,
  type RuleWayOut,
} from "@/api/coach/rules";
import { say, sayError } from "@/ui/layout/Toasts";
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

/** A rule as it is sent back: what it means is the server's to say. */
export function bodyOf(row: RuleRow): RuleBody {
  const { id, kind, severity, weight, params, scope, text, origin, off } = row;
  return { id, kind, severity, weight, params, scope, text, origin, off };
}

/** A part of words as a new rule; what was not understood is a note. */
export function draftOf(part: RulePart): RuleBody {
  const { kind, severity, params, scope } = part;
  return { kind: kind ?? "note", severity, params, scope, text: part.text.slice(0, 400) };
}

/** All rules after a way out was taken: a rule changed, made a wish, or left out (one from the start: turned off). */
export function taken(rules: RuleBody[], way: RuleWayOut): RuleBody[] {
  return rules.flatMap((rule) => {
    if (rule.id !== way.rule) return [rule];
    if (way.action === "relax") return [{ ...rule, params: way.params ?? rule.params ?? {} }];
    if (way.action === "should") return [{ ...rule, severity: "should" as const }];
    return rule.origin === "system" ? [{ ...rule, off: true }] : [];
  });
}
