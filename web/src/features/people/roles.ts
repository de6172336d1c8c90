import type { GroupRole, Role, Seen } from "@/api/types";
import { many, t, type Plain } from "./text";

/** The roles, from the one who may least to the one who may most, what they are called, and what they may do. */
export const ROLES: readonly Role[] = ["viewer", "coach", "editor", "owner"];
export const NAMES: Record<Role, Plain> = {
  viewer: "role.viewer",
  coach: "role.coach",
  editor: "role.editor",
  owner: "role.owner",
};
/** For how many hours a role lasts, as the invitation offers; null: for good. */
export const LASTS: readonly (number | null)[] = [null, 1, 24, 168];
/** How long a role lasts, in words. */
export const lastsText = (hours: number | null): string => {
  if (hours === null) return t("invite.for_good");
  return hours % 24 === 0 ? many("invite.for_days", hours / 24) : many("invite.hours", hours);
};
/** What somebody is in a group. */
export const GROUP_ROLES: readonly GroupRole[] = ["member", "coach"];
export const GROUP_NAMES: Record<GroupRole, Plain> = { member: "role.member", coach: "role.coach" };
/** What a viewer may be shown besides activities, and what of it is usual. */
export const SEEN: readonly Seen[] = ["health", "plan", "photos"];
export const USUALLY_SEEN: readonly Seen[] = ["photos"];
export const SEEN_NAMES: Record<Seen, Plain> = {
  health: "sees.health",
  plan: "sees.plan",
  photos: "sees.photos",
};
export const MAY: Record<Role, Plain> = {
  viewer: "role.viewer_may",
  coach: "role.coach_may",
  editor: "role.editor_may",
  owner: "role.owner_may",
};
