import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** What the address says, by name, the usual where it is silent; and how to change some of it. */
export function useAddress<T extends Record<string, string>>(usual: T): [T, (changed: Partial<T>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const said = useMemo(
    () => Object.fromEntries(Object.entries(usual).map(([key, value]) => [key, parameters.get(key) ?? value])) as T,
    [parameters, usual],
  );
  const change = useCallback(
    (changed: Partial<T>): void => {
      setParameters(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [key, value] of Object.entries(changed)) {
            if (value === undefined || value === usual[key]) next.delete(key);
            else next.set(key, value);
          }
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParameters, usual],
  );
  return [said, change];
}
