import { reason } from "@/api/client";
import { sayError } from "@/ui/layout/Toasts";

/** Hand something on by what the device has for that. */
export function send(what: ShareData): void {
  navigator.share(what).catch((error: unknown) => {
    // Whoever closes the sheet has changed their mind.
    if (!(error instanceof DOMException && error.name === "AbortError")) sayError(reason(error));
  });
}
