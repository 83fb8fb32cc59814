// The link of an invitation: opening it shows a button, the button makes the account and signs it in.
import { type Context, Hono } from "hono";
import { acceptInvitation, findInvitation, invitationDays } from "../accounts/invitations.ts";
import { visitOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { guardForm } from "./form-body.ts";
import { PostForm, SubmitButton } from "./forms.tsx";
import { goOn } from "./go-on.ts";
import { joinLibraries } from "./join-libraries.ts";
import { answerPage, Page } from "./layout.tsx";
import { keepPrivate, sendNoReferrer } from "./private-page.ts";

export function invitationRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  const path = links.invitation(":token");
  routes.get(path, async (c) => {
    hide(c, deps);
    const token = c.req.param("token")!;
    const ticket = await findInvitation(deps.accounts, token);
    if (!ticket) return answerStale(c, deps);
    return answerPage(c, <AskPage deps={deps} token={token} role={ticket.role} address={ticket.address} />);
  });
  routes.post(path, guardForm(deps), async (c) => {
    hide(c, deps);
    const signedIn = await acceptInvitation(deps.accounts, c.req.param("token")!, visitOf(c));
    if (!signedIn) return answerStale(c, deps);
    await joinLibraries(deps, signedIn.accountId);
    return goOn(c, signedIn.cookies, links.me());
  });
  return routes;
}

function hide(c: Context, deps: PageDeps): void {
  keepPrivate(c);
  sendNoReferrer(c, deps.baseUrl());
}

interface AskPageProps {
  deps: PageDeps;
  token: string;
  role: string | null;
  address: string;
}

function AskPage({ deps, token, role, address }: AskPageProps) {
  return (
    <Page site={deps.site} title="An invitation" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">You are invited</h1>
        <p>
          An account for <bdi>{address}</bdi>, as {role === "reader" ? "a reader" : `an ${role}`}. It keeps
          this address, what you submit and vote, and when you signed in from where; you can take all of it
          with you and erase it at any time.
        </p>
      </div>
      <PostForm action={links.invitation(token)}>
        <SubmitButton>Take the invitation</SubmitButton>
      </PostForm>
    </Page>
  );
}

function answerStale(c: Context, { site }: PageDeps) {
  const remedy = (
    <>
      It has been taken, withdrawn, or is older than {invitationDays} days. If you have an account already,{" "}
      <a href={links.signIn()}>sign in</a>; else ask who invited you.
    </>
  );
  return answerProblem(c, site, { title: "This invitation is good no more.", remedy }, 401);
}
