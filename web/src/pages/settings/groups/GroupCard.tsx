import { useState } from "react";

import { useDeleteGroup, useRenameGroup } from "@/api/people/groups";
import { useSession } from "@/api/session";
import type { Group } from "@/api/types";
import { AskName } from "@/features/people/AskName";
import { Part } from "@/pages/settings/Part";
import { Button, IconButton } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say } from "@/ui/layout/Toasts";
import { GroupPeople } from "./GroupPeople";
import { OtherAthletes } from "./OtherAthletes";
import { RemoveDialog } from "./RemoveDialog";
import { t } from "./text";
import { YourAthletes } from "./YourAthletes";

type Asked = "rename" | "delete" | "leave";

/** A group that one is in: whose data it shows, who is in it, and, for who leads it, who may join. */
export function GroupCard({ group }: { group: Group }) {
  const { data: session } = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => {
    setAsked(null);
  };
  const roles = [
    group.leads ? t("groups.you_lead") : null,
    group.role === "coach" ? t("groups.you_coach") : group.leads ? null : t("groups.you_member"),
  ];
  return (
    <Part title={group.name} lead={roles.filter((one) => one !== null).join(" ")}>
      <div className="flex flex-col gap-6" data-group={group.name}>
        <YourAthletes group={group} />
        <OtherAthletes group={group} />
        <GroupPeople group={group} />
        <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line pt-4">
          <Button
            onClick={() => {
              setAsked("leave");
            }}
          >
            {t("groups.leave")}
          </Button>
          {group.leads && (
            <Menu
              up
              button={(wiring) => <IconButton name={t("groups.more", { name: group.name })} icon="more" {...wiring} />}
            >
              <MenuItem
                icon="edit"
                onClick={() => {
                  setAsked("rename");
                }}
              >
                {t("groups.rename")}
              </MenuItem>
              <MenuItem
                icon="trash"
                danger
                onClick={() => {
                  setAsked("delete");
                }}
              >
                {t("groups.delete")}
              </MenuItem>
            </Menu>
          )}
        </div>
      </div>
      {asked === "rename" && <Rename group={group} onClose={close} />}
      {asked === "delete" && <Delete group={group} onClose={close} />}
      {asked === "leave" && session?.account && (
        <RemoveDialog
          group={group}
          member={session.account.id}
          title={t("groups.leave_title", { name: group.name })}
          hint={t("groups.leave_hint")}
          go={t("groups.leave")}
          done={t("groups.left", { name: group.name })}
          onClose={close}
        />
      )}
    </Part>
  );
}

function Rename({ group, onClose }: { group: Group; onClose: () => void }) {
  const rename = useRenameGroup(group.id);
  return (
    <AskName
      title={t("groups.rename")}
      label={t("groups.name")}
      start={group.name}
      go={t("groups.rename")}
      pending={rename.isPending}
      error={rename.error}
      onClose={onClose}
      onSubmit={(name) => {
        rename.mutate(name, {
          onSuccess: () => {
            say(t("groups.renamed"));
            onClose();
          },
        });
      }}
    />
  );
}

function Delete({ group: { id, name }, onClose }: { group: Group; onClose: () => void }) {
  const remove = useDeleteGroup(id);
  return (
    <AskName
      title={t("groups.delete_title", { name })}
      hint={<p>{t("groups.delete_hint")}</p>}
      label={t("groups.delete_type", { name })}
      must={name}
      go={t("groups.delete")}
      danger
      pending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onSubmit={(typed) => {
        remove.mutate(typed, {
          onSuccess: () => {
            say(t("groups.deleted", { name }));
            onClose();
          },
        });
      }}
    />
  );
}
