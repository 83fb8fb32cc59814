// Answers in the hub's forms: JSON, its one shape of refusal, the address of the next page.
import type { Context } from "hono";
import type { DoorDeps } from "../http/deps.ts";

/** As the hub refuses: the sentence in the body, and in a header that its own library shows. */
export function refuseAsHub(c: Context, status: 400 | 404, error: string): Response {
  c.header("X-Error-Message", error.replace(/[^\x20-\x7e]/g, "?"));
  return c.json({ error }, status);
}

/**
 * Public address that the answers' own addresses begin with: as set, else the one that was asked, so that an instance without
 * a name is followed wherever it was reached.
 */
export function baseOf(c: Context, { config }: Pick<DoorDeps, "config">): string {
  return config.publicUrl ?? new URL(c.req.url).origin;
}

/** Names the same question with one parameter changed as the next page (RFC 8288). */
export function linkNext(c: Context, deps: Pick<DoorDeps, "config">, change: Record<string, string>): void {
  const { pathname, searchParams } = new URL(c.req.url);
  for (const [name, value] of Object.entries(change)) searchParams.set(name, value);
  c.header("Link", `<${baseOf(c, deps)}${pathname}?${searchParams}>; rel="next"`);
}
