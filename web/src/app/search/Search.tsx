import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";

import { classes } from "@/lib/classes";
import { Dialog } from "@/ui/controls/Dialog";
import { Icon } from "@/ui/pictures/Icon";
import { useResults, type Result } from "./results";
import { t } from "./text";

/** The search over everything: type, choose with the arrows, and Enter goes there. */
export function Search({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus(); // after the dialog has opened, which begins at its first button
  }, []);
  const parts = useResults(typed);
  const all = parts.flatMap(({ results }) => results);
  const at = Math.min(chosen, Math.max(all.length - 1, 0));
  const choose = (result: Result | undefined): void => {
    if (!result) return;
    onClose();
    result.choose();
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && all.length > 0) setChosen((at + step + all.length) % all.length);
    else if (event.key === "Enter") choose(all[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("search.title")} onClose={onClose}>
      <label className="relative block">
        <span className="sr-only">{t("search.field")}</span>
        <Icon name="search" className="absolute top-1/2 left-3 -translate-y-1/2 text-ink-3" />
        <input
          ref={field}
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={all.length > 0 ? `${list}-${at}` : undefined}
          placeholder={t("search.field")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
          }}
          onKeyDown={press}
          className="h-11 w-full rounded-lg border border-line bg-surface pr-3 pl-10 pointer-coarse:text-[16px]"
        />
      </label>
      <div
        id={list}
        role="listbox"
        aria-label={t("search.results")}
        className="mt-3 h-[min(26rem,60dvh)] overflow-auto"
      >
        {parts.map(({ title, results }) => (
          <div key={title} role="group" aria-label={title}>
            <p aria-hidden="true" className="label px-3 pt-2 pb-1">
              {title}
            </p>
            {results.map((result) => (
              <Line
                key={result.key}
                id={`${list}-${all.indexOf(result)}`}
                result={result}
                here={result === all[at]}
                onChoose={() => {
                  choose(result);
                }}
              />
            ))}
          </div>
        ))}
        {all.length === 0 && (
          <div className="px-3 py-8 text-center">
            <p className="font-medium">{t("search.none", { text: typed.trim() })}</p>
            <p className="mt-1 text-sm text-ink-2">{t("search.none_hint")}</p>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Line({ id, result, here, onChoose }: { id: string; result: Result; here: boolean; onChoose: () => void }) {
  const inSight = (element: HTMLElement | null): void => {
    if (here) element?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div
      ref={inSight}
      id={id}
      role="option"
      aria-selected={here}
      onClick={onChoose}
      className={classes(
        "touch flex cursor-pointer items-center gap-3 rounded-lg px-3 py-2 hover:bg-sunken",
        here ? "bg-accent-soft text-accent" : "",
      )}
    >
      <Icon name={result.icon} />
      <span className="min-w-0 flex-1 truncate">{result.name}</span>
      {result.note !== undefined && <span className="shrink-0 text-xs text-ink-2">{result.note}</span>}
    </div>
  );
}
