// The way out of the letter: GET shows a button, POST ends it, also the one-click POST of mail readers (RFC 8058), which
// carries no cookie, no origin and a body that nobody needs to read: the token is the authority.
import { Hono } from "hono";
import { endSubscription, findUnsubscription } from "../digest/unsubscribe.ts";
import { networkOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, nothingHere } from "./error-page.tsx";
import { PostForm, SubmitButton } from "./forms.tsx";
import { answerPage, Page } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";

export function unsubscribeRoutes({ db, site, clock }: PageDeps): Hono {
  const routes = new Hono();
  const path = links.unsubscribe(":token");
  routes.get(path, async (c) => {
    keepPrivate(c);
    const token = c.req.param("token")!;
    const reader = await findUnsubscription(db, token);
    if (!reader) return answerProblem(c, site, nothingHere);
    return answerPage(
      c,
      reader.state === "unsubscribed" ? <StoppedPage site={site} /> : <AskPage site={site} token={token} />,
    );
  });
  routes.post(path, async (c) => {
    keepPrivate(c);
    const options = { now: clock().toISOString(), network: networkOf(c) };
    const ended = await endSubscription(db, c.req.param("token")!, options);
    return ended ? answerPage(c, <StoppedPage site={site} />) : answerProblem(c, site, nothingHere);
  });
  return routes;
}

function AskPage({ site, token }: { site: PageDeps["site"]; token: string }) {
  return (
    <Page site={site} title="Stop the daily letter" current="letter" unlisted>
      <div class="prose">
        <h1 class="statement">Stop the daily letter</h1>
        <p>
          It stops at once; a letter that waits to be sent is not sent. Too many letters, or too many papers?{" "}
          <a href={links.letterSettings(token)}>Have fewer, or a pause</a>.
        </p>
      </div>
      <PostForm action={links.unsubscribe(token)}>
        <SubmitButton>Stop the letter</SubmitButton>
      </PostForm>
    </Page>
  );
}

function StoppedPage({ site }: { site: PageDeps["site"] }) {
  return (
    <Page site={site} title="The letter has stopped" current="letter" unlisted>
      <div class="prose">
        <h1 class="statement">The letter has stopped</h1>
        <p>
          Nothing more comes to this address. If that was a mistake,{" "}
          <a href={links.subscribe()}>ask for it again</a>.
        </p>
      </div>
    </Page>
  );
}
