// The routes of a paper: its page, JSON and the formats it is cited in; every other id of it leads there.
import type { Context } from "hono";
import { findPaperFacts } from "../editions/paper-facts.ts";
import { wantsMarkdown } from "../http/wants-markdown.ts";
import type { Day } from "../lib/clock.ts";
import { links } from "../links.ts";
import { citationFormats } from "../papers/citation-formats.ts";
import { listAnnouncementDays, listSubmissionDays } from "../papers/export-store.ts";
import { type PaperFileFormat, paperFileFormats } from "../papers/file-formats.ts";
import { parseHubId } from "../papers/hub-id.ts";
import { parseIdentifier } from "../papers/identifiers.ts";
import { listPlaces } from "../papers/lists-store.ts";
import type { Paper } from "../papers/paper.ts";
import { formatPaperJson } from "../papers/paper-json.ts";
import { formatPaperMarkdown } from "../papers/paper-markdown.ts";
import { findPaper, listIdentifiers } from "../papers/papers-store.ts";
import { foldChanges } from "../papers/record-changes.ts";
import { listRecordChanges } from "../papers/record-changes-store.ts";
import { resolveHubPaper } from "../papers/resolve-paper.ts";
import { cutAtCharacter } from "./cut.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem, type Problem } from "./error-page.tsx";
import { answerPapers } from "./keeper-view.tsx";
import { findPaperActs } from "./paper-acts.tsx";
import { PaperPage } from "./paper-page.tsx";
import { formatSignposts } from "./paper-signposts.ts";
import type { Appearance } from "./paper-why.tsx";
import { absoluteUrl } from "./site.ts";

/** By the ending of the address; the longest that fits counts. */
const citations = new Map(
  Object.values(paperFileFormats)
    .filter(({ name }) => name !== "markdown")
    .map((format) => [format.extension, format]),
);

/** "/papers/{id}", "/papers/{id}.json", ".md", ".bib", ".ris", ".csl.json", ".csv", ".jsonl"; ids may hold slashes. */
export function paperRoute(deps: PageDeps) {
  return async (c: Context) => {
    const { id, extension } = parseForm(c.req.param("id") ?? "");
    const found = await findPaper(deps.db, id);
    if (!found) return answerUnknown(c, deps, { id, extension });
    if ("redirectTo" in found) return c.redirect(links.paper(found.redirectTo) + extension, 301);
    const citation = citations.get(extension.slice(1));
    if (citation) return answerCitation(c, deps, { paper: found.paper, citation });
    if (extension === ".json") return answerJson(c, deps, found.paper);
    c.header("Vary", "Accept");
    if (extension === ".md" || wantsMarkdown(c.req.header("Accept")))
      return answerMarkdown(c, deps, found.paper);
    return answerPaperPage(c, deps, found.paper);
  };
}

function parseForm(text: string): { id: string; extension: string } {
  const match = /^(.+?)(\.csl\.json|\.jsonl?|\.md|\.bib|\.ris|\.csv)$/s.exec(text);
  return { id: match?.[1] ?? text, extension: match?.[2] ?? "" };
}

/** A paper of which a program has the id that the hub's API gave it is led to its own. */
async function answerUnknown(
  c: Context,
  deps: PageDeps,
  { id, extension }: { id: string; extension: string },
) {
  const paper = parseHubId(id) === null ? null : await resolveHubPaper(deps.db, id);
  if (paper) return c.redirect(links.paper(paper.id) + extension, 302);
  return answerProblem(c, deps.site, noSuchPaper(id));
}

async function answerMarkdown(c: Context, { db, site }: PageDeps, paper: Paper) {
  const identifiers = await listIdentifiers(db, paper.pk);
  const votes = (await findPaperFacts(db, [paper.pk])).get(paper.pk)?.votes ?? null;
  const pageUrl = absoluteUrl(site, links.paper(paper.id));
  const text = formatPaperMarkdown(paper, { identifiers, pageUrl, votes });
  return c.body(text, 200, { "Content-Type": "text/markdown; charset=utf-8" });
}

async function answerPaperPage(c: Context, deps: PageDeps, paper: Paper) {
  const { db, site, config } = deps;
  const identifiers = await listIdentifiers(db, paper.pk);
  const submissions = await listSubmissionDays(db, paper.pk);
  const announced = await listAnnouncementDays(db, paper.pk);
  const announcements = announced.filter(({ category }) => config.categories.includes(category));
  const days = [...submissions, ...announcements].map(({ day }) => day);
  const appearances = await findAppearances(deps, paper, days);
  const changes = foldChanges((await listRecordChanges(db, [paper.pk])).get(paper.pk) ?? []);
  c.header("Link", formatSignposts(site, { paper, identifiers }));
  const page = (
    <PaperPage
      {...{ site, paper, identifiers, submissions, announcements, appearances, changes }}
      places={await listPlaces(db, paper.pk)}
      repository={appearances[0]?.item.repository ?? null}
      acts={await findPaperActs(c, deps, paper)}
      bibtex={citationFormats.bibtex.formatPaper(paper, identifiers)}
    />
  );
  return answerPapers(c, deps, { papers: [paper], page });
}

/** A paper is in one edition, now and then in two; more are not explained. */
const explainedEditions = 3;

/** How the paper stands in its latest editions, the latest first. */
async function findAppearances(
  { editions, clock, config }: PageDeps,
  paper: Paper,
  days: readonly Day[],
): Promise<Appearance[]> {
  const latest = [...new Set(days)].sort().reverse().slice(0, explainedEditions);
  const options = { now: clock().toISOString(), categories: config.categories };
  const found = await Promise.all(latest.map((day) => editions.get(day, options)));
  return found.flatMap((edition) => {
    if (!edition || !("counts" in edition)) return [];
    const item = edition.items.find((each) => each.paper.pk === paper.pk);
    return item ? [{ edition, item }] : [];
  });
}

async function answerCitation(
  c: Context,
  { db }: PageDeps,
  { paper, citation }: { paper: Paper; citation: PaperFileFormat },
) {
  const text = citation.formatPaper(paper, await listIdentifiers(db, paper.pk));
  return c.body(text, 200, { "Content-Type": citation.contentType });
}

async function answerJson(c: Context, { db }: PageDeps, paper: Paper) {
  const places = await listPlaces(db, paper.pk);
  const submissions = await listSubmissionDays(db, paper.pk);
  const lists = places.map(({ listId, listTitle, position }) => ({ id: listId, title: listTitle, position }));
  const editions = submissions.map((submission) => submission.day);
  return c.json(formatPaperJson(paper, await listIdentifiers(db, paper.pk), { lists, editions }));
}

function noSuchPaper(id: string): Problem {
  const arxiv = parseIdentifier(id);
  const shown = cutAtCharacter(id, 80);
  return {
    title: `There is no paper “${shown}” here.`,
    remedy: (
      <>
        {arxiv?.scheme === "arxiv" ? (
          <>
            arXiv may have it:{" "}
            <a href={`https://arxiv.org/abs/${encodeURI(arxiv.value)}`}>arXiv {arxiv.value}</a>.{" "}
          </>
        ) : null}
        <a href={links.search(id.slice(0, 200))}>Search for it</a>, or go to{" "}
        <a href={links.front()}>the latest edition</a>.
      </>
    ),
  };
}
