import type { HealthOverview } from "@/api/types";
import { decimal } from "@/lib/units";
import { routes } from "@/lib/routes";
import { ButtonLink } from "@/ui/controls/Button";
import { t } from "./text";

/** Where readiness starts from, and where it ends. */
const [START, MOST] = [50, 100];

interface Step {
  key: string;
  name: string;
  points: number | null;
  from: number;
  to: number;
}

/** The parts one after the other, each from where the one before it ended. */
function stepsOf(parts: HealthOverview["readiness_parts"]): Step[] {
  let at = START;
  return parts.map(({ key, name, points }) => {
    const from = at;
    at += points ?? 0;
    // As metrics the parts are called after the whole: `Readiness: sleep`.
    return { key, name: name.split(/\s*[:：]\s*/).at(-1) ?? name, points, from, to: at };
  });
}

const signed = (points: number): string => `${points < -0.5 ? "−" : "+"}${decimal(Math.abs(points))}`;

/** Readiness with the parts that it is made of, as bars that add up from 50. */
export function Readiness({ overview: { readiness, readiness_parts: parts } }: { overview: HealthOverview }) {
  return (
    <section aria-labelledby="readiness" className="card p-4">
      <header className="flex min-h-9 items-center justify-between gap-2">
        <h2 id="readiness" className="font-semibold">
          {t("overview.readiness")}
        </h2>
        {readiness !== null && (
          <ButtonLink kind="quiet" to={routes.measure("readiness")}>
            {t("overview.trend")}
          </ButtonLink>
        )}
      </header>
      {readiness === null ? (
        <p className="py-2 text-sm text-ink-2">{t("overview.readiness_none")}</p>
      ) : (
        <>
          <p>
            <span className="text-2xl font-semibold">{decimal(readiness)}</span>{" "}
            <span className="text-ink-2">{t("overview.of_100")}</span>
          </p>
          <p className="text-sm text-ink-2">{t("overview.readiness_lead")}</p>
          <dl className="mt-3 flex flex-col gap-1.5">
            {stepsOf(parts).map((step) => (
              <Bar key={step.key} step={step} />
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

function Bar({ step: { name, points, from, to } }: { step: Step }) {
  const [left, right] = [Math.min(from, to), Math.max(from, to)].map((at) => Math.min(MOST, Math.max(0, at)));
  return (
    <div className="grid grid-cols-[8.5rem_1fr_3.5rem] items-center gap-2 text-sm">
      <dt className="truncate text-ink-2">{name.charAt(0).toUpperCase() + name.slice(1)}</dt>
      <dd aria-hidden="true" className="relative h-3 rounded-sm bg-sunken">
        <span className="absolute -inset-y-0.5 left-1/2 w-px bg-line-strong" />
        {points !== null && (
          <span
            className={`absolute inset-y-0 min-w-0.5 rounded-sm ${points < 0 ? "bg-warn" : "bg-accent"}`}
            style={{ left: `${left ?? 0}%`, width: `${(right ?? 0) - (left ?? 0)}%` }}
          />
        )}
      </dd>
      <dd className={`text-right ${points === null ? "label" : "font-medium"}`}>
        {points === null ? t("overview.no_part") : signed(points)}
      </dd>
    </div>
  );
}
