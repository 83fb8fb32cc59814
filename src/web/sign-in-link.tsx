// The mailed link: opening it shows a button, the button signs in, in the browser that asked. Link scanners press no buttons,
// and nothing presses it for them.
import { type Context, Hono } from "hono";
import { inspectLink, linkMinutes, signInByLink } from "../accounts/sign-in.ts";
import { visitOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import { forgetAsked, readAsked } from "./asked-cookie.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { guardForm } from "./form-body.ts";
import { PostForm, SubmitButton } from "./forms.tsx";
import { goOn } from "./go-on.ts";
import { joinLibraries } from "./join-libraries.ts";
import { answerPage, Page } from "./layout.tsx";
import { keepPrivate, sendNoReferrer } from "./private-page.ts";

export function signInLinkRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  const path = links.signInLink(":token");
  routes.get(path, async (c) => {
    hide(c, deps);
    const token = c.req.param("token")!;
    const state = await inspectLink(deps.accounts, token, readAsked(c, deps)?.browserToken ?? null);
    if (state === "stale") return answerStale(c, deps);
    if (state === "other-browser") return answerProblem(c, deps.site, otherBrowser, 403);
    return answerPage(c, <PressPage deps={deps} token={token} />);
  });
  routes.post(path, guardForm(deps), async (c) => {
    hide(c, deps);
    const asked = readAsked(c, deps);
    const given = { token: c.req.param("token")!, browserToken: asked?.browserToken ?? "" };
    const signedIn = await signInByLink(deps.accounts, given, visitOf(c));
    if (!signedIn) return answerStale(c, deps);
    await joinLibraries(deps, signedIn.accountId);
    forgetAsked(c, deps);
    return goOn(c, signedIn.cookies, asked?.next ?? "/");
  });
  return routes;
}

function hide(c: Context, deps: PageDeps): void {
  keepPrivate(c);
  sendNoReferrer(c, deps.baseUrl());
}

function PressPage({ deps, token }: { deps: PageDeps; token: string }) {
  return (
    <Page site={deps.site} title="Sign in" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">Sign in to Broadsheet</h1>
        <p>One press, and this browser is signed in.</p>
      </div>
      <PostForm action={links.signInLink(token)}>
        <SubmitButton>Sign in</SubmitButton>
      </PostForm>
    </Page>
  );
}

/** The same for a used, an old, an invented token, and for an address without an account. */
function answerStale(c: Context, { site }: PageDeps) {
  const remedy = (
    <>
      It has been used, is older than {linkMinutes} minutes, or was asked for in another browser.{" "}
      <a href={links.signIn()}>Ask for a new one</a>.
    </>
  );
  return answerProblem(c, site, { title: "This link signs nobody in any more.", remedy }, 401);
}

const otherBrowser = {
  title: "This link was asked for in another browser.",
  remedy: (
    <>
      Open it there, so that nobody else can use it; or <a href={links.signIn()}>ask for a link here</a>.
    </>
  ),
};
