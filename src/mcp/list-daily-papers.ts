// The tool list_daily_papers: the edition of a day, a week or a month, as its page ranks it.
import { z } from "zod";
import type { Edition, EditionItem, EmptyEdition } from "../editions/edition.ts";
import { getEdition } from "../editions/editions.ts";
import { editionOptions } from "../http/edition-options.ts";
import { AppError } from "../lib/errors.ts";
import { cursorInput, formatCursor, nextCursor, parseCursor } from "./cursor.ts";
import type { ToolContext } from "./deps.ts";
import { cut, notice, noticeText, paperSummary, summarise } from "./paper-shapes.ts";
import { defineTool } from "./tool.ts";

const input = z.object({
  date: z.iso.date().optional().describe("A day; without date, week and month the latest one"),
  week: z.string().max(10).optional().describe("2026-W21"),
  month: z.string().max(10).optional().describe("2026-05"),
  category: z
    .string()
    .max(40)
    .optional()
    .describe("Only papers of this category: cs.CL, or cs for all of cs.*"),
  limit: z.int().min(1).max(100).default(10),
  cursor: cursorInput,
});

const output = z.object({
  edition: z.string().nullable().describe("2026-05-12, 2026-W20 or 2026-05; null while there is none"),
  as_of: z.string().nullable().describe("The latest observation the order rests on"),
  held: z.int().describe("Papers of the edition (of the category, where one was asked for)"),
  previous: z.string().nullable().describe("The edition before that has papers"),
  next: z.string().nullable(),
  papers: z.array(
    paperSummary.extend({
      rank: z.int(),
      share: z.number().describe("Part of the edition's score, 0 to 1"),
      reason: z.string().describe("Why it stands there"),
      votes: z.int().nullable(),
    }),
  ),
  next_cursor: nextCursor,
  notice,
});

const place = z.object({ key: z.string().max(10), asOf: z.iso.datetime(), from: z.int().min(0) });

export const listDailyPapers = defineTool({
  name: "list_daily_papers",
  title: "Papers of a day, a week or a month",
  description:
    "Lists the papers of an edition in the order of its page: those put forward or announced that day, ranked by a published formula.",
  input,
  output,
  async run(asked, context) {
    const cursor = asked.cursor === undefined ? null : parseCursor(asked.cursor, place);
    const key = cursor?.key ?? asked.date ?? asked.week ?? asked.month ?? (await latestOf(context));
    if (key === null) return nothing;
    const edition = await findEdition(context, key, cursor?.asOf);
    const items = edition.items.filter(({ paper }) => isIn(paper.categories, asked.category));
    const from = cursor?.from ?? 0;
    const end = from + asked.limit;
    const asOf = "asOf" in edition ? edition.asOf : null;
    const heldAt = "heldAt" in edition ? edition.heldAt : null;
    return {
      edition: edition.key,
      as_of: asOf,
      held: items.length,
      previous: edition.previous,
      next: edition.next,
      papers: items.slice(from, end).map((item) => describe(item, context.baseUrl())),
      next_cursor:
        heldAt && end < items.length ? formatCursor({ key: edition.key, asOf: heldAt, from: end }) : null,
      notice: noticeText,
    };
  },
});

const nothing = {
  edition: null,
  as_of: null,
  held: 0,
  previous: null,
  next: null,
  papers: [],
  next_cursor: null,
  notice: noticeText,
};

function latestOf(context: ToolContext): Promise<string | null> {
  return context.editions.latestDay(editionOptions(context));
}

/** A later page is cut from the edition as it stood when the first was. Throws AppError "bad-input" for a key that is none. */
export async function findEdition(
  context: ToolContext,
  key: string,
  asOf?: string,
): Promise<Edition | EmptyEdition> {
  const edition = await context.editions.get(key, editionOptions(context));
  if (!edition)
    throw new AppError("bad-input", `"${cut(key, 20)}" is no day, week or month.`, {
      remedy: "Write 2026-05-12, 2026-W20 or 2026-05.",
    });
  if (asOf === undefined || !("asOf" in edition) || edition.heldAt === asOf) return edition;
  return (await getEdition(context.db, key, { ...editionOptions(context), asOf })) ?? edition;
}

function isIn(categories: readonly string[], wanted: string | undefined): boolean {
  return wanted === undefined || categories.some((name) => name === wanted || name.startsWith(`${wanted}.`));
}

function describe({ paper, rank, share, reason, votes }: EditionItem, baseUrl: string) {
  return {
    rank,
    ...summarise(paper, baseUrl),
    share: Number(share.toFixed(4)),
    reason: cut(reason, 200),
    votes,
  };
}
