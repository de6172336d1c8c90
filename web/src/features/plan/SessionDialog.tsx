import type { PlanSession } from "@/api/coach/plans";
import { SessionSending } from "@/features/coach/sending/SessionSending";
import { SessionFacts } from "@/features/coach/SessionFacts";
import { SessionRoute } from "@/features/coach/SessionRoute";
import { SessionProfile } from "@/features/coach/SessionProfile";
import { useMayPlan, usePreferences } from "@/api/session";
import { day as dayWords } from "@/lib/dates";
import { Dialog } from "@/ui/controls/Dialog";

/** A session in full; a viewer sees what and how long it is. */
export function SessionDialog({ session, onClose }: { session: PlanSession; onClose: () => void }) {
  const wish = usePreferences();
  const mayPlan = useMayPlan();
  return (
    <Dialog title={dayWords(session.date, wish)} onClose={onClose} wide>
      <SessionFacts session={session} large />
      {mayPlan && <SessionRoute session={session.id} pick />}
      {mayPlan && <SessionProfile session={session.id} />}
      <SessionSending session={session.id} />
    </Dialog>
  );
}
