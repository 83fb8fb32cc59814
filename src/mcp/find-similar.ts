// The tool find_similar: papers near to one in meaning.
import { z } from "zod";
import { findPapersByPk } from "../papers/papers-store.ts";
import { cursorInput, formatCursor, nextCursor, parseCursor } from "./cursor.ts";
import { getPaperOf, notice, noticeText, paperId, paperSummary, summarise } from "./paper-shapes.ts";
import { defineTool } from "./tool.ts";

/** Search gives no more of any answer. */
const deepest = 10_000;
const place = z.object({ from: z.int().min(0).max(deepest) });

export const findSimilar = defineTool({
  name: "find_similar",
  title: "Find similar papers",
  description: "Finds the papers of the collection nearest in meaning to one of them, the nearest first.",
  input: z.object({ paper_id: paperId, limit: z.int().min(1).max(50).default(10), cursor: cursorInput }),
  output: z.object({
    like: z.object({ id: z.string(), title: z.string() }),
    papers: z.array(paperSummary.extend({ score: z.number().describe("Higher is nearer") })),
    next_cursor: nextCursor,
    notice,
  }),
  async run({ paper_id, limit, cursor }, context) {
    const { db, search, ready, baseUrl } = context;
    const offset = cursor === undefined ? 0 : parseCursor(cursor, place).from;
    const paper = await getPaperOf(context, paper_id);
    await ready();
    const text = { title: paper.titleText, abstract: paper.abstractText };
    const { hits } = search.similar({ key: paper.pk, text, limit, offset });
    const papers = await findPapersByPk(
      db,
      hits.map((hit) => hit.key),
    );
    const { id, title } = summarise(paper, baseUrl());
    const end = offset + hits.length;
    return {
      like: { id, title },
      papers: hits.flatMap((hit) => {
        const found = papers.get(hit.key);
        return found ? [{ ...summarise(found, baseUrl()), score: Number(hit.score.toFixed(4)) }] : [];
      }),
      next_cursor: hits.length === limit && end < deepest ? formatCursor({ from: end }) : null,
      notice: noticeText,
    };
  },
});
