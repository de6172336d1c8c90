import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from "react";

import { classes } from "@/lib/classes";
import { t } from "@/lib/text";
import { Icon } from "@/ui/pictures/Icon";

const BOX =
  "w-full rounded-lg border border-line bg-surface px-3 py-2 text-ink transition-colors hover:border-line-strong " +
  "disabled:bg-sunken disabled:text-ink-3 disabled:hover:border-line aria-invalid:border-danger " +
  "pointer-coarse:min-h-11 pointer-coarse:text-[16px]";

interface Framing {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
}

interface Wiring {
  id: string;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

/** A label above, a hint or what is wrong below, wired to the control for those who hear the page. */
function Frame({ label, hint, error, optional, control }: Framing & { control: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-sm font-medium text-ink-2">
          {label}
        </label>
        {optional && <span className="label">{t("field.optional")}</span>}
      </span>
      {control({ id, "aria-invalid": error !== undefined, "aria-describedby": note ? `${id}-note` : undefined })}
      {note && (
        <p id={`${id}-note`} className={`text-xs ${error ? "text-danger" : "text-ink-3"}`}>
          {note}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, optional, ...rest }: Framing & InputHTMLAttributes<HTMLInputElement>) {
  const control = (wiring: Wiring) => <input {...wiring} {...rest} className={BOX} />;
  return <Frame {...{ label, hint, error, optional: optional ?? false, control }} />;
}

export function TextArea({
  label,
  hint,
  error,
  optional,
  ...rest
}: Framing & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const control = (wiring: Wiring) => <textarea rows={4} {...wiring} {...rest} className={BOX} />;
  return <Frame {...{ label, hint, error, optional: optional ?? false, control }} />;
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  children,
  ...rest
}: Framing & SelectHTMLAttributes<HTMLSelectElement>) {
  const control = (wiring: Wiring) => (
    <select {...wiring} {...rest} className={BOX}>
      {children}
    </select>
  );
  return <Frame {...{ label, hint, error, optional: optional ?? false, control }} />;
}

/** A select without a visible label, for bars where the value speaks for itself. */
export function Pick({
  name,
  children,
  className = "",
  ...rest
}: { name: string } & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <select
      aria-label={name}
      {...rest}
      className={classes(
        "touch min-w-0 shrink-0 rounded-lg border border-line bg-surface py-1.5 pl-2.5 pr-1 text-sm",
        "text-ink transition-colors",
        "hover:border-line-strong",
        className,
      )}
    >
      {children}
    </select>
  );
}

/** A field to search by, in a bar. */
export function SearchBox({
  name,
  value,
  onChange,
}: {
  name: string;
  value: string;
  onChange: (text: string) => void;
}) {
  return (
    <div className="relative w-full md:w-64">
      <Icon
        name="search"
        size={18}
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3"
      />
      <input
        type="search"
        value={value}
        aria-label={name}
        placeholder={name}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        className={classes(
          "touch w-full rounded-lg border border-line bg-surface py-1.5 pr-3 pl-9.5 text-sm",
          "hover:border-line-strong pointer-coarse:text-[16px]",
        )}
      />
    </div>
  );
}

export function Check({ label, ...rest }: { label: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="touch flex items-center gap-2.5 text-sm">
      <input type="checkbox" {...rest} className="size-4.5 accent-(--accent)" />
      {label}
    </label>
  );
}

/** One of a few with longer names, below each other; none is chosen where the value is none of them. */
export function Radios({
  name,
  value,
  options,
  onChange,
}: {
  name: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const group = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium text-ink-2">{name}</legend>
      <div className="flex flex-col gap-1">
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(
              "touch flex cursor-pointer items-center gap-2.5 rounded-lg border border-line px-3 py-1.5",
              "text-sm",
              "hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft",
              "has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent",
            )}
          >
            <input
              type="radio"
              name={group}
              value={option.value}
              checked={option.value === value}
              className="accent-(--accent)"
              onChange={() => {
                onChange(option.value);
              }}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One of a few, all in sight. */
export function Segmented<V extends string>({
  name,
  value,
  options,
  onChange,
  hideName = false,
}: {
  name: string;
  value: V;
  options: { value: V; label: string }[];
  onChange: (value: V) => void;
  hideName?: boolean;
}) {
  const group = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={hideName ? "sr-only" : "mb-1 text-sm font-medium text-ink-2"}>{name}</legend>
      <div className="inline-flex rounded-lg bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(
              "touch inline-flex cursor-pointer items-center justify-center rounded-md px-3 py-1",
              "text-sm text-ink-2 transition-colors",
              "hover:text-ink has-checked:bg-surface has-checked:font-medium has-checked:text-ink",
              "has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent",
            )}
          >
            <input
              type="radio"
              name={group}
              value={option.value}
              checked={option.value === value}
              className="sr-only"
              onChange={() => {
                onChange(option.value);
              }}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
