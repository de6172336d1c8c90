import type { PlanSession } from "@/api/coach/plans";
import { SessionSending } from "@/features/coach/sending/SessionSending";
import { SessionFacts } from "@/features/coach/SessionFacts";
import { SessionRoute } from "@/features/coach/SessionRoute";
import { SessionProfile } from "@/features/coach/SessionProfile";
import { usePreferences } from "@/api/session";
import { day as dayWords } from "@/lib/dates";
import { Dialog } from "@/ui/controls/Dialog";

/** A session in full. */
export function SessionDialog({ session, onClose }: { session: PlanSession; onClose: () => void }) {
  const wish = usePreferences();
  return (
    <Dialog title={dayWords(session.date, wish)} onClose={onClose} wide>
      <SessionFacts session={session} large />
      <SessionRoute session={session.id} pick />
      <SessionProfile session={session.id} />
      <SessionSending session={session.id} />
    </Dialog>
  );
}
