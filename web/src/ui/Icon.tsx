/** Line icons on a grid of 24, drawn for Homestretch; a dot is a line of no length. */
const PATHS: Record<string, string> = {
  // Sports
  ride: "M5.5 20a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM18.5 20a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5.5 16.5 9 9h6.5l3 7.5M9 9l3.5 7.5h-7M12.5 16.5 15.5 9 14.5 6H17M7.5 7.5h3",
  run: "M14.5 5.2a1.2 1.2 0 1 0 0-.1ZM6.5 10.5l3-2.5 4 .5 2 3.5h3M13.5 8.5l-3 5 3.5 2.5-.5 5M10.5 13.5 8.5 17H4.5",
  walk: "M12.5 4.2a1.2 1.2 0 1 0 0-.1ZM12 8l-1 6 3 3 1 4.5M11 14l-1.5 3.5-2 4M12 8l-3 2-1 3.5M12 8l2.5 3.5 3 1",
  hike: "M2.5 19.5 9 7l4 7 2.5-4 6 9.5ZM7 11l2 1.5 2-2",
  swim: "M3 19c1.5 0 1.5 1 3 1s1.5-1 3-1 1.5 1 3 1 1.5-1 3-1 1.5 1 3 1 1.5-1 3-1M3 14.5c1.5 0 1.5 1 3 1s1.5-1 3-1 1.5 1 3 1 1.5-1 3-1 1.5 1 3 1 1.5-1 3-1M6 11l5.5-4 3.5 1 2 3.5M18 6.5a1.5 1.5 0 1 0 0-.1Z",
  row: "M3 17c3 3 15 3 18 0M12 16l7-10M12 16 5 8M8.5 12l7 0M17.5 8.2l3-4M6.5 9.7 4 6.5",
  ski: "M4 20.5l16-3M4.5 17.5 20 9M14.5 5.5a1.3 1.3 0 1 0 0-.1ZM9 8.5l4 1 .5 4M13 9.5l3 1.5",
  strength: "M3 12h2M19 12h2M5 8.5v7M8 6.5v11M16 6.5v11M19 8.5v7M8 12h8",
  multi: "M5 8.5a2.5 2.5 0 1 0 0-.1ZM14 5.5a2.5 2.5 0 1 0 0-.1ZM14 16.5a2.5 2.5 0 1 0 0-.1M9.5 7.5l4.5-1.5M9 10l6 5.5",
  other: "M3 12.5h4l2.5-7 4.5 13 2.5-6H21",
  // Places and acts
  activities: "M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.01M4 12h.01M4 18h.01",
  training: "M3.5 20.5h17M4.5 15.5l4.5-6 4 4 6.5-8.5M15.5 5h4v4",
  records: "M12 21a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM8.8 11 6 3.5h4L12 8l2-4.5h4L15.2 11M12 13.5v4",
  segment:
    "M4 19.5c4-1 3-6 7-7.5s5-2 9-7.5M4 19.5h.01M20 4.5h.01M5.5 19.5a1.5 1.5 0 1 0-3 0 1.5 1.5 0 0 0 3 0ZM21.5 4.5a1.5 1.5 0 1 0-3 0 1.5 1.5 0 0 0 3 0Z",
  gear: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM12 4v5.5M12 14.5V20M4 12h5.5M14.5 12H20",
  route:
    "M6 20.5h10.5a3.5 3.5 0 0 0 0-7h-9a3.5 3.5 0 0 1 0-7H18M15 3.5l3 3-3 3M6 20.5h.01M7.5 20.5a1.5 1.5 0 1 0-3 0 1.5 1.5 0 0 0 3 0Z",
  lock: "M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
  target: "M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM12 2.5V7M12 17v4.5M2.5 12H7M17 12h4.5",
  import: "M12 3.5v11M7.5 10l4.5 4.5L16.5 10M4 16v2.5a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V16",
  settings:
    "M4 7h8M18 7h2M4 17h2M12 17h8M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20.5 20.5",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  check: "M5 12.5l4.5 4.5L19.5 7",
  left: "M14.5 6l-6 6 6 6",
  right: "M9.5 6l6 6-6 6",
  down: "M6 9.5l6 6 6-6",
  up: "M6 14.5l6-6 6 6",
  sidebar: "M4 5.5h16v13H4ZM9.5 5.5v13",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  auto: "M3.5 5h17v11h-17ZM9 20h6M12 16v4",
  signout: "M14 4.5H6a1.5 1.5 0 0 0-1.5 1.5v12A1.5 1.5 0 0 0 6 19.5h8M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5",
  more: "M5.5 12.6a.6.6 0 1 0 0-1.2.6.6 0 0 0 0 1.2ZM12 12.6a.6.6 0 1 0 0-1.2.6.6 0 0 0 0 1.2ZM18.5 12.6a.6.6 0 1 0 0-1.2.6.6 0 0 0 0 1.2Z",
  edit: "M4.5 19.5l1-4L16 5l3 3L8.5 18.5ZM13.5 7.5l3 3",
  trash: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 11v5M13.5 11v5",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15",
  hide: "M3.5 3.5l17 17M9 5.8A9.5 9.5 0 0 1 12 5.3c5 0 8.5 4.2 9.5 6.7a12 12 0 0 1-3 4.2M6 7.5A12.5 12.5 0 0 0 2.5 12c1 2.5 4.5 6.7 9.5 6.7a9.5 9.5 0 0 0 4-.9M9.9 9.9a3 3 0 0 0 4.2 4.2",
  show: "M2.5 12c1-2.5 4.5-6.7 9.5-6.7s8.5 4.2 9.5 6.7c-1 2.5-4.5 6.7-9.5 6.7S3.5 14.5 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  undo: "M4.5 9.5h10a5 5 0 0 1 0 10H9M8.5 5.5l-4 4 4 4",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  play: "M7.5 5l11 7-11 7Z",
  out: "M13.5 4.5h6v6M19.5 4.5l-8 8M17.5 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8A1.5 1.5 0 0 1 6 6.5h4",
  review: "M9 4.5H4.5v15H9M15 4.5h4.5v15H15M12 3v2M12 8v2M12 13v2M12 18v2",
  compare: "M7.5 4.5v15M7.5 4.5l-3 3M7.5 4.5l3 3M16.5 19.5v-15M16.5 19.5l-3-3M16.5 19.5l3-3",
  differs: "M5 9.5h14M5 14.5h14M16 5 8 19",
  minus: "M6 12h12",
  merge: "M5 5c0 6 7 5 7 11v3.5M19 5c0 6-7 5-7 11M9 16.5l3 3 3-3",
  split: "M12 4.5V8c0 6-7 5-7 11M12 8c0 6 7 5 7 11",
  file: "M6 3.5h8l4.5 4.5v12.5H6ZM13.5 3.5v5h5",
  flag: "M6 21V4M6 4.5h12l-3 4 3 4H6",
  folder: "M3.5 6.5a1 1 0 0 1 1-1h5l2 2.5h8a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1Z",
  alert: "M12 4 2.8 19.5h18.4ZM12 10v4.5M12 17.2h.01",
  info: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5.5M12 7.8h.01",
  offline:
    "M3.5 3.5l17 17M2.5 9a14 14 0 0 1 4-2.5M10.5 5.6A14 14 0 0 1 21.5 9M5.8 12.8a9 9 0 0 1 3.5-2.1M14.5 10.9a9 9 0 0 1 3.7 1.9M9 16.4a4.5 4.5 0 0 1 6 0M12 19.8h.01",
  table: "M4 5h16v14H4ZM4 10h16M4 14.5h16M10 5v14",
  fit: "M4 9V5a1 1 0 0 1 1-1h4M15 4h4a1 1 0 0 1 1 1v4M20 15v4a1 1 0 0 1-1 1h-4M9 20H5a1 1 0 0 1-1-1v-4",
  keyboard: "M3 6.5h18v11H3ZM7 10h.01M11 10h.01M15 10h.01M8.5 14h7",
  key: "M8 19a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM11 12.5 19.5 4M16 7.5l2.5 2.5",
  map: "M3.5 6.5l5.5-2 6 2 5.5-2v13l-5.5 2-6-2-5.5 2ZM9 4.5v13M15 6.5v13",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5c.5-3.5 3-5 6.5-5s6 1.5 6.5 5M16 4.5a3.5 3.5 0 0 1 0 6.3M18 14.8c2 .7 3.2 2.2 3.5 4.7",
  sources:
    "M7 18.5a4.2 4.2 0 0 1-.5-8.3 5.6 5.6 0 0 1 10.8-1.1A4.7 4.7 0 0 1 17 18.5ZM12 10v5.2M9.7 13l2.3 2.3 2.3-2.3",
  sync: "M19.5 9.5A8 8 0 0 0 5 8M4.5 14.5A8 8 0 0 0 19 16M5 3.5V8h4.5M19 20.5V16h-4.5",
  stop: "M7 7h10v10H7Z",
  calendar:
    "M4 6.5a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1ZM4 10h16M8 3.5v4M16 3.5v4M8 14h.01M12 14h.01M16 14h.01M8 17h.01M12 17h.01",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2",
  bell: "M4.5 17.5h15l-1.7-2.2V11a5.8 5.8 0 0 0-11.6 0v4.3ZM10 20.5h4",
  question:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM9.6 9.7a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.6M12 16.6h.01",
  device:
    "M7 8a1.5 1.5 0 0 1 1.5-1.5h7A1.5 1.5 0 0 1 17 8v8a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7 16ZM9 6.5l.5-3h5l.5 3M9 17.5l.5 3h5l.5-3",
};

/** An icon beside words; alone, the control that holds it carries the name. */
export function Icon({ name, size = 20, className = "" }: { name: string; size?: number; className?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      <path d={PATHS[name] ?? PATHS.other} />
    </svg>
  );
}

/** The mark: a running track, its home straight in the accent colour. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" className="shrink-0">
      <path
        d="M11 24.5a8.5 8.5 0 0 1 0-17h10a8.5 8.5 0 0 1 0 17"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <path
        d="M11 19.6a3.6 3.6 0 0 1 0-7.2h10a3.6 3.6 0 0 1 0 7.2Z"
        stroke="currentColor"
        strokeWidth="1.4"
        opacity="0.4"
      />
      <path d="M11 24.5h10" stroke="var(--accent)" strokeWidth="4.2" strokeLinecap="round" />
    </svg>
  );
}
