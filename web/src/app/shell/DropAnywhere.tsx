import { useEffect, useState } from "react";
import { useNavigate } from "react-router";

import { reason } from "@/api/client";
import { upload } from "@/api/sources/uploads";
import { t } from "@/app/text";
import { classes } from "@/lib/classes";
import { routes } from "@/lib/routes";
import { fromDrop } from "@/lib/upload/files";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";

/** The whole window takes files: an overlay shows it while something is held over it. */
export function DropAnywhere() {
  const [over, setOver] = useState(false);
  const navigate = useNavigate();
  useEffect(() => {
    // Entering a child fires before leaving its parent, so the depth tells whether the window was left.
    let depth = 0;
    const files = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const move =
      (step: number) =>
      (event: DragEvent): void => {
        if (!files(event)) return;
        event.preventDefault();
        depth += step;
        setOver(depth > 0);
      };
    const drop = (event: DragEvent): void => {
      if (!files(event) || !event.dataTransfer) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      void take(event.dataTransfer);
    };
    const take = async (transfer: DataTransfer): Promise<void> => {
      const found = await fromDrop(transfer);
      if (found.length === 0) {
        say(t("import.nothing_chosen"));
        return;
      }
      void navigate(routes.import);
      await upload(found).catch((error: unknown) => {
        sayError(reason(error));
      });
    };
    const [enter, leave, hover] = [move(1), move(-1), move(0)];
    addEventListener("dragenter", enter);
    addEventListener("dragleave", leave);
    addEventListener("dragover", hover);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("dragover", hover);
      removeEventListener("drop", drop);
    };
  }, [navigate]);
  if (!over) return null;
  return (
    <div className="appear pointer-events-none fixed inset-0 z-50 grid place-items-center bg-veil p-6">
      <div
        className={classes(
          "card flex flex-col items-center gap-3 border-2 border-dashed border-accent px-12 py-10",
          "shadow-float",
        )}
      >
        <Icon name="import" size={40} className="text-accent" />
        <p className="text-lg font-semibold">{t("import.drop_anywhere")}</p>
      </div>
    </div>
  );
}
