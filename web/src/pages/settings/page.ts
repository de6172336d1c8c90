import { routes } from "@/lib/routes";
import { texts } from "@/lib/text";
import type { PageInfo } from "@/ui/layout/pageInfo";

export const { own, t } = texts({
  "found.settings_words": "preferences units theme",
  "found.thresholds": "Thresholds and zones",
  "found.thresholds_words": "ftp threshold heart rate pace zones athlete settings",
  "found.people": "People and athletes",
  "found.people_words": "invite coach family child role access share delete athlete",
  "found.privacy": "Private places",
  "found.privacy_words": "privacy zone home hide start",
  "found.account": "Password and account",
  "found.account_words": "sign in second factor 2fa totp authenticator recovery codes",
  "found.tokens": "API tokens",
  "found.tokens_words": "api key script",
  "found.background": "Background map",
  "found.background_words": "tiles openstreetmap style",
  "found.model": "Language model",
  "found.model_words": "ai llm openai ollama",
  "found.mcp": "Connect a model",
  "found.mcp_words": "mcp claude assistant",
  "found.sign_in": "Sign-in providers",
  "found.sign_in_words": "oidc sso single sign-on openid pocket id authentik keycloak google login",
  "found.backups": "Backups",
  "found.backups_words": "backup restore schedule rotation folder disk",
  "found.server": "Server status",
  "found.server_words": "health storage disk database workers queue version",
  "found.about": "About Homestretch",
  "found.about_words": "version licence",
  "nav.settings": "Settings",
});

export const PAGE: PageInfo = {
  routes: {
    "settings/:section": async () => (await import("./Settings")).Settings,
  },
  place: {
    to: routes.settings(),
    match: ["/settings"],
    icon: "settings",
    name: () => t("nav.settings"),
    words: () => t("found.settings_words"),
    order: 130,
  },
  found: [
    {
      to: routes.settings("athlete"),
      icon: "settings",
      name: () => t("found.thresholds"),
      words: () => t("found.thresholds_words"),
    },
    {
      to: routes.settings("people"),
      icon: "people",
      name: () => t("found.people"),
      words: () => t("found.people_words"),
    },
    {
      to: routes.settings("privacy"),
      icon: "lock",
      name: () => t("found.privacy"),
      words: () => t("found.privacy_words"),
      editor: true,
    },
    {
      to: routes.settings("account"),
      icon: "key",
      name: () => t("found.account"),
      words: () => t("found.account_words"),
    },
    { to: routes.settings("tokens"), icon: "key", name: () => t("found.tokens"), words: () => t("found.tokens_words") },
    {
      to: routes.settings("map"),
      icon: "map",
      name: () => t("found.background"),
      words: () => t("found.background_words"),
    },
    {
      to: routes.settings("model"),
      icon: "settings",
      name: () => t("found.model"),
      words: () => t("found.model_words"),
      editor: true,
    },
    { to: routes.settings("models"), icon: "settings", name: () => t("found.mcp"), words: () => t("found.mcp_words") },
    {
      to: routes.settings("sign-in"),
      icon: "key",
      name: () => t("found.sign_in"),
      words: () => t("found.sign_in_words"),
    },
    {
      to: routes.settings("backups"),
      icon: "download",
      name: () => t("found.backups"),
      words: () => t("found.backups_words"),
    },
    {
      to: routes.settings("server"),
      icon: "device",
      name: () => t("found.server"),
      words: () => t("found.server_words"),
    },
    { to: routes.settings("about"), icon: "info", name: () => t("found.about"), words: () => t("found.about_words") },
  ],
};
