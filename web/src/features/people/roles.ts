import type { Role } from "@/api/types";
import type { Plain } from "./text";

/** The roles, from the one who may least to the one who may most, what they are called, and what they may do. */
export const ROLES: readonly Role[] = ["viewer", "coach", "editor", "owner"];
export const NAMES: Record<Role, Plain> = {
  viewer: "role.viewer",
  coach: "role.coach",
  editor: "role.editor",
  owner: "role.owner",
};
export const MAY: Record<Role, Plain> = {
  viewer: "role.viewer_may",
  coach: "role.coach_may",
  editor: "role.editor_may",
  owner: "role.owner_may",
};
