// What the answers of our own API are made of: a paper, a page of something, and the parameters they share.
import { z } from "@hono/zod-openapi";
import type { DoorDeps } from "../http/deps.ts";
import { AppError } from "../lib/errors.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { listPaperJson } from "../papers/paper-json-store.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { resolvePaper } from "../papers/resolve-paper.ts";

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "days are written YYYY-MM-DD");
export const instant = z.iso.datetime({ error: "instants are written 2026-05-12T08:30:00Z" });
export const nothing = z.strictObject({});

/** Papers a page. */
export const limit = z.coerce.number().int().min(1).max(100).default(20).describe("Entries of one page.");
export const cursor = z
  .string()
  .max(4_000)
  .optional()
  .describe("`next` of the page before, of the same request; goes on where that page ended.");

export const paperId = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(500)
    .describe(
      "Any id of the paper: its own, an arXiv id with or without version, a DOI, an ACL id, an address of one.",
    ),
});

/** The one shape of pages. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.int().describe("Entries on all pages together."),
    next: z.string().nullable().describe("`cursor` of the next page; null on the last."),
  });
}

const author = z.object({
  name: z.string(),
  family: z.string().optional(),
  given: z.string().optional(),
  suffix: z.string().optional(),
  affiliations: z.array(z.string()).optional(),
  literal: z.boolean().optional().describe("A collaboration or an organisation."),
});

export const paperSchema = z
  .object({
    id: z.string().describe("An arXiv id, or one given out here."),
    url: z.url().describe("Its page here."),
    title: z.string().describe("As given, TeX and all."),
    titleText: z.string().describe("Clean text."),
    abstract: z.string().describe("As given."),
    abstractText: z.string().describe("Clean text."),
    abstractKind: z.enum(["abstract", "summary", "none"]),
    authors: z.array(author),
    year: z.int().nullable(),
    publishedOn: z.string().nullable(),
    updatedOn: z.string().nullable(),
    venue: z.string().nullable(),
    primaryCategory: z.string().nullable(),
    categories: z.array(z.string()),
    versions: z.array(
      z.object({ number: z.int(), submittedAt: z.string(), withdrawn: z.boolean().optional() }),
    ),
    links: z.array(z.object({ kind: z.string(), url: z.string() })),
    withdrawn: z.boolean(),
    sourceIds: z
      .record(z.string(), z.array(z.string()))
      .describe("Every identifier that leads here, by scheme."),
    lists: z
      .array(z.object({ id: z.string(), title: z.string(), position: z.int() }))
      .describe("Lists it is on, with its first place there."),
    editions: z.array(z.string()).describe("Days it was put forward for."),
    comments: z.string().optional(),
    journalReference: z.string().optional(),
    license: z.string().optional(),
    citations: z.int().optional().describe("As a source gave it."),
    area: z.string().optional(),
    award: z.string().optional(),
    keywords: z.array(z.string()).optional(),
    fieldSources: z.record(z.string(), z.string()).describe("Which source each field is from."),
  })
  .openapi("Paper");

export type ApiPaper = z.input<typeof paperSchema>;

/** In the order of the papers. Three queries, however many papers. */
export async function presentPapers(
  { db, baseUrl }: Pick<DoorDeps, "db" | "baseUrl">,
  papers: readonly Paper[],
): Promise<ApiPaper[]> {
  const base = baseUrl();
  const all = await listPaperJson(db, papers);
  return all.map(({ id, sourceIds, ...rest }) => ({
    id,
    url: base + links.paper(id),
    ...rest,
    sourceIds: sourceIds as Record<string, string[]>,
  }));
}

/** Those of hits that are still held, each with what is said of it. Five queries at most. */
export async function presentHits<H extends { key: number }>(
  deps: Pick<DoorDeps, "db" | "baseUrl">,
  hits: readonly H[],
): Promise<{ hit: H; paper: ApiPaper }[]> {
  const held = await findPapersByPk(
    deps.db,
    hits.map(({ key }) => key),
  );
  const found = hits.flatMap((hit) => {
    const paper = held.get(hit.key);
    return paper ? [{ hit, paper }] : [];
  });
  const shown = await presentPapers(
    deps,
    found.map(({ paper }) => paper),
  );
  return found.map(({ hit }, i) => ({ hit, paper: shown[i]! }));
}

/** The paper of any of its ids. Throws AppError "not-found". */
export async function getPaperOf({ db }: Pick<DoorDeps, "db">, id: string): Promise<Paper> {
  const paper = await resolvePaper(db, id);
  if (paper) return paper;
  throw new AppError("not-found", `There is no paper "${id.slice(0, 100)}" here.`);
}
