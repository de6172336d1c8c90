import { useState, type ReactNode } from "react";

import type { Tagged } from "@/api/activities/activities";
import { useCorrections } from "@/api/activities/corrections";
import { classes } from "@/lib/classes";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Failure, Waiting } from "@/ui/layout/States";
import { Icon } from "@/ui/pictures/Icon";
import { CorrectionForm } from "./CorrectionForm";
import { RefuseForm } from "./RefuseForm";

const ICONS: Record<string, string> = {
  crop: "fit",
  split: "split",
  leave_out: "differs",
  altitude: "up",
  pool_length: "swim",
  laps: "flag",
};
const REFUSE = "refuse";

/** What can be put right of an activity: a list of tools, then the form of the chosen one. */
export function ToolsDialog({
  activity,
  onClose,
  onShift,
}: {
  activity: Tagged;
  onClose: () => void;
  onShift: () => void;
}) {
  const tools = useCorrections(activity.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const tool = tools.data?.items.find(({ key }) => key === chosen);
  const back = (
    <div className="-mt-2 mb-3">
      <Button
        kind="quiet"
        icon="left"
        onClick={() => {
          setChosen(null);
        }}
      >
        {t("tools.back")}
      </Button>
    </div>
  );
  if (tool) {
    return (
      <Dialog title={tool.title} onClose={onClose} wide>
        {back}
        <CorrectionForm activity={activity} tool={tool} onDone={onClose} />
      </Dialog>
    );
  }
  if (chosen === REFUSE) {
    return (
      <Dialog title={t("tools.refuse")} onClose={onClose} wide>
        {back}
        <RefuseForm activity={activity} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("tools.title")} onClose={onClose} wide>
      <p className="mb-4 text-sm text-ink-2">{t("tools.lead")}</p>
      {tools.isPending && (
        <Waiting>
          <div className="skeleton h-72" />
        </Waiting>
      )}
      {tools.isError && <Failure error={tools.error} retry={() => void tools.refetch()} />}
      {!tools.isPending && (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {tools.data?.items.map(({ key, title, help, lacks }) => (
            <Tool
              key={key}
              icon={ICONS[key] ?? "edit"}
              title={title}
              hint={lacks ?? help}
              disabled={lacks !== null}
              onChoose={() => {
                setChosen(key);
              }}
            />
          ))}
          <Tool icon="clock" title={t("tools.shift")} hint={t("tools.shift_hint")} onChoose={onShift} />
          <Tool
            icon="records"
            title={t("tools.refuse")}
            hint={t("tools.refuse_hint")}
            onChoose={() => {
              setChosen(REFUSE);
            }}
          />
        </ul>
      )}
    </Dialog>
  );
}

function Tool({
  icon,
  title,
  hint,
  disabled = false,
  onChoose,
}: {
  icon: string;
  title: string;
  hint: ReactNode;
  disabled?: boolean;
  onChoose: () => void;
}) {
  return (
    <li>
      <button
        type="button"
        disabled={disabled}
        onClick={onChoose}
        className={classes(
          "touch flex w-full items-center gap-3 px-3 py-2 text-left",
          "enabled:hover:bg-sunken enabled:focus-visible:bg-sunken",
        )}
      >
        <Icon name={icon} className="shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1">
          <span className={`block font-medium ${disabled ? "text-ink-3" : ""}`}>{title}</span>
          <span className="block text-xs text-ink-3">{hint}</span>
        </span>
        {!disabled && <Icon name="right" size={18} className="shrink-0 text-ink-3" />}
      </button>
    </li>
  );
}
