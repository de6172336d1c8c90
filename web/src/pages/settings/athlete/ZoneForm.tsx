import { useId, useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useAddZone, useChangeZone } from "@/api/places/places";
import { usePreferences } from "@/api/session";
import type { PrivacyZone } from "@/api/types";
import { told } from "@/lib/units";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";

/** A place as it is being typed and drawn; without an id it is a new one. */
export interface Draft {
  id: string | null;
  name: string;
  latitude: string;
  longitude: string;
  radius: number;
}

/** The steps of the slider in metres: fine near the door, coarse far out. */
const RADII = [50, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000];
const USUAL_M = 200;

export function draftOf(zone: PrivacyZone | null): Draft {
  if (zone === null) return { id: null, name: "", latitude: "", longitude: "", radius: USUAL_M };
  return {
    id: zone.id,
    name: zone.name,
    latitude: String(zone.latitude),
    longitude: String(zone.longitude),
    radius: zone.radius_m,
  };
}

/** Where the draft lies, once both coordinates are there and can be. */
export function placeOf({ latitude, longitude }: Draft): { latitude: number; longitude: number } | null {
  const [lat, lon] = [degrees(latitude, 90), degrees(longitude, 180)];
  return lat === null || lon === null ? null : { latitude: lat, longitude: lon };
}

function degrees(typed: string, most: number): number | null {
  const value = Number(typed.trim().replace(",", "."));
  return typed.trim() === "" || !Number.isFinite(value) || Math.abs(value) > most ? null : value;
}

/** What a private place is called, where it is and how far it reaches. */
export function ZoneForm({
  draft,
  onChange,
  onDone,
}: {
  draft: Draft;
  onChange: (draft: Draft) => void;
  onDone: () => void;
}) {
  const wish = usePreferences();
  const slider = useId();
  const [add, change] = [useAddZone(), useChangeZone()];
  const [tried, setTried] = useState(false);
  const { id, name, latitude, longitude, radius } = draft;
  const step = Math.max(
    0,
    RADII.findLastIndex((metres) => metres <= radius),
  );
  const error = add.error ?? change.error;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const place = placeOf(draft);
    if (!place) return;
    const details = { name: name.trim(), ...place, radius_m: radius };
    const called = details.name || t("privacy.unnamed");
    if (id === null)
      add.mutate(details, {
        onSuccess: () => {
          say(t("privacy.added", { name: called }));
          onDone();
        },
      });
    else
      change.mutate(
        { id, ...details },
        {
          onSuccess: () => {
            say(t("privacy.changed", { name: called }));
            onDone();
          },
        },
      );
  };
  return (
    <form
      noValidate
      onSubmit={submit}
      className="rise mt-4 grid grid-cols-2 gap-4 rounded-xl border border-line p-4"
      aria-label={id === null ? t("privacy.new") : t("privacy.change", { name })}
    >
      {error !== null && (
        <div role="alert" className="col-span-2">
          <Notice tone="bad">{reason(error)}</Notice>
        </div>
      )}
      <p className="col-span-2 text-sm text-ink-2">{t("privacy.pick")}</p>
      <div className="col-span-2">
        <TextField
          label={t("privacy.name")}
          optional
          maxLength={200}
          value={name}
          onChange={(event) => {
            onChange({ ...draft, name: event.target.value });
          }}
        />
      </div>
      <TextField
        label={t("privacy.latitude")}
        inputMode="text"
        value={latitude}
        error={tried && degrees(latitude, 90) === null ? t("privacy.latitude_bad") : undefined}
        onChange={(event) => {
          onChange({ ...draft, latitude: event.target.value });
        }}
      />
      <TextField
        label={t("privacy.longitude")}
        inputMode="text"
        value={longitude}
        error={tried && degrees(longitude, 180) === null ? t("privacy.longitude_bad") : undefined}
        onChange={(event) => {
          onChange({ ...draft, longitude: event.target.value });
        }}
      />
      <div className="col-span-2 flex flex-col gap-1">
        <label htmlFor={slider} className="text-sm font-medium text-ink-2">
          {t("privacy.radius", { radius: told("length", radius, wish) })}
        </label>
        <input
          id={slider}
          type="range"
          min={0}
          max={RADII.length - 1}
          step={1}
          value={step}
          aria-valuetext={told("length", radius, wish)}
          className="touch accent-(--accent)"
          onChange={(event) => {
            onChange({ ...draft, radius: RADII[Number(event.target.value)] ?? USUAL_M });
          }}
        />
      </div>
      <div className="col-span-2 flex justify-end gap-2">
        <Button kind="quiet" onClick={onDone}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" kind="primary" busy={add.isPending || change.isPending}>
          {t(id === null ? "privacy.add" : "app.save")}
        </Button>
      </div>
    </form>
  );
}
