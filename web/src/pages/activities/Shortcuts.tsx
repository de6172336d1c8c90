import { useEffect, useState } from "react";

import { classes } from "@/lib/classes";
import { IconButton } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { taken } from "@/ui/hooks/keys";
import { t, type Plain } from "./text";

const KEYS: [string[], Plain][] = [
  [["/"], "keys.search"],
  [["j", "↓"], "keys.next"],
  [["k", "↑"], "keys.previous"],
  [["Enter"], "keys.open"],
  [["x"], "keys.select"],
  [["Shift x"], "keys.select_range"],
  [["←", "→"], "keys.cursor"],
  [["Shift ←", "Shift →"], "keys.cursor_far"],
  [["Esc"], "keys.close"],
  [["?"], "keys.help"],
];

/** The keyboard's help, by `?` or its button. */
export function Shortcuts() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== "?" || taken(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener("keydown", press);
    return () => {
      removeEventListener("keydown", press);
    };
  }, []);
  return (
    <>
      <IconButton
        name={t("keys.title")}
        icon="keyboard"
        className="pointer-coarse:hidden"
        onClick={() => {
          setOpen(true);
        }}
      />
      {open && (
        <Dialog
          title={t("keys.title")}
          onClose={() => {
            setOpen(false);
          }}
        >
          <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2.5">
            {KEYS.map(([keys, meaning]) => (
              <div key={meaning} className="contents">
                <dt className="flex justify-end gap-1.5">
                  {keys.map((key) => (
                    <kbd
                      key={key}
                      className={classes(
                        "min-w-7 rounded-md border border-line bg-sunken px-1.5 py-0.5 text-center",
                        "font-mono text-sm",
                      )}
                    >
                      {key}
                    </kbd>
                  ))}
                </dt>
                <dd>{t(meaning)}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </>
  );
}
