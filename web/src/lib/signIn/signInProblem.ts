import { known } from "@/lib/text";

const NAME = "sign_in";

/** Take the word for what went wrong at a provider out of the address, where it would be shared and reloaded. */
function taken(): string {
  const here = new URL(location.href);
  const word = here.searchParams.get(NAME) ?? "";
  if (word !== "") {
    here.searchParams.delete(NAME);
    history.replaceState(history.state, "", here);
  }
  return word;
}

const word = taken();
/** Why a sign-in at a provider failed, once after coming back from there; else empty. */
export const signInProblem = word === "" ? "" : (known("sign_in", word) ?? known("sign_in", "sign-in-refused") ?? word);
