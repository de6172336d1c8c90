import { useMayEdit } from "@/api/session";
import type { Today } from "@/api/types";
import { FrameChart } from "@/charts/frames/FrameChart";
import { routes } from "@/lib/routes";
import { ButtonLink } from "@/ui/controls/Button";
import { cardName } from "@/pages/today/arranged";
import { t } from "@/pages/today/text";
import { Frame } from "./Frame";

const HEIGHT = 150;

/** Ninety days of fitness and form, and where the next two weeks lead. */
export function FitnessCard({ frame }: { frame: Today["fitness"] }) {
  const mayEdit = useMayEdit();
  return (
    <Frame of="fitness" to={routes.training}>
      {frame ? (
        <FrameChart frame={frame} title={cardName("fitness")} height={HEIGHT} />
      ) : (
        <div className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
          {t("fitness.none")}
          {mayEdit && <ButtonLink to={routes.import}>{t("activities.import")}</ButtonLink>}
        </div>
      )}
    </Frame>
  );
}
