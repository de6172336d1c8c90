import { useSyncExternalStore } from "react";

import { useSession } from "@/api/session";
import { install, mayInstall, subscribeInstall } from "@/lib/install";
import { Button } from "@/ui/controls/Button";
import { Mark } from "@/ui/pictures/Icon";
import { Part } from "./Part";
import { t } from "./text";

export function About() {
  const { data } = useSession();
  const installable = useSyncExternalStore(subscribeInstall, mayInstall);
  return (
    <Part title={t("settings.about")}>
      <div className="flex items-center gap-4">
        <Mark size={52} />
        <div>
          <p className="text-lg font-semibold">{t("app.name")}</p>
          <p className="text-sm text-ink-2">
            {t("settings.version", { version: data?.version ?? "" })} ·{" "}
            <a href="/licences.txt" className="text-accent underline underline-offset-4">
              {t("settings.licence")}
            </a>
          </p>
        </div>
      </div>
      <p className="mt-4 max-w-prose text-sm text-ink-2">{t("settings.about_lead")}</p>
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        {installable ? (
          <Button icon="device" onClick={() => void install()}>
            {t("settings.install")}
          </Button>
        ) : (
          <p className="max-w-prose text-sm text-ink-2">{t("settings.install_hint")}</p>
        )}
      </div>
      <p className="mt-4">
        <a href="/api/openapi.json" className="text-accent underline underline-offset-4">
          {t("settings.api")}
        </a>
      </p>
    </Part>
  );
}
