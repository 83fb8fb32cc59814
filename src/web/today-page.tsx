// "/today": the reader's own edition as a page, each pick with its reason; until anything is kept, how to begin.
import { type Context, Hono } from "hono";
import { keeperOf } from "../http/keeper.ts";
import { formatDayMonth } from "../lib/dates.ts";
import { findSettings } from "../library/library.ts";
import type { LibrarySettings } from "../library/settings.ts";
import type { Reason } from "../library/taste/reasons.ts";
import { findToday, type Today } from "../library/today.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { toLine } from "./cut.ts";
import type { PageDeps } from "./deps.ts";
import { answerPapers } from "./keeper-view.tsx";
import { Page, PageHeading, SectionHeading } from "./layout.tsx";
import { ListedPaper } from "./listed-paper.tsx";
import { MarkShapes } from "./marks.tsx";
import { keepPrivate } from "./private-page.ts";
import { Shelf } from "./shelf.tsx";
import { FileForm, FollowForm, NameForm } from "./taste-start.tsx";
import { count, joinNames } from "./words.ts";

/** Picks on the page. */
const mostPicks = 20;
/** Papers to begin with. */
const firstPapers = 8;
const mostReasonChars = 400;

export function todayRoutes(deps: PageDeps): Hono {
  const { db, search, config, clock, newPapers } = deps;
  const routes = new Hono();
  routes.get(links.today(), async (c: Context) => {
    keepPrivate(c);
    const keeper = keeperOf(c);
    const context = { db, search, newPapers, categories: config.categories, reader: deps.featureReader() };
    const today = await findToday(context, keeper, { now: clock().toISOString(), limit: mostPicks });
    const settings = await findSettings(db, keeper);
    const picks = await holdPicks(deps, today);
    const first = picks.length === 0 ? await findFirst(deps) : [];
    const page = <TodayPage {...{ deps, today, picks, settings, first }} />;
    return answerPapers(c, deps, { papers: [...first, ...picks.map(({ paper }) => paper)], page });
  });
  return routes;
}

interface HeldPick {
  paper: Paper;
  reasons: readonly Reason[];
}

async function holdPicks({ db }: PageDeps, { picks }: Today): Promise<HeldPick[]> {
  const held = await findPapersByPk(
    db,
    picks.map(({ paper }) => paper.pk),
  );
  return picks.flatMap(({ paper: { pk }, reasons }) => {
    const paper = held.get(pk);
    return paper ? [{ paper, reasons }] : [];
  });
}

/** The best of the latest day, to begin with. */
async function findFirst({ editions, clock, config }: PageDeps): Promise<Paper[]> {
  const options = { now: clock().toISOString(), categories: config.categories };
  const day = await editions.latestDay(options);
  const edition = day === null ? null : await editions.get(day, options);
  return (edition?.items ?? []).slice(0, firstPapers).map(({ paper }) => paper as Paper);
}

interface TodayPageProps {
  deps: PageDeps;
  today: Today;
  picks: readonly HeldPick[];
  settings: LibrarySettings;
  first: readonly Paper[];
}

function TodayPage({ deps, today, picks, settings, first }: TodayPageProps) {
  const { papers, days, known } = today;
  const of = days.length > 0 ? ` of ${joinNames(days.map((day) => formatDayMonth(day)))}` : "";
  return (
    <Page site={deps.site} title="Your edition" current="mine" unlisted>
      <MarkShapes />
      <PageHeading
        title="Your edition"
        note={
          picks.length > 0
            ? `${count(picks.length, "paper")}, chosen for you from ${count(papers, "paper")}${of}`
            : ""
        }
      />
      {picks.length > 0 ? <Picks picks={picks} /> : <Begin known={known} settings={settings} first={first} />}
    </Page>
  );
}

function Picks({ picks }: Pick<TodayPageProps, "picks">) {
  return (
    <>
      <section class="hits picks" aria-label="Picks">
        {picks.map(({ paper, reasons }, i) => (
          <ListedPaper
            paper={paper}
            rank={i + 1}
            reason={toLine(reasons.map(({ text }) => text).join("; "), mostReasonChars)}
          />
        ))}
      </section>
      <div class="prose">
        <p>
          <a href={links.taste()}>What it was chosen by</a>: see it, correct it, take it along. On this page j
          and k go from paper to paper; s saves, m and l ask for more and less like it, x hides it, u undoes.
        </p>
      </div>
    </>
  );
}

function Begin({
  known,
  settings,
  first,
}: Pick<TodayPageProps, "settings" | "first"> & Pick<Today, "known">) {
  const back = links.today();
  return (
    <>
      <div class="prose">
        <h2>{known ? "Nothing of the latest days speaks to you." : "Nothing is known of you yet."}</h2>
        <p>
          {known
            ? "Tell more, or come back with the next edition."
            : "Any one of these is enough; each works at once, and all of it can be seen and taken back."}{" "}
          <a href={links.taste()}>Your taste</a>
        </p>
      </div>
      {first.length > 0 ? (
        <section>
          <SectionHeading
            title="Save a few that you would read"
            note="open “mark”; the latest edition’s best"
          />
          <Shelf entries={first.map((paper) => ({ paper }))} />
          <div class="prose">
            <p>
              Or <a href={links.search()}>search for papers you know</a> and save those.
            </p>
          </div>
        </section>
      ) : null}
      <section>
        <SectionHeading title="Or follow something" />
        <FollowForm back={back} />
      </section>
      <section>
        <SectionHeading title="Or bring your references" />
        <FileForm back={back} />
      </section>
      <section>
        <SectionHeading title="Or say who you are" />
        <NameForm settings={settings} back={back} />
      </section>
    </>
  );
}
