import type { PageInfo } from "@/ui/layout/pageInfo";

const day = async () => (await import("./Day")).Day;

export const PAGE: PageInfo = { routes: { "health/day": day, "health/day/:day": day } };
