// Taking everything along, and erasing oneself: the archive, the page that says what goes and what stays, and the deed.
import { type Context, Hono } from "hono";
import type { Account } from "../accounts/account.ts";
import { setName } from "../accounts/accounts-store.ts";
import { signOut } from "../accounts/set-up.ts";
import { eraseMe } from "../community/erase.ts";
import type { Db } from "../database/dialect.ts";
import { findSubscriberByKey, type Subscriber } from "../digest/subscribers-store.ts";
import { endSubscription } from "../digest/unsubscribe.ts";
import { networkOf, visitOf, visitorOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { Field, PostForm, SubmitButton } from "./forms.tsx";
import { answerPage, Page } from "./layout.tsx";
import { collectMine } from "./me-archive.ts";
import { keepPrivate } from "./private-page.ts";

const longestName = 60;

export function leaveRoutes(deps: PageDeps): Hono {
  const { db, site, clock } = deps;
  const routes = new Hono();
  routes.post("/me/name", guardForm(deps), async (c) => {
    const { account } = visitorOf(c);
    const name = ((await readForm(c))?.get("name") ?? "").replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
    if (account)
      await setName(db, account.id, [...name].slice(0, longestName).join(""), clock().toISOString());
    return c.redirect(links.me(), 303);
  });
  routes.get("/me/archive", async (c) => {
    keepPrivate(c);
    const { account } = visitorOf(c);
    if (!account) return c.redirect(links.me(), 303);
    const mine = await collectMine(deps, account, await findOwnSubscription(db, account));
    return c.body(`${JSON.stringify(mine, null, 2)}\n`, 200, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="broadsheet-mine.json"',
    });
  });
  routes.get("/me/erase", (c) => {
    keepPrivate(c);
    const { account } = visitorOf(c);
    return account ? answerPage(c, <ErasePage deps={deps} account={account} />) : c.redirect(links.me(), 303);
  });
  routes.post("/me/erase", guardForm(deps), async (c) => {
    keepPrivate(c);
    const { account } = visitorOf(c);
    if (!account) return c.redirect(links.me(), 303);
    const typed = ((await readForm(c))?.get("address") ?? "").trim().toLowerCase();
    if (typed !== account.addressKey)
      return answerPage(c, <ErasePage deps={deps} account={account} problem />, 400);
    return erase(c, deps, account);
  });
  return routes;

  async function erase(c: Context, given: PageDeps, account: Account) {
    const subscriber = await findOwnSubscription(db, account);
    if ((await eraseMe(db, account)) === "last-owner") return answerProblem(c, site, lastOwner, 409);
    const options = { now: clock().toISOString(), network: networkOf(c) };
    if (subscriber) await endSubscription(db, subscriber.token, options);
    for (const cookie of await signOut(given.accounts, visitOf(c)))
      c.header("Set-Cookie", cookie, { append: true });
    return answerPage(c, <ErasedPage deps={given} />);
  }
}

/** The letter of the same person: only an address that was confirmed on both sides joins them. */
export async function findOwnSubscription(db: Db, account: Account): Promise<Subscriber | null> {
  if (!account.addressVerified) return null;
  const subscriber = await findSubscriberByKey(db, account.addressKey);
  return subscriber && subscriber.confirmed_at !== null ? subscriber : null;
}

const lastOwner = {
  title: "Somebody must be the owner.",
  remedy: (
    <>
      Make another account the owner first, at <a href={links.accounts()}>the accounts</a>.
    </>
  ),
};

function ErasePage({ deps, account, problem }: { deps: PageDeps; account: Account; problem?: boolean }) {
  return (
    <Page site={deps.site} title="Erase me" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">Erase me</h1>
        <p>
          Your account goes, at once and for good: address, name, role, password, passkeys, tokens, webhooks,
          sessions. The daily letter stops. Your votes stay as counts that lead to nobody, and so do papers
          you put forward; what you reported or moderated stays without your name.
        </p>
        <p>
          One thing is kept if you had the letter: the proof that you asked for it and when you stopped it,
          because the law asks us to be able to show it. <a href="/me/archive">Take everything along</a>{" "}
          first.
        </p>
      </div>
      <PostForm action="/me/erase">
        <Field
          name="address"
          label="Your address, to be sure"
          type="email"
          required
          autocomplete="off"
          maxlength={254}
          {...(problem ? { error: `Write ${account.address}, or leave.` } : {})}
        />
        <SubmitButton>Erase me</SubmitButton>
      </PostForm>
    </Page>
  );
}

function ErasedPage({ deps }: { deps: PageDeps }) {
  return (
    <Page site={deps.site} title="You are erased" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">You are erased</h1>
        <p>
          There is no account of yours here any more. <a href={links.front()}>Reading needs none</a>.
        </p>
      </div>
    </Page>
  );
}
