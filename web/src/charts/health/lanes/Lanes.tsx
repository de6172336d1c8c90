import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import { Cursor, useCursor } from "@/charts/channels/cursor";
import { useWidth } from "@/charts/surface";
import { hourTicks } from "@/lib/charts/axis";
import { clock } from "@/lib/dates";
import { valueNear } from "@/lib/health/courses";
import { localTime, stageAt, STAGES, type StageSpan } from "@/lib/health/night";
import { joined, NOTHING, quantityOf } from "@/lib/units";
import { IconButton } from "@/ui/controls/Button";
import { Hypnogram } from "./Hypnogram";
import { GUTTER, type Block, type Lane, type Window } from "./lane";
import { LanePlot } from "./LanePlot";
import { LanesTable } from "./LanesTable";
import { stageName } from "./stages";
import { t } from "@/charts/health/text";

const STEP_MS = 300_000;
const [TICK_PX, HALF_TICK_PX] = [64, 20];

/** Courses through a day or night below each other over one clock, with one cursor through all of them. */
export function Lanes({
  title,
  window,
  lanes,
  stages = [],
  blocks = [],
  tableName,
}: {
  title: string;
  window: Window;
  lanes: Lane[];
  stages?: readonly StageSpan[];
  blocks?: readonly Block[];
  tableName: string;
}) {
  const [cursor] = useState(() => new Cursor());
  const [table, setTable] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { start_ms, end_ms } = window;
  const point = (event: PointerEvent): void => {
    const area = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - area.left - GUTTER) / (area.width - GUTTER);
    cursor.set(share < 0 || share > 1 ? null : start_ms + share * (end_ms - start_ms));
  };
  return (
    <figure>
      <div className="mb-1 flex min-h-9 items-center justify-between gap-2">
        <Position {...{ title, window, stages, cursor }} />
        <IconButton
          name={tableName}
          icon="table"
          className="size-8! text-ink-3"
          onClick={() => {
            setTable(true);
          }}
        />
      </div>
      <div
        ref={box}
        className="relative touch-pan-y"
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => {
          cursor.set(null);
        }}
      >
        {blocks.length > 0 && <Blocks blocks={blocks} window={window} />}
        {stages.length > 0 && <Stages stages={stages} window={window} />}
        {lanes.map((lane) => (
          <div key={lane.key} className="mt-2">
            <Caption lane={lane} cursor={cursor} />
            <LanePlot lane={lane} window={window} />
          </div>
        ))}
        <Hours window={window} width={width} />
        <Line cursor={cursor} window={window} />
      </div>
      {table && (
        <LanesTable
          {...{ lanes, window, stages }}
          title={tableName}
          onClose={() => {
            setTable(false);
          }}
        />
      )}
    </figure>
  );
}

/** Where the cursor stands, on the local clock; with the keyboard it is moved here. */
function Position({
  title,
  window: { start_ms, end_ms, offset_s },
  stages,
  cursor,
}: {
  title: string;
  window: Window;
  stages: readonly StageSpan[];
  cursor: Cursor;
}) {
  const wish = usePreferences();
  const at = useCursor(cursor);
  const stage = at === null ? null : stageAt(stages, at);
  const time = at === null ? null : clock(localTime(at, offset_s), wish);
  const text = time === null ? title : [time, stage ? stageName(stage) : ""].filter(Boolean).join(" · ");
  const press = (event: KeyboardEvent): void => {
    const now = at ?? start_ms;
    const moves: Record<string, number> = {
      ArrowRight: now + STEP_MS,
      ArrowUp: now + STEP_MS,
      ArrowLeft: now - STEP_MS,
      ArrowDown: now - STEP_MS,
      PageUp: now + 12 * STEP_MS,
      PageDown: now - 12 * STEP_MS,
      Home: start_ms,
      End: end_ms,
    };
    if (event.key === "Escape") cursor.set(null);
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    cursor.set(Math.min(end_ms, Math.max(start_ms, next)));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t("health_chart.time", { title })}
      onKeyDown={press}
      aria-valuemin={0}
      aria-valuemax={Math.round((end_ms - start_ms) / 60_000)}
      aria-valuenow={Math.round(((at ?? start_ms) - start_ms) / 60_000)}
      aria-valuetext={text}
      className={`rounded-md px-2 text-sm ${at === null ? "text-ink-2" : "font-semibold"}`}
    >
      {text}
    </div>
  );
}

/** A lane's name, its value under the cursor, and its least and greatest value. */
function Caption({ lane: { name, scale, course, tone }, cursor }: { lane: Lane; cursor: Cursor }) {
  const at = useCursor(cursor);
  const values = course.values.filter((value) => value !== null);
  const value = at === null ? null : valueNear(course, at);
  const format = (si: number): string => scale.format(scale.of(si));
  return (
    <figcaption className="flex items-baseline gap-2 text-sm" style={{ paddingLeft: GUTTER }}>
      <span aria-hidden="true" className="size-2 shrink-0 rounded-full" style={{ background: tone }} />
      <span className="font-medium">{name}</span>
      {at !== null && (
        <span className="font-semibold">{value === null ? NOTHING : joined(quantityOf(scale, value))}</span>
      )}
      {values.length > 0 && (
        <span className="label ml-auto whitespace-nowrap">
          {t("health_chart.range", { min: format(Math.min(...values)), max: format(Math.max(...values)) })}
          {scale.unit !== "" && ` ${scale.unit}`}
        </span>
      )}
    </figcaption>
  );
}

const shareOf = (at: number, { start_ms, end_ms }: Window): string =>
  `${(100 * (at - start_ms)) / (end_ms - start_ms)}%`;

function Row({ children, gutter }: { children: ReactNode; gutter?: ReactNode }) {
  return (
    <div className="flex">
      <div className="shrink-0" style={{ width: GUTTER }}>
        {gutter}
      </div>
      <div className="relative min-w-0 flex-1">{children}</div>
    </div>
  );
}

const ROW_PX = 18;

function Stages({ stages, window }: { stages: readonly StageSpan[]; window: Window }) {
  const names = STAGES.map((stage) => (
    <div key={stage} className="text-right text-[11px] leading-none text-ink-2" style={{ height: ROW_PX, padding: 4 }}>
      {stageName(stage)}
    </div>
  ));
  return (
    <Row gutter={<div aria-hidden="true">{names}</div>}>
      <Hypnogram stages={stages} start_ms={window.start_ms} end_ms={window.end_ms} rowHeight={ROW_PX} />
    </Row>
  );
}

/** What happened for a while, as blocks that lead to it. */
function Blocks({ blocks, window }: { blocks: readonly Block[]; window: Window }) {
  return (
    <Row>
      <ul aria-label={t("health_chart.activities")} className="relative h-7">
        {blocks.map((block) => {
          const [from, to] = [Math.max(block.start_ms, window.start_ms), Math.min(block.end_ms, window.end_ms)];
          const width = `max(6px, calc(${shareOf(to, window)} - ${shareOf(from, window)}))`;
          const looks = "block h-6 truncate rounded-md px-1.5 text-xs leading-6 font-medium";
          return (
            <li key={block.key} className="absolute" style={{ left: shareOf(from, window), width }} title={block.name}>
              {block.to === null ? (
                <span className={`${looks} bg-sunken text-ink-2`}>{block.name}</span>
              ) : (
                <Link to={block.to} className={`${looks} bg-accent-soft text-accent hover:underline`}>
                  {block.name}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </Row>
  );
}

/** Full hours of the local clock below the lanes. */
function Hours({ window, width }: { window: Window; width: number }) {
  const wish = usePreferences();
  const all = hourTicks(window.start_ms, window.end_ms, window.offset_s * 1000, Math.max(2, width / TICK_PX));
  // One at the very end would be cut off.
  const ticks = all.filter((at) => (window.end_ms - at) * width > HALF_TICK_PX * (window.end_ms - window.start_ms));
  return (
    <Row>
      <div aria-hidden="true" className="label relative h-5 overflow-hidden">
        {ticks.map((at) => (
          <span
            key={at}
            className="absolute top-1 -translate-x-1/2 whitespace-nowrap first:translate-x-0"
            style={{ left: shareOf(at, window) }}
          >
            {clock(localTime(at, window.offset_s), wish)}
          </span>
        ))}
      </div>
    </Row>
  );
}

function Line({ cursor, window }: { cursor: Cursor; window: Window }) {
  const at = useCursor(cursor);
  if (at === null) return null;
  return (
    <div className="pointer-events-none absolute inset-y-0 right-0" style={{ left: GUTTER }}>
      <span className="absolute inset-y-0 w-px bg-ink/50" style={{ left: shareOf(at, window) }} />
    </div>
  );
}
