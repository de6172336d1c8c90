import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/**
 * The query of the address as it is drawn, and how to edit it as it is now: a change is in the address before the page
 * has drawn it, and one that comes in between must not take it back.
 */
export function useAddressQuery(): [URLSearchParams, (edit: (next: URLSearchParams) => void) => void] {
  const [parameters, setParameters] = useSearchParams();
  const change = useCallback(
    (edit: (next: URLSearchParams) => void): void => {
      const next = new URLSearchParams(location.search);
      edit(next);
      setParameters(next, { replace: true, preventScrollReset: true });
    },
    [setParameters],
  );
  return [parameters, change];
}

/** What the address says, by name, the usual where it is silent; and how to change some of it. */
export function useAddress<T extends Record<string, string>>(usual: T): [T, (changed: Partial<T>) => void] {
  const [parameters, edit] = useAddressQuery();
  const said = useMemo(
    () => Object.fromEntries(Object.entries(usual).map(([key, value]) => [key, parameters.get(key) ?? value])) as T,
    [parameters, usual],
  );
  const change = useCallback(
    (changed: Partial<T>): void => {
      edit((next) => {
        for (const [key, value] of Object.entries(changed)) {
          if (value === undefined || value === usual[key]) next.delete(key);
          else next.set(key, value);
        }
      });
    },
    [edit, usual],
  );
  return [said, change];
}
