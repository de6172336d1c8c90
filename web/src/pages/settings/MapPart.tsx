import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useSession } from "@/api/session";
import { useChangeSettings, useSettings } from "@/api/settings";
import type { MapSetting, Setting } from "@/api/types";
import { t } from "@/lib/text";
import { Button } from "@/ui/Button";
import { Segmented, TextField } from "@/ui/Field";
import { Failure, Notice, Waiting } from "@/ui/States";
import { say, sayError } from "@/ui/Toasts";
import { Part } from "./Part";

/** Whose tiles lie under the tracks; nobody's until an administrator chooses. */
export function MapPart() {
  const { data: session } = useSession();
  const settings = useSettings();
  const admin = session?.account?.is_admin ?? false;
  return (
    <Part title={t("settings.map")} lead={t("settings.map_lead")}>
      {settings.isPending && <Waiting><div className="skeleton h-32" /></Waiting>}
      {settings.isError && <Failure error={settings.error} retry={() => void settings.refetch()} />}
      {settings.data && <MapForm items={settings.data.items} admin={admin} />}
    </Part>
  );
}

function MapForm({ items, admin }: { items: Setting[]; admin: boolean }) {
  const change = useChangeSettings();
  const setting = (key: string): Setting | undefined => items.find((item) => item.key === key);
  const value = (key: string): string => String(setting(key)?.value ?? "");
  const [form, setForm] = useState({ kind: (value("map_kind") || "none") as MapSetting["kind"], url: value("map_url"), attribution: value("map_attribution") });
  const [wrong, setWrong] = useState(false);
  const locked = ["map_kind", "map_url", "map_attribution"].some((key) => setting(key)?.locked);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const bad = form.kind !== "none" && !/^https?:\/\/./.test(form.url.trim());
    setWrong(bad);
    if (bad) return;
    const wanted = { map_kind: form.kind, map_url: form.url.trim() || null, map_attribution: form.attribution.trim() || null };
    change.mutate(wanted, { onSuccess: () => { say(t("app.saved")); }, onError: (error) => { sayError(reason(error)); } });
  };
  return (
    <form noValidate onSubmit={submit}>
      {(locked || !admin) && <div className="mb-4"><Notice>{t(locked ? "settings.locked" : "settings.admin_only")}</Notice></div>}
      <fieldset disabled={locked || !admin} className="flex max-w-lg flex-col gap-4">
        <Segmented
          name={t("settings.map_kind")} value={form.kind} onChange={(kind) => { setForm({ ...form, kind }); }}
          options={[{ value: "none", label: t("settings.map_none") }, { value: "raster", label: t("settings.map_raster") }, { value: "style", label: t("settings.map_style") }]}
        />
        {form.kind !== "none" && (
          <>
            <TextField
              label={t("settings.map_url")} type="url" value={form.url} placeholder={form.kind === "raster" ? t("settings.map_url_raster", { z: "{z}", x: "{x}", y: "{y}" }) : t("settings.map_url_style")}
              error={wrong ? t("settings.map_url_bad") : undefined} onChange={(event) => { setForm({ ...form, url: event.target.value }); }}
            />
            <TextField
              label={t("settings.map_attribution")} optional hint={t("settings.map_attribution_hint")} value={form.attribution}
              onChange={(event) => { setForm({ ...form, attribution: event.target.value }); }}
            />
          </>
        )}
        <div><Button type="submit" kind="primary" busy={change.isPending}>{t("app.save")}</Button></div>
      </fieldset>
    </form>
  );
}
