// What /me shows: facts of the account, the letter, the ways in, tokens, and the way out.
import type { Account } from "../accounts/account.ts";
import { todayOf } from "../digest/change-wishes.ts";
import type { Subscriber } from "../digest/subscribers-store.ts";
import { formatPause, formatWhen } from "../digest/wishes.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { ButtonForm, Field, PostForm, SubmitButton } from "./forms.tsx";
import { Page, PageHeading, SectionHeading } from "./layout.tsx";
import { PrivateFeeds, type PrivateFeedsProps } from "./me-feeds.tsx";
import { Tokens, type TokensProps } from "./me-tokens.tsx";
import { Passkeys, Password, Sessions, type WaysProps } from "./me-ways.tsx";
import { arePasskeysPossible } from "./sign-in-page.tsx";

export interface MePageProps extends WaysProps, TokensProps, PrivateFeedsProps {
  deps: PageDeps;
  account: Account;
  /** The letter of the same, confirmed address. */
  subscriber: Subscriber | null;
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
      <PrivateFeeds {...props} />
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

function Letters({ deps, account, subscriber }: MePageProps) {
  const now = deps.clock().toISOString();
  const pause = subscriber && formatPause(subscriber.paused_until, todayOf(subscriber, now));
  return (
    <section>
      <SectionHeading title="The daily letter" />
      <div class="prose">
        {subscriber === null ? (
          <p>
            {account.addressVerified
              ? "It does not come to this address. "
              : "Your address is not confirmed for this account yet, so a letter to it does not know what you keep. Sign out and sign in once by a link in a letter to confirm it. If you get no letter: "}
            <a href={links.subscribe()}>{account.addressVerified ? "Ask for it" : "ask for it"}</a>.
          </p>
        ) : subscriber.state === "confirmed" ? (
          <p>
            It comes {formatWhen(subscriber)}, with {subscriber.papers} papers at most. {pause}{" "}
            <a href={links.letterSettings(subscriber.token)}>Change it or have a pause</a>, or{" "}
            <a href={links.unsubscribe(subscriber.token)}>stop it</a>.
          </p>
        ) : subscriber.state === "suppressed" ? (
          <p>
            Letters to your address came back, so it is sent no more.{" "}
            <a href={links.subscribe()}>Ask for it again</a>.
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
          <a href={links.webhooks()}>Webhooks</a> send each edition to a program or a chat room of yours.
        </p>
        <p>
          <a href="/me/archive">Everything that is held of you</a>, as one file; or{" "}
          <a href="/me/erase">erase me</a>.
        </p>
      </div>
    </section>
  );
}

/** The owner at this machine has no account, but a library and feeds of it. */
export function MachineOwnerPage({ deps, ...feeds }: { deps: PageDeps } & PrivateFeedsProps) {
  return (
    <Page site={deps.site} title="You" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">You are the owner</h1>
        <p>
          This Broadsheet is served to this machine only, and has no owner’s account: whoever sits here may do
          everything, without signing in. <a href={links.setUp()}>Make an account</a> before you let others
          in; from then on it asks you to sign in.
        </p>
        <p>
          Yours are <a href={links.today()}>an edition</a>, <a href={links.library()}>what you marked</a> and{" "}
          <a href={links.taste()}>the taste</a> learned from it.
        </p>
        <p>
          <a href={links.webhooks()}>Webhooks</a> send each edition to a program or a chat room.
        </p>
      </div>
      <EditorLinks />
      <OwnerLinks />
      <PrivateFeeds {...feeds} />
    </Page>
  );
}
