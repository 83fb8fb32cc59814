// All doors over HTTP on one app. Each door has its own addresses on one screen; who may use which is in http/access.ts.
import type { Hono } from "hono";
import { apiRoutes } from "./api/api.ts";
import { cacheEditions } from "./editions/edition-cache.ts";
import { feedRoutes } from "./feeds/feeds.ts";
import type { DoorDeps } from "./http/deps.ts";
import { openNewPapers } from "./library/new-papers.ts";
import { mcpRoutes } from "./mcp/mcp.ts";
import type { Assets } from "./web/assets.ts";
import type { SendTestLetter } from "./web/deps.ts";
import { webRoutes } from "./web/web.tsx";

export interface SiteOptions extends Omit<DoorDeps, "editions" | "newPapers"> {
  /** Default: the built ones. */
  assets?: Assets;
  sendTestLetter: SendTestLetter;
}

export function siteRoutes({ assets, sendTestLetter, ...given }: SiteOptions): Hono {
  const editions = cacheEditions(given.db);
  const deps: DoorDeps = { ...given, editions, newPapers: openNewPapers(editions) };
  return webRoutes(deps, {
    assets,
    sendTestLetter,
    doors: [apiRoutes(deps), mcpRoutes(deps), feedRoutes(deps)],
  });
}
