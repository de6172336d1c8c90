import { reason } from "@/api/client";
import { useMayOwn, useSession } from "@/api/session";
import { useChangeSettings, useSettings } from "@/api/settings";
import { AllLinks } from "@/features/sharing/Links";
import { ShareDays } from "@/features/sharing/range/ShareDays";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Check } from "@/ui/controls/Field";
import { sayError } from "@/ui/layout/Toasts";

/** The links by which activities, routes and days are shared, and whether this server has any. */
export function LinksPart() {
  const mayOwn = useMayOwn();
  const { data: session } = useSession();
  if (!mayOwn) return null;
  return (
    <Part title={t("links.title")} lead={t("links.lead")}>
      {session?.account?.is_admin && <Switch />}
      <div className="mb-4">
        <ShareDays />
      </div>
      <AllLinks />
    </Part>
  );
}

function Switch() {
  const settings = useSettings();
  const change = useChangeSettings();
  const option = settings.data?.items.find(({ key }) => key === "links");
  if (!option) return null;
  const wanted = change.isPending ? change.variables.links : option.value;
  return (
    <div className="mb-4">
      <Check
        label={t("links.on")}
        checked={wanted === "on"}
        disabled={option.locked || change.isPending}
        onChange={({ target }) => {
          change.mutate(
            { links: target.checked ? "on" : "off" },
            {
              onError: (error) => {
                sayError(reason(error));
              },
            },
          );
        }}
      />
      {option.locked && <p className="text-xs text-ink-3">{t("settings.locked")}</p>}
    </div>
  );
}
