// The daily papers as the hub lists them: of a day, week or month by votes; the latest; those talked of; those of a submitter.
import type { Edition, EditionItem, EmptyEdition } from "../editions/edition.ts";
import type { Period } from "../editions/edition-key.ts";
import { latestEditions, listTalkedOf } from "../editions/latest-editions.ts";
import { findPaperFacts, type PaperFacts } from "../editions/paper-facts.ts";
import { listSubmittedBy, listSubmitters } from "../editions/paper-facts-store.ts";
import type { DoorDeps } from "../http/deps.ts";
import { editionOptions } from "../http/edition-options.ts";
import { factsOfItem } from "../http/hub-edition.ts";
import { foldAccountName } from "../http/hub-paper.ts";
import { dayOf } from "../lib/clock.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import type { DailyParams } from "./hub-params.ts";

export interface ListedPaper {
  paper: Paper;
  facts: PaperFacts;
}

export interface DailyPage {
  papers: ListedPaper[];
  hasNext: boolean;
}

/** The list without a date ends here, as the hub's does: who wants more asks by date. */
const mostListed = 5_000;
/** Days with papers that it goes back. */
const mostDays = 20;

export async function listDaily(deps: DoorDeps, params: DailyParams): Promise<DailyPage> {
  const { p, limit, sort, submitter } = params;
  const range = { from: p * limit, to: (p + 1) * limit };
  if (sort === "trending") return cut(await listPapersTalkedOf(deps, submitter), range);
  const period = params.date ?? params.week ?? params.month;
  if (period) return cut(await listPeriod(deps, period, submitter), range);
  if (submitter !== undefined) return listOfSubmitter(deps, submitter, range);
  return cut(await listLatest(deps, range.to + 1), range);
}

interface Range {
  from: number;
  to: number;
}

function cut(papers: readonly ListedPaper[], { from, to }: Range): DailyPage {
  return { papers: papers.slice(from, to), hasNext: papers.length > to };
}

/** By votes, falling; equal ones as the page ranks them. */
async function listPeriod(deps: DoorDeps, period: Period, submitter?: string): Promise<ListedPaper[]> {
  const edition = await deps.editions.get(period.key, editionOptions(deps));
  const items = (edition?.items ?? []).filter((item) => isOf(item, submitter));
  return items.toSorted((a, b) => (b.votes ?? 0) - (a.votes ?? 0)).map((item) => listed(edition!, item));
}

function listed(edition: Edition | EmptyEdition, item: EditionItem): ListedPaper {
  return { paper: item.paper, facts: factsOfItem(edition, item) };
}

function isOf({ submitters }: EditionItem, submitter: string | undefined): boolean {
  if (submitter === undefined) return true;
  const folded = foldAccountName(submitter);
  return submitters.some((name) => foldAccountName(name) === folded);
}

/** The newest first, each paper once; at least `wanted` where there are so many. */
async function listLatest(deps: DoorDeps, wanted: number): Promise<ListedPaper[]> {
  if (wanted > mostListed + 1) return [];
  const papers = new Map<number, ListedPaper>();
  const days = latestEditions(deps.editions, { kind: "day", most: mostDays }, editionOptions(deps));
  for await (const edition of days) {
    const newest = edition.items.toSorted((a, b) => (a.enteredAt < b.enteredAt ? 1 : -1) || a.rank - b.rank);
    for (const item of newest) {
      if (!papers.has(item.paper.pk)) papers.set(item.paper.pk, listed(edition, item));
    }
    if (papers.size >= wanted) break;
  }
  return [...papers.values()].slice(0, mostListed);
}

async function listPapersTalkedOf(deps: DoorDeps, submitter?: string): Promise<ListedPaper[]> {
  const isWanted = (item: EditionItem) => isOf(item, submitter);
  const talkedOf = await listTalkedOf(deps.editions, editionOptions(deps), isWanted);
  return talkedOf.map(({ edition, item }) => listed(edition, item));
}

/** Everything that somebody of this name ever put forward, the latest first. */
async function listOfSubmitter(deps: DoorDeps, submitter: string, { from, to }: Range): Promise<DailyPage> {
  const folded = foldAccountName(submitter);
  const names = (await listSubmitters(deps.db)).filter((name) => foldAccountName(name) === folded);
  const until = dayOf(deps.clock());
  const pks = await listSubmittedBy(deps.db, names, { until, offset: from, limit: to - from + 1 });
  const papers = await listPapersWithFacts(deps, pks.slice(0, to - from));
  return { papers, hasNext: pks.length > to - from };
}

/** In the order of the pks; those that are gone are left out. Four queries at most. */
export async function listPapersWithFacts(
  { db }: Pick<DoorDeps, "db">,
  pks: readonly number[],
): Promise<ListedPaper[]> {
  const papers = await findPapersByPk(db, pks);
  const facts = await findPaperFacts(
    db,
    [...papers.values()].map(({ pk }) => pk),
  );
  return pks.flatMap((pk) => {
    const paper = papers.get(pk);
    const known = paper && facts.get(paper.pk);
    return paper && known ? [{ paper, facts: known }] : [];
  });
}
