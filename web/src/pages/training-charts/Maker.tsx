import { useState, type FormEvent, type ReactNode } from "react";

import { reason } from "@/api/client";
import {
  useChangeChart,
  useChartValues,
  useSaveChart,
  type ChartDefinition,
  type ChartValue,
  type SavedChart,
} from "@/api/training/charts";
import { FAMILIES } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { STEPS, stepName, USUAL, usualName } from "./definition";
import { Drawn } from "./Drawn";
import { t } from "./text";

const DAYS = [
  [90, "charts.days_90"],
  [365, "charts.days_365"],
  [1095, "charts.days_1095"],
  [null, "charts.days_all"],
] as const;

/** Make a chart, or change one: what it shows over what, drawn as it is chosen. */
export function Maker({ chart, onClose }: { chart?: SavedChart; onClose: () => void }) {
  const values = useChartValues().data ?? [];
  const save = useSaveChart();
  const change = useChangeChart();
  const act = chart ? change : save;
  const [definition, setDefinition] = useState<ChartDefinition>(chart?.definition ?? USUAL);
  const [name, setName] = useState(chart?.name ?? "");
  const title = name.trim() || usualName(definition, values);
  const put = (changed: Partial<ChartDefinition>): void => {
    setDefinition({ ...definition, ...changed });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chart) change.mutate({ id: chart.id, name: title, definition }, { onSuccess: onClose });
    else save.mutate({ name: title, definition }, { onSuccess: onClose });
  };
  return (
    <Dialog wide title={chart?.name ?? t("charts.make")} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {act.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(act.error)}</Notice>
          </div>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Chosen
            label={t("charts.y")}
            value={definition.y}
            onChange={(y) => {
              put({ y });
            }}
          >
            <Options values={values} />
          </Chosen>
          <Chosen
            label={t("charts.x")}
            value={definition.x ?? ""}
            onChange={(x) => {
              put({ x: x || null });
            }}
          >
            <option value="">{t("charts.x_time")}</option>
            <Options values={values} />
          </Chosen>
        </div>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
          <Chosen
            label={t("charts.by")}
            value={definition.by}
            onChange={(by) => {
              put({ by: by as ChartDefinition["by"] });
            }}
          >
            {STEPS.map((by) => (
              <option key={by} value={by}>
                {stepName(by)}
              </option>
            ))}
          </Chosen>
          <Chosen
            label={t("charts.sport")}
            value={definition.sport ?? ""}
            onChange={(sport) => {
              put({ sport: sport || null });
            }}
          >
            <option value="">{t("activities.all_sports")}</option>
            {FAMILIES.map((family) => (
              <option key={family} value={family}>
                {familyName(family)}
              </option>
            ))}
          </Chosen>
          <Chosen
            label={t("charts.days")}
            value={String(definition.days ?? "")}
            onChange={(days) => {
              put({ days: days === "" ? null : Number(days) });
            }}
          >
            {DAYS.map(([days, key]) => (
              <option key={key} value={days ?? ""}>
                {t(key)}
              </option>
            ))}
          </Chosen>
        </div>
        <div className="rounded-lg border border-line p-2">
          <Drawn definition={definition} title={title} />
        </div>
        <TextField
          label={t("charts.name")}
          optional
          maxLength={100}
          value={name}
          placeholder={usualName(definition, values)}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={act.isPending}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Chosen({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <SelectField
      label={label}
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    >
      {children}
    </SelectField>
  );
}

function Options({ values }: { values: readonly ChartValue[] }) {
  return values.map(({ key, name }) => (
    <option key={key} value={key}>
      {name}
    </option>
  ));
}
