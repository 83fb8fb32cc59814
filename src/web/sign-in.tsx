// Signing in and out: the page with its ways, and what each of them does. A browser goes on to where it wanted to be.
import { type Context, Hono } from "hono";
import { signOut } from "../accounts/set-up.ts";
import { requestLink, signInByPassword } from "../accounts/sign-in.ts";
import { mayAs, visitOf, visitorOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import { keepAsked } from "./asked-cookie.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { goOn } from "./go-on.ts";
import { answerPage } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";
import { safeReturn } from "./return-to.ts";
import { signInLinkRoutes } from "./sign-in-link.tsx";
import { LookIntoMailboxPage, SignInPage } from "./sign-in-page.tsx";
import { signInPasskeyRoutes } from "./sign-in-passkey.tsx";

export function signInRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  routes.get(links.signIn(), (c) => {
    keepPrivate(c);
    const next = safeReturn(c.req.query("next"));
    if (visitorOf(c).account) return c.redirect(next === "/" ? links.me() : next, 303);
    return answerPage(c, <SignInPage deps={deps} next={next} />);
  });
  routes.post(links.askLink(), guardForm(deps), async (c) => answerLinkRequest(c, deps));
  routes.post(links.signInPassword(), guardForm(deps), async (c) => answerPassword(c, deps));
  routes.post(links.signOut(), guardForm(deps), async (c) => {
    keepPrivate(c);
    for (const cookie of await signOut(deps.accounts, visitOf(c)))
      c.header("Set-Cookie", cookie, { append: true });
    // What this browser kept of the pages goes too (ASVS 5.0.0, 14.3.1).
    c.header("Clear-Site-Data", '"cache"');
    return c.redirect(links.front(), 303);
  });
  routes.route("/", signInLinkRoutes(deps));
  routes.route("/", signInPasskeyRoutes(deps));
  return routes;
}

async function answerLinkRequest(c: Context, deps: PageDeps) {
  keepPrivate(c);
  const form = await readForm(c);
  const [address, next] = [form?.get("address") ?? "", safeReturn(form?.get("next"))];
  const request = { address, network: visitOf(c).network };
  const asked = await requestLink(deps.accounts, request);
  if ("browserToken" in asked) {
    keepAsked(c, deps, { browserToken: asked.browserToken, next });
    const owner = mayAs(c, "owner");
    return answerPage(c, <LookIntoMailboxPage deps={deps} owner={owner} />);
  }
  if (asked.problem === "too-many") return answerProblem(c, deps.site, tooMany, 429);
  const page = <SignInPage deps={deps} next={next} address={address} addressProblem={asked.problem} />;
  return answerPage(c, page, 400);
}

async function answerPassword(c: Context, deps: PageDeps) {
  keepPrivate(c);
  const form = await readForm(c);
  const [address, next] = [form?.get("address") ?? "", safeReturn(form?.get("next"))];
  const given = { address, password: form?.get("password") ?? "" };
  const answer = await signInByPassword(deps.accounts, given, visitOf(c));
  if (answer === "too-many") return answerProblem(c, deps.site, tooMany, 429);
  if (answer === "refused")
    return answerPage(c, <SignInPage deps={deps} next={next} address={address} refused />, 401);
  return goOn(c, answer.cookies, next);
}

const tooMany = {
  title: "Too many tries.",
  remedy:
    "Wait a quarter of an hour. A link by mail or a passkey works in the meantime where a password does not.",
};
