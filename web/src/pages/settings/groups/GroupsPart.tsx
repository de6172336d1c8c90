import { useState } from "react";

import { useGroups, useMakeGroup } from "@/api/people/groups";
import { AskName } from "@/features/people/AskName";
import { Part } from "@/pages/settings/Part";
import { Button } from "@/ui/controls/Button";
import { Failure, Waiting } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { GroupCard } from "./GroupCard";
import { t } from "./text";

/** The groups that one is in, such as a club. */
export function GroupsPart() {
  const groups = useGroups();
  const make = useMakeGroup();
  const [making, setMaking] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <Part title={t("groups.title")} lead={t("groups.lead")}>
        {groups.isPending && (
          <Waiting>
            <div className="skeleton h-12" />
          </Waiting>
        )}
        {groups.isError && <Failure error={groups.error} retry={() => void groups.refetch()} />}
        <Button
          icon="plus"
          kind={groups.data?.items.length === 0 ? "primary" : "plain"}
          onClick={() => {
            setMaking(true);
          }}
        >
          {t("groups.make")}
        </Button>
      </Part>
      {groups.data?.items.map((group) => (
        <GroupCard key={group.id} group={group} />
      ))}
      {making && (
        <AskName
          title={t("groups.make")}
          label={t("groups.name")}
          go={t("groups.make")}
          pending={make.isPending}
          error={make.error}
          onClose={() => {
            setMaking(false);
          }}
          onSubmit={(name) => {
            make.mutate(name, {
              onSuccess: () => {
                say(t("groups.made", { name }));
                setMaking(false);
              },
            });
          }}
        />
      )}
    </div>
  );
}
