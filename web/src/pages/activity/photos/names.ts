import type { Photo } from "@/api/types";
import { t } from "@/pages/activity/text";

/** What a photo is called: its caption, else which of how many it is. */
export function nameOf(photo: Photo, photos: readonly Photo[]): string {
  const at = photos.findIndex(({ id }) => id === photo.id) + 1;
  return photo.caption ?? t("photos.nth", { at: String(at), of: String(photos.length) });
}

/** How far a clock is off in whole minutes, as hours and minutes with a sign: `+1:00`. */
export function clockOf(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "−" : "+"}${String(Math.floor(size / 60))}:${String(size % 60).padStart(2, "0")}`;
}
