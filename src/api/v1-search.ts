// The search: every mode and sort, facets, cursors, and why each paper was found.
import { z } from "@hono/zod-openapi";
import { AppError } from "../lib/errors.ts";
import type { SearchAnswer, SearchRequest } from "../search/search.ts";
import { hitExplanation } from "./v1-explanation.ts";
import { defineOperation } from "./v1-operation.ts";
import { hitSchema } from "./v1-papers.ts";
import { cursor, limit, nothing, pageOf, presentHits } from "./v1-words.ts";

const yesOrNo = z
  .enum(["true", "false"])
  .default("false")
  .transform((value) => value === "true");

const facet = z.object({
  field: z.enum(["year", "venue", "category", "source", "code"]),
  values: z.array(z.object({ value: z.string(), count: z.int() })),
});

const search = defineOperation({
  id: "searchPapers",
  path: "/api/v1/search",
  tag: "search",
  summary: "Search the papers",
  description:
    "`q` is what one would type into the search field, its fields and signs included (docs/search.md).",
  params: nothing,
  query: z.strictObject({
    q: z.string().trim().min(1, "say what to search for").describe("The query."),
    mode: z.enum(["auto", "words", "meaning"]).default("auto"),
    sort: z.enum(["relevance", "newest", "votes", "trending"]).default("relevance"),
    facets: yesOrNo.describe("Count years, venues, categories, sources and code over all answers."),
    asTyped: yesOrNo.describe("Take no word for a mistyped one."),
    explain: yesOrNo.describe("Each hit with the terms of its score."),
    limit,
    cursor,
  }),
  answer: pageOf(
    hitSchema.extend({
      explanation: hitExplanation.optional().describe("Only where `explain=true` was asked."),
    }),
  ).extend({
    query: z.string(),
    mode: z.enum(["auto", "words", "meaning"]).describe("The mode used."),
    sort: z.enum(["relevance", "newest", "votes", "trending"]).describe("The sort used."),
    bound: z
      .enum(["exact", "at-least"])
      .describe(
        "Whether `total` is exact; else so many are known and there may be more: near in meaning, or see `leftOut`.",
      ),
    leftOut: z
      .string()
      .optional()
      .describe("What of the query was not looked at because it would have cost too much, in words."),
    complete: z.int().describe("How many hold all the words."),
    facets: z.array(facet).optional(),
    direct: z
      .object({ scheme: z.string(), value: z.string(), id: z.string().optional() })
      .optional()
      .describe("The query is an identifier; `id` is that of the paper it names, if held: the only item."),
    corrected: z.object({ query: z.string() }).optional().describe("Searched instead."),
    didYouMean: z.string().optional(),
    problem: z
      .object({ message: z.string(), at: z.int() })
      .optional()
      .describe(
        "The query could not be read and was taken as plain words; `at` is an offset in UTF-16 units.",
      ),
  }),
  async handle(deps, { query }) {
    const { q, cursor: after, ...more } = query;
    const request: SearchRequest = {
      ...more,
      query: q.toWellFormed(),
      ...(after === undefined ? {} : { cursor: after }),
    };
    const answer = deps.search.search(await deps.search.prepare(request));
    if (answer.refused) throw new AppError("bad-input", answer.refused);
    const found = await presentHits(deps, answer.hits);
    const items = found.map(({ hit: { score, why, explanation }, paper }) => ({
      score,
      why,
      ...(explanation ? { explanation } : {}),
      paper,
    }));
    return { items, total: answer.total, next: answer.next ?? null, ...pickAnswer(answer) };
  },
});

function pickAnswer({ query, mode, sort, bound, complete, ...rest }: SearchAnswer) {
  const { facets, direct, corrected, didYouMean, problem, leftOut } = rest;
  const maybe = { facets, direct, corrected, didYouMean, problem, leftOut };
  const said = Object.entries(maybe).filter(([, value]) => value !== undefined);
  return { query, mode, sort, bound, complete, ...(Object.fromEntries(said) as typeof maybe) };
}

export const searchOperations = [search];
