// The explanation of a paper's place as our API words it: that of editions/explain.ts, the same as on pages and the command line.
import { z } from "@hono/zod-openapi";

const isOn = z.object({ on: z.boolean(), why: z.string() });

const term = z.object({
  name: z.string(),
  words: z.string(),
  value: z.number(),
  weight: z.string().describe("How points are made of the value."),
  points: z.number(),
  part: z.number().describe("Part of the score; the parts add up to 1."),
});

/** Why a search placed a paper where it did. */
export const hitExplanation = z
  .object({
    score: z.number().describe("What it was ranked by: relevance, or what the answers were sorted by."),
    terms: z.array(term.extend({ said: z.string().optional().describe("The value as people read it.") })),
  })
  .openapi("HitExplanation");

export const explanation = z
  .object({
    paper: z.string(),
    edition: z.string(),
    rank: z.int(),
    score: z.number(),
    share: z.number().describe("Part of the page's score, 0 to 1."),
    reason: z.string(),
    formula: z.string(),
    asOf: z.string().describe("The latest instant that had a part in the page."),
    asOfApproximate: z.boolean(),
    cut: z.object({ asOf: z.string(), reconstructed: z.boolean() }).nullable(),
    terms: z.array(term),
    estimate: z
      .object({
        value: z.number().describe("Standard deviations of a day's papers."),
        sides: z.array(
          z.object({
            side: z.string(),
            value: z.number(),
            parts: z.array(
              z.object({ words: z.string(), value: z.number(), said: z.array(z.string()).optional() }),
            ),
          }),
        ),
      })
      .nullable(),
    switches: z
      .object({ field: isOn, weekday: isOn, stars: isOn })
      .describe("Parts of the formula that wait for data: whether they were on, and from what."),
  })
  .openapi("Explanation");
