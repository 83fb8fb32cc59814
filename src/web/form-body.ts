// Reads what a form sent: small, urlencoded or multipart, texts only.
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { every } from "hono/combine";
import { isFromHere } from "../http/same-origin.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";

const maxFormBytes = 16 * 1024;

/** Refuses what is too large, what another site sent, and what is no form. */
export function guardForm({ site, baseUrl }: PageDeps, mostBytes = maxFormBytes): MiddlewareHandler {
  const tooLarge = { title: "That is more than the form asks for.", remedy: "Go back and shorten it." };
  const foreign = {
    title: "This was sent from another site, so nothing was done.",
    remedy: "Open the form here and send it again.",
  };
  const notForm = { title: "A form is expected here.", remedy: "Send it from the page." };
  return every(
    bodyLimit({ maxSize: mostBytes, onError: (c) => answerProblem(c, site, tooLarge, 413) }),
    async (c: Context, next: () => Promise<void>) => {
      if (!isFromHere(c, baseUrl())) return answerProblem(c, site, foreign, 403);
      const type = c.req.header("Content-Type") ?? "";
      if (type !== "" && !/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
        return answerProblem(c, site, notForm, 415);
      }
      await next();
    },
  );
}

/** All texts of a name that may be sent more than once: what was ticked. */
export async function readTicks(c: Context, name: string): Promise<string[]> {
  try {
    const body = await c.req.parseBody({ all: true });
    return [body[name] ?? []].flat().filter((value) => typeof value === "string");
  } catch {
    return [];
  }
}

/** Texts by name; files and repeated names count as missing. Null when the body cannot be read. */
export async function readForm(c: Context): Promise<Map<string, string> | null> {
  try {
    const body = await c.req.parseBody({ all: true });
    return new Map(
      Object.entries(body).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, withoutNul(value)]] : [],
      ),
    );
  } catch {
    return null;
  }
}

/** No text holds a NUL, and PostgreSQL takes none. */
function withoutNul(text: string): string {
  return text.replaceAll("\u0000", "");
}
