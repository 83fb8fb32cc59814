// A reader's own picks: papers of the latest days chosen by what is kept and followed, each with its reasons.
import { z } from "@hono/zod-openapi";
import { keeperOf } from "../http/keeper.ts";
import { findToday } from "../library/today.ts";
import { defineOperation } from "./v1-operation.ts";
import { day, limit, nothing, pageOf, paperSchema, presentHits } from "./v1-words.ts";

const picks = defineOperation({
  id: "listPicks",
  path: "/api/v1/me/picks",
  tag: "me",
  scope: "library",
  summary: "Papers of the latest days picked for you, best first, each with its reasons",
  params: nothing,
  query: z.strictObject({ limit }),
  answer: pageOf(
    z.object({
      score: z.number(),
      reasons: z
        .array(z.object({ kind: z.string(), text: z.string() }))
        .describe("The first is why it is here."),
      paper: paperSchema,
    }),
  ).extend({
    days: z.array(day).describe("Days that were chosen from, the newest first."),
    known: z.boolean().describe("False: nothing is kept or followed yet that anything could be chosen by."),
  }),
  async handle(deps, { query, c }) {
    const { db, search, clock, config, featureReader, newPapers } = deps;
    const context = { db, search, newPapers, reader: featureReader(), categories: config.categories };
    const options = { now: clock().toISOString(), limit: query.limit };
    const today = await findToday(context, keeperOf(c), options);
    const hits = today.picks.map(({ paper, ...pick }) => ({ ...pick, key: paper.pk }));
    const items = (await presentHits(deps, hits)).map(({ hit, paper }) => ({
      score: hit.score,
      reasons: hit.reasons.map(({ kind, text }) => ({ kind, text })),
      paper,
    }));
    return { items, total: items.length, next: null, days: today.days, known: today.known };
  },
});

export const pickOperations = [picks];
