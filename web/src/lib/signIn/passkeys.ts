/** Passkeys in this browser: made and used by what the device has for that, a finger, a face or a PIN. */
import { t } from "@/lib/text";

/** Why the browser made or used no passkey. */
export class PasskeyProblem extends Error {}

/** What the server sends along, which the browser takes as it is. */
export type Creation = PublicKeyCredentialCreationOptionsJSON;
export type Request = PublicKeyCredentialRequestOptionsJSON;

interface Made {
  id: string;
  client_data: string;
  attestation: string;
  transports: string[];
}

export interface Signed {
  id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
  user_handle: string | null;
}

interface MadeJson {
  id: string;
  response: { clientDataJSON: string; attestationObject: string; transports?: string[] };
}

interface SignedJson {
  id: string;
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string };
}

/** Whether this browser knows passkeys: an old one does not, nor one at an address without https. */
export const knowsPasskeys = (): boolean =>
  typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** Make a passkey on this device. Raises PasskeyProblem. */
export async function makePasskey(options: Creation): Promise<Made> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const { id, response } = await answered<MadeJson>(navigator.credentials.create({ publicKey }));
  return {
    id,
    client_data: response.clientDataJSON,
    attestation: response.attestationObject,
    transports: response.transports ?? [],
  };
}

/** Sign with a passkey; `offer`: only where the person picks one in the field for the name. Raises PasskeyProblem. */
export async function signWithPasskey(options: Request, offer?: AbortSignal): Promise<Signed> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const how = offer ? { mediation: "conditional" as const, signal: offer } : {};
  const { id, response } = await answered<SignedJson>(navigator.credentials.get({ publicKey, ...how }));
  return {
    id,
    client_data: response.clientDataJSON,
    authenticator_data: response.authenticatorData,
    signature: response.signature,
    user_handle: response.userHandle ?? null,
  };
}

/** Whether the browser offers passkeys where one types the name. */
export const offersPasskeys = async (): Promise<boolean> =>
  knowsPasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable());

async function answered<T>(asked: Promise<Credential | null>): Promise<T> {
  try {
    const found = await asked;
    if (found instanceof PublicKeyCredential) return found.toJSON() as T;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === "InvalidStateError") throw new PasskeyProblem(t("passkey.there"));
    if (error.name === "SecurityError") throw new PasskeyProblem(t("passkey.address"));
  }
  throw new PasskeyProblem(t("passkey.unused"));
}
