import { routes } from "@/lib/routes";
import { t } from "@/lib/text";
import { ButtonLink } from "@/ui/controls/Button";
import { useTitle } from "@/ui/layout/Page";
import { Empty } from "@/ui/layout/States";

export function NotFound() {
  useTitle(t("app.not_found"));
  return (
    <Empty page icon="map" title={t("app.not_found")} hint={t("app.not_found_hint")}>
      <ButtonLink to={routes.activities} kind="primary">
        {t("app.to_activities")}
      </ButtonLink>
    </Empty>
  );
}
