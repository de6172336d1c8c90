import type { Param, RuleField } from "@/api/coach/rules";
import { Check, SelectField, TextField } from "@/ui/controls/Field";
import { t } from "./text";
import { choiceName, SPORTS, WEEKDAYS } from "./words";

/** A value that is absent is undefined; null says that it is not known yet. */
type Value = Param | undefined;

interface Props {
  field: RuleField;
  value: Value;
  onChange: (value: Value) => void;
  /** What a selector can name. */
  selector?: RuleField[];
}

/** The input of one parameter of a rule, made from the parameter's own description. */
export function FieldInput(props: Props) {
  const { field } = props;
  switch (field.type) {
    case "number":
    case "integer":
      return <NumberInput {...props} />;
    case "choice":
      return <ChoiceInput {...props} choices={field.choices} />;
    case "sport":
      return <ChoiceInput {...props} choices={SPORTS} />;
    case "weekday":
      return <ChoiceInput {...props} choices={WEEKDAYS.map(({ key }) => key)} />;
    case "flag":
      return <FlagInput {...props} />;
    case "weekdays":
      return <ManyInput {...props} options={WEEKDAYS.map(({ key, name }) => ({ key, name: name() }))} />;
    case "sports":
      return <ManyInput {...props} options={SPORTS.map((key) => ({ key, name: choiceName(key) }))} />;
    case "hours_by_day":
      return <HoursInput {...props} />;
    case "selector":
      return <SelectorInput {...props} />;
    default:
      return <WordInput {...props} />;
  }
}

const titleOf = ({ title, unit }: RuleField): string => (unit === "" ? title : `${title} (${unit})`);
const framing = (field: RuleField) => ({
  label: titleOf(field),
  optional: !field.required,
  ...(field.help !== "" && { hint: field.help }),
});
const isText = (value: Value): value is string => typeof value === "string";

function NumberInput({ field, value, onChange }: Props) {
  return (
    <TextField
      {...framing(field)}
      type="number"
      inputMode="decimal"
      required={field.required}
      min={field.low ?? undefined}
      max={field.high ?? undefined}
      step={field.type === "integer" ? 1 : "any"}
      placeholder={typeof field.default === "number" ? String(field.default) : undefined}
      value={typeof value === "number" ? value : ""}
      onChange={({ target }) => {
        onChange(target.value === "" ? undefined : Number(target.value));
      }}
    />
  );
}

const NAMES = Object.fromEntries(WEEKDAYS.map(({ key, name }) => [key, name]));

function ChoiceInput({ field, value, onChange, choices }: Props & { choices: string[] }) {
  return (
    <SelectField
      {...framing(field)}
      required={field.required}
      value={isText(value) ? value : ""}
      onChange={({ target }) => {
        onChange(target.value === "" ? undefined : target.value);
      }}
    >
      <option value="">{field.may_be_null ? t("rules.unknown_yet") : ""}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {NAMES[choice]?.() ?? choiceName(choice)}
        </option>
      ))}
    </SelectField>
  );
}

function FlagInput({ field, value, onChange }: Props) {
  return (
    <SelectField
      {...framing(field)}
      value={typeof value === "boolean" ? String(value) : ""}
      onChange={({ target }) => {
        onChange(target.value === "" ? undefined : target.value === "true");
      }}
    >
      <option value="">{t("rules.any")}</option>
      <option value="true">{t("rules.yes")}</option>
      <option value="false">{t("rules.no")}</option>
    </SelectField>
  );
}

function ManyInput({ field, value, onChange, options }: Props & { options: { key: string; name: string }[] }) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <fieldset className="min-w-0 sm:col-span-2">
      <legend className="mb-1 text-sm font-medium text-ink-2">{field.title}</legend>
      <div className="grid grid-cols-2 sm:grid-cols-4">
        {options.map(({ key, name }) => (
          <Check
            key={key}
            label={name}
            checked={chosen.includes(key)}
            onChange={({ target }) => {
              const next = options
                .map((one) => one.key)
                .filter((k) => (k === key ? target.checked : chosen.includes(k)));
              onChange(next.length === 0 ? undefined : next);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

type Scalar = string | number | boolean | null;
type Plain = Record<string, Scalar>;

const objectOf = (value: Value): Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
const isScalar = (value: Value): value is Scalar =>
  value !== undefined && (typeof value !== "object" || value === null);

/** An object without a key, or with it set; what a part of it holds is never nested. */
function put(object: Plain, key: string, value: Value): Plain {
  const others = Object.entries(object).filter(([name]) => name !== key);
  const kept = isScalar(value) ? [[key, value] as const] : [];
  return Object.fromEntries([...others, ...kept]);
}

function HoursInput({ field, value, onChange }: Props) {
  const hours = objectOf(value);
  return (
    <fieldset className="min-w-0 sm:col-span-2">
      <legend className="mb-1 text-sm font-medium text-ink-2">{titleOf(field)}</legend>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {WEEKDAYS.map(({ key, name }) => (
          <TextField
            key={key}
            label={name()}
            type="number"
            inputMode="decimal"
            min={0}
            max={24}
            step="any"
            value={typeof hours[key] === "number" ? hours[key] : ""}
            onChange={({ target }) => {
              const next = put(hours, key, target.value === "" ? undefined : Number(target.value));
              onChange(Object.keys(next).length === 0 ? undefined : next);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

function SelectorInput({ field, value, onChange, selector = [] }: Props) {
  const chosen = objectOf(value);
  return (
    <fieldset className="min-w-0 rounded-lg border border-line p-3 sm:col-span-2">
      <legend className="px-1 text-sm font-medium text-ink-2">{field.title}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {selector.map((one) => (
          <FieldInput
            key={one.key}
            field={one}
            value={chosen[one.key]}
            onChange={(part) => {
              onChange(put(chosen, one.key, part));
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Text, days and times; lists of words and of months are written with commas. */
function WordInput({ field, value, onChange }: Props) {
  const isList = field.type === "texts" || field.type === "months";
  const shown = Array.isArray(value)
    ? value.join(", ")
    : typeof value === "number" || isText(value)
      ? String(value)
      : "";
  const read = (text: string): Value => {
    if (text === "") return undefined;
    if (field.type === "value") return Number.isNaN(Number(text)) ? text : Number(text);
    if (!isList) return text;
    const words = text.split(/[,\s]+/).filter((word) => word !== "");
    return field.type === "months" ? words.map(Number) : words;
  };
  return (
    <TextField
      {...framing(field)}
      type={field.type === "date" || field.type === "time" ? field.type : "text"}
      required={field.required}
      maxLength={field.type === "text" ? (field.high ?? 400) : 400}
      {...(isList ? { defaultValue: shown } : { value: shown })}
      onChange={({ target }) => {
        onChange(read(target.value));
      }}
    />
  );
}
