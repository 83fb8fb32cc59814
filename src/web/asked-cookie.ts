// What the browser keeps between asking for a link and opening it: the half of the ticket that no letter holds, and where to go.
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { cookiePrefixOf, isSecure } from "../accounts/accounts.ts";
import { linkMinutes } from "../accounts/sign-in.ts";
import type { PageDeps } from "./deps.ts";
import { safeReturn } from "./return-to.ts";

export interface Asked {
  browserToken: string;
  next: string;
}

function nameOf({ baseUrl }: PageDeps): string {
  return `${cookiePrefixOf(baseUrl())}.asked`;
}

export function keepAsked(c: Context, deps: PageDeps, { browserToken, next }: Asked): void {
  setAsked(c, deps, `${browserToken}.${Buffer.from(next).toString("base64url")}`, linkMinutes * 60);
}

export function forgetAsked(c: Context, deps: PageDeps): void {
  setAsked(c, deps, "", 0);
}

function setAsked(c: Context, deps: PageDeps, value: string, maxAgeSeconds: number): void {
  const secure = isSecure(deps.baseUrl()) ? "; Secure" : "";
  const flags = `Max-Age=${maxAgeSeconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
  c.header("Set-Cookie", `${nameOf(deps)}=${value}; ${flags}`, { append: true });
}

export function readAsked(c: Context, deps: PageDeps): Asked | null {
  const [browserToken = "", next = ""] = (getCookie(c, nameOf(deps)) ?? "").split(".");
  if (browserToken === "") return null;
  return { browserToken, next: safeReturn(Buffer.from(next, "base64url").toString()) };
}
