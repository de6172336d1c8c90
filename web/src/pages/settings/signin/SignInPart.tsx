import { reason } from "@/api/client";
import { useChangeSettings, useSettings } from "@/api/settings";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { SelectField } from "@/ui/controls/Field";
import { Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { ProvidersPart } from "./ProvidersPart";

/** How people sign in to this server: providers, and who has to have a second factor. */
export function SignInPart() {
  return (
    <div className="flex flex-col gap-4">
      <ProvidersPart />
      <FactorPolicy />
    </div>
  );
}

function FactorPolicy() {
  const settings = useSettings();
  const change = useChangeSettings();
  const option = settings.data?.items.find(({ key }) => key === "second_factor");
  return (
    <Part title={t("factor.part")} lead={t("factor.policy_lead")}>
      {settings.isPending && (
        <Waiting>
          <div className="skeleton h-14" />
        </Waiting>
      )}
      {settings.isError && <Failure error={settings.error} retry={() => void settings.refetch()} />}
      {option && (
        <div className="max-w-sm">
          <SelectField
            label={t("factor.policy")}
            hint={option.locked ? t("settings.locked") : undefined}
            disabled={option.locked || change.isPending}
            value={change.isPending ? (change.variables.second_factor ?? "") : (option.value ?? "")}
            onChange={({ target }) => {
              change.mutate(
                { second_factor: target.value },
                {
                  onSuccess: () => {
                    say(t("factor.policy_set"));
                  },
                  onError: (error) => {
                    sayError(reason(error));
                  },
                },
              );
            }}
          >
            <option value="nobody">{t("factor.policy_off")}</option>
            <option value="administrators">{t("factor.of_administrators")}</option>
            <option value="everyone">{t("factor.of_everyone")}</option>
          </SelectField>
        </div>
      )}
    </Part>
  );
}
