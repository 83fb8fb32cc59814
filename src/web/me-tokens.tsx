// Tokens of programs, on one's own page; a new one is shown once.
import { type AccessToken, scopes } from "../accounts/access-tokens-store.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { ButtonForm, Checkbox, Field, PostForm, SubmitButton } from "./forms.tsx";
import { Page, SectionHeading } from "./layout.tsx";
import { formatMoment } from "./me-ways.tsx";

export interface TokensProps {
  tokens: readonly AccessToken[];
  tokenProblem?: "empty" | "many";
}

const scopeLabels: Record<(typeof scopes)[number], string> = {
  read: "Read what needs signing in",
  library: "Use your library",
  submit: "Submit papers",
  vote: "Vote",
  moderate: "Moderate",
};

const tokenProblems = {
  empty: "Give it a name, and allow one thing at least.",
  many: "These are enough; revoke one first.",
};

export function Tokens({ tokens, tokenProblem }: TokensProps) {
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
