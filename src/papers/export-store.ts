// Everything known of papers, as items that our own format writes and reads back: nothing is lost on the way.
import { type Db, numbersIn } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { listAllPlaces } from "./lists-store.ts";
import { sortByTrust, sortIdentifiers } from "./merging.ts";
import type {
  Announcement,
  Identifier,
  MergeNote,
  Paper,
  PaperRecord,
  Signal,
  SourceItem,
  Submission,
} from "./paper.ts";
import { listPapersAfter } from "./papers-store.ts";
import { listRecordChanges } from "./record-changes-store.ts";

/** An item that carries the paper's id. */
export type ExportedItem = SourceItem & { id: string };

/** The next papers after this pk, at most `limit`, as items in the order of their pk; with the pk of the last. */
export async function listItems(
  db: Db,
  afterPk: number,
  limit: number,
): Promise<{ items: ExportedItem[]; lastPk: number | null }> {
  const papers = await db
    .selectFrom("papers")
    .select(["pk", "id"])
    .where("pk", ">", afterPk)
    .orderBy("pk")
    .limit(limit)
    .execute();
  const pks = papers.map((paper) => paper.pk);
  if (pks.length === 0) return { items: [], lastPk: null };
  const parts = await loadParts(db, pks);
  const items = papers.map(({ pk, id }): ExportedItem => {
    const records = sortByTrust(parts.records.get(pk) ?? []);
    const aliases = aliasesOf(id, parts.identifiers.get(pk) ?? []);
    const merges = parts.merges.get(pk) ?? [];
    const changes = parts.changes.get(pk) ?? [];
    return {
      id,
      ...(aliases.length > 0 ? { aliases } : {}),
      records,
      submissions: parts.submissions.get(pk) ?? [],
      announcements: parts.announcements.get(pk) ?? [],
      signals: parts.signals.get(pk) ?? [],
      places: parts.places.get(pk) ?? [],
      ...(merges.length > 0 ? { merges } : {}),
      ...(changes.length > 0 ? { changes } : {}),
    };
  });
  return { items, lastPk: pks.at(-1)! };
}

/** Ids of the papers whose pk is above `after` and at most `until`, in the order of their pk, with their last change. */
export async function listPaperAddresses(
  db: Db,
  { after, until }: { after: number; until: number },
): Promise<{ id: string; changedAt: Instant }[]> {
  const rows = await db
    .selectFrom("papers")
    .select(["id", "updated_at"])
    .where("pk", ">", after)
    .where("pk", "<=", until)
    .orderBy("pk")
    .execute();
  return rows.map((row) => ({ id: row.id, changedAt: row.updated_at }));
}

/** The highest pk; 0 before the first paper. */
export async function findLastPk(db: Db): Promise<number> {
  const row = await db.selectFrom("papers").select("pk").orderBy("pk", "desc").limit(1).executeTakeFirst();
  return row?.pk ?? 0;
}

/** A paper as citations need it. */
export interface CitedPaper {
  paper: Paper;
  /** As `listIdentifiers` orders them. */
  identifiers: Identifier[];
}

/** The next papers after this pk, at most `limit`, in the order of their pk; with the pk of the last. Two queries. */
export async function listCitedPapers(
  db: Db,
  afterPk: number,
  limit: number,
): Promise<{ cited: CitedPaper[]; lastPk: number | null }> {
  const papers = await listPapersAfter(db, afterPk, limit);
  return { cited: await citePapers(db, papers), lastPk: papers.at(-1)?.pk ?? null };
}

/** The papers with their identifiers, in the order given. One query. */
export async function citePapers(db: Db, papers: readonly Paper[]): Promise<CitedPaper[]> {
  if (papers.length === 0) return [];
  const identifiers = await loadIdentifiers(
    db,
    papers.map(({ pk }) => pk),
  );
  return papers.map((paper) => ({ paper, identifiers: sortIdentifiers(identifiers.get(paper.pk) ?? []) }));
}

/** Every identifier that leads to each of the papers, by pk, as `listIdentifiers` orders them. */
export async function listIdentifiersOf(db: Db, pks: readonly number[]): Promise<Map<number, Identifier[]>> {
  const identifiers = await loadIdentifiers(db, pks);
  return new Map([...identifiers].map(([pk, each]) => [pk, sortIdentifiers(each)]));
}

/** Ids it gave up. Everything else that leads to it is named by its records. */
function aliasesOf(id: string, identifiers: readonly Identifier[]): string[] {
  return identifiers
    .filter(({ scheme, value }) => scheme === "broadsheet" && value !== id)
    .map((identifier) => identifier.value)
    .sort();
}

async function loadParts(db: Db, pks: readonly number[]) {
  return {
    records: await loadRecords(db, pks),
    identifiers: await loadIdentifiers(db, pks),
    submissions: await loadSubmissions(db, pks),
    announcements: await loadAnnouncements(db, pks),
    changes: await listRecordChanges(db, pks),
    signals: await loadSignals(db, pks),
    places: group((await listAllPlaces(db, pks)).map(({ pk, ...place }) => [pk, place] as const)),
    merges: await loadMerges(db, pks),
  };
}

async function loadRecords(db: Db, pks: readonly number[]): Promise<Map<number, PaperRecord[]>> {
  const rows = await db
    .selectFrom("paper_records")
    .select(["paper_pk", "record"])
    .where("paper_pk", "in", numbersIn(db, pks))
    .execute();
  return group(rows.map((row) => [row.paper_pk, JSON.parse(row.record) as PaperRecord] as const));
}

async function loadIdentifiers(db: Db, pks: readonly number[]): Promise<Map<number, Identifier[]>> {
  const rows = await db
    .selectFrom("identifiers")
    .selectAll()
    .where("paper_pk", "in", numbersIn(db, pks))
    .execute();
  return group(rows.map(({ paper_pk, ...identifier }) => [paper_pk, identifier as Identifier] as const));
}

async function loadSubmissions(db: Db, pks: readonly number[]): Promise<Map<number, Submission[]>> {
  const rows = await db
    .selectFrom("submissions")
    .selectAll()
    .where("paper_pk", "in", numbersIn(db, pks))
    .orderBy("day")
    .orderBy("source")
    .execute();
  return group(
    rows.map((row) => [
      row.paper_pk,
      {
        day: row.day,
        source: row.source,
        ...(row.submitter === null ? {} : { submitter: row.submitter }),
        ...(row.submitted_at === null ? {} : { submittedAt: row.submitted_at }),
      },
    ]),
  );
}

async function loadAnnouncements(db: Db, pks: readonly number[]): Promise<Map<number, Announcement[]>> {
  const rows = await db
    .selectFrom("announcements")
    .selectAll()
    .where("paper_pk", "in", numbersIn(db, pks))
    .orderBy("day")
    .orderBy("source")
    .orderBy("category")
    .execute();
  return group(
    rows.map(({ paper_pk, source, category, day, late, kind }) => [
      paper_pk,
      { source, category, day, kind: kind as Announcement["kind"], ...(late === 1 ? { late: true } : {}) },
    ]),
  );
}

async function loadSignals(db: Db, pks: readonly number[]): Promise<Map<number, Signal[]>> {
  const rows = await db
    .selectFrom("signals")
    .selectAll()
    .where("paper_pk", "in", numbersIn(db, pks))
    .orderBy("observed_at")
    .orderBy("source")
    .orderBy("kind")
    .execute();
  return group(
    rows.map((row) => [
      row.paper_pk,
      {
        kind: row.kind as Signal["kind"],
        source: row.source,
        observedAt: row.observed_at,
        ...(row.value === null ? {} : { value: row.value }),
        ...(row.detail === null ? {} : { detail: row.detail }),
        ...(row.approximate === 1 ? { approximate: true } : {}),
      },
    ]),
  );
}

/** Merges of papers, oldest first. */
async function loadMerges(db: Db, pks: readonly number[]): Promise<Map<number, MergeNote[]>> {
  const rows = await db
    .selectFrom("merges")
    .selectAll()
    .where("paper_pk", "in", numbersIn(db, pks))
    .orderBy("pk")
    .execute();
  return group(
    rows.map((row) => [
      row.paper_pk,
      {
        source: row.source,
        sourceId: row.source_id,
        reason: row.reason,
        evidence: row.evidence,
        mergedAt: row.merged_at,
        ...(row.merged_id === null ? {} : { mergedId: row.merged_id }),
      },
    ]),
  );
}

/** How the paper came to be one, oldest merge first. */
export async function listMerges(db: Db, pk: number): Promise<MergeNote[]> {
  return (await loadMerges(db, [pk])).get(pk) ?? [];
}

/** The days the paper was put forward for, by whom. */
export async function listSubmissionDays(db: Db, pk: number): Promise<Submission[]> {
  return (await loadSubmissions(db, [pk])).get(pk) ?? [];
}

/** The same of many papers, by pk. */
export function listSubmissionsOf(db: Db, pks: readonly number[]): Promise<Map<number, Submission[]>> {
  return loadSubmissions(db, pks);
}

/** Everything that was observed of the paper, oldest first. */
export async function listObservations(db: Db, pk: number): Promise<Signal[]> {
  return (await loadSignals(db, [pk])).get(pk) ?? [];
}

/** In which categories archives announced the paper, and when. */
export async function listAnnouncementDays(db: Db, pk: number): Promise<Announcement[]> {
  return (await loadAnnouncements(db, [pk])).get(pk) ?? [];
}

function group<T>(pairs: Iterable<readonly [number, T]>): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const [pk, value] of pairs) {
    const found = groups.get(pk);
    if (found) found.push(value);
    else groups.set(pk, [value]);
  }
  return groups;
}
