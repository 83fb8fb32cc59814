// Stylesheet, script, fonts and icon. Their names carry their content's hash, so browsers may keep them for ever.
import type { Context } from "hono";
import type { Assets } from "./assets.ts";

const forever = "public, max-age=31536000, immutable";
const hashed = /\.[0-9a-f]{10}\.\w+$/;

/** "/assets/{name}"; null for names that are none of ours. */
export function staticRoute(assets: Assets) {
  return (c: Context) => {
    const name = c.req.param("name") ?? "";
    const asset = assets.files.get(name);
    if (!asset) return c.notFound();
    return c.body(asset.body, 200, {
      "Content-Type": asset.contentType,
      "Cache-Control": hashed.test(name) ? forever : "no-cache",
    });
  };
}
