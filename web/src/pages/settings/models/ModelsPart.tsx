import { useSession } from "@/api/session";
import { useSettings } from "@/api/settings";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Failure, Waiting } from "@/ui/layout/States";
import { Connect } from "./Connect";
import { Copied } from "./Copied";
import { Switches } from "./Switches";

/** How a language model's app reads the data here: the switch, a token and the address for it, or a command. */
export function ModelsPart() {
  const { data: session } = useSession();
  const settings = useSettings();
  const on = settings.data?.items.find(({ key }) => key === "mcp")?.value === "on";
  return (
    <Part title={t("settings.models")} lead={t("settings.models_lead")}>
      {settings.isPending && (
        <Waiting>
          <div className="skeleton h-24" />
        </Waiting>
      )}
      {settings.isError && <Failure error={settings.error} retry={() => void settings.refetch()} />}
      {settings.data && <Switches items={settings.data.items} admin={session?.account?.is_admin ?? false} />}
      {on && <Connect />}
      <h3 className="mt-7 font-medium">{t("settings.models_here")}</h3>
      <p className="mt-1 max-w-prose text-sm text-ink-2">{t("settings.models_here_note")}</p>
      <Copied
        text={JSON.stringify({ mcpServers: { homestretch: { command: "homestretch", args: ["mcp"] } } }, null, 2)}
      />
    </Part>
  );
}
