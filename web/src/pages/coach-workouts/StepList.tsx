import { useState, type DragEvent } from "react";

import type { ResolvedTarget } from "@/api/coach/workouts";
import {
  changed,
  doubled,
  inOrder,
  isGroup,
  moved,
  newGroup,
  newStep,
  placed,
  without,
  type Group,
  type Item,
  type Step,
} from "@/lib/coach/steps";
import { Button, IconButton } from "@/ui/controls/Button";
import { Icon } from "@/ui/pictures/Icon";
import { StepFields } from "./StepFields";
import { t } from "./text";
import { kindWords } from "./words";

interface Dragging {
  key: number;
  over: number | null;
  behind: boolean;
}

/** The steps of a workout, to be changed, moved (by hand, by button, by dragging), doubled and deleted. */
export function StepList({
  items,
  sport,
  targets,
  onChange,
  onChoose,
}: {
  items: Item[];
  sport: string;
  targets: ResolvedTarget[];
  onChange: (items: Item[]) => void;
  onChoose: (key: number | null) => void;
}) {
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const flat = inOrder(items);
  const number = new Map(flat.map((step, index) => [step.key, index]));
  const drag = (item: Item) => ({
    handle: {
      draggable: true,
      onDragStart: (event: DragEvent): void => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", String(item.key));
        setDragging({ key: item.key, over: null, behind: false });
      },
      onDragEnd: (): void => {
        setDragging(null);
      },
    },
    place: {
      onDragOver: (event: DragEvent): void => {
        if (dragging === null) return;
        event.preventDefault();
        event.stopPropagation();
        const { top, height } = event.currentTarget.getBoundingClientRect();
        const behind = event.clientY > top + height / 2;
        if (dragging.over !== item.key || dragging.behind !== behind) {
          setDragging({ ...dragging, over: item.key, behind });
        }
      },
      onDrop: (event: DragEvent): void => {
        if (dragging === null) return;
        event.preventDefault();
        event.stopPropagation();
        onChange(placed(items, dragging.key, item.key, dragging.behind));
        setDragging(null);
      },
    },
    mark:
      dragging?.over === item.key && dragging.key !== item.key
        ? dragging.behind
          ? "shadow-[0_2px_0_0_var(--accent)]"
          : "shadow-[0_-2px_0_0_var(--accent)]"
        : "",
  });
  const acts = (item: Item, name: string) => (
    <Acts
      name={name}
      handle={drag(item).handle}
      onUp={() => {
        onChange(moved(items, item.key, -1));
      }}
      onDown={() => {
        onChange(moved(items, item.key, 1));
      }}
      onDouble={() => {
        onChange(doubled(items, item.key));
      }}
      onDelete={() => {
        onChange(without(items, item.key));
      }}
    />
  );
  const one = (step: Step) => {
    const at = number.get(step.key) ?? 0;
    const name = t("workouts.step_number", { number: at + 1, kind: kindWords(step.kind) });
    const { place, mark } = drag(step);
    return (
      <li
        key={step.key}
        aria-label={name}
        className={`card scroll-mt-64 p-3 ${mark}`}
        {...place}
        onFocus={() => {
          onChoose(step.key);
        }}
        onBlur={() => {
          onChoose(null);
        }}
      >
        <StepFields
          step={step}
          sport={step.sport ?? sport}
          own={targets.length === flat.length ? targets[at] : undefined}
          acts={acts(step, name)}
          onChange={(next) => {
            onChange(changed<Step>(items, step.key, () => next));
          }}
        />
      </li>
    );
  };
  const several = (group: Group) => {
    const name = t("workouts.repeat_name", { count: group.repeat });
    const { place, mark } = drag(group);
    return (
      <li
        key={group.key}
        aria-label={name}
        className={`rounded-xl border border-line-strong bg-sunken/50 p-2 ${mark}`}
        {...place}
      >
        <div className="mb-2 flex items-center justify-between gap-2 pl-1">
          <label className="flex items-center gap-2 text-sm font-semibold">
            {t("workouts.repeat_count")}
            <input
              type="number"
              min={1}
              max={200}
              value={group.repeat}
              className="touch w-20 rounded-lg border border-line bg-surface px-2 py-1.5 pointer-coarse:text-[16px]"
              onChange={(event) => {
                const repeat = Math.min(200, Math.max(1, Math.round(event.target.valueAsNumber) || 1));
                onChange(changed<Group>(items, group.key, (now) => ({ ...now, repeat })));
              }}
            />
          </label>
          {acts(group, name)}
        </div>
        <ul className="flex flex-col gap-2">{group.steps.map(one)}</ul>
        <Button
          kind="quiet"
          icon="plus"
          className="mt-1"
          onClick={() => {
            const add = (now: Group): Group => ({ ...now, steps: [...now.steps, newStep(sport)] });
            onChange(changed<Group>(items, group.key, add));
          }}
        >
          {t("workouts.add_step")}
        </Button>
      </li>
    );
  };
  return (
    <section aria-label={t("workouts.steps")}>
      <ul className="flex flex-col gap-2">{items.map((item) => (isGroup(item) ? several(item) : one(item)))}</ul>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          icon="plus"
          onClick={() => {
            onChange([...items, newStep(sport)]);
          }}
        >
          {t("workouts.add_step")}
        </Button>
        <Button
          icon="plus"
          onClick={() => {
            onChange([...items, newGroup(sport)]);
          }}
        >
          {t("workouts.add_repeat")}
        </Button>
      </div>
    </section>
  );
}

function Acts({
  name,
  handle,
  onUp,
  onDown,
  onDouble,
  onDelete,
}: {
  name: string;
  handle: { draggable: boolean; onDragStart: (event: DragEvent) => void; onDragEnd: () => void };
  onUp: () => void;
  onDown: () => void;
  onDouble: () => void;
  onDelete: () => void;
}) {
  const of = (act: string): string => `${act}: ${name}`;
  return (
    <span className="flex shrink-0 items-center">
      <span
        {...handle}
        title={t("workouts.drag")}
        className="grid size-9 cursor-grab place-items-center rounded-lg text-ink-3 pointer-coarse:hidden"
      >
        <Icon name="more" size={18} />
      </span>
      <IconButton name={of(t("workouts.up"))} icon="up" onClick={onUp} />
      <IconButton name={of(t("workouts.down"))} icon="down" onClick={onDown} />
      <IconButton name={of(t("workouts.duplicate"))} icon="plus" onClick={onDouble} />
      <IconButton name={of(t("workouts.delete"))} icon="trash" onClick={onDelete} />
    </span>
  );
}
