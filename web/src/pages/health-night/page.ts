import type { PageInfo } from "@/ui/layout/pageInfo";

const night = async () => (await import("./Night")).Night;

export const PAGE: PageInfo = { routes: { "health/night": night, "health/night/:day": night } };
