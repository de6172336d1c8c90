import type { RuleBody, RuleRow, Violation } from "@/api/coach/rules";
import { classes } from "@/lib/classes";
import { IconButton } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { bodyOf, type Save } from "./saving";
import { many, t } from "./text";

/** Rules with what each means, whether it must hold, and what can be done with it. */
export function RuleList({
  rows,
  save,
  onEdit,
  mayEdit,
  violations = null,
}: {
  rows: RuleRow[];
  /** What breaks rules in the plan; null without one. */
  violations?: Violation[] | null;
  save: Save;
  onEdit: (rule: RuleBody) => void;
  mayEdit: boolean;
}) {
  return (
    <ul className="card divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id} className="flex items-start gap-3 px-4 py-3">
          <div className={classes("min-w-0 flex-1", row.off && "text-ink-3")}>
            <p className="font-medium break-words">{row.kind === "note" ? row.text : row.sentence}</p>
            <p className="mt-0.5 flex flex-wrap gap-x-3 text-sm text-ink-3">
              <span>{row.title}</span>
              {row.origin === "system" && <span>{t("rules.system")}</span>}
              {row.text !== "" && row.kind !== "note" && (
                <span className="min-w-0 break-words">{t("rules.your_words", { text: row.text })}</span>
              )}
            </p>
            {violations && row.checked && !row.off && (
              <InPlan violations={violations.filter((one) => one.rule === row.id)} />
            )}
            {row.questions.length > 0 && (
              <p className="mt-1 text-sm text-warn">
                {t("rules.incomplete")}: {row.questions.join(" ")} {t("rules.incomplete_hint")}
              </p>
            )}
          </div>
          {row.checked && <State row={row} />}
          {mayEdit && <Acts row={row} save={save} onEdit={onEdit} />}
        </li>
      ))}
    </ul>
  );
}

/** Whether a rule holds in the plan: the first of what breaks it, or why it could not be checked. */
function InPlan({ violations }: { violations: Violation[] }) {
  const broken = violations.filter(({ severity }) => severity !== "info");
  const first = violations[0];
  return (
    <p className="mt-1 text-sm text-ink-2">
      {broken.length > 0 && <span className="font-medium text-danger">{many("rules.broken", broken.length)}: </span>}
      {first === undefined ? t("rules.holds") : first.text}
    </p>
  );
}

function State({ row }: { row: RuleRow }) {
  const isMust = row.severity === "must" && !row.off;
  return (
    <span
      className={classes(
        "mt-0.5 shrink-0 rounded-full px-2.5 py-0.5 text-xs font-medium",
        isMust ? "bg-accent-soft text-ink" : "bg-sunken text-ink-2",
      )}
    >
      {row.off ? t("rules.off") : t(row.severity === "must" ? "rules.must" : "rules.should")}
    </span>
  );
}

function Acts({ row, save, onEdit }: { row: RuleRow; save: Save; onEdit: (rule: RuleBody) => void }) {
  const name = row.kind === "note" ? row.text : row.sentence;
  return (
    <Menu
      button={(wiring) => (
        <IconButton {...wiring} name={t("rules.acts", { rule: name })} icon="more" className="-my-1 -mr-2" />
      )}
    >
      {row.kind !== "note" && (
        <MenuItem
          icon="edit"
          onClick={() => {
            onEdit(bodyOf(row));
          }}
        >
          {t("rules.edit")}
        </MenuItem>
      )}
      <MenuItem
        icon={row.off ? "play" : "pause"}
        onClick={() => {
          save.one(row.id, { ...bodyOf(row), off: !row.off });
        }}
      >
        {t(row.off ? "rules.turn_on" : "rules.turn_off")}
      </MenuItem>
      <MenuItem
        icon="trash"
        onClick={() => {
          save.one(row.id, null);
        }}
      >
        {t("rules.remove")}
      </MenuItem>
    </Menu>
  );
}
