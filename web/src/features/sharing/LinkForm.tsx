import { useState, type FormEvent } from "react";

import { useSharePreview } from "@/api/activities/sharing";
import { usePreferences } from "@/api/session";
import type { Aspect, Share, Subject } from "@/api/types";
import { instant } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { Check, SelectField } from "@/ui/controls/Field";
import { PasswordField, SHORTEST_PASSWORD } from "@/ui/controls/PasswordField";
import { Failure, Waiting } from "@/ui/layout/States";
import { AspectChecks } from "./AspectChecks";
import { ASPECTS_OF } from "./aspects";
import { isOver } from "./isOver";
import { SharedView } from "./shown/SharedView";
import { many, t } from "./text";

const DAYS = [1, 7, 30, 90, 365];
const USUAL_DAYS = "30";
const ENDLESS = "endless";
const AS_NOW = "now";

/** What was chosen for a link; `days` and `password` are left out where they stay as they are. */
export interface Chosen {
  hidden: Aspect[];
  days?: number | null;
  password?: string | null;
  remember: boolean;
}

/** What a link shows, for how long it is open and its password, beside what its readers see: a new one, or `link`. */
export function LinkForm({
  subject,
  usual,
  link,
  busy,
  onChoose,
}: {
  subject: Subject;
  usual: Aspect[];
  link?: Share;
  busy: boolean;
  onChoose: (chosen: Chosen) => void;
}) {
  const [hidden, setHidden] = useState<Aspect[]>(usual);
  const [days, setDays] = useState(link ? AS_NOW : USUAL_DAYS);
  const [password, setPassword] = useState<string | null | undefined>(link?.password ? undefined : null);
  const [remember, setRemember] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onChoose({
      hidden,
      remember,
      ...(days === AS_NOW ? {} : { days: days === ENDLESS ? null : Number(days) }),
      ...(password === undefined || (link && !link.password && password === null) ? {} : { password }),
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-5 md:grid-cols-[minmax(0,13rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        <AspectChecks
          legend={t("share.shows")}
          aspects={ASPECTS_OF[subject.kind]}
          hidden={hidden}
          onChange={setHidden}
        />
        {!link && (
          <Check
            label={t("share.remember")}
            checked={remember}
            onChange={({ target }) => {
              setRemember(target.checked);
            }}
          />
        )}
        <SelectField
          label={t("share.until")}
          value={days}
          onChange={({ target }) => {
            setDays(target.value);
          }}
        >
          {link && <AsNow link={link} />}
          {DAYS.map((count) => (
            <option key={count} value={count}>
              {link ? many("share.days_from_now", count) : many("share.days", count)}
            </option>
          ))}
          <option value={ENDLESS}>{t("share.endless")}</option>
        </SelectField>
        <PasswordChoice had={link?.password ?? false} password={password} onChange={setPassword} />
        <Button type="submit" kind="primary" busy={busy}>
          {t(link ? "share.save" : "share.make")}
        </Button>
      </div>
      <Preview subject={subject} hidden={hidden} />
    </form>
  );
}

/** The time that a link has, which may stay. */
function AsNow({ link }: { link: Share }) {
  const wish = usePreferences();
  const words =
    link.until === null
      ? t("share.as_now_endless")
      : t(isOver(link) ? "share.as_now_over" : "share.as_now", { day: instant(link.until, wish) });
  return <option value={AS_NOW}>{words}</option>;
}

const WORDS = {
  keep: "share.password_keep",
  change: "share.password_change",
  remove: "share.password_remove",
} as const;

/** Whether a link asks for a password: undefined is the one that it has, null is no password. */
function PasswordChoice({
  had,
  password,
  onChange,
}: {
  had: boolean;
  password: string | null | undefined;
  onChange: (password: string | null | undefined) => void;
}) {
  const choice = password === undefined ? "keep" : password === null ? "remove" : "change";
  return (
    <>
      {had ? (
        <SelectField
          label={t("share.password")}
          value={choice}
          onChange={({ target }) => {
            onChange(target.value === "keep" ? undefined : target.value === "remove" ? null : "");
          }}
        >
          {(["keep", "change", "remove"] as const).map((key) => (
            <option key={key} value={key}>
              {t(WORDS[key])}
            </option>
          ))}
        </SelectField>
      ) : (
        <Check
          label={t("share.password")}
          checked={choice === "change"}
          onChange={({ target }) => {
            onChange(target.checked ? "" : null);
          }}
        />
      )}
      {typeof password === "string" && (
        <PasswordField
          label={t(had ? "share.password_new" : "share.password")}
          hint={t("share.password_hint")}
          autoComplete="new-password"
          minLength={SHORTEST_PASSWORD}
          value={password}
          onChange={({ target }) => {
            onChange(target.value);
          }}
        />
      )}
    </>
  );
}

function Preview({ subject, hidden }: { subject: Subject; hidden: Aspect[] }) {
  const preview = useSharePreview(subject, hidden);
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
          <SharedView key={`${subject.id} ${hidden.join()}`} shared={preview.data} brief />
        </div>
      )}
    </section>
  );
}
