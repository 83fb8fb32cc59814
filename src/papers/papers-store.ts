// Reading papers: by any id they have or had, by pk, and what changed since.
import { type Db, numbersIn } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { sortIdentifiers } from "./merging.ts";
import type { Identifier, Paper, Scheme } from "./paper.ts";
import { paperColumns, parsePaperRow } from "./paper-row.ts";
import { parsePaperId } from "./prepared-item.ts";

export type FoundPaper = { paper: Paper } | { redirectTo: string };

/**
 * The paper of this id, or the id to go to when it is another of its ids: an arXiv id with version, a DOI, an ACL id, an
 * address of one of them, "doi:10.1/x", an id that was given up. Null when nothing leads anywhere.
 */
export async function findPaper(db: Db, anyId: string): Promise<FoundPaper | null> {
  if (anyId.includes("\u0000")) return null; // PostgreSQL refuses to compare with it
  const row = await db.selectFrom("papers").select(paperColumns).where("id", "=", anyId).executeTakeFirst();
  if (row) return { paper: parsePaperRow(row) };
  const id = anyId.trim();
  const identifier = parsePaperId(id) ?? { scheme: "broadsheet", value: id };
  const ids = await db
    .selectFrom("identifiers")
    .innerJoin("papers", "papers.pk", "identifiers.paper_pk")
    .select(["papers.id", "identifiers.scheme"])
    // An id that was given up in a merge leads on, also an arXiv id.
    .where((e) =>
      e.or([
        e.and({ "identifiers.scheme": identifier.scheme, "identifiers.value": identifier.value }),
        e.and({ "identifiers.scheme": "broadsheet", "identifiers.value": id }),
      ]),
    )
    .execute();
  const found = ids.find((row) => row.scheme === identifier.scheme) ?? ids[0];
  if (found) return { redirectTo: found.id };
  // "K3VQ80RD" is "k3vq80rd" written loudly.
  const quiet = identifier.scheme === "broadsheet" && identifier.value !== anyId;
  return quiet ? findById(db, identifier.value) : null;
}

async function findById(db: Db, id: string): Promise<FoundPaper | null> {
  const row = await db.selectFrom("papers").select("id").where("id", "=", id).executeTakeFirst();
  return row ? { redirectTo: row.id } : null;
}

/** The number of the paper that came last; 0 before there is one. */
export async function findLatestPk(db: Db): Promise<number> {
  const row = await db
    .selectFrom("papers")
    .select((e) => e.fn.max("pk").as("pk"))
    .executeTakeFirst();
  return Number(row?.pk ?? 0);
}

/**
 * The papers of these pks, each under the pk that was asked for: a paper that became part of another is found under its
 * old pk too. Papers that are gone are missing.
 */
export async function findPapersByPk(db: Db, pks: readonly number[]): Promise<Map<number, Paper>> {
  if (pks.length === 0) return new Map();
  const found = await selectPapers(db, pks);
  const missing = pks.filter((pk) => !found.has(pk));
  if (missing.length === 0) return found;
  const moved = await findSuccessors(db, missing);
  const successors = await selectPapers(db, [...moved.values()]);
  for (const [pk, successor] of moved) {
    const paper = successors.get(successor);
    if (paper) found.set(pk, paper);
  }
  return found;
}

/** The change number of each of these papers, by pk; those that are gone or became part of another are missing. */
export async function findChangeNumbers(db: Db, pks: readonly number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom("papers")
    .select(["pk", "change_number"])
    .where("pk", "in", numbersIn(db, pks))
    .execute();
  return new Map(rows.map((row) => [row.pk, Number(row.change_number)]));
}

/** The change number given out last; 0 before the first. Everything that was committed before has one at most as high. */
export async function latestChangeNumber(db: Db): Promise<number> {
  const row = await db
    .selectFrom("counters")
    .select("value")
    .where("name", "=", "changes")
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** The next papers after this pk, at most `limit`, in the order of their pk. */
export async function listPapersAfter(db: Db, afterPk: number, limit: number): Promise<Paper[]> {
  const rows = await db
    .selectFrom("papers")
    .select(paperColumns)
    .where("pk", ">", afterPk)
    .orderBy("pk")
    .limit(limit)
    .execute();
  return rows.map(parsePaperRow);
}

/** The pks before this one (null: all), at most `limit`, the highest first. */
export async function listPksBefore(db: Db, beforePk: number | null, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("papers")
    .select("pk")
    .$if(beforePk !== null, (q) => q.where("pk", "<", beforePk))
    .orderBy("pk", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => row.pk);
}

async function selectPapers(db: Db, pks: readonly number[]): Promise<Map<number, Paper>> {
  const rows = await db
    .selectFrom("papers")
    .select(paperColumns)
    .where("pk", "in", numbersIn(db, [...new Set(pks)]))
    .execute();
  return new Map(rows.map((row) => [row.pk, parsePaperRow(row)]));
}

/** Pks that are gone, with the pk of the paper that their id leads to. */
async function findSuccessors(db: Db, pks: readonly number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom("removed_papers")
    .innerJoin("identifiers", "identifiers.value", "removed_papers.id")
    .select(["removed_papers.pk", "identifiers.paper_pk"])
    .where("identifiers.scheme", "in", ["broadsheet", "arxiv"])
    .where("removed_papers.pk", "in", numbersIn(db, pks))
    .execute();
  return new Map(rows.map((row) => [row.pk, row.paper_pk]));
}

export interface PaperChange {
  changeNumber: number;
  pk: number;
  /** The paper's id; of one that is gone, the id it had. */
  id: string;
  /** Null: the paper is gone. */
  paper: Paper | null;
}

/** What changed after this change number, in order; papers that are gone among them. At most `limit`, the oldest. */
export async function listChanges(db: Db, afterChangeNumber: number, limit: number): Promise<PaperChange[]> {
  // Changes that commit between the two queries would be seen by one of them only.
  const latest = await latestChangeNumber(db);
  if (latest <= afterChangeNumber) return [];
  const papers = await db
    .selectFrom("papers")
    .select(paperColumns)
    .where("change_number", ">", afterChangeNumber)
    .where("change_number", "<=", latest)
    .orderBy("change_number")
    .limit(limit)
    .execute();
  const removed = await db
    .selectFrom("removed_papers")
    .select(["pk", "id", "change_number"])
    .where("change_number", ">", afterChangeNumber)
    .where("change_number", "<=", latest)
    .orderBy("change_number")
    .limit(limit)
    .execute();
  return [
    ...papers.map((row) => ({ changeNumber: Number(row.change_number), pk: row.pk, id: row.id, row })),
    ...removed.map(({ pk, id, change_number }) => ({
      changeNumber: Number(change_number),
      pk,
      id,
      row: null,
    })),
  ]
    .sort((a, b) => a.changeNumber - b.changeNumber)
    .slice(0, limit)
    .map(({ row, ...change }) => ({ ...change, paper: row ? parsePaperRow(row) : null }));
}

/** Since when each of the papers is held here. */
export async function findHeldSince(db: Db, pks: readonly number[]): Promise<Map<number, Instant>> {
  if (pks.length === 0) return new Map();
  const rows = await db
    .selectFrom("papers")
    .select(["pk", "created_at"])
    .where("pk", "in", numbersIn(db, pks))
    .execute();
  return new Map(rows.map((row) => [row.pk, row.created_at]));
}

export async function countPapers(db: Db): Promise<number> {
  const row = await db
    .selectFrom("papers")
    .select((e) => e.fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Every identifier that leads to the paper, in the order people look for them. */
export async function listIdentifiers(db: Db, pk: number): Promise<Identifier[]> {
  const rows = await db
    .selectFrom("identifiers")
    .select(["scheme", "value"])
    .where("paper_pk", "=", pk)
    .execute();
  return sortIdentifiers(rows.map((row) => ({ scheme: row.scheme as Scheme, value: row.value })));
}
