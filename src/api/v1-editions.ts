// Editions: which there are, and one with its papers in rank order, each with why it stands where it does.
import { z } from "@hono/zod-openapi";
import type { Edition, EditionItem, EmptyEdition } from "../editions/edition.ts";
import { listEditionKeys } from "../editions/editions.ts";
import { explainItem } from "../editions/explain.ts";
import { findDayAccount } from "../harvest/ledger-report.ts";
import type { DoorDeps } from "../http/deps.ts";
import { AppError } from "../lib/errors.ts";
import { links } from "../links.ts";
import { explanation } from "./v1-explanation.ts";
import { defineOperation } from "./v1-operation.ts";
import {
  type ApiPaper,
  cursor,
  day,
  instant,
  limit,
  nothing,
  pageOf,
  paperSchema,
  presentPapers,
} from "./v1-words.ts";

const kind = z.enum(["day", "week", "month"]);

const listEditions = defineOperation({
  id: "listEditions",
  path: "/api/v1/editions",
  tag: "editions",
  summary: "The editions there are, newest first",
  params: nothing,
  query: z.strictObject({ kind: kind.default("day"), limit, cursor }),
  answer: pageOf(
    z.object({ kind, key: z.string(), number: z.int().describe("n-th of its kind."), url: z.url() }),
  ),
  async handle(deps, { query }) {
    const keys = await listEditionKeys(deps.db, query.kind, optionsOf(deps));
    const all = keys.map((key, i) => ({
      kind: query.kind,
      key,
      number: i + 1,
      url: deps.baseUrl() + links.edition(query.kind, key),
    }));
    const rest = all.reverse().filter(({ key }) => query.cursor === undefined || key < query.cursor);
    const items = rest.slice(0, query.limit);
    return { items, total: keys.length, next: rest.length > items.length ? items.at(-1)!.key : null };
  },
});

const item = z
  .object({
    rank: z.int(),
    score: z.number(),
    share: z.number().describe("Part of the edition's whole score, 0 to 1."),
    terms: z
      .array(z.object({ name: z.string(), value: z.number(), points: z.number() }))
      .describe("The recorded signals and what each adds to the score."),
    reason: z.string().describe("Why it is here, in words."),
    field: z.string(),
    estimate: z
      .object({
        value: z.number(),
        parts: z.array(
          z.object({
            name: z.string(),
            value: z.number(),
            said: z.array(z.object({ word: z.string(), value: z.number() })).optional(),
          }),
        ),
      })
      .nullable()
      .describe("Expected before anybody voted, in standard deviations of a day's papers, and from what."),
    late: z.boolean().describe("Held on its day only by filling in afterwards."),
    carriedFrom: z.string().nullable().describe("Its own day, when it came after that had closed."),
    votes: z.int().nullable(),
    comments: z.int().nullable(),
    stars: z.int().nullable(),
    repository: z.string().nullable(),
    organisation: z.string().nullable(),
    submitters: z.array(z.string()),
    enteredAt: z.string(),
    explanation: explanation.optional().describe("Only where `explain=true` was asked."),
    paper: paperSchema,
  })
  .openapi("EditionItem");

const edition = defineOperation({
  id: "getEdition",
  path: "/api/v1/editions/{key}",
  tag: "editions",
  summary: "An edition with its papers in rank order, and why each stands where it does",
  description:
    "The same key, `asOf` and records give the same answer for ever; asked for as of its `heldAt` an answer is the same again.",
  params: z.strictObject({
    key: z.string().max(20).describe('"2026-05-12", "2026-W20", "2026-05", or "latest" for the latest day.'),
  }),
  query: z.strictObject({
    asOf: instant
      .optional()
      .describe("The page as it stood then: nothing observed or recorded later is used."),
    explain: z.enum(["true", "false"]).default("false").describe("Each paper with its whole explanation."),
    limit: z.coerce.number().int().min(1).max(100).default(50).describe("Papers of one page."),
    cursor,
  }),
  answer: pageOf(item).extend({
    kind,
    key: z.string(),
    url: z.url(),
    from: day,
    to: day,
    number: z.int().nullable().describe("n-th of its kind; null for a date without papers."),
    future: z.boolean(),
    asOf: z.string().nullable().describe("Latest observation used."),
    asOfApproximate: z.boolean(),
    heldAt: z.string().nullable().describe("When it was made: as of then it is the same again."),
    formula: z.string().nullable(),
    counts: z.object({ announced: z.int(), submitted: z.int(), held: z.int() }),
    account: z.string().nullable().describe("What was announced that day and what of it is held, in words."),
    previousKey: z.string().nullable(),
    nextKey: z.string().nullable(),
  }),
  async handle(deps, { params, query }) {
    const found = await findEdition(deps, params.key, query.asOf);
    const start = readRank(query.cursor);
    const shown = found.items.slice(start, start + query.limit);
    const papers = await presentPapers(
      deps,
      shown.map(({ paper }) => paper),
    );
    const last = start + shown.length;
    return {
      ...(await headOf(deps, found)),
      items: shown.map((each, i) => ({
        ...itemOf(each, papers[i]!),
        ...(query.explain === "true" && "formula" in found ? { explanation: explainItem(found, each) } : {}),
      })),
      total: found.items.length,
      next: last < found.items.length ? String(last) : null,
    };
  },
});

function optionsOf({ clock, config }: DoorDeps) {
  return { now: clock().toISOString(), categories: config.categories };
}

type AnyEdition = Edition | EmptyEdition;

async function findEdition(deps: DoorDeps, given: string, asOf: string | undefined): Promise<AnyEdition> {
  const options = optionsOf(deps);
  const key = given === "latest" ? await deps.editions.latestDay(options) : given;
  if (key === null) throw new AppError("not-found", "There is no edition yet.");
  const cut = asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() };
  const found = await deps.editions.get(key, { ...options, ...cut });
  if (found) return found;
  throw new AppError("not-found", `"${key}" is no day, week or month.`, {
    remedy: "They are written like 2026-05-12, 2026-W20 and 2026-05.",
  });
}

function readRank(given: string | undefined): number {
  if (given === undefined) return 0;
  if (/^\d{1,6}$/.test(given)) return Number(given);
  throw new AppError("bad-input", `"${given.slice(0, 40)}" is no place to go on from.`);
}

async function headOf({ db, baseUrl, config }: DoorDeps, found: AnyEdition) {
  const { kind: of, key, from, to } = found;
  const full = "counts" in found ? found : null;
  return {
    kind: of,
    key,
    url: baseUrl() + links.edition(of, key),
    from,
    to,
    number: full?.number ?? null,
    future: "future" in found && found.future,
    asOf: full?.asOf ?? null,
    asOfApproximate: full?.asOfApproximate ?? false,
    heldAt: full?.heldAt ?? null,
    formula: full?.formula ?? null,
    counts: full?.counts ?? { announced: 0, submitted: 0, held: 0 },
    account: of === "day" ? await findDayAccount(db, key, config.categories) : null,
    previousKey: found.previous,
    nextKey: found.next,
  };
}

function itemOf({ step: _step, paper: _paper, ...rest }: EditionItem, paper: ApiPaper) {
  return { ...rest, paper };
}

export const editionOperations = [listEditions, edition];
