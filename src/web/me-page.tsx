// What /me shows: facts of the account, sessions, password, passkeys, tokens; a new token once.
import { type AccessToken, scopes } from "../accounts/access-tokens-store.ts";
import type { Account } from "../accounts/account.ts";
import type { PasskeyRow, SessionRow } from "../accounts/accounts-store.ts";
import { explainPassword, shortestPassword } from "../accounts/password-rules.ts";
import type { SetPasswordProblem } from "../accounts/set-password.ts";
import type { Subscriber } from "../digest/subscribers-store.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { ButtonForm, Checkbox, Field, PostForm, SubmitButton } from "./forms.tsx";
import { Page, PageHeading, SectionHeading } from "./layout.tsx";
import { arePasskeysPossible } from "./sign-in-page.tsx";

export interface MePageProps {
  deps: PageDeps;
  account: Account;
  /** The session of this browser. */
  sessionId: string | null;
  sessions: readonly SessionRow[];
  passkeys: readonly PasskeyRow[];
  tokens: readonly AccessToken[];
  hasPassword: boolean;
  /** The letter of the same, confirmed address. */
  subscriber: Subscriber | null;
  passwordProblem?: SetPasswordProblem;
  tokenProblem?: "empty" | "many";
}

export function MePage(props: MePageProps) {
  const { deps, account } = props;
  return (
    <Page site={deps.site} title="You" current="account" unlisted>
      <PageHeading
        title={<bdi>{account.address}</bdi>}
        note={`${account.role}, here since ${account.createdAt.slice(0, 10)}`}
      />
      <div class="form">
        <ButtonForm action={links.signOut()}>Sign out</ButtonForm>
      </div>
      {account.role === "reader" ? null : <EditorLinks />}
      {account.role === "owner" ? <OwnerLinks /> : null}
      <Letters {...props} />
      <Sessions {...props} />
      <Password {...props} />
      {arePasskeysPossible(deps.baseUrl()) ? <Passkeys {...props} /> : null}
      <Tokens {...props} />
      <Leaving {...props} />
    </Page>
  );
}

function EditorLinks() {
  return (
    <div class="prose">
      <p>
        <a href={links.submit()}>Put a paper forward</a> for today, or see to{" "}
        <a href={links.moderation()}>what waits for an editor</a>.
      </p>
    </div>
  );
}

function OwnerLinks() {
  return (
    <div class="prose">
      <p>
        You keep this Broadsheet: <a href={links.accounts()}>accounts and invitations</a>,{" "}
        <a href={links.start()}>what it follows</a>, <a href={links.letters()}>letters kept here</a>.
      </p>
    </div>
  );
}

function Letters({ account, subscriber }: MePageProps) {
  return (
    <section>
      <SectionHeading title="The daily letter" />
      <div class="prose">
        {subscriber === null ? (
          <p>
            {account.addressVerified
              ? "It does not come to this address. "
              : "Your address is not confirmed by a letter yet, so nothing is known here of a letter to it. "}
            <a href={links.subscribe()}>Ask for it</a>.
          </p>
        ) : subscriber.state === "confirmed" ? (
          <p>
            It comes every day at {subscriber.send_at} ({subscriber.zone}).{" "}
            <a href={links.unsubscribe(subscriber.token)}>Stop it</a>.
          </p>
        ) : (
          <p>
            You stopped it{subscriber.unsubscribed_at ? ` on ${subscriber.unsubscribed_at.slice(0, 10)}` : ""}
            . <a href={links.subscribe()}>Ask for it again</a>.
          </p>
        )}
      </div>
    </section>
  );
}

function Leaving({ account }: MePageProps) {
  return (
    <section>
      <SectionHeading title="Yours" />
      <PostForm action="/me/name">
        <Field
          name="name-shown"
          field="name"
          label="The name shown with papers you put forward"
          value={account.name}
          maxlength={60}
          hint="Empty: none is shown. Your address never is."
        />
        <SubmitButton>Keep it</SubmitButton>
      </PostForm>
      <div class="prose">
        <p>
          <a href="/me/archive">Everything that is held of you</a>, as one file; or{" "}
          <a href="/me/erase">erase me</a>.
        </p>
      </div>
    </section>
  );
}

function Sessions({ sessions, sessionId }: MePageProps) {
  return (
    <section>
      <SectionHeading
        title="Where you are signed in"
        note="a session ends after 30 days without use, 90 in all"
      />
      <table class="own">
        <thead>
          <tr>
            <th scope="col">Since</th>
            <th scope="col">Browser</th>
            <th scope="col">Network</th>
            <th scope="col">End it</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr>
              <th scope="row">{formatMoment(session.created_at)}</th>
              <td>
                {session.user_agent || "not told"}
                {session.id === sessionId ? " (this browser)" : ""}
              </td>
              <td>{session.network || "not known"}</td>
              <td>
                <ButtonForm action="/me/sessions/end" fields={{ session: session.id }}>
                  End
                </ButtonForm>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sessions.length > 1 ? (
        <div class="form">
          <ButtonForm action="/me/sessions/end" fields={{ session: "others" }}>
            End all but this one
          </ButtonForm>
        </div>
      ) : null}
    </section>
  );
}

/** "2026-05-12 09:30 UTC" */
function formatMoment(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}

const passwordProblems: Partial<Record<SetPasswordProblem, string>> = {
  current: "This is not your present password.",
  "not-fresh": "You signed in more than an hour ago. Sign out and in again, then set it.",
  "too-many": "Too many changes; wait an hour.",
};

function explain(problem: SetPasswordProblem): string {
  return passwordProblems[problem] ?? explainPassword(problem as never);
}

function Password({ hasPassword, passwordProblem }: MePageProps) {
  const ofCurrent = passwordProblem === "current";
  return (
    <section>
      <SectionHeading title="Password" note={hasPassword ? "you have one" : "you have none, and need none"} />
      <PostForm action="/me/password">
        {hasPassword ? (
          <Field
            name="current"
            label="Present password"
            type="password"
            required
            autocomplete="current-password"
            maxlength={200}
            {...(ofCurrent ? { error: explain("current") } : {})}
          />
        ) : null}
        <Field
          name="password"
          label={hasPassword ? "New password" : "A password"}
          type="password"
          required
          autocomplete="new-password"
          maxlength={200}
          hint={`At least ${shortestPassword} characters. All other sessions end.`}
          {...(passwordProblem && !ofCurrent ? { error: explain(passwordProblem) } : {})}
        />
        <SubmitButton>{hasPassword ? "Change it" : "Set it"}</SubmitButton>
      </PostForm>
    </section>
  );
}

function Passkeys({ passkeys }: MePageProps) {
  return (
    <section>
      <SectionHeading title="Passkeys" note="sign in by this device or a security key; needs JavaScript" />
      {passkeys.length > 0 ? (
        <table class="own">
          <tbody>
            {passkeys.map(({ id, name, device_type, backed_up }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>
                  {device_type === "multiDevice" ? "on several devices" : "on one device"}
                  {backed_up === 1 ? ", backed up" : ""}
                </td>
                <td>
                  <ButtonForm action="/me/passkeys/remove" fields={{ passkey: id }}>
                    Remove
                  </ButtonForm>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <div class="form">
        <ButtonForm action="/me/passkeys/challenge">Add a passkey</ButtonForm>
      </div>
    </section>
  );
}

const scopeLabels: Record<(typeof scopes)[number], string> = {
  read: "Read what needs signing in",
  submit: "Submit papers",
  vote: "Vote",
  moderate: "Moderate",
};

const tokenProblems = {
  empty: "Give it a name, and allow one thing at least.",
  many: "These are enough; revoke one first.",
};

function Tokens({ tokens, tokenProblem }: MePageProps) {
  return (
    <section>
      <SectionHeading title="Tokens" note="for programs that act for you, with no more than what you allow" />
      {tokens.length > 0 ? (
        <table class="own">
          <tbody>
            {tokens.map(({ id, name, scopes: allowed, createdAt, lastUsedAt }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>{allowed.join(", ")}</td>
                <td>
                  since {createdAt.slice(0, 10)},{" "}
                  {lastUsedAt ? `last used ${formatMoment(lastUsedAt)}` : "never used"}
                </td>
                <td>
                  <ButtonForm action="/me/tokens/revoke" fields={{ token: id }}>
                    Revoke
                  </ButtonForm>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <PostForm action="/me/tokens">
        <Field
          name="name"
          label="What it is for"
          required
          maxlength={60}
          {...(tokenProblem ? { error: tokenProblems[tokenProblem] } : {})}
        />
        <fieldset class="choices">
          <legend>It may</legend>
          {scopes.map((scope) => (
            <Checkbox name={scope} label={scopeLabels[scope]} />
          ))}
        </fieldset>
        <SubmitButton>Make a token</SubmitButton>
      </PostForm>
    </section>
  );
}

export function TokenPage({ deps, name, token }: { deps: PageDeps; name: string; token: string }) {
  return (
    <Page site={deps.site} title="A new token" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">The token for {name}</h1>
        <p>Copy it now: it is shown this once, and kept only as a hash.</p>
        <p>
          <code class="secret">{token}</code>
        </p>
        <p>
          A program sends it as <code>Authorization: Bearer {"…"}</code>.{" "}
          <a href={links.me()}>Back to yours</a>.
        </p>
      </div>
    </Page>
  );
}

/** The owner at this machine: nothing is kept, so nothing is shown but the way to an account. */
export function MachineOwnerPage({ deps }: { deps: PageDeps }) {
  return (
    <Page site={deps.site} title="You" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">You are the owner</h1>
        <p>
          This Broadsheet is served to this machine only, and has no owner’s account: whoever sits here may do
          everything, without signing in. <a href={links.setUp()}>Make an account</a> before you let others
          in; from then on it asks you to sign in.
        </p>
      </div>
      <EditorLinks />
      <OwnerLinks />
    </Page>
  );
}
