import type { CorrectionField } from "@/api/types";
import { readDuration } from "@/lib/numbers";
import { decimal, duration } from "@/lib/units";
import { many, t } from "@/pages/activity/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { SelectField, TextField } from "@/ui/controls/Field";
import { valueOf, type Scaled, type Typed, type TypedLap, type TypedStretch } from "./values";

interface Props {
  field: CorrectionField;
  typed: Typed;
  unit: string;
  scaled: Scaled;
  onChange: (typed: Typed) => void;
}

/** The control for one thing that a correction asks for. */
export function FieldOf({ field, typed, unit, scaled, onChange }: Props) {
  switch (field.kind) {
    case "stretches":
      return <Stretches stretches={typed as TypedStretch[]} onChange={onChange} />;
    case "laps":
      return <Laps field={field} laps={typed as TypedLap[]} onChange={onChange} />;
    case "choice":
      return (
        <SelectField
          label={field.label}
          value={String(typed)}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        >
          {!field.required && <option value="">{t("tools.as_it_is")}</option>}
          {field.choices.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </SelectField>
      );
    case "instant":
      return (
        <div>
          <Time label={field.label} hint={t("tools.time_hint")} typed={String(typed)} onChange={onChange} />
          <Suggested field={field} onChange={onChange} />
        </div>
      );
    case "number": {
      const [least, most] = [field.least, field.most].map((value) => decimal(Math.round(value * scaled(field))));
      const error =
        valueOf(field, typed, scaled) === null
          ? t("tools.bad_number", { least: least ?? "", most: most ?? "" })
          : undefined;
      return (
        <TextField
          label={`${field.label} (${unit})`}
          inputMode="text"
          value={String(typed)}
          error={error}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      );
    }
  }
}

/** The times that are suggested, each with why. */
function Suggested({ field, onChange }: Pick<Props, "field" | "onChange">) {
  if (field.choices.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-wrap gap-2">
      {field.choices.map(({ key, name, stretches }) => {
        const at = duration(stretches[0]?.[0]);
        return (
          <li key={key}>
            <Button
              onClick={() => {
                onChange(at);
              }}
            >
              {name} ({at})
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function Time({
  label,
  hint,
  typed,
  onChange,
}: {
  label: string;
  hint?: string;
  typed: string;
  onChange: (typed: string) => void;
}) {
  const error = Number.isFinite(readDuration(typed)) ? undefined : t("tools.bad_time");
  return (
    <TextField
      label={label}
      hint={hint}
      error={error}
      value={typed}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    />
  );
}

/** Stretches to leave out; those that were found are there to begin with. */
function Stretches({ stretches, onChange }: { stretches: TypedStretch[]; onChange: (typed: TypedStretch[]) => void }) {
  const put = (at: number, change: Partial<TypedStretch>): void => {
    onChange(stretches.map((one, index) => (index === at ? { ...one, ...change } : one)));
  };
  return (
    <div>
      <p className="mb-2 text-sm text-ink-2">
        {stretches.length === 0 ? t("tools.no_spikes") : many("tools.found", stretches.length)}
      </p>
      <ol className="-mx-1 flex max-h-72 flex-col gap-2 overflow-auto p-1 empty:hidden">
        {stretches.map(({ from, to }, at) => (
          <li key={at} className="grid grid-cols-[1fr_1fr_auto] items-end gap-2">
            <Time
              label={t("tools.from")}
              typed={from}
              onChange={(value) => {
                put(at, { from: value });
              }}
            />
            <Time
              label={t("tools.to")}
              typed={to}
              onChange={(value) => {
                put(at, { to: value });
              }}
            />
            <IconButton
              name={t("tools.remove_stretch", { number: at + 1 })}
              icon="close"
              onClick={() => {
                onChange(stretches.filter((_, index) => index !== at));
              }}
            />
          </li>
        ))}
      </ol>
      <div className="mt-2">
        <Button
          icon="plus"
          onClick={() => {
            onChange([...stretches, { from: "0:00", to: "0:10" }]);
          }}
        >
          {t("tools.add_stretch")}
        </Button>
      </div>
    </div>
  );
}

/** Where laps start and what they were; one that is taken away is merged with the one before. */
function Laps({
  field,
  laps,
  onChange,
}: {
  field: CorrectionField;
  laps: TypedLap[];
  onChange: (typed: TypedLap[]) => void;
}) {
  const put = (at: number, change: Partial<TypedLap>): void => {
    onChange(laps.map((one, index) => (index === at ? { ...one, ...change } : one)));
  };
  return (
    <div>
      {laps.length === 0 && <p className="mb-2 text-sm text-ink-2">{t("tools.no_laps")}</p>}
      <ol className="-mx-1 flex max-h-72 flex-col gap-2 overflow-auto p-1 empty:hidden">
        {laps.map(({ at, label }, index) => (
          <li key={index} className="grid grid-cols-[1fr_1fr_auto] items-end gap-2">
            <Time
              label={t("tools.lap_start", { number: index + 1 })}
              typed={at}
              onChange={(value) => {
                put(index, { at: value });
              }}
            />
            <SelectField
              label={t("tools.lap_label", { number: index + 1 })}
              value={label}
              onChange={(event) => {
                put(index, { label: event.target.value });
              }}
            >
              <option value="">{t("tools.lap_plain")}</option>
              {field.choices.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </SelectField>
            <IconButton
              name={t("tools.merge_lap", { number: index + 1 })}
              icon="merge"
              onClick={() => {
                onChange(laps.filter((_, other) => other !== index));
              }}
            />
          </li>
        ))}
      </ol>
      <div className="mt-2">
        <Button
          icon="plus"
          onClick={() => {
            onChange([...laps, { at: laps.at(-1)?.at ?? "0:00", label: "" }]);
          }}
        >
          {t("tools.add_lap")}
        </Button>
      </div>
    </div>
  );
}
