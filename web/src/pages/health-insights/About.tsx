import { usePreferences } from "@/api/session";
import type { HealthInsight } from "@/api/types";
import { day as dayWords } from "@/lib/dates";
import { decimal } from "@/lib/units";
import { Disclosure } from "@/ui/controls/Disclosure";
import { Table } from "@/ui/values/Table";
import { t } from "./text";
import { signed } from "./words";

/** What the numbers of a question are and are not, and all that they rest on. */
export function About({ answers }: { answers: HealthInsight[] }) {
  const wish = usePreferences();
  const weighed = answers.filter(({ lacks }) => lacks === null);
  const [first] = weighed;
  const noisy = weighed.find(({ verdict }) => verdict === "within_noise");
  if (!first) return null;
  const bounds = ({ r, interval }: HealthInsight): string =>
    r === null || interval === null
      ? ""
      : t("insights.r_of", { r: decimal(r, 2), low: decimal(interval.low, 2), high: decimal(interval.high, 2) });
  const dates = ({ first: from, last }: HealthInsight): string =>
    from === null || last === null
      ? ""
      : t("insights.span", { first: dayWords(from, wish, "plain"), last: dayWords(last, wish, "plain") });
  return (
    <Disclosure title={t("insights.about")}>
      <div className="mt-2 flex max-w-prose flex-col gap-2 text-ink-2">
        {weighed.some(({ shown }) => shown) && <p>{t("insights.about_link")}</p>}
        {noisy && <p>{t("insights.about_noise", { noise: decimal(noisy.noise, 1), unit: noisy.unit })}</p>}
        {weighed.some(({ verdict }) => verdict === "no_clear_link") && <p>{t("insights.about_no_link")}</p>}
        <p>{first.caveat}</p>
        <p>{t("insights.about_groups")}</p>
        <p>{dates(first)}</p>
      </div>
      <div className="mt-2">
        <Table
          label={first.question}
          rows={weighed}
          keyOf={({ outcome }) => outcome}
          columns={[
            { head: t("insights.outcome"), cell: ({ outcome_name: name }) => name, words: true },
            {
              head: t("insights.median"),
              cell: ({ difference, unit }) => (difference === null ? "" : `${signed(difference, unit)} ${unit}`),
            },
            { head: t("insights.r"), cell: bounds },
            { head: t("insights.n"), cell: ({ n }) => decimal(n) },
            { head: t("insights.n_eff"), cell: ({ n_eff: worth }) => (worth === null ? "" : decimal(worth)) },
          ]}
        />
      </div>
    </Disclosure>
  );
}
