// The one place that lets visitors through or turns them away, by the table of access.ts.
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { hasRole } from "../accounts/account.ts";
import { type Access, findAccess } from "../http/access.ts";
import { answerProblemDocument, speaksDocuments } from "../http/problem.ts";
import { type Visitor, visitorOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";

export function guardAccess(deps: PageDeps): MiddlewareHandler {
  return async (c, next) => {
    const route = matchedRoutes(c).find(({ method }) => method !== "ALL");
    if (!route) return next(); // nothing is there: the page that says so is for everybody
    const access = findAccess(c.req.method, route.path);
    if (!access) {
      deps.log.error({ route: route.path }, "a route is missing from the table of access");
      return answerNothing(c, deps);
    }
    const refusal = refusalOf(access, visitorOf(c), deps.config.private);
    return refusal === null ? next() : answerRefusal(c, deps, refusal);
  };
}

/** Nothing is at this address: a page for people, a document for programs. */
export function answerNothing(c: Context, { site, baseUrl }: PageDeps) {
  if (!speaksDocuments(c.req.path)) return answerProblem(c, site, nothingHere);
  const detail = `The addresses are listed at ${baseUrl()}${links.api()}.`;
  return answerProblemDocument(c, baseUrl(), { code: "not-found", detail });
}

export type Refusal = "sign-in" | "role" | "scope";

/** Why a visitor may not; null when he may. */
export function refusalOf(access: Access, visitor: Visitor, isPrivate: boolean): Refusal | null {
  const { scopes } = visitor;
  if (scopes !== null && !(access.scopes ?? []).some((scope) => scopes.includes(scope)))
    return access.who === "anyone" && !isPrivate ? null : "scope";
  if (access.always) return null;
  const needed = access.who === "anyone" ? (isPrivate ? "reader" : null) : access.who;
  if (needed === null) return null;
  if (visitor.role === "anonymous") return "sign-in";
  return hasRole(visitor.role, needed) ? null : "role";
}

function answerRefusal(c: Context, deps: PageDeps, refusal: Refusal) {
  const { site } = deps;
  c.header("Cache-Control", "no-store");
  if (speaksDocuments(c.req.path)) return tellRefusal(c, deps, refusal);
  if (refusal === "scope")
    return c.json({ error: { code: "scope", message: "This token does not allow that." } }, 403);
  if (refusal === "role") return answerProblem(c, site, notForThisAccount, 403);
  if (c.req.header("Authorization") !== undefined) {
    c.header("WWW-Authenticate", 'Bearer realm="Broadsheet"');
    return c.json({ error: { code: "token", message: "This token is not known here." } }, 401);
  }
  if (c.req.method === "GET") return c.redirect(links.signIn(pathOf(c)), 303);
  return answerProblem(c, site, signInFirst, 401);
}

/** The same for programs; one who comes with a token that is not known is told so. */
function tellRefusal(c: Context, { baseUrl }: PageDeps, refusal: Refusal) {
  const code = refusal === "sign-in" && c.req.header("Authorization") !== undefined ? "token" : refusal;
  return answerProblemDocument(c, baseUrl(), { code, detail: refusals[code] });
}

const refusals = {
  "sign-in": "Send a token made on /me: Authorization: Bearer bst_…",
  token: "It may have been revoked. Make another on /me.",
  role: "Ask whoever keeps this Broadsheet.",
  scope: "Make a token on /me with the scope that this address names.",
} as const;

function pathOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

const notForThisAccount = {
  title: "This is not for your account.",
  remedy: (
    <>
      Ask whoever keeps this Broadsheet, or <a href={links.front()}>go on reading</a>.
    </>
  ),
};

const signInFirst = {
  title: "Sign in first; nothing was done.",
  remedy: (
    <>
      <a href={links.signIn()}>Sign in</a>, go back, and send it again.
    </>
  ),
};
