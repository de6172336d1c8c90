import { reason } from "@/api/client";
import { useChangeSettings } from "@/api/settings";
import type { Setting } from "@/api/types";
import { t } from "@/pages/settings/text";
import { Check } from "@/ui/controls/Field";
import { sayError } from "@/ui/layout/Toasts";

/** What an administrator decides: whether the MCP server answers, and whether names and notes are given. */
export function Switches({ items, admin }: { items: Setting[]; admin: boolean }) {
  const change = useChangeSettings();
  const of = (key: string): Setting | undefined => items.find((item) => item.key === key);
  // What was just chosen is shown until the server has said the same.
  const value = (key: string) => (change.isPending ? change.variables[key] : undefined) ?? of(key)?.value;
  const box = (key: "mcp" | "model_names", label: string) => (
    <Check
      label={label}
      checked={value(key) === "on"}
      disabled={!admin || (of(key)?.locked ?? true)}
      onChange={({ target }) => {
        change.mutate(
          { [key]: target.checked ? "on" : "off" },
          {
            onError: (error) => {
              sayError(reason(error));
            },
          },
        );
      }}
    />
  );
  return (
    <div className="space-y-2">
      {box("mcp", t("settings.models_on"))}
      {box("model_names", t("settings.models_names"))}
      {of("mcp")?.locked && <p className="label">{t("settings.locked")}</p>}
      {!admin && <p className="label">{t("settings.admin_only")}</p>}
    </div>
  );
}
