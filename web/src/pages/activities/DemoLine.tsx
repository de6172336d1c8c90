import { Link } from "react-router";

import { useBatches } from "@/api/sources/batches";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { Meter } from "@/ui/values/Meter";
import { many, t, type Plain } from "./text";

const WORTH_A_LOOK: [to: string, name: Plain][] = [
  [routes.records, "nav.records"],
  [routes.training, "nav.training"],
  [routes.map, "nav.map"],
];

/** How far the demo athlete is made; once it is, where to look. */
export function DemoLine() {
  const batch = useBatches().data?.pages[0]?.items.find(({ origin }) => origin === "demo");
  if (!batch || batch.state === "undone") return null;
  const { counts, files, activities } = batch;
  if (batch.state === "receiving" || batch.state === "running") {
    const made = files - counts.expected;
    const read = counts.imported + counts.duplicate + counts.skipped + counts.failed;
    return (
      <section role="status" aria-label={t("demo.making")} data-testid="demo-progress" className="card mb-4 px-4 py-3">
        <p className="flex flex-wrap justify-between gap-x-4">
          <span className="font-medium">{t("demo.making")}</span>
          <span className="text-sm text-ink-2">
            {t("demo.made", { made: decimal(made), read: decimal(read), total: decimal(files) })}
          </span>
        </p>
        <Meter value={made + read} max={2 * files} label={t("demo.making")} className="mt-2" />
      </section>
    );
  }
  return (
    <p data-testid="demo-ready" className="mb-3 text-sm text-ink-2">
      {many("demo.ready", activities, decimal(activities))}{" "}
      {WORTH_A_LOOK.map(([to, name], at) => (
        <span key={to}>
          {at > 0 && ", "}
          <Link to={to} className="touch font-medium text-accent underline underline-offset-4">
            {t(name)}
          </Link>
        </span>
      ))}
    </p>
  );
}
