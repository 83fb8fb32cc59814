// "/papers/trending": the papers of the last weeks ranked across days, each with its reason; as they stood, where an instant is asked.
import type { Context } from "hono";
import type { Trending, TrendingItem } from "../editions/trending-papers.ts";
import type { Instant } from "../lib/clock.ts";
import { formatDay, formatDayMonth, formatInstant } from "../lib/dates.ts";
import { links } from "../links.ts";
import { readAsOf, readExplain } from "./asked-view.ts";
import { toLine } from "./cut.ts";
import type { PageDeps } from "./deps.ts";
import { ItemTerms } from "./item-terms.tsx";
import { answerPapers } from "./keeper-view.tsx";
import { Page, PageHeading } from "./layout.tsx";
import { ListedPaper } from "./listed-paper.tsx";
import { MarkShapes } from "./marks.tsx";
import { answerPapersFile, readFormat } from "./papers-file.ts";
import type { Site } from "./site.ts";
import { count, formatNumber } from "./words.ts";

const papersOnPage = 30;
const papersInFile = 200;

export function trendingRoute(deps: PageDeps) {
  return async (c: Context) => {
    const format = readFormat(c);
    const asOf = readAsOf(c, deps.clock());
    const trending = await deps.editions.trending({
      now: deps.clock().toISOString(),
      categories: deps.config.categories,
      limit: format ? papersInFile : papersOnPage,
      offset: readOffset(c),
      ...(asOf === null ? {} : { asOf }),
    });
    const papers = trending.items.map(({ paper }) => paper);
    if (format) return answerPapersFile(c, deps, { format, name: "trending", papers });
    const page = <TrendingPage {...{ site: deps.site, trending, asOf, explained: readExplain(c) }} />;
    return answerPapers(c, deps, { papers, page });
  };
}

/** "?from=31": the rank of the first. */
function readOffset(c: Context): number {
  const from = c.req.query("from") ?? "";
  return /^[1-9]\d{0,4}$/.test(from) ? Number(from) - 1 : 0;
}

interface TrendingPageProps {
  site: Site;
  trending: Trending;
  asOf: Instant | null;
  explained: boolean;
}

function TrendingPage({ site, trending, asOf, explained }: TrendingPageProps) {
  const { total, from, to, items } = trending;
  return (
    <Page
      site={site}
      title="Trending"
      path={links.trending()}
      current="trending"
      description="The papers of the last thirty days, ranked by one published formula."
      unlisted={asOf !== null || explained || trending.offset > 0}
      also={{
        json: links.feed("trending", "json"),
        feed: { name: "trending", title: "Broadsheet, trending" },
        files: links.trending(),
      }}
      colophon={`Formula ${trending.formula}: what a paper’s day gave it, halving with each week that has passed.`}
    >
      <MarkShapes />
      <PageHeading
        title="Trending"
        note={`${count(total, "paper")}, ${formatDay(from)} to ${formatDay(to)}`}
      />
      <p class="view">
        {items.length === 0 ? null : (
          <a href={addressOf({ asOf, explained: !explained, rank: 1 })} rel="nofollow">
            {explained ? "without the scores" : "every score"}
          </a>
        )}
        {asOf === null ? null : (
          <>
            {" "}
            · as it stood at {formatInstant(asOf)} · <a href={links.trending()}>now</a>
          </>
        )}
      </p>
      {items.length === 0 ? (
        <p class="statement">
          No papers in these days. <a href={links.front()}>The latest edition</a>
        </p>
      ) : null}
      <section class="hits picks" aria-label="Papers">
        {items.map((item) => (
          <Place item={item} explained={explained} asOf={asOf} />
        ))}
      </section>
      <Pages trending={trending} asOf={asOf} explained={explained} />
    </Page>
  );
}

function Place({ item, explained, asOf }: { item: TrendingItem; explained: boolean; asOf: Instant | null }) {
  const { paper, day, rank, reason, enteredAt } = item;
  const why = links.explain(day, paper.id, asOf ?? undefined);
  const said = (
    <>
      <a href={why}>{toLine(reason, 300)}</a> · <a href={links.day(day)}>{formatDayMonth(day)}</a>
    </>
  );
  return (
    <ListedPaper {...{ paper, rank, enteredAt }} explainedAt={why} reason={said}>
      {explained ? <ItemTerms item={item} /> : null}
    </ListedPaper>
  );
}

interface PageOf {
  asOf: Instant | null;
  explained: boolean;
  rank: number;
}

function addressOf({ asOf, explained, rank }: PageOf): string {
  const view = { ...(asOf === null ? {} : { asOf }), explain: explained };
  const address = links.editionView(links.trending(), view);
  return rank === 1 ? address : `${address}${address.includes("?") ? "&" : "?"}from=${rank}`;
}

function Pages({ trending, asOf, explained }: Pick<TrendingPageProps, "trending" | "asOf" | "explained">) {
  const { offset, total, items } = trending;
  const next = offset + items.length;
  return (
    <nav class="actions" aria-label="Pages of this list">
      {offset > 0 ? <a href={addressOf({ asOf, explained, rank: 1 })}>First page</a> : null}
      {items.length > 0 && next < total ? (
        <a href={addressOf({ asOf, explained, rank: next + 1 })} rel="next">
          From number {formatNumber(next + 1)} on
        </a>
      ) : null}
    </nav>
  );
}
