import { useState } from "react";

import { reason } from "@/api/client";
import { useOfferFactor, useRenewCodes, useSecondFactor, useSwitchOffFactor, useSwitchOnFactor } from "@/api/signIn";
import { usePreferences } from "@/api/session";
import { RecoveryCodes, SetUpFactor } from "@/features/factor/SetUpFactor";
import { instant } from "@/lib/dates";
import { Part } from "@/pages/settings/Part";
import { many, t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";

/** With so few recovery codes left, it is time for new ones. */
const FEW = 3;

/** The second factor: an authenticator app and recovery codes; nothing where one signs in with a provider alone. */
export function SecondFactorPart() {
  const wish = usePreferences();
  const factor = useSecondFactor();
  const [offer, switchOff, renew] = [useOfferFactor(), useSwitchOffFactor(), useRenewCodes()];
  const [shown, setShown] = useState<"app" | "codes" | null>(null);
  if (factor.data && !factor.data.offered && !factor.data.on) return null;
  const fails = {
    onError: (error: Error) => {
      sayError(reason(error));
    },
  };
  const setUp = (): void => {
    offer.mutate(undefined, {
      ...fails,
      onSuccess: () => {
        setShown("app");
      },
    });
  };
  const close = (): void => {
    setShown(null);
  };
  return (
    <Part title={t("factor.part")} lead={t("factor.part_lead")}>
      {factor.isPending && (
        <Waiting>
          <div className="skeleton h-14" />
        </Waiting>
      )}
      {factor.isError && <Failure error={factor.error} retry={() => void factor.refetch()} />}
      {factor.data && !factor.data.on && (
        <>
          <p className="mb-4 text-sm text-ink-2">{t("factor.off")}</p>
          <Button kind="primary" busy={offer.isPending} onClick={setUp}>
            {t("factor.set_up")}
          </Button>
        </>
      )}
      {factor.data?.on && (
        <>
          <p className="font-medium">{t("factor.on", { when: instant(factor.data.since ?? "", wish) })}</p>
          <p className="label mt-0.5">{many("factor.left", factor.data.codes_left)}</p>
          {factor.data.codes_left < FEW && (
            <div className="mt-3">
              <Notice tone="warn">{t("factor.few")}</Notice>
            </div>
          )}
          <div className="mt-4 flex flex-wrap gap-2">
            <Button
              busy={renew.isPending}
              onClick={() => {
                renew.mutate(undefined, {
                  ...fails,
                  onSuccess: () => {
                    setShown("codes");
                  },
                });
              }}
            >
              {t("factor.renew")}
            </Button>
            <Button busy={offer.isPending} onClick={setUp}>
              {t("factor.another")}
            </Button>
            {!factor.data.required && (
              <Button
                kind="danger"
                busy={switchOff.isPending}
                onClick={() => {
                  switchOff.mutate(undefined, {
                    ...fails,
                    onSuccess: () => {
                      say(t("factor.switched_off"));
                    },
                  });
                }}
              >
                {t("factor.switch_off")}
              </Button>
            )}
          </div>
          {factor.data.required && <p className="label mt-3">{t("factor.required")}</p>}
        </>
      )}
      {shown === "app" && offer.data && <SetUp offer={offer.data} onClose={close} />}
      {shown === "codes" && renew.data && (
        <Dialog title={t("factor.codes_title")} onClose={close}>
          <RecoveryCodes codes={renew.data.codes} onDone={close} />
        </Dialog>
      )}
    </Part>
  );
}

function SetUp({ offer, onClose }: { offer: { secret: string; address: string }; onClose: () => void }) {
  const switchOn = useSwitchOnFactor();
  return (
    <Dialog title={t(switchOn.data ? "factor.codes_title" : "factor.set_up")} onClose={onClose}>
      {switchOn.data ? (
        <RecoveryCodes codes={switchOn.data.codes} onDone={onClose} />
      ) : (
        <SetUpFactor
          offer={offer}
          error={switchOn.error}
          busy={switchOn.isPending}
          onCode={(code) => {
            switchOn.mutate(code);
          }}
        />
      )}
    </Dialog>
  );
}
