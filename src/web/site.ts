// What every page must know of the site it belongs to, and of nothing else.
import type { AssetPaths } from "./assets.ts";

export interface Site {
  /** Public address without trailing slash, for canonical links and metadata. */
  baseUrl(): string;
  /** Addresses of stylesheet, script and fonts, with their content hashes. */
  assets: AssetPaths;
}

/** Absolute address of one of our paths. */
export function absoluteUrl(site: Site, path: string): string {
  return site.baseUrl() + path;
}
