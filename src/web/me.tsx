// One's own page: who I am here, my sessions, my password, my passkeys, my tokens. Everything acts on the signed-in account only.
import { type Context, Hono } from "hono";
import {
  createAccessToken,
  isScope,
  listAccessTokens,
  revokeAccessToken,
} from "../accounts/access-tokens-store.ts";
import type { Account } from "../accounts/account.ts";
import { libraryHeaders } from "../accounts/accounts.ts";
import {
  endOtherSessions,
  endSession,
  hasPassword,
  listPasskeys,
  listSessions,
  removePasskey,
} from "../accounts/accounts-store.ts";
import { setPassword } from "../accounts/set-password.ts";
import { keeperOf } from "../http/keeper.ts";
import { visitOf, visitorOf } from "../http/visitor.ts";
import { listFeedKeys, revokeFeedKey } from "../library/feed-keys.ts";
import { listFolders } from "../library/library.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { answerPage } from "./layout.tsx";
import { makeFeedKey } from "./me-feeds.tsx";
import { findOwnSubscription } from "./me-leave.tsx";
import { MachineOwnerPage, MePage, type MePageProps } from "./me-page.tsx";
import { TokenPage } from "./me-tokens.tsx";
import { keepPrivate } from "./private-page.ts";
import { answerChallenge, parseAnswer } from "./sign-in-passkey.tsx";

export function meRoutes(deps: PageDeps): Hono {
  const { db } = deps;
  const routes = new Hono();
  const own = ownerOfRequest(deps);
  routes.get(links.me(), async (c) => {
    keepPrivate(c);
    const { account } = visitorOf(c);
    return account ? answerMe(c, deps, account) : answerMachineOwner(c, deps);
  });
  routes.post("/me/password", guardForm(deps), (c) =>
    own(c, (account) => changeOwnPassword(c, deps, account)),
  );
  routes.post("/me/sessions/end", guardForm(deps), (c) =>
    own(c, async (account) => {
      const id = (await readForm(c))?.get("session") ?? "";
      if (id === "others") await endOtherSessions(db, account.id, visitorOf(c).session?.id ?? "");
      else if (!(await endSession(db, account.id, id))) return answerProblem(c, deps.site, nothingHere);
      return c.redirect(links.me(), 303);
    }),
  );
  routes.post("/me/passkeys/challenge", guardForm(deps), (c) => own(c, () => askForPasskey(c, deps)));
  routes.post("/me/passkeys", guardForm(deps), (c) => own(c, () => addPasskey(c, deps)));
  routes.post("/me/passkeys/remove", guardForm(deps), (c) =>
    own(c, async (account) => {
      const removed = await removePasskey(db, account.id, (await readForm(c))?.get("passkey") ?? "");
      return removed ? c.redirect(links.me(), 303) : answerProblem(c, deps.site, nothingHere);
    }),
  );
  routes.post("/me/tokens", guardForm(deps), (c) => own(c, (account) => makeToken(c, deps, account)));
  routes.post("/me/feeds", guardForm(deps), (c) => {
    keepPrivate(c);
    return makeFeedKey(c, deps);
  });
  routes.post("/me/feeds/revoke", guardForm(deps), async (c) => {
    keepPrivate(c);
    const revoked = await revokeFeedKey(db, keeperOf(c), (await readForm(c))?.get("feed") ?? "");
    return revoked ? c.redirect(links.me(), 303) : answerProblem(c, deps.site, nothingHere);
  });
  routes.post("/me/tokens/revoke", guardForm(deps), (c) =>
    own(c, async (account) => {
      const revoked = await revokeAccessToken(db, account.id, (await readForm(c))?.get("token") ?? "");
      return revoked ? c.redirect(links.me(), 303) : answerProblem(c, deps.site, nothingHere);
    }),
  );
  return routes;
}

/** Runs what needs an account; the owner at this machine has none of his own yet. */
function ownerOfRequest(deps: PageDeps) {
  return async (c: Context, run: (account: Account) => Promise<Response>): Promise<Response> => {
    keepPrivate(c);
    const { account } = visitorOf(c);
    return account ? run(account) : answerProblem(c, deps.site, noAccountYet, 403);
  };
}

const noAccountYet = {
  title: "You have no account here yet.",
  remedy: (
    <>
      As long as there is none, whoever sits at this machine is the owner.{" "}
      <a href={links.setUp()}>Make one</a>.
    </>
  ),
};

async function answerMachineOwner(c: Context, deps: PageDeps) {
  const feedKeys = await listFeedKeys(deps.db, keeperOf(c));
  const folders = await listFolders(deps.db, keeperOf(c));
  return answerPage(c, <MachineOwnerPage {...{ deps, feedKeys, folders }} />);
}

async function answerMe(
  c: Context,
  deps: PageDeps,
  account: Account,
  problems: Pick<MePageProps, "passwordProblem" | "tokenProblem"> = {},
) {
  const { db, clock } = deps;
  const props = {
    deps,
    account,
    sessionId: visitorOf(c).session?.id ?? null,
    sessions: await listSessions(db, account.id, clock().toISOString()),
    passkeys: await listPasskeys(db, account.id),
    tokens: await listAccessTokens(db, account.id),
    feedKeys: await listFeedKeys(db, account.id),
    folders: await listFolders(db, account.id),
    hasPassword: await hasPassword(db, account.id),
    subscriber: await findOwnSubscription(db, account),
    ...problems,
  };
  return answerPage(c, <MePage {...props} />, Object.keys(problems).length > 0 ? 400 : 200);
}

async function changeOwnPassword(c: Context, deps: PageDeps, account: Account) {
  const form = await readForm(c);
  const given = { current: form?.get("current") ?? "", next: form?.get("password") ?? "" };
  const { session } = visitorOf(c);
  const problem = await setPassword(deps.accounts, { account, session }, given);
  if (problem) return answerMe(c, deps, account, { passwordProblem: problem });
  await endOtherSessions(deps.db, account.id, session?.id ?? "");
  return c.redirect(links.me(), 303);
}

async function askForPasskey(c: Context, deps: PageDeps) {
  if (!isFresh(visitorOf(c).session?.startedAt)) return answerProblem(c, deps.site, signInAfresh, 403);
  const title = "Add a passkey";
  return answerChallenge(c, deps, { kind: "register", title, action: "/me/passkeys", fields: null });
}

async function addPasskey(c: Context, deps: PageDeps) {
  const response = parseAnswer((await readForm(c))?.get("response"));
  const library = await deps.accounts.library();
  const name = `added ${deps.clock().toISOString().slice(0, 10)}`;
  const added = response && (await library.registerPasskey(response, name, libraryHeaders(visitOf(c))));
  return added ? c.redirect(links.me(), 303) : answerProblem(c, deps.site, notAdded, 400);
}

/** A new way in asks for a session that began within a day; the library asks the same. */
function isFresh(startedAt: Date | undefined): boolean {
  return startedAt !== undefined && Date.now() - startedAt.getTime() < 24 * 3_600_000;
}

const signInAfresh = {
  title: "You signed in more than a day ago.",
  remedy: (
    <>
      A new way in asks for a fresh one: <a href={links.me()}>sign out</a> and in again, then add it.
    </>
  ),
};

const notAdded = {
  title: "The passkey was not added.",
  remedy: (
    <>
      It may be here already, or the page was open for too long. <a href={links.me()}>Try again</a>.
    </>
  ),
};

const mostTokens = 20;

async function makeToken(c: Context, deps: PageDeps, account: Account) {
  const form = await readForm(c);
  const name = (form?.get("name") ?? "").trim().slice(0, 60);
  const chosen = [...(form?.keys() ?? [])].filter(isScope);
  if (name === "" || chosen.length === 0) return answerMe(c, deps, account, { tokenProblem: "empty" });
  if ((await listAccessTokens(deps.db, account.id)).length >= mostTokens)
    return answerMe(c, deps, account, { tokenProblem: "many" });
  const given = { accountId: account.id, name, scopes: chosen };
  const token = await createAccessToken(deps.db, given, deps.clock().toISOString());
  return answerPage(c, <TokenPage deps={deps} name={name} token={token} />);
}
