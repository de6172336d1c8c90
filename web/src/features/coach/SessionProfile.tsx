import { Link } from "react-router";

import { useWorkout } from "@/api/coach/workouts";
import { WorkoutProfile } from "@/features/workout/Profile";
import { routes } from "@/lib/routes";
import { t } from "./text";

/** A planned session drawn, with its steps in words and the way to its files. */
export function SessionProfile({ session }: { session: string }) {
  const { data } = useWorkout(session);
  if (!data) return <div className="h-24" />;
  return (
    <div className="mt-3 max-w-2xl">
      <WorkoutProfile profile={data.profile} text={data.text} className="h-24" />
      <p className="mt-2 text-sm text-ink-2">{data.text}</p>
      <Link to={routes.workout(session)} className="mt-1 inline-block text-sm font-medium text-accent underline">
        {t("coach.files")}
      </Link>
    </div>
  );
}
