import { useState } from "react";

import { reason } from "@/api/client";
import { useProviders, useRemoveProvider, type OidcProvider } from "@/api/signIn";
import { Part } from "@/pages/settings/Part";
import { t, type Plain } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { ProviderForm } from "./ProviderForm";

const POLICIES: Record<OidcProvider["policy"], Plain> = {
  refuse: "signin.policy_refuse",
  invited: "signin.policy_invited",
  create: "signin.policy_create",
};

/** By what people sign in to this server: providers of OpenID Connect. */
export function ProvidersPart() {
  const providers = useProviders();
  const [open, setOpen] = useState<OidcProvider | "new" | null>(null);
  const [removing, setRemoving] = useState<OidcProvider | null>(null);
  const { items, problem, passwords } = providers.data ?? { items: [], problem: null, passwords: true };
  const close = (): void => {
    setOpen(null);
  };
  return (
    <Part title={t("settings.sign_in")} lead={t("signin.providers_lead")}>
      {providers.isPending && (
        <Waiting>
          <div className="skeleton h-14" />
        </Waiting>
      )}
      {providers.isError && <Failure error={providers.error} retry={() => void providers.refetch()} />}
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
      {!passwords && <Notice>{t("signin.passwords_off")}</Notice>}
      {providers.isSuccess && items.length === 0 && <p className="text-sm text-ink-2">{t("signin.providers_none")}</p>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {items.map((provider) => (
          <li key={provider.key} className="flex min-h-14 flex-wrap items-center gap-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{provider.name}</span>
              <span className="label block truncate">{`${provider.issuer} · ${t(POLICIES[provider.policy])}`}</span>
              {provider.locked && <span className="label block">{t("settings.locked")}</span>}
            </span>
            {!provider.locked && (
              <>
                <Button
                  onClick={() => {
                    setOpen(provider);
                  }}
                >
                  {t("signin.provider_change")}
                </Button>
                <Button
                  kind="danger"
                  onClick={() => {
                    setRemoving(provider);
                  }}
                >
                  {t("signin.provider_remove")}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {problem === null && (
        <Button
          icon="plus"
          kind="primary"
          className="mt-5"
          onClick={() => {
            setOpen("new");
          }}
        >
          {t("signin.provider_add")}
        </Button>
      )}
      {open !== null && (
        <ProviderForm
          provider={open === "new" ? null : open}
          taken={items.map(({ key }) => key)}
          base={providers.data?.address ?? ""}
          onClose={close}
        />
      )}
      {removing && (
        <Remove
          provider={removing}
          onClose={() => {
            setRemoving(null);
          }}
        />
      )}
    </Part>
  );
}

function Remove({ provider, onClose }: { provider: OidcProvider; onClose: () => void }) {
  const remove = useRemoveProvider();
  return (
    <Dialog title={t("signin.remove_title", { name: provider.name })} onClose={onClose}>
      <p className="text-sm text-ink-2">{t("signin.remove_hint")}</p>
      <div className="mt-5 flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          kind="danger"
          busy={remove.isPending}
          onClick={() => {
            remove.mutate(provider.key, {
              onSuccess: () => {
                say(t("signin.removed", { name: provider.name }));
                onClose();
              },
              onError: (error) => {
                sayError(reason(error));
              },
            });
          }}
        >
          {t("signin.provider_remove")}
        </Button>
      </div>
    </Dialog>
  );
}
