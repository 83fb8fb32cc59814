// The page with the ways in, and the page after asking for a link. They say the same whether an address is known or not.
import { isIP } from "node:net";
import { linkMinutes } from "../accounts/sign-in.ts";
import { links } from "../links.ts";
import { type AddressProblem, explainAddress } from "../mail/address.ts";
import type { PageDeps } from "./deps.ts";
import { ButtonForm, Field, PostForm, SubmitButton } from "./forms.tsx";
import { Page, PageHeading, SectionHeading } from "./layout.tsx";
import { MailboxPage } from "./mailbox-page.tsx";

export interface SignInPageProps {
  deps: PageDeps;
  next: string;
  address?: string;
  addressProblem?: AddressProblem;
  /** The password was not taken. */
  refused?: boolean;
}

export function SignInPage({ deps, next, address = "", addressProblem, refused = false }: SignInPageProps) {
  return (
    <Page site={deps.site} title="Sign in" current="account" unlisted>
      <PageHeading
        title="Sign in"
        note="to submit, to vote, to see what is yours; reading needs no account"
      />
      <SectionHeading title="By mail" note={`a link that works once, within ${linkMinutes} minutes`} />
      <PostForm action={links.askLink()}>
        <input type="hidden" name="next" value={next} />
        <Field
          name="address"
          label="Address"
          type="email"
          value={refused ? "" : address}
          required
          autocomplete="email"
          maxlength={254}
          {...(addressProblem ? { error: explainAddress(addressProblem) } : {})}
        />
        <SubmitButton>Send me a link</SubmitButton>
      </PostForm>
      <SectionHeading title="By password" note="if you have set one" />
      <PostForm action={links.signInPassword()}>
        <input type="hidden" name="next" value={next} />
        <Field
          name="account"
          field="address"
          label="Address"
          type="email"
          value={refused ? address : ""}
          required
          autocomplete="username"
          maxlength={254}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          required
          autocomplete="current-password"
          maxlength={200}
          {...(refused ? { error: "Address and password do not belong together here." } : {})}
        />
        <SubmitButton>Sign in</SubmitButton>
      </PostForm>
      {arePasskeysPossible(deps.baseUrl()) ? (
        <>
          <SectionHeading title="By passkey" note="needs JavaScript" />
          <div class="form">
            <ButtonForm action={links.passkeyChallenge()} fields={{ next }}>
              Use a passkey
            </ButtonForm>
          </div>
        </>
      ) : null}
    </Page>
  );
}

/** Browsers bind passkeys to a name; an IP address is none. */
export function arePasskeysPossible(baseUrl: string): boolean {
  return isIP(new URL(baseUrl).hostname.replace(/^\[|\]$/g, "")) === 0;
}

export function LookIntoMailboxPage({ deps, owner }: { deps: PageDeps; owner: boolean }) {
  return (
    <MailboxPage deps={deps} current="account" owner={owner}>
      If there is an account with this address, a letter with a link is on its way. Open the link in this
      browser within {linkMinutes} minutes and press the button. If nothing comes, look among the spam, or ask
      whoever keeps this Broadsheet for an invitation.
    </MailboxPage>
  );
}
