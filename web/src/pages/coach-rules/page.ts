import type { PageInfo } from "@/ui/layout/pageInfo";

export const PAGE: PageInfo = { routes: { "coach/rules": async () => (await import("./RulesPage")).RulesPage } };
