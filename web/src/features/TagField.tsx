import { useId, useState } from "react";

import { useFilterChoices } from "@/api/activities/saved";
import { cleanTag } from "@/lib/activity/workouts";
import { t } from "@/lib/text";
import { Chip } from "@/ui/controls/Chip";

const LONGEST = 40;

/** Tags as chips, and a field that adds one; those that other activities have are suggested. */
export function TagField({
  label = t("tags.title"),
  tags,
  onChange,
}: {
  label?: string;
  tags: string[];
  onChange: (tags: string[]) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const { data } = useFilterChoices();
  const add = (text: string): void => {
    const fresh = text.split(",").map(cleanTag).filter(Boolean);
    setTyped("");
    if (fresh.some((tag) => !tags.includes(tag))) onChange([...new Set([...tags, ...fresh])].sort());
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium text-ink-2">
        {label}
      </label>
      <div className="flex flex-wrap items-center gap-1.5">
        {tags.map((tag) => (
          <Chip
            key={tag}
            name={t("tags.remove", { tag })}
            onRemove={() => {
              onChange(tags.filter((other) => other !== tag));
            }}
          >
            {tag}
          </Chip>
        ))}
        <input
          id={id}
          list={`${id}-tags`}
          value={typed}
          maxLength={LONGEST}
          placeholder={t("tags.add")}
          aria-describedby={`${id}-note`}
          onChange={({ target: { value }, nativeEvent }) => {
            // A suggestion that is chosen comes whole, without a key.
            const chosen = !(nativeEvent instanceof InputEvent) || nativeEvent.inputType === "insertReplacementText";
            if (value.includes(",") || (chosen && value !== "")) add(value);
            else setTyped(value);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || typed.trim() === "") return;
            event.preventDefault();
            add(typed);
          }}
          onBlur={() => {
            add(typed);
          }}
          className={
            "touch min-w-32 flex-1 rounded-lg border border-line bg-surface px-3 py-1.5 text-sm " +
            "hover:border-line-strong pointer-coarse:text-[16px]"
          }
        />
        <datalist id={`${id}-tags`}>
          {data?.tags
            .filter(({ tag }) => !tags.includes(tag))
            .map(({ tag }) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
      </div>
      <p id={`${id}-note`} className="text-xs text-ink-3">
        {t("tags.hint")}
      </p>
    </div>
  );
}
