// The tool search_papers: the collection by words, meaning and conditions.
import { z } from "zod";
import { AppError } from "../lib/errors.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import type { SearchAnswer, SearchHit } from "../search/search.ts";
import { makeSnippet } from "../search/snippets.ts";
import { cursorInput, nextCursor } from "./cursor.ts";
import type { ToolContext } from "./deps.ts";
import { notice, noticeText, paperSummary, summarise } from "./paper-shapes.ts";
import { defineTool } from "./tool.ts";

const category = z.string().regex(/^[a-z][a-z-]*(\.[A-Za-z][A-Za-z-]*)?$/);
const input = z.object({
  query: z
    .string()
    .max(2_000)
    .describe(
      'Words, "quoted phrases", -excluded, cat OR dog, and fields: title: author: venue: category: year:2023..2025 date: has:code',
    ),
  limit: z.int().min(1).max(50).default(10),
  cursor: cursorInput,
  sort: z.enum(["relevance", "newest", "votes", "trending"]).default("relevance"),
  mode: z.enum(["auto", "words", "meaning"]).default("auto").describe("auto ranks by words and meaning"),
  categories: z
    .array(category)
    .max(12)
    .default([])
    .describe("Any of these, such as cs.CL; cs is all of cs.*"),
  date_from: z.iso.date().optional(),
  date_to: z.iso.date().optional(),
});

const output = z.object({
  total: z.int().describe("Papers that match"),
  total_is_exact: z.boolean(),
  searched_instead: z
    .string()
    .nullable()
    .describe("The query that was searched because nothing matched well"),
  note: z
    .string()
    .nullable()
    .describe("What of the query was not understood, or not looked at because it would have cost too much"),
  papers: z.array(paperSummary.extend({ passage: z.string() })),
  next_cursor: nextCursor,
  notice,
});

export const searchPapers = defineTool({
  name: "search_papers",
  title: "Search papers",
  description:
    "Finds research papers by words and meaning, best first; a passage shows what matched. The same arguments with next_cursor give the next page.",
  input,
  output,
  async run(asked, context) {
    const answer = await searchFor(context, queryOf(asked), asked);
    return {
      total: answer.total,
      total_is_exact: answer.bound === "exact",
      searched_instead: answer.corrected?.query ?? null,
      note: answer.problem?.message ?? answer.leftOut ?? null,
      papers: await describeHits(context, answer.hits),
      next_cursor: answer.next ?? null,
      notice: noticeText,
    };
  },
});

type Asked = Pick<z.infer<typeof input>, "limit"> & Partial<z.infer<typeof input>>;

/** Throws AppError "bad-input" for a query that cannot be searched. */
export async function searchFor(
  { search, ready }: ToolContext,
  query: string,
  { limit, cursor, sort, mode }: Asked,
): Promise<SearchAnswer> {
  await ready();
  const request = {
    query,
    limit,
    ...(cursor === undefined ? {} : { cursor }),
    ...(sort ? { sort } : {}),
    ...(mode ? { mode } : {}),
  };
  const answer = search.search(await search.prepare(request));
  if (answer.refused !== undefined) throw new AppError("bad-input", answer.refused);
  return answer;
}

/** Conditions come first: a quotation mark that the query leaves open would swallow them. */
function queryOf({ query, categories, date_from, date_to }: z.infer<typeof input>): string {
  const dates = date_from || date_to ? [`date:${date_from ?? ""}..${date_to ?? ""}`] : [];
  const anyOf = categories.map((name) => `category:${name}`).join(" OR ");
  return [...dates, ...(anyOf === "" ? [] : [`(${anyOf})`]), query].join(" ").trim();
}

const passageLength = 200;

async function describeHits(context: ToolContext, hits: readonly SearchHit[]) {
  const papers = await findPapersByPk(
    context.db,
    hits.map((hit) => hit.key),
  );
  return hits.flatMap((hit) => {
    const paper = papers.get(hit.key);
    if (!paper) return [];
    return [{ ...summarise(paper, context.baseUrl()), passage: passageOf(paper, hit.matched) }];
  });
}

function passageOf(paper: Paper, matched: readonly string[]): string {
  return makeSnippet(paper.abstractText, matched, { length: passageLength })
    .map(({ text }) => text)
    .join("");
}
