import { useState } from "react";

import { useChangeActivity } from "@/api/activities/activities";
import { reason } from "@/api/client";
import { useMayEdit } from "@/api/session";
import type { Today } from "@/api/types";
import { known } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "@/pages/today/text";

type Last = NonNullable<Today["last"]>;
type Felt = Pick<Last, "rpe" | "feel">;

const EFFORTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const FEELINGS = [1, 2, 3, 4, 5];
const nameOf = (area: "rpe" | "feel", value: number | null): string =>
  value === null ? "" : (known(area, String(Math.round(value))) ?? String(value));

/** How hard an activity was and how it felt, in two taps: the first answer leads to the second question. */
export function Taps({ last }: { last: Last }) {
  const mayEdit = useMayEdit();
  const change = useChangeActivity(last.id);
  const [felt, setFelt] = useState<Felt>({ rpe: last.rpe, feel: last.feel });
  const [asked, setAsked] = useState<"rpe" | "feel" | null>(() => questionOf(last));
  // One answer may still be on its way when the next is given: each changes its own field only.
  const put = (field: keyof Felt, value: number | null, done?: () => void): void => {
    const before = felt[field];
    setFelt((now) => ({ ...now, [field]: value }));
    change.mutate(
      { [field]: value },
      {
        onSuccess: () => done?.(),
        onError: (error) => {
          setFelt((now) => ({ ...now, [field]: before }));
          setAsked(field);
          sayError(reason(error));
        },
      },
    );
  };
  const answer = (field: keyof Felt, value: number): void => {
    const before = felt[field];
    setAsked(field === "rpe" ? "feel" : questionOf({ ...felt, [field]: value }));
    put(field, value, () => {
      say(t("last.saved", { what: nameOf(field, value) }), () => {
        setAsked(field);
        put(field, before);
      });
    });
  };
  if (!mayEdit) return null;
  if (asked === null)
    return (
      <p className="mt-3 flex min-h-11 flex-wrap items-center gap-x-3 text-sm" data-testid="felt">
        {t("last.felt", { effort: nameOf("rpe", felt.rpe), feel: nameOf("feel", felt.feel) })}
        <Button
          kind="quiet"
          onClick={() => {
            setAsked("rpe");
          }}
        >
          {t("last.change")}
        </Button>
      </p>
    );
  const effort = asked === "rpe";
  return (
    <fieldset className="mt-3" data-testid={`taps-${asked}`}>
      <legend className="mb-1 text-sm text-ink-2">{t(effort ? "last.effort" : "last.feel")}</legend>
      <div className={`grid gap-1 ${effort ? "grid-cols-5 sm:grid-cols-10" : "grid-cols-5"}`}>
        {(effort ? EFFORTS : FEELINGS).map((value) => (
          <button
            key={value}
            type="button"
            title={nameOf(asked, value)}
            aria-label={nameOf(asked, value)}
            aria-pressed={(effort ? felt.rpe : felt.feel) === value}
            onClick={() => {
              answer(asked, value);
            }}
            className={
              "min-h-11 rounded-lg border border-line px-1 text-xs leading-tight hover:border-line-strong " +
              "aria-pressed:border-accent aria-pressed:bg-accent-soft"
            }
          >
            {effort ? value : nameOf("feel", value)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** What is still to be asked. */
function questionOf({ rpe, feel }: Felt): "rpe" | "feel" | null {
  return rpe === null ? "rpe" : feel === null ? "feel" : null;
}
