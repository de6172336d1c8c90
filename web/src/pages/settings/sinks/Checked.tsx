import type { SinkCheck } from "@/api/sinks";
import { decimal } from "@/lib/units";
import { t } from "@/pages/settings/text";
import { Notice } from "@/ui/layout/States";
import { Table } from "@/ui/values/Table";

/** What a comparison of both sides found. */
export function Checked({ check: { equal, ours, there, differences } }: { check: SinkCheck }) {
  const counts = { ours: decimal(ours ?? 0), there: decimal(there ?? 0) };
  return (
    <div role="status" className="mt-3 flex flex-col gap-2">
      {equal === null ? (
        <Notice>{t("sinks.check_none")}</Notice>
      ) : equal ? (
        <Notice>{t("sinks.check_equal", { there: counts.there })}</Notice>
      ) : (
        <Notice tone="warn">{t("sinks.check_differs", counts)}</Notice>
      )}
      {differences.length > 0 && (
        <Table
          label={t("sinks.check")}
          rows={differences}
          first={10}
          keyOf={({ series }) => series}
          columns={[
            { head: t("sinks.series"), cell: ({ series }) => series, words: true },
            { head: t("sinks.ours"), cell: (one) => decimal(one.ours) },
            { head: t("sinks.there"), cell: (one) => decimal(one.there) },
            { head: t("sinks.missing"), cell: (one) => decimal(one.missing) },
          ]}
        />
      )}
    </div>
  );
}
