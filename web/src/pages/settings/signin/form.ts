import type { OidcProvider, ProviderBody } from "@/api/signIn";

/** What the form of a provider holds: all texts, lists with commas. */
export interface Answers {
  name: string;
  issuer: string;
  client_id: string;
  /** What was typed; null keeps the secret that is there. */
  client_secret: string | null;
  scopes: string;
  groups_claim: string;
  allowed_groups: string;
  allowed_domains: string;
  admin_groups: string;
  policy: OidcProvider["policy"];
  invited: string;
  end_session: boolean;
}

const listed = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");

/** The form of a provider, or of a new one. */
export function answersOf(provider: OidcProvider | null): Answers {
  return {
    name: provider?.name ?? "",
    issuer: provider?.issuer ?? "",
    client_id: provider?.client_id ?? "",
    client_secret: null,
    scopes: provider?.scopes ?? "",
    groups_claim: provider?.groups_claim ?? "groups",
    allowed_groups: provider?.allowed_groups.join(", ") ?? "",
    allowed_domains: provider?.allowed_domains.join(", ") ?? "",
    admin_groups: provider?.admin_groups.join(", ") ?? "",
    policy: provider?.policy ?? "refuse",
    invited: provider?.invited.join(", ") ?? "",
    end_session: provider?.end_session ?? false,
  };
}

/** A provider's name as addresses have it; `taken` are those of others. */
export function keyOf(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 24);
  const key = plain === "" ? "provider" : plain;
  for (let number = 1; ; number++) {
    const tried = number === 1 ? key : `${key}-${String(number)}`;
    if (!taken.includes(tried) && tried !== "env") return tried;
  }
}

/** What is sent; a secret that was not touched stays what it is. */
export function bodyOf(key: string, answers: Answers): ProviderBody {
  const { client_secret: secret, ...rest } = answers;
  return {
    ...rest,
    key,
    name: rest.name.trim(),
    issuer: rest.issuer.trim(),
    allowed_groups: listed(rest.allowed_groups),
    allowed_domains: listed(rest.allowed_domains),
    admin_groups: listed(rest.admin_groups),
    invited: listed(rest.invited),
    ...(secret === null ? {} : { client_secret: secret.trim() }),
  };
}
