import { useState, type FormEvent, type ReactNode } from "react";
import { Link } from "react-router";

import { t } from "@/lib/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { Icon } from "@/ui/pictures/Icon";

/**
 * The head of a page about one thing: the way back, its name (editable with a pencil), a line about it, and actions.
 */
export function Title({
  back,
  to,
  name,
  rename,
  onRename,
  actions,
  children,
}: {
  back: string;
  to: string;
  name: string;
  rename: string;
  /** Null where the name may not be changed. */
  onRename: ((name: string) => void) | null;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="mb-4">
      <nav className="mb-2 text-sm text-ink-2">
        <Link to={to} className="touch -ml-1 inline-flex items-center gap-1 rounded pr-2 hover:text-ink">
          <Icon name="left" size={18} />
          {back}
        </Link>
      </nav>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <Name key={name} name={name} rename={rename} onRename={onRename} />
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-sm text-ink-2">{children}</p>
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}

function Name({ name, rename, onRename }: { name: string; rename: string; onRename: ((name: string) => void) | null }) {
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === null || onRename === null) {
    return (
      <div className="group flex items-center gap-1">
        <h1 className="min-w-0 text-2xl font-semibold break-words">{name}</h1>
        {onRename && (
          <IconButton
            name={rename}
            icon="edit"
            onClick={() => {
              setTyped(name);
            }}
            className="text-ink-3 md:opacity-0 md:group-hover:opacity-100 md:focus-visible:opacity-100"
          />
        )}
      </div>
    );
  }
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = typed.trim();
    setTyped(null);
    if (wanted !== "" && wanted !== name) onRename(wanted);
  };
  return (
    <form onSubmit={save} className="flex max-w-xl items-center gap-2">
      <h1 className="sr-only">{name}</h1>
      <input
        autoFocus
        value={typed}
        maxLength={200}
        aria-label={rename}
        onChange={(event) => {
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") setTyped(null);
        }}
        className="w-full min-w-0 rounded-lg border border-line bg-surface px-3 py-1 text-xl font-semibold"
      />
      <Button type="submit" kind="primary">
        {t("app.save")}
      </Button>
      <Button
        kind="quiet"
        onClick={() => {
          setTyped(null);
        }}
      >
        {t("app.cancel")}
      </Button>
    </form>
  );
}
