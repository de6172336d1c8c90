import { useId, useRef, useState } from "react";

import type { AskedField } from "@/api/types";
import { linked, type Answers } from "@/lib/sources/answers";
import { t } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { Check, SelectField, TextArea, TextField } from "@/ui/controls/Field";
import { PasswordField } from "@/ui/controls/PasswordField";

/** A form as a source describes it: each field by its kind. */
export function Fields({
  fields,
  answers,
  wrong,
  onChange,
}: {
  fields: AskedField[];
  answers: Answers;
  wrong: Answers;
  onChange: (answers: Answers) => void;
}) {
  return fields.map((field, at) => (
    <One
      key={field.key}
      field={field}
      value={answers[field.key] ?? ""}
      error={wrong[field.key]}
      first={at === 0}
      onChange={(value) => {
        onChange({ ...answers, [field.key]: value });
      }}
    />
  ));
}

interface Wiring {
  field: AskedField;
  value: string;
  error: string | undefined;
  first: boolean;
  onChange: (value: string) => void;
}

function One({ field, value, error, first, onChange }: Wiring) {
  const { title, kind, help, required, choices } = field;
  const framing = {
    label: title,
    hint: help || undefined,
    error,
    optional: !required && kind === "text",
    value,
    autoFocus: first,
  };
  const change = (event: { target: { value: string } }): void => {
    onChange(event.target.value);
  };
  switch (kind) {
    case "password":
      return (
        <PasswordField
          label={title}
          error={error}
          value={value}
          required={required}
          autoFocus={first}
          autoComplete="current-password"
          onChange={change}
          {...(help !== "" && { hint: help })}
        />
      );
    case "code":
      return (
        <TextField
          {...framing}
          inputMode="numeric"
          autoComplete="one-time-code"
          className="font-mono"
          onChange={change}
        />
      );
    case "switch":
      return (
        <Switch
          field={field}
          on={value === "true"}
          onChange={(on) => {
            onChange(String(on));
          }}
        />
      );
    case "number":
      return <TextField {...framing} autoFocus={false} inputMode="decimal" onChange={change} />;
    case "day":
      return <TextField {...framing} autoFocus={false} type="date" onChange={change} />;
    case "choice":
      return (
        <SelectField {...framing} autoFocus={false} onChange={change}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.title}
            </option>
          ))}
        </SelectField>
      );
    case "long":
      return <Long {...{ field, value, error, first, onChange }} />;
    default:
      return (
        <TextField
          {...framing}
          autoComplete={field.key === "email" ? "username" : "off"}
          autoCapitalize="none"
          spellCheck={false}
          onChange={change}
        />
      );
  }
}

function Switch({ field, on, onChange }: { field: AskedField; on: boolean; onChange: (on: boolean) => void }) {
  const note = useId();
  return (
    <div>
      <Check
        label={field.title}
        checked={on}
        aria-describedby={field.help === "" ? undefined : note}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      {field.help !== "" && (
        <p id={note} className="pl-7 text-xs text-ink-3">
          {field.help}
        </p>
      )}
    </div>
  );
}

/** Several lines, pasted or read from a file. */
function Long({ field, value, error, onChange }: Wiring) {
  const picker = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<{ text: string; bad: boolean } | null>(null);
  const read = (file: File): void => {
    void file
      .text()
      .catch(() => "\0")
      .then((text) => {
        const bad = text.includes("\0");
        setSaid({ text: t(bad ? "connect.file_bad" : "connect.file_read", { name: file.name }), bad });
        if (!bad) onChange(text);
      });
  };
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label={field.title}
        value={value}
        spellCheck={false}
        rows={5}
        className="font-mono text-xs"
        hint={said?.bad === false ? said.text : field.help || undefined}
        error={said?.bad ? said.text : error}
        onChange={(event) => {
          setSaid(null);
          onChange(event.target.value);
        }}
      />
      <input
        ref={picker}
        type="file"
        hidden
        data-testid={`file-${field.key}`}
        accept=".json,.txt,text/*,application/json"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) read(file);
        }}
      />
      <div>
        <Button icon="file" onClick={() => picker.current?.click()}>
          {t("connect.choose_file")}
        </Button>
      </div>
    </div>
  );
}

/** A text in which web addresses can be opened. */
export function Linked({ text }: { text: string }) {
  return linked(text).map((part, at) =>
    part.href === null ? (
      part.text
    ) : (
      <a
        key={at}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer"
        title={part.href}
        className="text-accent underline underline-offset-4"
      >
        {part.text}
      </a>
    ),
  );
}
