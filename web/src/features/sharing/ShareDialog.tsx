import { useState, type FormEvent } from "react";

import { useMakeShare, useShareDefaults, useSharePreview, useShares } from "@/api/activities/sharing";
import { reason } from "@/api/client";
import type { Aspect, Shares } from "@/api/types";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Check, SelectField } from "@/ui/controls/Field";
import { PasswordField, SHORTEST_PASSWORD } from "@/ui/controls/PasswordField";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { AspectChecks } from "./AspectChecks";
import { ASPECTS } from "./aspects";
import { LinkRow } from "./Links";
import { SharedView } from "./SharedView";
import { many, t } from "./text";

const DAYS = [1, 7, 30, 90, 365];
const USUAL_DAYS = "30";
const ENDLESS = "endless";

/** Shares an activity by a link: what it shows, for how long, and the links that there are. */
export function ShareDialog({ activity, onClose }: { activity: string; onClose: () => void }) {
  const shares = useShares(activity);
  return (
    <Dialog title={t("share.title")} onClose={onClose} wide>
      <p className="mb-4 max-w-prose text-sm text-ink-2">{t("share.lead")}</p>
      {shares.isPending && (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      )}
      {shares.isError && <Failure error={shares.error} retry={() => void shares.refetch()} />}
      {shares.data && !shares.data.on && <Notice tone="warn">{t("share.off")}</Notice>}
      {shares.data?.on && <Maker activity={activity} usual={shares.data.hidden} />}
      {shares.data && <Made shares={shares.data} />}
    </Dialog>
  );
}

function Made({ shares: { items, on } }: { shares: Shares }) {
  return (
    <section className="mt-6">
      <h3 className="font-semibold">{t("share.links")}</h3>
      {items.length === 0 && <p className="mt-1 text-sm text-ink-2">{t("share.none")}</p>}
      <ul className="mt-2 divide-y divide-line border-t border-line empty:hidden">
        {items.map((share) => (
          <li key={share.id} data-share={share.id}>
            <LinkRow share={share} on={on} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Maker({ activity, usual }: { activity: string; usual: Aspect[] }) {
  const make = useMakeShare(activity);
  const remember = useShareDefaults();
  const [hidden, setHidden] = useState<Aspect[]>(usual);
  const [days, setDays] = useState(USUAL_DAYS);
  const [password, setPassword] = useState<string | null>(null);
  const [keeps, setKeeps] = useState(false);
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (keeps) remember.mutate(hidden, { onError: failed });
    make.mutate(
      { hidden, days: days === ENDLESS ? null : Number(days), password },
      {
        onSuccess: () => {
          say(t("share.made"));
        },
        onError: failed,
      },
    );
  };
  return (
    <form onSubmit={submit} className="grid gap-5 md:grid-cols-[minmax(0,13rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        <AspectChecks legend={t("share.shows")} aspects={ASPECTS} hidden={hidden} onChange={setHidden} />
        <Check
          label={t("share.remember")}
          checked={keeps}
          onChange={({ target }) => {
            setKeeps(target.checked);
          }}
        />
        <SelectField
          label={t("share.until")}
          value={days}
          onChange={({ target }) => {
            setDays(target.value);
          }}
        >
          {DAYS.map((count) => (
            <option key={count} value={count}>
              {many("share.days", count)}
            </option>
          ))}
          <option value={ENDLESS}>{t("share.endless")}</option>
        </SelectField>
        <Check
          label={t("share.password")}
          checked={password !== null}
          onChange={({ target }) => {
            setPassword(target.checked ? "" : null);
          }}
        />
        {password !== null && (
          <PasswordField
            label={t("share.password")}
            hint={t("share.password_hint")}
            autoComplete="new-password"
            minLength={SHORTEST_PASSWORD}
            value={password}
            onChange={({ target }) => {
              setPassword(target.value);
            }}
          />
        )}
        <Button type="submit" kind="primary" busy={make.isPending}>
          {t("share.make")}
        </Button>
      </div>
      <Preview activity={activity} hidden={hidden} />
    </form>
  );
}

function Preview({ activity, hidden }: { activity: string; hidden: Aspect[] }) {
  const preview = useSharePreview(activity, hidden);
  return (
    <section className="min-w-0" aria-busy={preview.isFetching}>
      <h3 className="mb-2 text-sm font-medium text-ink-2">{t("share.preview")}</h3>
      {preview.isPending && (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      )}
      {preview.isError && <Failure error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data && (
        <div className="rounded-lg border border-line bg-ground p-4">
          {/* What is drawn of other columns is drawn anew: charts keep what they were made with. */}
          <SharedView key={hidden.join()} shared={preview.data} brief />
        </div>
      )}
    </section>
  );
}
