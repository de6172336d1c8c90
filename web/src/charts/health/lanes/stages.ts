import type { Stage } from "@/lib/health/night";
import { t } from "@/charts/health/text";

/** The colour of a stage; its row says the same without colour. */
export const STAGE_TONES: Record<Stage, string> = {
  awake: "var(--warn)",
  rem: "var(--chart-power)",
  light: "var(--chart-speed)",
  deep: "var(--sport-snow)",
  unmeasured: "var(--chart-quiet)",
};

/** What a stage is called; what was not measured has no name. */
export function stageName(stage: Stage): string {
  switch (stage) {
    case "awake":
      return t("health_chart.awake");
    case "rem":
      return t("health_chart.rem");
    case "light":
      return t("health_chart.light");
    case "deep":
      return t("health_chart.deep");
    case "unmeasured":
      return "";
  }
}
