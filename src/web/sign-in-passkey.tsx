// Signing in by a passkey: a page with the browser's challenge, and the answer by an ordinary form.
import { type Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import { libraryHeaders } from "../accounts/accounts.ts";
import { signInByPasskey } from "../accounts/sign-in.ts";
import { visitOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { SubmitButton } from "./forms.tsx";
import { goOn } from "./go-on.ts";
import { answerPage, Page } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";
import { safeReturn } from "./return-to.ts";

export function signInPasskeyRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  routes.post(links.passkeyChallenge(), guardForm(deps), async (c) => {
    const next = safeReturn((await readForm(c))?.get("next"));
    return answerChallenge(c, deps, {
      kind: "sign-in",
      title: "Sign in by passkey",
      action: links.signInPasskey(),
      fields: <input type="hidden" name="next" value={next} />,
    });
  });
  routes.post(links.signInPasskey(), guardForm(deps), async (c) => {
    keepPrivate(c);
    const form = await readForm(c);
    const response = parseAnswer(form?.get("response"));
    const signedIn = response && (await signInByPasskey(deps.accounts, response, visitOf(c)));
    if (!signedIn) return answerProblem(c, deps.site, refused, 401);
    return goOn(c, signedIn.cookies, safeReturn(form?.get("next")));
  });
  return routes;
}

export interface Ceremony {
  kind: "register" | "sign-in";
  title: string;
  /** Where the browser's answer goes. */
  action: string;
  /** More fields of the form. */
  fields: Child;
}

/** The page on which the browser is asked; the script presses nothing, the person does. */
export async function answerChallenge(c: Context, deps: PageDeps, ceremony: Ceremony) {
  keepPrivate(c);
  const { kind, title, action, fields } = ceremony;
  const library = await deps.accounts.library();
  const { options, cookies } = await library.passkeyChallenge(kind, libraryHeaders(visitOf(c)));
  for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true });
  const script = <script src={deps.site.assets.passkeyScript} type="module" />;
  return answerPage(
    c,
    <Page site={deps.site} title={title} current="account" head={script} unlisted>
      <div class="prose">
        <h1 class="statement">{title}</h1>
        <p role="status" data-passkey-trouble>
          Press the button, and the browser asks for the passkey. Without JavaScript it cannot;{" "}
          <a href={links.signIn()}>the other ways</a> need none.
        </p>
      </div>
      <form
        class="form"
        method="post"
        action={action}
        data-passkey={kind}
        data-options={JSON.stringify(options)}
      >
        {fields}
        <input type="hidden" name="response" value="" />
        <SubmitButton>Go on</SubmitButton>
      </form>
    </Page>,
  );
}

/** What navigator.credentials answered, as an object; null for anything else. */
export function parseAnswer(text: string | undefined): object | null {
  try {
    const answer: unknown = JSON.parse(text ?? "");
    return typeof answer === "object" && answer !== null && !Array.isArray(answer) ? answer : null;
  } catch {
    return null;
  }
}

const refused = {
  title: "This passkey opens nothing here.",
  remedy: (
    <>
      It may have been removed, or the page was open for too long. <a href={links.signIn()}>Try again</a>, or
      take another way in.
    </>
  ),
};
