// Private feeds, on one's own page: what each opens, a new one (its address is shown once), and taking one back.
import type { Context } from "hono";
import { keeperOf } from "../http/keeper.ts";
import { createFeedKey, type FeedOf, type listFeedKeys } from "../library/feed-keys.ts";
import { type FeedFormat, links } from "../links.ts";
import type { PageDeps } from "./deps.ts";
import { readForm } from "./form-body.ts";
import { ButtonForm, PostForm, SubmitButton } from "./forms.tsx";
import { answerPage, Page, SectionHeading } from "./layout.tsx";
import { absoluteUrl } from "./site.ts";

export interface PrivateFeedsProps {
  feedKeys: Awaited<ReturnType<typeof listFeedKeys>>;
  /** Of what is saved. */
  folders: readonly { folder: string }[];
}

const labels: Record<Exclude<FeedOf, `folder:${string}`>, string> = {
  today: "Your own picks",
  saved: "What you saved",
  later: "Your reading list",
  feeds: "All feeds of this Broadsheet, also where it is private",
};

function labelOf(opens: FeedOf): string {
  return opens.startsWith("folder:")
    ? `Saved in ${opens.slice("folder:".length)}`
    : labels[opens as keyof typeof labels];
}

export function PrivateFeeds({ feedKeys, folders }: PrivateFeedsProps) {
  const choices = [...Object.keys(labels), ...folders.map(({ folder }) => `folder:${folder}`)] as FeedOf[];
  return (
    <section>
      <SectionHeading title="Private feeds" note="for feed readers, which cannot sign in" />
      {feedKeys.length > 0 ? (
        <table class="own">
          <tbody>
            {feedKeys.map(({ name, opens, createdAt }) => (
              <tr>
                <th scope="row">{labelOf(opens)}</th>
                <td>since {createdAt.slice(0, 10)}</td>
                <td>
                  <ButtonForm action="/me/feeds/revoke" fields={{ feed: name }}>
                    Take back
                  </ButtonForm>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <PostForm action="/me/feeds">
        <fieldset class="choices">
          <legend>Whoever has its address may read</legend>
          {choices.map((opens, i) => (
            <label class="choice">
              <input type="radio" name="opens" value={opens} checked={i === 0} /> {labelOf(opens)}
            </label>
          ))}
        </fieldset>
        <SubmitButton>Make a private feed</SubmitButton>
      </PostForm>
      <div class="prose">
        <p>
          What you follow, for a feed reader to take in: <a href={links.followsOpml()}>OPML</a>.
        </p>
      </div>
    </section>
  );
}

function isFeedOf(text: string): text is FeedOf {
  return Object.hasOwn(labels, text) || /^folder:./s.test(text);
}

/** POST: makes the key and shows its addresses, this once. */
export async function makeFeedKey(c: Context, { db, site, clock }: PageDeps) {
  const opens = (await readForm(c))?.get("opens") ?? "";
  if (!isFeedOf(opens)) return c.redirect(links.me(), 303);
  const key = await createFeedKey(db, keeperOf(c), opens, clock().toISOString());
  const name = opens === "today" ? "picks" : opens === "feeds" ? "today" : opens.replace(/:.*/s, "");
  const addresses = (["atom", "rss", "json"] as const satisfies readonly FeedFormat[]).map((format) =>
    absoluteUrl(site, links.keyedFeed(key, name, format)),
  );
  return answerPage(
    c,
    <Page site={site} title="A new private feed" current="account" unlisted>
      <div class="prose">
        <h1 class="statement">{labelOf(opens)}</h1>
        <p>Copy one of these addresses now: they are shown this once. Whoever has one may read the feed.</p>
        {addresses.map((address) => (
          <p>
            <code class="secret">{address}</code>
          </p>
        ))}
        {opens === "feeds" ? (
          <p>
            Any other feed is there, too: put its name in place of <code>today</code>. What you follow, as
            OPML: <code class="secret">{`${absoluteUrl(site, `/feeds/of/${key}/follows.opml`)}`}</code>
          </p>
        ) : null}
        <p>
          <a href={links.me()}>Back to yours</a>.
        </p>
      </div>
    </Page>,
  );
}
