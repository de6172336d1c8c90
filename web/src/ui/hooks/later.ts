import { useEffect, useState } from "react";

/** A value once it has stayed the same for so long: what follows from typing is not asked for at every letter. */
export function useLater<T>(value: T, quiet_ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, quiet_ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, quiet_ms]);
  return settled;
}
