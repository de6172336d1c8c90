import { humanise } from "@/lib/activity/sports";

/** The source of files that were imported. */
export const SOURCE_FILE = "file";

/** What a source is called where its description is not at hand. */
export const sourceName = (source: string): string => humanise(source);
