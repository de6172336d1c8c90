import { useState } from "react";
import { Link } from "react-router";

import type { Today } from "@/api/types";
import { classes } from "@/lib/classes";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { headlineSentence } from "./headline";
import { t } from "./text";

type Line = Today["headline"];
type Used = Line["parts"][number]["numbers"][number];

const TONES = { good: "bg-accent-soft", plain: "bg-surface border border-line", care: "bg-warn-soft" };

/** How the athlete is in a sentence or two; the rules that made it, with their numbers, are one press away. */
export function Headline({ headline }: { headline: Line }) {
  const [open, setOpen] = useState(false);
  return (
    <div
      data-testid="headline"
      className={classes(
        "flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-xl px-4 py-2.5",
        TONES[headline.tone],
      )}
    >
      <p className="text-lg font-semibold">{headline.parts.map((part) => headlineSentence(part)).join(" ")}</p>
      <Button
        kind="quiet"
        icon="info"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t("headline.explain")}
      </Button>
      {open && (
        <Dialog
          title={t("headline.title")}
          onClose={() => {
            setOpen(false);
          }}
        >
          <ol className="grid gap-4">
            {headline.parts.map((part) => (
              <li key={part.rule} data-rule={part.rule}>
                <p className="font-semibold">{headlineSentence(part)}</p>
                <p className="text-sm text-ink-2">{part.why}</p>
                <ul className="mt-1 text-sm">
                  {part.numbers.map((number) => (
                    <li key={number.name}>
                      <Link to={pageOf(number)} className="touch inline-block text-accent underline">
                        {number.name}: {`${decimal(number.value, 1)} ${number.unit}`.trim()}
                      </Link>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
        </Dialog>
      )}
    </div>
  );
}

/** The page that explains a number. */
function pageOf({ topic, measure }: Used): string {
  if (measure !== null) return routes.measure(measure);
  return { training: routes.training, activities: routes.activities, coach: routes.coach, health: routes.health() }[
    topic
  ];
}
