import { useEffect, useRef, useState } from "react";

import { useShareDefaults, useSharePicture, useShares, type Shape } from "@/api/activities/sharing";
import { reason } from "@/api/client";
import type { Aspect } from "@/api/types";
import { download } from "@/lib/files/download";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Check, SelectField } from "@/ui/controls/Field";
import { Failure, Waiting } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";
import { AspectChecks } from "./AspectChecks";
import { send } from "./send";
import { t } from "./text";

/** What a picture can show, in the order of the choice. It shows no start time, whatever is chosen for links. */
const DRAWN = ["map", "places", "elevation", "speed", "heart_rate", "power"] as const satisfies Aspect[];
const SHAPES = [
  ["square", "picture.square"],
  ["tall", "picture.tall"],
  ["wide", "picture.wide"],
] as const;

/** Makes a picture of an activity, to be saved or sent: a map, a profile and a few numbers. */
export function PictureDialog({ activity, title, onClose }: { activity: string; title: string; onClose: () => void }) {
  const shares = useShares({ kind: "activity", id: activity });
  return (
    <Dialog title={t("picture.title")} onClose={onClose} wide>
      <p className="mb-4 max-w-prose text-sm text-ink-2">{t("picture.lead")}</p>
      {shares.isPending && (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      )}
      {shares.isError && <Failure error={shares.error} retry={() => void shares.refetch()} />}
      {shares.data && <Maker activity={activity} title={title} usual={shares.data.hidden} />}
    </Dialog>
  );
}

function Maker({ activity, title, usual }: { activity: string; title: string; usual: Aspect[] }) {
  const remember = useShareDefaults();
  const [hidden, setHidden] = useState(usual);
  const [keeps, setKeeps] = useState(false);
  const [shape, setShape] = useState<Shape>("square");
  const left = hidden.filter((aspect) => (DRAWN as readonly Aspect[]).includes(aspect));
  const picture = useSharePicture(activity, left, shape);
  const file = picture.data && new File([picture.data], `${title}.png`, { type: "image/png" });
  const handOn = (act: (file: File) => void): void => {
    if (keeps)
      remember.mutate(hidden, {
        onError: (error) => {
          sayError(reason(error));
        },
      });
    if (file) act(file);
  };
  return (
    <div className="grid gap-5 md:grid-cols-[minmax(0,13rem)_minmax(0,1fr)]">
      <div className="flex flex-col gap-4">
        <AspectChecks legend={t("picture.shows")} aspects={DRAWN} hidden={hidden} onChange={setHidden} />
        <Check
          label={t("share.remember")}
          checked={keeps}
          onChange={({ target }) => {
            setKeeps(target.checked);
          }}
        />
        <SelectField
          label={t("picture.shape")}
          value={shape}
          onChange={({ target }) => {
            setShape(target.value as Shape);
          }}
        >
          {SHAPES.map(([key, name]) => (
            <option key={key} value={key}>
              {t(name)}
            </option>
          ))}
        </SelectField>
        <div className="flex flex-wrap gap-2">
          <Button
            kind="primary"
            icon="download"
            disabled={!file || picture.isPlaceholderData}
            onClick={() => {
              handOn((made) => {
                download(made, made.name);
              });
            }}
          >
            {t("picture.save")}
          </Button>
          {file && maySend(file) && (
            <Button
              icon="out"
              disabled={picture.isPlaceholderData}
              onClick={() => {
                handOn((made) => {
                  send({ files: [made] });
                });
              }}
            >
              {t("share.send")}
            </Button>
          )}
        </div>
      </div>
      <div className="min-w-0" aria-busy={picture.isFetching}>
        {picture.isPending && (
          <Waiting>
            <div className="skeleton h-96" />
          </Waiting>
        )}
        {picture.isError && <Failure error={picture.error} retry={() => void picture.refetch()} />}
        {picture.data && <Shown picture={picture.data} title={title} />}
      </div>
    </div>
  );
}

function Shown({ picture, title }: { picture: Blob; title: string }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    if (image.current) image.current.src = made;
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [picture]);
  return (
    <img
      ref={image}
      alt={t("picture.alt", { name: title })}
      className="mx-auto max-h-[65vh] max-w-full rounded-lg border border-line"
    />
  );
}

const maySend = (file: File): boolean => "canShare" in navigator && navigator.canShare({ files: [file] });
