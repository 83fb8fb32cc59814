// Accounts and invitations, for the owner: who is here, with which role; who is asked; whoever is asked, by letter or by hand.
import { type Context, Hono } from "hono";
import { type Account, isRole, roles } from "../accounts/account.ts";
import { listAccounts } from "../accounts/accounts-store.ts";
import { changeRole } from "../accounts/change-role.ts";
import { type Invited, invite } from "../accounts/invitations.ts";
import { listInvitations, type Ticket, withdrawInvitation } from "../accounts/tickets-store.ts";
import { visitorOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import { explainAddress } from "../mail/address.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { ButtonForm, Field, PostForm, SelectField, SubmitButton } from "./forms.tsx";
import { joinLibraries } from "./join-libraries.ts";
import { answerPage, Page, PageHeading, SectionHeading } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";

export function peopleRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  routes.get(links.accounts(), async (c) => answerPeople(c, deps));
  routes.post("/accounts/invite", guardForm(deps), async (c) => {
    keepPrivate(c);
    const form = await readForm(c);
    const [address, role] = [form?.get("address") ?? "", form?.get("role") ?? ""];
    if (!isRole(role)) return answerProblem(c, deps.site, nothingHere, 400);
    const invited = await invite(deps.accounts, { address, role, by: visitorOf(c).account });
    if ("token" in invited)
      return answerPage(c, <InvitedPage deps={deps} address={address} token={invited.token} />);
    return answerPeople(c, deps, { address, problem: invited.problem });
  });
  routes.post("/accounts/withdraw", guardForm(deps), async (c) => {
    const withdrawn = await withdrawInvitation(deps.db, (await readForm(c))?.get("invitation") ?? "");
    return withdrawn ? c.redirect(links.accounts(), 303) : answerProblem(c, deps.site, nothingHere);
  });
  routes.post("/accounts/role", guardForm(deps), async (c) => {
    const form = await readForm(c);
    const [id, role] = [form?.get("account") ?? "", form?.get("role") ?? ""];
    if (!isRole(role)) return answerProblem(c, deps.site, nothingHere, 400);
    const changed = await changeRole(deps.db, { id, role }, deps.clock().toISOString());
    if (changed === "last-owner") return answerProblem(c, deps.site, lastOwner, 409);
    if (changed === "done") await joinLibraries(deps, id);
    return changed === "done" ? c.redirect(links.accounts(), 303) : answerProblem(c, deps.site, nothingHere);
  });
  return routes;
}

const lastOwner = {
  title: "Somebody must be the owner.",
  remedy: (
    <>
      Make another account the owner first. <a href={links.accounts()}>Back to the accounts</a>.
    </>
  ),
};

interface Refused {
  address: string;
  problem: Extract<Invited, { problem: unknown }>["problem"];
}

async function answerPeople(c: Context, deps: PageDeps, refused?: Refused) {
  keepPrivate(c);
  const accounts = await listAccounts(deps.db);
  const invitations = await listInvitations(deps.db, deps.clock().toISOString());
  const page = (
    <PeoplePage deps={deps} accounts={accounts} invitations={invitations} {...(refused ? { refused } : {})} />
  );
  return answerPage(c, page, refused ? (refused.problem === "too-many" ? 429 : 400) : 200);
}

const roleOptions = roles.map((role) => ({ value: role, label: role }));

interface PeoplePageProps {
  deps: PageDeps;
  accounts: readonly Account[];
  invitations: readonly Ticket[];
  refused?: Refused;
}

function PeoplePage({ deps, accounts, invitations, refused }: PeoplePageProps) {
  return (
    <Page site={deps.site} title="Accounts" current="account" unlisted>
      <PageHeading title="Accounts" note="owners do everything, editors submit and moderate, readers vote" />
      {accounts.length > 0 ? <AccountTable accounts={accounts} /> : null}
      <SectionHeading title="Invite somebody" note="by a letter whose link works once within a week" />
      <PostForm action="/accounts/invite">
        <Field
          name="address"
          label="Address"
          type="email"
          value={refused?.address ?? ""}
          required
          maxlength={254}
          {...(refused ? { error: explainRefusal(refused.problem) } : {})}
        />
        <SelectField name="role" label="As" value="reader" options={roleOptions} />
        <SubmitButton>Invite</SubmitButton>
      </PostForm>
      {invitations.length > 0 ? <InvitationTable invitations={invitations} /> : null}
    </Page>
  );
}

function explainRefusal(problem: Refused["problem"]): string {
  return problem === "too-many" ? "Fifty invitations a day are enough." : explainAddress(problem);
}

function AccountTable({ accounts }: { accounts: readonly Account[] }) {
  return (
    <table class="own">
      <thead>
        <tr>
          <th scope="col">Address</th>
          <th scope="col">Since</th>
          <th scope="col">Role</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map(({ id, address, addressVerified, role, createdAt }) => (
          <tr>
            <th scope="row">
              <bdi>{address}</bdi>
              {addressVerified ? "" : " (not confirmed by letter)"}
            </th>
            <td>{createdAt.slice(0, 10)}</td>
            <td>
              <form class="button-form" method="post" action="/accounts/role">
                <input type="hidden" name="account" value={id} />
                <select name="role" aria-label={`Role of ${address}`}>
                  {roles.map((name) => (
                    <option value={name} selected={name === role}>
                      {name}
                    </option>
                  ))}
                </select>{" "}
                <button type="submit">Set</button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function InvitationTable({ invitations }: { invitations: readonly Ticket[] }) {
  return (
    <>
      <SectionHeading title="Invited" note="not taken yet" />
      <table class="own">
        <tbody>
          {invitations.map(({ hash, address, role, expires_at }) => (
            <tr>
              <th scope="row">
                <bdi>{address}</bdi>
              </th>
              <td>{role}</td>
              <td>good until {expires_at.slice(0, 10)}</td>
              <td>
                <ButtonForm action="/accounts/withdraw" fields={{ invitation: hash }}>
                  Withdraw
                </ButtonForm>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function InvitedPage({ deps, address, token }: { deps: PageDeps; address: string; token: string }) {
  return (
    <Page site={deps.site} title="Invited" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">Invited</h1>
        <p>
          {deps.config.smtpUrl === null
            ? "No mail server is set, so hand the link over yourself"
            : "A letter is on its way"}{" "}
          to <bdi>{address}</bdi>. The link works once, for whoever opens it:
        </p>
        <p>
          <code class="secret">{deps.baseUrl() + links.invitation(token)}</code>
        </p>
        <p>
          <a href={links.accounts()}>Back to the accounts</a>
        </p>
      </div>
    </Page>
  );
}
