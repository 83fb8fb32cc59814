// The tool whats_new: what changed in the collection since a cursor over change numbers, nothing twice and nothing left out.
import { z } from "zod";
import { latestChangeNumber, listChanges } from "../papers/papers-store.ts";
import { formatCursor, parseCursor } from "./cursor.ts";
import { notice, noticeText, paperSummary, summarise } from "./paper-shapes.ts";
import { defineTool } from "./tool.ts";

const output = z.object({
  papers: z.array(paperSummary).describe("New or changed papers, the oldest change first"),
  removed: z.int().describe("Papers that left the collection meanwhile"),
  more: z.boolean().describe("True: ask again at once with next_cursor"),
  next_cursor: z.string().describe("Keep it: the next call with it tells what changed after this one"),
  notice,
});

const place = z.object({ since: z.int().min(0) });

export const whatsNew = defineTool({
  name: "whats_new",
  title: "What is new",
  description:
    "Tells which papers were added or changed since a cursor. Without a cursor it gives the latest changes and the cursor to begin with.",
  input: z.object({
    cursor: z.string().max(200).optional().describe("next_cursor of an earlier answer"),
    limit: z.int().min(1).max(100).default(10),
  }),
  output,
  async run({ cursor, limit }, { db, baseUrl }) {
    const latest = await latestChangeNumber(db);
    const since = cursor === undefined ? Math.max(0, latest - limit) : parseCursor(cursor, place).since;
    const changes = await listChanges(db, since, limit);
    const reached = changes.length < limit ? Math.max(since, latest) : changes.at(-1)!.changeNumber;
    return {
      papers: changes.flatMap(({ paper }) => (paper ? [summarise(paper, baseUrl())] : [])),
      removed: changes.filter(({ paper }) => paper === null).length,
      more: reached < latest,
      next_cursor: formatCursor({ since: reached }),
      notice: noticeText,
    };
  },
});
