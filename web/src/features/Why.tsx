import { usePreferences } from "@/api/session";
import { whyFigures, whySentence, type ReasonDetails } from "@/lib/activity/merging";

/** Why two recordings are, or may be, one workout: a sentence, and the figures that it rests on. */
export function Why({ reason, children }: { reason: ReasonDetails; children?: React.ReactNode }) {
  const figures = whyFigures(reason, usePreferences());
  return (
    <div className="text-sm">
      <p>{whySentence(reason)}</p>
      {(figures.length > 0 || children !== undefined) && (
        <dl className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1">
          {children}
          {figures.map(({ name, value }) => (
            <WhyFigure key={name} name={name} value={value} />
          ))}
        </dl>
      )}
    </div>
  );
}

export function WhyFigure({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="label">{name}</dt>
      <dd className="text-xs font-medium">{value}</dd>
    </div>
  );
}
