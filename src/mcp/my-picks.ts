// The tool my_picks: the reader's own choice out of the newest editions, each with its reason.
import { z } from "zod";
import { findToday } from "../library/today.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { keeperOf } from "./own-things.ts";
import { cut, notice, noticeText, paperSummary, summarise } from "./paper-shapes.ts";
import { defineTool } from "./tool.ts";

const output = z.object({
  days: z.array(z.string()).describe("The days chosen from, newest first"),
  chosen_from: z.int().describe("Papers of these days"),
  known: z.boolean().describe("False: nothing is saved or followed yet that anything could be chosen by"),
  picks: z.array(
    paperSummary.extend({ score: z.number(), reasons: z.array(z.string()).describe("The weightiest first") }),
  ),
  notice,
});

export const myPicks = defineTool({
  name: "my_picks",
  title: "My picks",
  description:
    "Chooses for the reader out of the newest editions by what they save and follow, each paper with its reason. Needs the reader's token.",
  input: z.object({ limit: z.int().min(1).max(50).default(10) }),
  output,
  async run({ limit }, context) {
    const keeper = keeperOf(context);
    const { db, search, clock, config, featureReader, newPapers, ready, baseUrl } = context;
    await ready();
    const asked = { now: clock().toISOString(), limit };
    const given = { db, search, newPapers, reader: featureReader(), categories: config.categories };
    const { days, papers, picks, known } = await findToday(given, keeper, asked);
    const whole = await findPapersByPk(
      db,
      picks.map(({ paper }) => paper.pk),
    );
    return {
      days: [...days],
      chosen_from: papers,
      known,
      picks: picks.flatMap(({ paper: { pk }, score, reasons }) => {
        const paper = whole.get(pk);
        if (!paper) return [];
        const why = reasons.slice(0, 3).map(({ text }) => cut(text, 200));
        return [{ ...summarise(paper, baseUrl()), score: Number(score.toFixed(4)), reasons: why }];
      }),
      notice: noticeText,
    };
  },
});
