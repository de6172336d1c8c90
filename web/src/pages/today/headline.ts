import type { Today } from "@/api/types";
import { language, locale } from "@/lib/language";
import { known } from "@/lib/text";
import { decimal } from "@/lib/units";
import { many, t } from "./text";

type Part = Today["headline"]["parts"][number];

const form = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
const and = new Intl.ListFormat(locale, { type: "conjunction" });

/** A sentence of the headline in the language of the app, by its rule and numbers; English is the server's own. */
export function headlineSentence({ rule, text, numbers }: Part, to = language): string {
  const value = numbers[0]?.value;
  if (to === "en" || value === undefined) return text;
  const points = decimal(Math.abs(value));
  const signs = (): string =>
    and.format(numbers.map((one) => `${one.name} (${`${decimal(one.value, 1)} ${one.unit}`.trim()})`));
  const zone = known("band", rule === "grey" ? "grey_zone" : rule);
  if (zone !== undefined) return t("headline.zone", { zone, form: form.format(value) });
  switch (rule) {
    case "body":
      return t("headline.body", { signs: signs() });
    case "sign":
      return t("headline.sign", { signs: signs() });
    case "easy_days":
      return many("headline.easy_days", value);
    case "hard_days":
      return many("headline.hard_days", value);
    case "rising_fast":
      return t("headline.rising_fast", { points });
    case "rising":
      return t("headline.rising", { points });
    case "falling":
      return t("headline.falling", { points });
    default:
      return text;
  }
}
