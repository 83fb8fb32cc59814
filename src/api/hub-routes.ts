// The hub's papers API: what programs written for it ask, answered in its shapes from what is held here.
import { type Context, Hono } from "hono";
import { findPaperFacts } from "../editions/paper-facts.ts";
import type { DoorDeps } from "../http/deps.ts";
import {
  formatHubHit,
  formatHubItem,
  formatHubPaper,
  formatHubRow,
  type HubSubject,
} from "../http/hub-paper.ts";
import { dayOf } from "../lib/clock.ts";
import { listPksBefore } from "../papers/papers-store.ts";
import { resolveHubPaper } from "../papers/resolve-paper.ts";
import { baseOf, linkNext, refuseAsHub } from "./hub-answers.ts";
import { type ListedPaper, listDaily, listPapersWithFacts } from "./hub-daily.ts";
import { dailyParams, listParams, readParams, searchParams } from "./hub-params.ts";
import { searchAsHub } from "./hub-search.ts";

export function hubRoutes(deps: DoorDeps): Hono {
  const hub = new Hono();
  hub.get("/api/daily_papers", (c) => answerDaily(c, deps));
  hub.get("/api/papers", (c) => answerList(c, deps));
  hub.get("/api/papers/search", (c) => answerSearch(c, deps));
  hub.get("/api/papers/:id{.+}", (c) => answerPaper(c, deps));
  hub.get("/api/arxiv/:id{.+}", (c) => answerRepositories(c, deps));
  return hub;
}

async function answerDaily(c: Context, deps: DoorDeps) {
  const read = readParams(c, dailyParams);
  if ("refused" in read) return refuseAsHub(c, 400, read.refused);
  const { params } = read;
  const period = params.date ?? params.week ?? params.month;
  if (period && period.from > dayOf(deps.clock()))
    return refuseAsHub(c, 400, `${period.key} is in the future`);
  const { papers, hasNext } = await listDaily(deps, params);
  if (hasNext) linkNext(c, deps, { p: String(params.p + 1) });
  return c.json(subjectsOf(c, deps, papers).map(formatHubItem));
}

function subjectsOf(c: Context, deps: DoorDeps, papers: readonly ListedPaper[]): HubSubject[] {
  const base = baseOf(c, deps);
  return papers.map((listed) => ({ ...listed, base }));
}

async function answerSearch(c: Context, deps: DoorDeps) {
  const read = readParams(c, searchParams);
  if ("refused" in read) return refuseAsHub(c, 400, read.refused);
  const pks = await searchAsHub(deps, read.params);
  return c.json(subjectsOf(c, deps, await listPapersWithFacts(deps, pks)).map(formatHubHit));
}

/** The papers held, those that came last first. */
async function answerList(c: Context, deps: DoorDeps) {
  const read = readParams(c, listParams);
  if ("refused" in read) return refuseAsHub(c, 400, read.refused);
  const { cursor, limit } = read.params;
  const pks = await listPksBefore(deps.db, cursor ?? null, limit + 1);
  const shown = pks.slice(0, limit);
  if (pks.length > limit) linkNext(c, deps, { cursor: String(shown.at(-1)) });
  return c.json(subjectsOf(c, deps, await listPapersWithFacts(deps, shown)).map(formatHubRow));
}

/** What the hub links to a paper and we do not know of. */
const nothingLinked = {
  linkedModels: [],
  linkedDatasets: [],
  linkedSpaces: [],
  numTotalModels: 0,
  numTotalDatasets: 0,
  numTotalSpaces: 0,
};

async function answerPaper(c: Context, deps: DoorDeps) {
  const paper = await resolveHubPaper(deps.db, c.req.param("id") ?? "");
  if (!paper) return refuseAsHub(c, 404, "Paper not found");
  const facts = (await findPaperFacts(deps.db, [paper.pk])).get(paper.pk)!;
  const numComments = facts.comments ?? 0;
  return c.json({
    ...formatHubPaper({ paper, facts, base: baseOf(c, deps) }),
    numComments,
    ...nothingLinked,
  });
}

/** "/api/arxiv/{id}/repos"; the ids of old hold a slash. */
async function answerRepositories(c: Context, deps: DoorDeps) {
  const id = /^(.+)\/repos$/.exec(c.req.param("id") ?? "")?.[1];
  const paper = id === undefined ? null : await resolveHubPaper(deps.db, id);
  return paper ? c.json({ models: [], datasets: [], spaces: [] }) : refuseAsHub(c, 404, "Paper not found");
}
