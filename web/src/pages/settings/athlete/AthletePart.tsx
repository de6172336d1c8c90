import { useState } from "react";
import { Link } from "react-router";

import { reason } from "@/api/client";
import { useStateThreshold, useThresholds } from "@/api/numbers";
import { useMayPlan, usePreferences } from "@/api/session";
import type { Suggestion, ThresholdInfo, ThresholdStated } from "@/api/types";
import { effortName, thresholdName, thresholdText } from "@/lib/activity/thresholds";
import { familyName } from "@/lib/charts/frames";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Part } from "@/pages/settings/Part";
import { t as settingsText } from "@/pages/settings/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { Disclosure } from "@/ui/controls/Disclosure";
import { Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { Also } from "@/ui/values/Also";
import { ThresholdDialog } from "./ThresholdDialog";
import { many, t } from "./text";

/** What holds of the athlete by date: every threshold, what activities suggest, and what was stated when. */
export function AthletePart() {
  const thresholds = useThresholds();
  const [asked, setAsked] = useState<ThresholdInfo | null>(null);
  return (
    <Part title={settingsText("settings.athlete")} lead={t("thresholds.lead")}>
      {thresholds.isPending && (
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      )}
      {thresholds.isError && <Failure error={thresholds.error} retry={() => void thresholds.refetch()} />}
      <ul className="divide-y divide-line border-t border-line empty:hidden">
        {thresholds.data?.items.map((info) => (
          <Threshold
            key={info.key}
            info={info}
            onSet={() => {
              setAsked(info);
            }}
          />
        ))}
      </ul>
      {asked && (
        <ThresholdDialog
          info={asked}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </Part>
  );
}

function Threshold({ info, onSet }: { info: ThresholdInfo; onSet: () => void }) {
  const wish = usePreferences();
  const mayPlan = useMayPlan();
  const name = thresholdName(info.key, info.name);
  const now = [
    ...Object.entries(info.now).map(([family, value]) => ({ family, value, estimated: false })),
    ...Object.entries(info.estimated).map(([family, value]) => ({ family, value, estimated: true })),
  ];
  return (
    <li className="py-3" data-threshold={info.key}>
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h3 className="font-medium">
            {name} <Also names={info.also_known_as} />
          </h3>
          {info.unit !== "" || info.key === "birth_year" ? <p className="text-sm text-ink-2">{info.note}</p> : null}
          {now.length === 0 ? (
            <p className="mt-1 text-sm text-ink-3">{t("thresholds.unset")}</p>
          ) : (
            <dl className="mt-1 flex flex-wrap gap-x-5">
              {now.map(({ family, value, estimated }) => (
                <div key={family} className="flex items-baseline gap-2">
                  <dt className={info.by_sport ? "text-sm text-ink-2" : "sr-only"}>
                    {family === "" ? t("thresholds.all_sports") : familyName(family)}
                  </dt>
                  {estimated ? (
                    <dd className="text-ink-2" title={t("thresholds.estimated_why")}>
                      {t("thresholds.estimated", { value: thresholdText(info.key, info.unit, value, family, wish) })}
                    </dd>
                  ) : (
                    <dd className="font-semibold">{thresholdText(info.key, info.unit, value, family, wish)}</dd>
                  )}
                </div>
              ))}
            </dl>
          )}
        </div>
        {mayPlan && (
          <Button onClick={onSet} aria-label={t("thresholds.set_what", { what: name })}>
            {t("thresholds.set")}
          </Button>
        )}
      </div>
      {mayPlan &&
        info.suggestions.map((suggestion) => <Suggested key={suggestion.family} info={info} suggestion={suggestion} />)}
      {info.history.length > 0 && (
        <Disclosure title={many("thresholds.history", info.history.length)}>
          <ul className="mt-1">
            {info.history.map((stated) => (
              <li key={`${stated.family} ${stated.valid_from}`}>
                <Stated info={info} stated={stated} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </li>
  );
}

/** A value of the past, which may be taken back. */
function Stated({ info, stated: { family, valid_from, value } }: { info: ThresholdInfo; stated: ThresholdStated }) {
  const wish = usePreferences();
  const state = useStateThreshold();
  const mayPlan = useMayPlan();
  const text = thresholdText(info.key, info.unit, value, family, wish);
  const when = day(valid_from, wish, "plain");
  const remove = (): void => {
    state.mutate(
      { key: info.key, value: null, valid_from, family },
      {
        onSuccess: () => {
          say(t("thresholds.deleted", { what: text, day: when }), () => {
            state.mutate({ key: info.key, value, valid_from, family });
          });
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <div className="flex items-center gap-4">
      <span className="w-28 text-ink-2">{when}</span>
      {info.by_sport && (
        <span className="w-28 text-ink-2">{family === "" ? t("thresholds.all_sports") : familyName(family)}</span>
      )}
      <span className="flex-1 font-semibold">{text}</span>
      {mayPlan && (
        <IconButton
          name={t("thresholds.delete", { value: text, day: when })}
          icon="trash"
          disabled={state.isPending}
          onClick={remove}
        />
      )}
    </div>
  );
}

/** What a best effort shows: it stands in where nothing was set, and replaces what was only once it is applied. */
function Suggested({ info, suggestion }: { info: ThresholdInfo; suggestion: Suggestion }) {
  const wish = usePreferences();
  const state = useStateThreshold();
  const { family, value, activity, name, stated } = suggestion;
  const say1 = (number: number): string => thresholdText(info.key, info.unit, number, family, wish);
  const put = (number: number | null): { key: string; value: number | null; valid_from: string; family: string } => ({
    key: info.key,
    value: number,
    valid_from: suggestion.day,
    family,
  });
  const apply = (): void => {
    state.mutate(put(value), {
      onSuccess: () => {
        say(t("thresholds.saved", { what: thresholdName(info.key, info.name), value: say1(value) }), () => {
          state.mutate(put(null));
        });
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-accent-soft px-3 py-2 text-sm">
      <span className="min-w-0 flex-1">
        <Link to={routes.activity(activity)} className="underline-offset-4 hover:underline">
          {t(suggestion.kind === "heart_rate" ? "thresholds.suggests_heart" : "thresholds.suggests", {
            effort: effortName(suggestion, wish),
            day: day(suggestion.day, wish, "plain"),
            value: say1(value),
          })}
        </Link>
        <span className="text-ink-2"> {stated === null ? name : t("thresholds.instead", { value: say1(stated) })}</span>
      </span>
      <Button busy={state.isPending} onClick={apply}>
        {t(stated === null ? "thresholds.keep" : "thresholds.apply")}
      </Button>
    </div>
  );
}
