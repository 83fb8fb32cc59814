// What the doors ask editions with.
import type { CacheOptions } from "../editions/edition-cache.ts";
import type { DoorDeps } from "./deps.ts";

/** As they are now, of the categories that the instance follows. */
export function editionOptions({ clock, config }: Pick<DoorDeps, "clock" | "config">): CacheOptions {
  return { now: clock().toISOString(), categories: config.categories };
}
