import { useSession } from "@/api/session";
import { Mark } from "@/ui/pictures/Icon";
import { Part } from "./Part";
import { t } from "./text";

export function About() {
  const { data } = useSession();
  return (
    <Part title={t("settings.about")}>
      <div className="flex items-center gap-4">
        <Mark size={52} />
        <div>
          <p className="text-lg font-semibold">{t("app.name")}</p>
          <p className="text-sm text-ink-2">
            {[t("settings.version", { version: data?.version ?? "" }), t("settings.licence")].join(" · ")}
          </p>
        </div>
      </div>
      <p className="mt-4 max-w-prose text-sm text-ink-2">{t("settings.about_lead")}</p>
      <p className="mt-4">
        <a href="/openapi.json" className="text-accent underline underline-offset-4">
          {t("settings.api")}
        </a>
      </p>
    </Part>
  );
}
