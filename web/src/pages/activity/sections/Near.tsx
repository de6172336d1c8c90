import { Suspense, useEffect, useRef, useState, type ReactNode } from "react";

/** What is at most so far from sight is fetched. */
const AHEAD = "600px";
/** Once the page has had so long for what is in sight, the rest comes too: one searches a page as a whole. */
const IDLE_MS = 1500;

/** Leaves its content out until it comes near, or until the page is idle if it is `light`, or at once. */
export function Near({
  at = false,
  light = false,
  height,
  children,
}: {
  at?: boolean;
  light?: boolean;
  /** How much room to leave for it, in pixels. */
  height: number;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const shown = near || at;
  useEffect(() => {
    if (shown || !box.current) return;
    const show = (): void => {
      setNear(true);
    };
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) show();
      },
      { rootMargin: AHEAD },
    );
    watch.observe(box.current);
    const idle = light ? setTimeout(show, IDLE_MS) : undefined;
    return () => {
      watch.disconnect();
      clearTimeout(idle);
    };
  }, [shown, light]);
  const room = <div ref={box} style={{ height }} />;
  return shown ? <Suspense fallback={room}>{children}</Suspense> : room;
}
