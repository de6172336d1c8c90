import { useChangeActivity } from "@/api/activities/activities";
import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useCompareAgain, usePropose } from "@/api/sources/compare";
import type { ActivityChange, ComparedCell, ComparedItem, ComparedSource, Proposal } from "@/api/types";
import { humanise } from "@/lib/activity/sports";
import { routes } from "@/lib/routes";
import { known } from "@/lib/text";
import { decimal } from "@/lib/units";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { adoptable, adopted, differing, proposable, saidWords } from "./comparing";
import { many, t, type Plain } from "./text";

interface Of {
  item: ComparedItem;
  source: ComparedSource;
  proposals: Proposal[];
}

const LOOKS: Record<ComparedCell["state"], { icon: string; words: Plain; tone: string }> = {
  ok: { icon: "check", words: "compare.ok", tone: "text-ink-2" },
  differs: { icon: "differs", words: "compare.differs", tone: "font-medium text-warn" },
  missing: { icon: "minus", words: "compare.missing", tone: "font-medium text-ink" },
  deleted: { icon: "trash", words: "compare.deleted", tone: "font-medium text-ink-2" },
  unknown: { icon: "question", words: "compare.unknown", tone: "text-ink-2" },
};
const HINTS: Partial<Record<ComparedCell["state"], Plain>> = {
  deleted: "compare.deleted_hint",
  unknown: "compare.unknown_hint",
};

/** What a source says of an activity, and what can be done where that is something else. */
export function Cell({ item, source, proposals }: Of) {
  const cell = item.cells[source.connection];
  if (!cell) return null;
  const { icon, words, tone } = LOOKS[cell.state];
  const hint = HINTS[cell.state];
  return (
    <div data-cell={cell.state}>
      <p className="flex flex-wrap items-center gap-x-2">
        <span className={`inline-flex items-center gap-1 ${tone}`}>
          <Icon name={icon} size={16} />
          {t(words)}
        </span>
        {cell.stale && <StaleMark />}
        {cell.url !== null && (
          <a
            href={cell.url}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t("compare.open_there", { activity: item.activity.name, name: source.name })}
            title={t("compare.open_there", { activity: item.activity.name, name: source.name })}
            className="grid size-6 place-items-center rounded text-ink-3 hover:text-ink pointer-coarse:size-11"
          >
            <Icon name="out" size={15} />
          </a>
        )}
      </p>
      {hint && <p className="mt-1 text-xs text-ink-3">{t(hint)}</p>}
      {cell.state === "differs" && <Differences item={item} cell={cell} />}
      {(cell.state !== "ok" || cell.fetchable) && (
        <Acts item={item} source={source} cell={cell} proposals={proposals} />
      )}
    </div>
  );
}

/** Which fields differ, with what is said on both sides. */
function Differences({ item, cell }: { item: ComparedItem; cell: ComparedCell }) {
  const wish = usePreferences();
  return (
    <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-xs">
      {differing(cell).map(([field, { here, there }]) => (
        <div key={field} className="contents">
          <dt className="col-span-2 mt-1 text-ink-3">{humanise(known("field", field) ?? field)}</dt>
          <dd className="contents">
            <span className="text-ink-3">{t("compare.here")}</span>
            <span className="line-clamp-3 break-words">{saidWords(field, here, wish, item.activity.sport)}</span>
          </dd>
          <dd className="contents">
            <span className="text-ink-3">{t("compare.there")}</span>
            <span className="line-clamp-3 font-medium break-words">
              {saidWords(field, there, wish, item.activity.sport)}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const PROPOSE = {
  change: { short: "compare.propose", whole: "compare.propose_for" },
  upload: { short: "compare.propose_upload", whole: "compare.propose_upload_for" },
  again: { short: "compare.propose_again", whole: "compare.propose_again_for" },
  file: { short: "compare.propose_file", whole: "compare.propose_file_for" },
} as const;

function Acts({ item, source, cell, proposals }: Of & { cell: ComparedCell }) {
  const propose = usePropose();
  const { activity } = item;
  const details = { activity: activity.name, name: source.name };
  const fields = proposable(cell, source, activity.formats, true);
  const mine = proposals.filter(
    (one) => one.connection === source.connection && one.activity === activity.id && fields.includes(one.field),
  );
  const waiting = mine.some(({ state }) => state === "open" || state === "approved");
  const theirs = adoptable(cell, source);
  if (fields.length === 0 && theirs.length === 0) return null;
  const go = (): void => {
    propose.mutate(
      { activity: activity.id, connections: [source.connection], fields },
      {
        onSuccess: ({ items }) => {
          say(many("compare.propose_toast", items.length, decimal(items.length)));
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  const kind =
    cell.state === "missing"
      ? "upload"
      : cell.state === "deleted"
        ? "again"
        : fields.every((field) => field === "file")
          ? "file"
          : "change";
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      {waiting && (
        <ButtonLink kind="quiet" icon="clock" to={routes.changes}>
          {t("compare.proposed")}
        </ButtonLink>
      )}
      {!waiting && fields.length > 0 && (
        <Button busy={propose.isPending} aria-label={t(PROPOSE[kind].whole, details)} onClick={go}>
          {t(PROPOSE[kind].short)}
        </Button>
      )}
      {theirs.length > 0 && <Theirs item={item} source={source} theirs={theirs} />}
    </div>
  );
}

/** Set here what is said there. */
function Theirs({
  item,
  source,
  theirs,
}: {
  item: ComparedItem;
  source: ComparedSource;
  theirs: ReturnType<typeof adoptable>;
}) {
  const wish = usePreferences();
  const change = useChangeActivity(item.activity.id);
  const again = useCompareAgain();
  const label = t("compare.theirs_for", { activity: item.activity.name, name: source.name });
  const use = (field: string, there: string | number | null): void => {
    change.mutate(adopted(field, there) as ActivityChange, {
      onSuccess: () => {
        again();
        say(
          t("compare.theirs_toast", {
            field: humanise(known("field", field) ?? field),
            value: saidWords(field, there, wish),
          }),
        );
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  const [only] = theirs;
  if (theirs.length === 1 && only)
    return (
      <Button
        kind="quiet"
        busy={change.isPending}
        aria-label={label}
        onClick={() => {
          use(only[0], only[1].there);
        }}
      >
        {t("compare.theirs")}
      </Button>
    );
  return (
    <Menu
      button={(wiring) => (
        <Button kind="quiet" icon="down" aria-label={label} busy={change.isPending} {...wiring}>
          {t("compare.theirs")}
        </Button>
      )}
    >
      {theirs.map(([field, { there }]) => (
        <MenuItem
          key={field}
          icon="down"
          onClick={() => {
            use(field, there);
          }}
        >
          {t("compare.theirs_field", { field: known("field", field) ?? field })}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** What was looked at long ago may be otherwise by now. */
export function StaleMark() {
  return (
    <span
      title={t("compare.stale_hint")}
      className="ml-1.5 inline-flex items-center gap-1 rounded-full bg-warn-soft px-2 text-xs font-medium text-ink"
    >
      <Icon name="clock" size={14} className="text-warn" />
      {t("compare.stale")}
    </span>
  );
}
