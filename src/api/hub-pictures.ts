// The pictures that the hub's answers name: a drawn one of each paper, a pattern for each person.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Context, Hono } from "hono";
import type { DoorDeps } from "../http/deps.ts";
import { limitRequests } from "../http/request-budget.ts";
import { drawAvatar, drawThumbnail } from "../http/thumbnail.ts";
import { openPainter } from "../lib/painter.ts";
import { resolveHubPaper } from "../papers/resolve-paper.ts";
import { refuseAsHub } from "./hub-answers.ts";

/** What one network may ask of pictures: two lists of a hundred papers a minute. */
export const pictureBudget = { name: "pictures", most: 1_000, windowMs: 300_000 } as const;

/** Some 20 KB each. */
const mostKept = 300;
const paintedWidth = 800;

/** dist/fonts, beside the compiled program; without it pictures have no words. */
const builtFont = fileURLToPath(new URL("../fonts/sans.woff2", import.meta.url));

export function hubPictureRoutes(deps: DoorDeps): Hono {
  const painter = openPainter({ fontFiles: [builtFont].filter((file) => existsSync(file)) });
  const kept = new Map<string, Promise<Uint8Array<ArrayBuffer> | null>>();
  const paintOnce = (svg: string) => {
    const picture = kept.get(svg) ?? painter.paint(svg, paintedWidth);
    kept.delete(svg);
    kept.set(svg, picture);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    // What was not painted is painted when it is asked for again.
    const forget = () => kept.delete(svg);
    picture.then((png) => png === null && forget(), forget);
    return picture;
  };
  const pictures = new Hono();
  pictures.use("/thumbnails/*", limitRequests(pictureBudget, deps));
  pictures.get("/thumbnails/:name{.+}", (c) => answerThumbnail(c, deps, paintOnce));
  pictures.get("/avatars/:name", (c) => answerAvatar(c, deps));
  return pictures;
}

type Paint = (svg: string) => Promise<Uint8Array<ArrayBuffer> | null>;

async function answerThumbnail(c: Context, deps: DoorDeps, paint: Paint) {
  const id = /^(.+)\.png$/.exec(c.req.param("name") ?? "")?.[1];
  const paper = id === undefined ? null : await resolveHubPaper(deps.db, id);
  if (!paper) return refuseAsHub(c, 404, "Paper not found");
  const png = await paint(drawThumbnail(paper));
  if (png === null) {
    c.header("Retry-After", "5");
    return c.json({ error: "Too many pictures are being drawn." }, 503);
  }
  showElsewhere(c, deps);
  return c.body(png, 200, { "Content-Type": "image/png" });
}

function answerAvatar(c: Context, deps: DoorDeps) {
  const key = /^([0-9a-f]{24})\.svg$/.exec(c.req.param("name") ?? "")?.[1];
  if (key === undefined) return refuseAsHub(c, 404, "Picture not found");
  showElsewhere(c, deps);
  return c.body(drawAvatar(key), 200, { "Content-Type": "image/svg+xml" });
}

/** Pages of others show them, unless the instance is private; a title changes seldom. */
function showElsewhere(c: Context, { config }: Pick<DoorDeps, "config">): void {
  if (!config.private) c.header("Cross-Origin-Resource-Policy", "cross-origin");
  c.header("Cache-Control", config.private ? "private, max-age=86400" : "public, max-age=86400");
}
