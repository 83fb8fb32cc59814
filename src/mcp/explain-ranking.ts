// The tool explain_ranking: why a paper stands where it does on an edition, term by term.
import { z } from "zod";
import type { Edition } from "../editions/edition.ts";
import { explainItem } from "../editions/explain.ts";
import { AppError } from "../lib/errors.ts";
import { listAnnouncementDays, listSubmissionDays } from "../papers/export-store.ts";
import type { Paper } from "../papers/paper.ts";
import type { ToolContext } from "./deps.ts";
import { findEdition } from "./list-daily-papers.ts";
import { cut, getPaperOf, notice, noticeText, paperId } from "./paper-shapes.ts";
import { defineTool } from "./tool.ts";

const output = z.object({
  id: z.string(),
  title: z.string(),
  edition: z.string(),
  as_of: z.string().describe("The latest observation the order rests on"),
  formula: z.string().describe("Version of the published formula"),
  rank: z.int(),
  of: z.int().describe("Papers of the edition"),
  score: z.number(),
  share: z.number().describe("Part of the edition's score, 0 to 1"),
  reason: z.string(),
  terms: z
    .array(
      z.object({
        name: z.string(),
        words: z.string(),
        value: z.number(),
        weight: z.string().describe("How points are made of the value"),
        points: z.number(),
        share: z.number().describe("Part of the score; the parts add up to 1"),
      }),
    )
    .describe("What the score is made of: the recorded value, and the points it adds"),
  notice,
});

export const explainRanking = defineTool({
  name: "explain_ranking",
  title: "Explain a paper's rank",
  description:
    "Says why a paper stands where it does on the page of a day, week or month: every term of its score. Without edition: the latest day it was on.",
  input: z.object({
    paper_id: paperId,
    edition: z.string().max(10).optional().describe("2026-05-12, 2026-W20 or 2026-05"),
  }),
  output,
  async run({ paper_id, edition: asked }, context) {
    const paper = await getPaperOf(context, paper_id);
    const { edition, item } = await findItem(context, paper, asked);
    return {
      id: paper.id,
      title: cut(paper.titleText, 300),
      edition: edition.key,
      as_of: edition.asOf,
      formula: edition.formula,
      rank: item.rank,
      of: edition.items.length,
      score: Number(item.score.toFixed(4)),
      share: Number(item.share.toFixed(4)),
      reason: cut(item.reason, 300),
      terms: explainItem(edition, item).terms.map(({ part, ...term }) => ({ ...term, share: part })),
      notice: noticeText,
    };
  },
});

async function findItem(context: ToolContext, paper: Paper, asked: string | undefined) {
  for (const key of asked === undefined ? await daysOf(context, paper) : [asked]) {
    const edition = await findEdition(context, key);
    const item = edition.items.find((held) => held.paper.pk === paper.pk);
    if (item) return { edition: edition as Edition, item };
  }
  throw new AppError(
    "not-found",
    asked === undefined
      ? `"${cut(paper.titleText, 100)}" was on no edition.`
      : `"${cut(paper.titleText, 100)}" was not on the edition ${asked}.`,
    { remedy: "Only papers that were put forward or announced in a followed category are ranked." },
  );
}

/** A paper is on few days; of a pathological one the latest are looked at. */
const mostDays = 10;

async function daysOf({ db }: ToolContext, { pk }: Paper): Promise<string[]> {
  const rows = [...(await listSubmissionDays(db, pk)), ...(await listAnnouncementDays(db, pk))];
  return [...new Set(rows.map(({ day }) => day))].sort().reverse().slice(0, mostDays);
}
