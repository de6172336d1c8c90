import { useId, useState } from "react";

import { reason } from "@/api/client";
import {
  useActivatePrompt,
  usePrompt,
  usePromptDiff,
  type Action,
  type Named,
  type PromptText,
  type PromptVersion,
} from "@/api/coach/prompts";
import { usePreferences } from "@/api/session";
import { Written } from "@/features/model/Sent";
import { instant } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { Disclosure } from "@/ui/controls/Disclosure";
import { SelectField } from "@/ui/controls/Field";
import { Failure } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { Runs } from "./Runs";
import { t } from "./text";
import { modelWords, versionWords } from "./words";

interface Props {
  action: Action;
  version: PromptVersion;
  /** What it can be compared with: the versions of the same models, and the built-in one. */
  others: PromptVersion[];
  mayEdit: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
  onNew: (from: Named) => void;
}

/** A version of a prompt; opened, its text, what changed and its test runs. */
export function Version({ open, onOpen, ...props }: Props) {
  const { version } = props;
  const body = useId();
  const wish = usePreferences();
  const by = version.author ?? t("prompts.by_command");
  const state = version.active ? t("prompts.in_force") : version.tested ? t("prompts.tested") : t("prompts.untested");
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={body}
        onClick={() => {
          onOpen(!open);
        }}
        className="flex w-full items-start gap-2 px-4 py-3 text-left hover:bg-sunken"
      >
        <Icon
          name="right"
          size={18}
          className={`mt-0.5 shrink-0 text-ink-3 transition-transform ${open ? "rotate-90" : ""}`}
        />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="font-medium break-words">
              {t("prompts.for", { version: versionWords(version.version), models: modelWords(version.pattern) })}
            </span>
            <span className={version.active ? "text-sm font-medium text-accent" : "text-sm text-ink-3"}>{state}</span>
          </span>
          {version.version !== 0 && version.note !== "" && (
            <span className="block text-sm break-words text-ink-2">{version.note}</span>
          )}
          {version.at !== null && (
            <span className="label block">{t("prompts.by", { name: by, at: instant(version.at, wish) })}</span>
          )}
        </span>
      </button>
      <div id={body} className={open ? "px-4 pt-1 pb-4" : ""}>
        {open && <Opened {...props} />}
      </div>
    </li>
  );
}

function Opened(props: Omit<Props, "open" | "onOpen">) {
  const { data, error, refetch } = usePrompt(props.action, props.version);
  if (data) return <Whole {...props} text={data} />;
  return error ? <Failure error={error} retry={() => void refetch()} /> : <div className="skeleton h-40" />;
}

function Whole({
  action,
  version,
  others,
  mayEdit,
  onNew,
  text,
}: Omit<Props, "open" | "onOpen"> & { text: PromptText }) {
  const choices = others.filter((other) => other.version !== version.version);
  const parent = choices.some((other) => other.version === version.parent) ? version.parent : null;
  const [before, setBefore] = useState(parent);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h3 className="mb-1 text-sm font-semibold">{t("prompts.text")}</h3>
        <Written label={t("prompts.text")} text={text.text} prose />
        <Disclosure title={t("prompts.tail")}>
          <Written label={t("prompts.tail")} text={text.tail} prose />
        </Disclosure>
      </div>
      {choices.length > 0 && version.version !== 0 && (
        <div className="flex flex-col gap-2">
          <div className="sm:max-w-xs">
            <SelectField
              label={t("prompts.compare")}
              value={before ?? ""}
              onChange={({ target }) => {
                setBefore(target.value === "" ? null : Number(target.value));
              }}
            >
              <option value="">{t("prompts.compare_none")}</option>
              {choices.map((other) => (
                <option key={other.version} value={other.version}>
                  {versionWords(other.version)}
                </option>
              ))}
            </SelectField>
          </div>
          {before !== null && <Changes action={action} version={version} from={before} />}
        </div>
      )}
      {mayEdit && <Runs action={action} version={version} />}
      {mayEdit && <Acts action={action} version={version} onNew={onNew} />}
    </div>
  );
}

function Changes({ action, version, from }: { action: Action; version: PromptVersion; from: number }) {
  const { data, error, refetch } = usePromptDiff(action, version, from);
  if (!data) return error ? <Failure error={error} retry={() => void refetch()} /> : <div className="skeleton h-16" />;
  if (data.lines.every((line) => line.startsWith("  "))) return <p className="text-sm">{t("prompts.no_changes")}</p>;
  return (
    <section aria-label={t("prompts.changes")} className="flex flex-col rounded-lg border border-line text-sm">
      {data.lines.map((line, at) => (
        <Line key={at} sign={line.slice(0, 1)} text={line.slice(2)} />
      ))}
    </section>
  );
}

/** A line of a comparison: added or removed by its sign and its word, the colour only helps. */
function Line({ sign, text }: { sign: string; text: string }) {
  const looks = sign === "+" ? "bg-accent-soft" : sign === "-" ? "bg-danger-soft" : "text-ink-2";
  return (
    <p className={`flex gap-2 px-3 py-1 ${looks}`}>
      <span aria-hidden="true" className="w-3 shrink-0 font-mono font-semibold">
        {sign === "-" ? "−" : sign}
      </span>
      <span className="min-w-0 break-words">
        {sign === "+" && <span className="sr-only">{t("prompts.added")} </span>}
        {sign === "-" && <span className="sr-only">{t("prompts.removed")} </span>}
        {sign === "-" ? <del>{text}</del> : sign === "+" ? <ins className="no-underline">{text}</ins> : text}
      </span>
    </p>
  );
}

function Acts({ action, version, onNew }: Pick<Props, "action" | "version" | "onNew">) {
  const activate = useActivatePrompt(action);
  const hint = useId();
  const models = modelWords(version.pattern);
  const isBuiltIn = version.version === 0;
  const press = (): void => {
    activate.mutate(version, {
      onSuccess: () => {
        say(t("prompts.activated", { version: version.version, models }));
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {!version.tested && (
        <p id={hint} className="mr-auto text-sm text-ink-2">
          {t("prompts.test_first")}
        </p>
      )}
      <Button
        icon="edit"
        aria-label={t("prompts.new_from_name", { version: versionWords(version.version) })}
        onClick={() => {
          onNew(version);
        }}
      >
        {t("prompts.new_from")}
      </Button>
      {!isBuiltIn && !version.active && (
        <Button
          kind="primary"
          busy={activate.isPending}
          disabled={!version.tested || activate.isPending}
          aria-label={t("prompts.activate_name", { version: versionWords(version.version), models })}
          {...(!version.tested && { "aria-describedby": hint })}
          onClick={press}
        >
          {t("prompts.activate")}
        </Button>
      )}
    </div>
  );
}
