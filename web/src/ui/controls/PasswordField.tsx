import { useState, type InputHTMLAttributes } from "react";

import { t } from "@/lib/text";
import { TextField } from "./Field";

export const SHORTEST_PASSWORD = 8;

/** A password, which may be looked at while it is typed. */
export function PasswordField({
  label,
  hint,
  error,
  ...rest
}: {
  label: string;
  hint?: string;
  error?: string | undefined;
} & InputHTMLAttributes<HTMLInputElement>) {
  const [shown, setShown] = useState(false);
  const words = t(shown ? "field.hide" : "field.show");
  return (
    <div className="relative">
      <TextField label={label} hint={hint} error={error} type={shown ? "text" : "password"} required {...rest} />
      <button
        type="button"
        aria-label={`${words} ${label}`}
        onClick={() => {
          setShown(!shown);
        }}
        className="absolute top-0 right-0 text-xs leading-5 text-accent underline-offset-4 hover:underline"
      >
        {words}
      </button>
    </div>
  );
}
