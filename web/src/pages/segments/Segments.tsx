import { useMemo, useRef, useState } from "react";
import { Link } from "react-router";

import { useSegments } from "@/api/places/segments";
import { useMayEdit, usePreferences } from "@/api/session";
import type { SegmentItem } from "@/api/types";
import { sportOfFamily } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, duration, NOTHING, told } from "@/lib/units";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Pick, SearchBox } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Page } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { SportIcon } from "@/ui/pictures/Sport";
import { TrackPicture } from "@/ui/pictures/Track";
import { FileDrop } from "./FileDrop";
import { ImportDialog } from "./ImportDialog";
import { listed } from "./rows";
import { many, t } from "./text";

const USUAL = { text: "", sport: "", sort: "times" };
const COLUMNS =
  "grid grid-cols-[56px_minmax(0,1fr)_auto] items-center gap-x-4 md:grid-cols-[56px_minmax(0,1fr)_6rem_5rem_6rem_8rem]";

/** All segments: searched, narrowed, sorted, opened, and taken from files. */
export function Segments() {
  const [file, setFile] = useState<File | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const mayEdit = useMayEdit();
  if (!mayEdit)
    return (
      <Page title={t("segments.title")}>
        <Found />
      </Page>
    );
  return (
    <Page
      title={t("segments.title")}
      actions={
        <>
          <input
            ref={picker}
            type="file"
            accept=".gpx,.tcx,.fit,.gz"
            className="sr-only"
            tabIndex={-1}
            aria-label={t("segments.import")}
            data-testid="segment-file"
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null);
              event.target.value = "";
            }}
          />
          <Button icon="import" onClick={() => picker.current?.click()}>
            {t("segments.import")}
          </Button>
        </>
      }
    >
      <FileDrop onFile={setFile}>
        <Found />
      </FileDrop>
      {file && (
        <ImportDialog
          file={file}
          onClose={() => {
            setFile(null);
          }}
        />
      )}
    </Page>
  );
}

function Found() {
  const { data, error, refetch } = useSegments();
  const [choice, change] = useAddress(USUAL);
  const shown = useMemo(() => listed(data ?? [], choice), [data, choice]);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Waiting>
        <div className="skeleton h-80" />
      </Waiting>
    );
  if (data.length === 0) {
    return (
      <div className="card">
        <Empty icon="segment" title={t("segments.none")} hint={t("segments.none_hint")}>
          <ButtonLink kind="primary" to={routes.activities}>
            {t("segments.to_activities")}
          </ButtonLink>
        </Empty>
      </div>
    );
  }
  const families = [...new Set(data.map(({ family }) => family))].sort();
  return (
    <>
      <div role="search" className="flex flex-wrap items-center gap-2">
        <SearchBox
          name={t("segments.search")}
          value={choice.text}
          onChange={(text) => {
            change({ text });
          }}
        />
        <Pick
          name={t("activities.sport")}
          value={choice.sport}
          onChange={(event) => {
            change({ sport: event.target.value });
          }}
        >
          <option value="">{t("activities.all_sports")}</option>
          {families.map((family) => (
            <option key={family} value={family}>
              {familyName(family)}
            </option>
          ))}
        </Pick>
        <Pick
          name={t("activities.sort")}
          value={choice.sort}
          onChange={(event) => {
            change({ sort: event.target.value });
          }}
        >
          <option value="times">{t("segments.by_times")}</option>
          <option value="last">{t("segments.by_last")}</option>
          <option value="length">{t("segments.by_length")}</option>
          <option value="name">{t("activities.by_name")}</option>
        </Pick>
      </div>
      <p role="status" className="my-2.5 text-sm text-ink-2">
        {many("segments.count", shown.length)}
      </p>
      {shown.length === 0 ? (
        <p className="card px-4 py-10 text-center text-ink-2">{t("segments.no_match")}</p>
      ) : (
        <List segments={shown} />
      )}
    </>
  );
}

function List({ segments }: { segments: SegmentItem[] }) {
  return (
    <div className="card overflow-hidden">
      <div
        aria-hidden="true"
        className={`${COLUMNS} border-b border-line px-3 py-1.5 text-xs text-ink-3 max-md:hidden md:px-4`}
      >
        <span className="col-span-2">{t("segments.name")}</span>
        {(["segments.length", "segments.done", "segments.best", "segments.last"] as const).map((key) => (
          <span key={key} className="text-right">
            {t(key)}
          </span>
        ))}
      </div>
      <ul aria-label={t("segments.list")} className="divide-y divide-line">
        {segments.map((segment) => (
          <li key={segment.id}>
            <Row segment={segment} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Row({ segment }: { segment: SegmentItem }) {
  const wish = usePreferences();
  const { name, family, length_m, efforts, best_s, last_day } = segment;
  const sport = sportOfFamily(family);
  const length = told("distance", length_m, wish);
  return (
    <Link
      to={routes.segment(segment.id)}
      className={`${COLUMNS} px-3 py-2 hover:bg-sunken/60 focus-visible:-outline-offset-2 md:px-4`}
    >
      <TrackPicture thumb={segment.line} sport={sport} />
      <span className="min-w-0">
        <span className="block truncate font-semibold">{name}</span>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3">
          <SportIcon sport={sport} size={16} />
          <span className="md:truncate">
            {familyName(family)}
            <span className="md:hidden">{` · ${length} · ${many("segments.times", efforts)}`}</span>
          </span>
        </span>
      </span>
      <span className="text-right max-md:hidden">{length}</span>
      <span className="text-right max-md:hidden">{decimal(efforts)}</span>
      <span className="text-right font-semibold">{duration(best_s)}</span>
      <span className="text-right text-ink-2 max-md:hidden">
        {last_day === null ? NOTHING : day(last_day, wish, "plain")}
      </span>
    </Link>
  );
}
