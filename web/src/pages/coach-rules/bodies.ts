import type { RuleBody, RulePart, RuleRow, RuleWayOut } from "@/api/coach/rules";

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
