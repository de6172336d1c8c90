import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useSession } from "@/api/session";
import { useChangeSettings, useMapChoices, useSettings } from "@/api/settings";
import type { MapFile, MapPreset, Setting } from "@/api/types";
import { classes } from "@/lib/classes";
import { choiceOf, chosenOf, needsKey, type Choice, type Chosen } from "@/lib/geo/backgrounds";
import { routes } from "@/lib/routes";
import { bytes } from "@/lib/units";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";
import { MapPreview } from "./MapPreview";

/** Whose tiles lie under the tracks; nobody's until an administrator chooses. */
export function MapPart() {
  const { data: session } = useSession();
  const [settings, choices] = [useSettings(), useMapChoices()];
  const admin = session?.account?.is_admin ?? false;
  const failed = [settings, choices].find(({ isError }) => isError);
  return (
    <Part title={t("settings.map")} lead={t("settings.map_lead")}>
      {failed?.error && <Failure error={failed.error} retry={() => void failed.refetch()} />}
      {!failed && !(settings.data && choices.data) && (
        <Waiting>
          <div className="skeleton h-32" />
        </Waiting>
      )}
      {settings.data && choices.data && (
        <MapForm items={settings.data.items} presets={choices.data.items} files={choices.data.files} admin={admin} />
      )}
    </Part>
  );
}

/**
 * The address that may ask a known map's servers before it is chosen. A key stays behind the `#`, unseen by servers.
 */
const previewOf = ({ map, key }: Choice): string =>
  `${routes.settings("map")}?try=${map}#${encodeURIComponent(key.trim())}`;

/** The choice that the address of the page shows, if any. */
function triedIn(presets: MapPreset[]): Choice | null {
  const map = new URLSearchParams(location.search).get("try") ?? "";
  if (!presets.some(({ key }) => key === map)) return null;
  return { map, key: decodeURIComponent(location.hash.slice(1)), url: "", attribution: "", more: "" };
}

function MapForm({
  items,
  presets,
  files,
  admin,
}: {
  items: Setting[];
  presets: MapPreset[];
  files: MapFile[];
  admin: boolean;
}) {
  const change = useChangeSettings();
  const setting = (key: string): Setting | undefined => items.find((item) => item.key === key);
  const value = (key: string): string | null => setting(key)?.value ?? null;
  const kind = (value("map_kind") ?? "none") as Chosen["kind"];
  const saved: Chosen = {
    kind,
    url: value("map_url"),
    attribution: value("map_attribution"),
    more: value("map_hosts"),
  };
  const [tried] = useState(() => triedIn(presets));
  const [choice, setChoice] = useState<Choice>(() => tried ?? choiceOf(saved, presets));
  const [wrong, setWrong] = useState(false);
  const locked = ["map_kind", "map_url", "map_attribution", "map_hosts"].some((key) => setting(key)?.locked);
  const preset = presets.find(({ key }) => key === choice.map);
  const chosen = chosenOf(choice, presets, files);
  const file = files.find(({ url }) => url === choice.map);
  const shown = [file ? chosen : null, tried && chosenOf(tried, presets, files), tried ? null : saved].find(
    (one) => one && one.url === chosen?.url && one.kind !== "none",
  );
  const edit = (changed: Partial<Choice>): void => {
    setWrong(false);
    setChoice({ ...choice, ...changed });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setWrong(chosen === null);
    if (chosen === null) return;
    const wanted = {
      map_kind: chosen.kind,
      map_url: chosen.url,
      map_attribution: chosen.attribution,
      map_hosts: chosen.more,
    };
    change.mutate(wanted, {
      // Whom a page may ask is said when it is loaded: so it is loaded again.
      onSuccess: () => {
        location.assign(routes.settings("map"));
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  const preview = (): void => {
    setWrong(chosen === null);
    if (chosen === null) return;
    location.assign(previewOf(choice));
    if (tried?.map === choice.map) location.reload();
  };
  return (
    <form noValidate onSubmit={submit}>
      {(locked || !admin) && (
        <div className="mb-4">
          <Notice>{t(locked ? "settings.locked" : "settings.admin_only")}</Notice>
        </div>
      )}
      <fieldset disabled={locked || !admin} className="flex max-w-2xl flex-col gap-4">
        <Choices
          presets={presets}
          files={files}
          chosen={choice.map}
          onChoose={(map) => {
            edit({ map });
          }}
        />
        {preset && needsKey(preset) && (
          <TextField
            label={t("settings.map_key")}
            value={choice.key}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            hint={t("settings.map_key_hint", { page: preset.sign_up })}
            error={wrong ? t("settings.map_key_missing") : undefined}
            onChange={(event) => {
              edit({ key: event.target.value });
            }}
          />
        )}
        {(choice.map === "raster" || choice.map === "style") && <Own choice={choice} wrong={wrong} onChange={edit} />}
        {kind === "pmtiles" && choice.map === saved.url && !file && (
          <Notice tone="bad">{t("settings.map_file_gone")}</Notice>
        )}
        {shown?.url && <MapPreview key={shown.url} setting={shown} box={file?.box ?? null} asked={tried !== null} />}
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" kind="primary" busy={change.isPending}>
            {t("app.save")}
          </Button>
          {preset && !shown && <Button onClick={preview}>{t("settings.map_preview")}</Button>}
        </div>
      </fieldset>
    </form>
  );
}

/** Every map there is to choose, each with who learns what. */
function Choices({
  presets,
  files,
  chosen,
  onChoose,
}: {
  presets: MapPreset[];
  files: MapFile[];
  chosen: string;
  onChoose: (map: string) => void;
}) {
  const learns = ({ owner, hosts, ...preset }: MapPreset): string =>
    t(needsKey(preset) ? "settings.map_learns_key" : "settings.map_learns", { owner, hosts: hosts.join(", ") });
  const all: { map: string; title: string; note: string; unfit?: boolean }[] = [
    { map: "none", title: t("settings.map_none"), note: t("settings.map_none_note") },
    ...files.map((file) => ({
      map: file.url,
      title: t("settings.map_file", { name: file.name }),
      note: file.problem ?? fileNote(file),
      unfit: file.problem !== null,
    })),
    ...presets.map((preset) => ({ map: preset.key, title: preset.title, note: learns(preset) })),
    { map: "raster", title: t("settings.map_raster"), note: t("settings.map_raster_note") },
    { map: "style", title: t("settings.map_style"), note: t("settings.map_style_note") },
  ];
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-ink-2">{t("settings.map_choose")}</legend>
      <div className="grid gap-1 md:grid-cols-2">
        {all.map(({ map, title, note, unfit }) => (
          <label
            key={map}
            className={classes(
              "touch flex cursor-pointer items-start gap-2.5 rounded-lg border border-line px-3 py-1.5",
              "text-sm",
              "hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent",
            )}
          >
            <input
              type="radio"
              name="background"
              value={map}
              checked={map === chosen}
              disabled={unfit}
              className="mt-1 accent-(--accent)"
              onChange={() => {
                onChoose(map);
              }}
            />
            <span className="min-w-0">
              <span className="font-medium">{title}</span>
              <span className="block text-xs text-ink-2">{note}</span>
            </span>
          </label>
        ))}
      </div>
      <p className="mt-1 text-xs text-ink-3">{t("settings.map_folder")}</p>
    </fieldset>
  );
}

const fileNote = ({ size_bytes, min_zoom, max_zoom }: MapFile): string =>
  t("settings.map_file_note", { size: bytes(size_bytes), from: String(min_zoom), to: String(max_zoom) });

/** An address of one's own: tiles or a style, and what goes with it. */
function Own({
  choice,
  wrong,
  onChange,
}: {
  choice: Choice;
  wrong: boolean;
  onChange: (changed: Partial<Choice>) => void;
}) {
  const raster = choice.map === "raster";
  return (
    <>
      <TextField
        label={t("settings.map_url")}
        type="url"
        value={choice.url}
        placeholder={
          raster ? t("settings.map_url_raster", { z: "{z}", x: "{x}", y: "{y}" }) : t("settings.map_url_style")
        }
        hint={t("settings.map_preview_own")}
        error={wrong ? t("settings.map_url_bad") : undefined}
        onChange={(event) => {
          onChange({ url: event.target.value });
        }}
      />
      {!raster && (
        <TextField
          label={t("settings.map_more")}
          optional
          hint={t("settings.map_more_hint")}
          value={choice.more}
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => {
            onChange({ more: event.target.value });
          }}
        />
      )}
      <TextField
        label={t("settings.map_attribution")}
        optional
        hint={t("settings.map_attribution_hint")}
        value={choice.attribution}
        onChange={(event) => {
          onChange({ attribution: event.target.value });
        }}
      />
    </>
  );
}
