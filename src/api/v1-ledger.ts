// The ledger: what the archives announced, and what of it is held.
import { z } from "@hono/zod-openapi";
import { listAccounts } from "../harvest/harvest.ts";
import { readLedgerReport } from "../harvest/ledger-report.ts";
import { defineOperation } from "./v1-operation.ts";
import { day, nothing } from "./v1-words.ts";

const state = z.enum(["fresh", "waiting", "quiet", "late", "stalled", "partial", "failed"]);

const part = z.object({
  category: z.string(),
  received: z.int(),
  newPapers: z.int(),
  updates: z.int(),
  late: z.int(),
  indexed: z.int(),
});

const cell = z
  .object({
    source: z.string(),
    category: z.string(),
    day,
    dueAt: z.string().nullable(),
    state,
    reason: z.string(),
    announced: z.int().nullable().describe("As the source declared it; null where it did not."),
    received: z.int(),
    newPapers: z.int(),
    crossLists: z.int().nullable().describe("Null: the source that told of the day cannot tell."),
    updates: z.int(),
    rejected: z.int(),
    late: z.int(),
    route: z.enum(["listing", "feed", "oai", "api"]).nullable(),
    look: z.enum(["none", "batch", "cut", "previous", "quiet", "failed"]),
    lookedAt: z.string().nullable(),
    wholeLooks: z.int(),
    completeAt: z.string().nullable(),
    indexed: z.int().describe("Of the received: the search has them in their present form."),
    parts: z.array(part).optional(),
  })
  .openapi("LedgerCell");

const ledger = defineOperation({
  id: "getLedger",
  path: "/api/v1/ledger",
  tag: "ledger",
  summary: "What the archives announced and what of it is held, day by day",
  params: nothing,
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(30).default(30).describe("Days, today among them."),
  }),
  answer: z.object({
    asOf: z.string(),
    from: day,
    to: day,
    columns: z.array(z.object({ source: z.string(), category: z.string(), title: z.string() })),
    days: z
      .array(z.object({ day, cells: z.array(cell.nullable()), announced: z.int(), held: z.int() }))
      .describe("Newest first; cells in the order of the columns."),
    announced: z.int(),
    held: z.int(),
    short: z.int().describe("Categories and days in trouble now."),
    incidents: z.array(
      z.object({
        source: z.string(),
        categories: z.array(z.string()),
        day,
        at: z.string(),
        state,
        reason: z.string(),
      }),
    ),
  }),
  handle({ db, clock, config, search }, { query }) {
    const accounts = listAccounts({ categories: config.categories, ...config.harvest });
    const indexedUpTo = search.status().changeNumber;
    return readLedgerReport(db, { now: clock().toISOString(), accounts, indexedUpTo, days: query.days });
  },
});

export const ledgerOperations = [ledger];
