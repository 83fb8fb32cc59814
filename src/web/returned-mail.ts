// The door for mail that came back, for mail services and servers that call instead of filling a Maildir. A shared secret
// is the authority; without one set nothing is here.
import { createHash, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { recordReturnedMail } from "../digest/returns.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";

const mostBytes = 4 * 1024 * 1024;

export function returnedMailRoutes(deps: PageDeps): Hono {
  const { db, clock, log, config } = deps;
  const { bounceAddress, secret } = config.returns;
  const routes = new Hono();
  const tooLarge = (c: Context) => c.json({ error: { code: "too-large", message: "At most 4 MiB." } }, 413);
  routes.post(links.returnedMail(), bodyLimit({ maxSize: mostBytes, onError: tooLarge }), async (c) => {
    c.header("Cache-Control", "no-store");
    if (secret === null) return answerProblem(c, deps.site, nothingHere);
    if (!isSecret(secret, c.req.header("Authorization") ?? "")) {
      c.header("WWW-Authenticate", 'Bearer realm="returned mail"');
      return c.json(
        { error: { code: "token", message: "The secret is not the one that is set here." } },
        401,
      );
    }
    const raw = await readMessage(c);
    if (raw === null) {
      const message = 'Send the raw message, or JSON with it as text in "raw".';
      return c.json({ error: { code: "bad-input", message } }, 400);
    }
    return c.json(await recordReturnedMail({ db, clock, log, bounceAddress }, raw, "webhook"));
  });
  return routes;
}

/** Compared as hashes, in the same time whatever was sent. */
function isSecret(secret: string, header: string): boolean {
  const given = /^Bearer (.*)$/i.exec(header)?.[1] ?? "";
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}

/** Null when there is none. */
async function readMessage(c: Context): Promise<Buffer | null> {
  const body = Buffer.from(await c.req.arrayBuffer());
  if (!/^application\/json\b/i.test(c.req.header("Content-Type") ?? "")) return body.length > 0 ? body : null;
  try {
    const given: unknown = JSON.parse(body.toString("utf8"));
    const raw = given !== null && typeof given === "object" && "raw" in given ? given.raw : null;
    return typeof raw === "string" && raw !== "" ? Buffer.from(raw, "utf8") : null;
  } catch {
    return null;
  }
}
