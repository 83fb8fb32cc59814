// Papers: some of them by what they are, one by any of its ids, those like it, and what was observed of it.
import { z } from "@hono/zod-openapi";
import type { DoorDeps } from "../http/deps.ts";
import { AppError } from "../lib/errors.ts";
import { listPapersByAuthor, listPapersByCategories } from "../papers/browse-store.ts";
import { parseCategories } from "../papers/category-list.ts";
import {
  listAnnouncementDays,
  listMerges,
  listObservations,
  listSubmissionDays,
} from "../papers/export-store.ts";
import { authorKey } from "../papers/names.ts";
import { foldChanges } from "../papers/record-changes.ts";
import { listRecordChanges } from "../papers/record-changes-store.ts";
import { defineOperation } from "./v1-operation.ts";
import {
  type ApiPaper,
  cursor,
  day,
  getPaperOf,
  limit,
  nothing,
  pageOf,
  paperId,
  paperSchema,
  presentHits,
  presentPapers,
} from "./v1-words.ts";

const listPapers = defineOperation({
  id: "listPapers",
  path: "/api/v1/papers",
  tag: "papers",
  summary: "Papers of a category or an author, newest first",
  description: "Say one of `category` and `author`. All papers there are come by `changes`, or by a search.",
  params: nothing,
  query: z.strictObject({
    category: z.string().max(500).optional().describe("As arXiv writes it; several joined by + or commas."),
    author: z
      .string()
      .max(300)
      .optional()
      .describe("A name as papers print it; accents and case do not matter."),
    limit,
    cursor,
  }),
  answer: pageOf(paperSchema),
  async handle(deps, { query }) {
    const { papers, total, next } = await findShelf(deps, query);
    return { items: await presentPapers(deps, papers), total, next };
  },
});

interface ShelfQuery {
  category?: string | undefined;
  author?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

function findShelf({ db }: DoorDeps, { category, author, limit: most, cursor: after }: ShelfQuery) {
  const options = { limit: most, ...(after === undefined ? {} : { after }) };
  const categories = parseCategories(category ?? "");
  const key = authorKey(author ?? "");
  if (categories.length > 0 && author === undefined) return listPapersByCategories(db, categories, options);
  if (key !== "" && category === undefined) return listPapersByAuthor(db, key, options);
  throw new AppError("bad-input", "Say either category or author, and say it in letters.");
}

const getPaper = defineOperation({
  id: "getPaper",
  path: "/api/v1/papers/{id}",
  tag: "papers",
  summary: "A paper by any of its ids",
  params: paperId,
  query: nothing,
  answer: paperSchema,
  async handle(deps, { params, c }) {
    const paper = await getPaperOf(deps, params.id);
    const [shown] = await presentPapers(deps, [paper]);
    c.header("Link", `<${shown!.url}>; rel="canonical"`);
    return shown as ApiPaper;
  },
});

const reason = z.object({
  kind: z.string(),
  detail: z.string(),
  share: z.number().optional().describe("What this adds to the score, 0 to 1."),
});

export const hitSchema = z
  .object({ score: z.number(), why: z.array(reason), paper: paperSchema })
  .openapi("Hit");

const listSimilar = defineOperation({
  id: "listSimilar",
  path: "/api/v1/papers/{id}/similar",
  tag: "papers",
  summary: "Papers near in meaning to a paper, nearest first",
  params: paperId,
  query: z.strictObject({ limit }),
  answer: z.object({ id: z.string(), items: z.array(hitSchema) }),
  async handle(deps, { params, query }) {
    const paper = await getPaperOf(deps, params.id);
    const text = { title: paper.titleText, abstract: paper.abstractText };
    const { hits } = deps.search.similar({ key: paper.pk, text, limit: query.limit });
    const items = await presentHits(deps, hits);
    return {
      id: paper.id,
      items: items.map(({ hit, paper: each }) => ({ score: hit.score, why: hit.why, paper: each })),
    };
  },
});

const observation = z.object({
  kind: z.enum(["upvotes", "comments", "repository", "stars", "organisation"]),
  source: z.string(),
  observedAt: z.string(),
  value: z.number().optional(),
  detail: z.string().optional(),
  approximate: z.boolean().optional().describe("The time of observation is an estimate."),
});

const listSignals = defineOperation({
  id: "listSignals",
  path: "/api/v1/papers/{id}/signals",
  tag: "papers",
  summary: "Everything that was recorded of a paper",
  description:
    "Observations are never changed, only added to: what an edition is computed from can be read again here.",
  params: paperId,
  query: nothing,
  answer: z.object({
    id: z.string(),
    submissions: z.array(
      z.object({
        day,
        source: z.string(),
        submitter: z.string().optional(),
        submittedAt: z.string().optional(),
      }),
    ),
    announcements: z.array(
      z.object({
        source: z.string(),
        category: z.string(),
        day,
        kind: z.enum(["new", "cross", "replacement"]),
        late: z.boolean().optional().describe("Held on its day only by filling in afterwards."),
      }),
    ),
    observations: z.array(observation),
    merges: z.array(
      z.object({
        source: z.string(),
        sourceId: z.string(),
        reason: z.string(),
        evidence: z.string(),
        mergedAt: z.string(),
        mergedId: z.string().optional(),
      }),
    ),
    takenBack: z
      .array(
        z.object({
          source: z.string(),
          sourceId: z.string(),
          changedAt: z.string(),
          before: z.record(z.string(), z.unknown()),
        }),
      )
      .describe("What sources said before they said something else; the latest first."),
  }),
  async handle({ db }, { params }) {
    const { pk, id } = await getPaperOf({ db }, params.id);
    const changes = await listRecordChanges(db, [pk]);
    return {
      id,
      submissions: await listSubmissionDays(db, pk),
      announcements: await listAnnouncementDays(db, pk),
      observations: await listObservations(db, pk),
      merges: await listMerges(db, pk),
      takenBack: foldChanges(changes.get(pk) ?? []).map((each) => ({ ...each, before: { ...each.before } })),
    };
  },
});

export const paperOperations = [listPapers, listSimilar, listSignals, getPaper];
