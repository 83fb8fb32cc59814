// The link of the confirmation letter: opening it shows a button, the button confirms. Link scanners press no buttons.
import { type Context, Hono } from "hono";
import { confirmSubscription, findConfirmation } from "../digest/confirm.ts";
import { formatWhen } from "../digest/wishes.ts";
import { networkOf } from "../http/visitor.ts";
import { keepersOfSubscribers } from "../library/keeper.ts";
import { links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { guardForm } from "./form-body.ts";
import { PostForm, SubmitButton } from "./forms.tsx";
import { answerPage, Page } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";

export function confirmRoutes(deps: PageDeps): Hono {
  const { db, site, clock } = deps;
  const routes = new Hono();
  const path = links.confirm(":token");
  routes.get(path, async (c) => {
    keepPrivate(c);
    const token = c.req.param("token")!;
    const reader = await findConfirmation(db, token, clock().toISOString());
    return reader
      ? answerPage(c, <AskPage deps={deps} token={token} clock={reader} />)
      : answerStale(c, deps);
  });
  routes.post(path, guardForm(deps), async (c) => {
    keepPrivate(c);
    const options = { now: clock().toISOString(), network: networkOf(c) };
    const reader = await confirmSubscription(db, c.req.param("token")!, options);
    if (!reader) return answerStale(c, deps);
    // What was kept by letter before joins the account of this address, where there is one.
    await keepersOfSubscribers(db, [reader], options.now);
    return answerPage(c, <DonePage site={site} clock={reader} />);
  });
  return routes;
}

type ReaderClock = Parameters<typeof formatWhen>[0] & { token: string };

function AskPage({ deps, token, clock }: { deps: PageDeps; token: string; clock: ReaderClock }) {
  return (
    <Page site={deps.site} title="Confirm the daily letter" current="letter" unlisted>
      <div class="prose">
        <h1 class="statement">Confirm the daily letter</h1>
        <p>
          It comes {formatWhen(clock)}, on days that have an edition. Every letter holds the way to change
          that, and the way out.
        </p>
      </div>
      <PostForm action={links.confirm(token)}>
        <SubmitButton>Yes, send me the letter</SubmitButton>
      </PostForm>
    </Page>
  );
}

function DonePage({ site, clock }: { site: PageDeps["site"]; clock: ReaderClock }) {
  return (
    <Page site={site} title="The letter begins" current="letter" unlisted>
      <div class="prose">
        <h1 class="statement">The letter begins</h1>
        <p>
          It comes {formatWhen(clock)}, from the next edition on. You may{" "}
          <a href={links.letterSettings(clock.token)}>choose its days and what is in it</a>; until then,{" "}
          <a href={links.front()}>read the latest edition here</a>.
        </p>
      </div>
    </Page>
  );
}

/** The same for a used, an old and an invented token. */
function answerStale(c: Context, { site }: PageDeps) {
  const remedy = (
    <>
      It has been used, or is older than three days. If you do not get the letter,{" "}
      <a href={links.subscribe()}>ask for it again</a>.
    </>
  );
  return answerProblem(c, site, { title: "This link confirms nothing any more.", remedy });
}
