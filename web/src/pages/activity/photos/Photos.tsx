import { Lightbox } from "./Lightbox";
import type { PhotosOf } from "./photosOf";
import { Strip } from "./Strip";

/** The photos of an activity, where there are any, and the one that is shown large. */
export function Photos({ activity, photos }: { activity: string; photos: PhotosOf }) {
  const { items, mayEdit, progress, add, shown, open } = photos;
  if (items.length === 0) return null;
  return (
    <>
      <Strip {...{ activity, mayEdit, progress }} photos={items} onFiles={add} onOpen={open} />
      {shown && <Lightbox {...{ activity, mayEdit }} photos={items} photo={shown} onOpen={open} />}
    </>
  );
}
