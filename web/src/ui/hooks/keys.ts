/** Whether a key is meant for something else: a field being typed in, a dialog, or the browser. */
export function taken(event: KeyboardEvent): boolean {
  const { target } = event;
  const typing =
    target instanceof HTMLElement && target.closest("input, textarea, select, dialog, [role=menu], [role=slider]");
  return event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || Boolean(typing);
}
