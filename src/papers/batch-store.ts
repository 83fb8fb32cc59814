// Loads what a batch of items may touch: a constant number of queries, however many items there are.
import { type Db, numbersIn, textsIn } from "../database/dialect.ts";
import { holdContested, holdIdentifier } from "./draft-identifiers.ts";
import { addDraft, type DraftSet, emptyDraftSet, holdRecord } from "./drafts.ts";
import type { PaperRecord, Scheme } from "./paper.ts";
import { isMintedId } from "./paper-id.ts";
import { identifierKey, type PreparedItem, type PreparedRecord, recordKey } from "./prepared-item.ts";

interface KnownRecord {
  pk: number;
  hash: string;
}

export interface LoadedBatch {
  set: DraftSet;
  /** Items that say nothing new, with the paper they are about; it was not loaded. */
  settled: Map<PreparedItem, number>;
}

/** Finds the papers that the items' records, ids, identifiers and titles lead to, and loads those that may change. */
export async function loadBatch(trx: Db, items: readonly PreparedItem[]): Promise<LoadedBatch> {
  const known = await findRecords(trx, items);
  const pkById = await findIds(trx, items);
  const settled = new Map<PreparedItem, number>();
  const pks = new Set<number>();
  const open: PreparedItem[] = [];
  for (const item of items) {
    const pk = settledPk(item, known, pkById);
    if (pk === null) open.push(item);
    else settled.set(item, pk);
  }
  for (const item of open) for (const pk of pksOf(item, known, pkById)) pks.add(pk);
  const news = open.flatMap((item) => item.records).filter((r) => known.get(r.key)?.hash !== r.hash);
  for (const pk of await findIdentified(trx, news)) pks.add(pk);
  for (const pk of await findTitled(trx, news)) pks.add(pk);
  const set = await loadDrafts(trx, await withContestants(trx, [...pks]));
  // Another item of the batch may change this paper first: then the order of the items decides.
  for (const [item, pk] of settled) if (set.byPk.has(pk)) settled.delete(item);
  return { set, settled };
}

async function findRecords(trx: Db, items: readonly PreparedItem[]): Promise<Map<string, KnownRecord>> {
  const records = items.flatMap((item) => item.records.map((r) => r.record));
  const sources = [...new Set(records.map((r) => r.source))];
  if (sources.length === 0) return new Map();
  const sourceIds = [...new Set(records.map((r) => r.sourceId))];
  const rows = await trx
    .selectFrom("paper_records")
    .select(["source", "source_id", "paper_pk", "hash"])
    .where("source", "in", sources)
    .where("source_id", "in", textsIn(trx, sourceIds))
    .execute();
  return new Map(
    rows.map((row) => [
      recordKey({ source: row.source, sourceId: row.source_id }),
      { pk: row.paper_pk, hash: row.hash },
    ]),
  );
}

/** Papers by the ids the items bring along: by those they have, and by those they had. */
interface PapersById {
  current: Map<string, number>;
  earlier: Map<string, number>;
}

async function findIds(trx: Db, items: readonly PreparedItem[]): Promise<PapersById> {
  const ids = [...new Set(items.flatMap((item) => item.ids.filter(isMintedId)))];
  if (ids.length === 0) return { current: new Map(), earlier: new Map() };
  const earlier = await trx
    .selectFrom("identifiers")
    .select(["value", "paper_pk"])
    .where("scheme", "=", "broadsheet")
    .where("value", "in", textsIn(trx, ids))
    .execute();
  const current = await trx
    .selectFrom("papers")
    .select(["id", "pk"])
    .where("id", "in", textsIn(trx, ids))
    .execute();
  return {
    current: new Map(current.map((row) => [row.id, row.pk])),
    earlier: new Map(earlier.map((row) => [row.value, row.paper_pk])),
  };
}

/**
 * The papers the item's ids lead to. Only ids of our own say for good which paper it is: an arXiv id is among the
 * identifiers, and one that was given up may be another paper's by now.
 */
function leadsOf(item: PreparedItem, { current, earlier }: PapersById): (number | undefined)[] {
  return item.ids.filter(isMintedId).map((id) => current.get(id) ?? earlier.get(id));
}

/** The one paper all of the item is about, when all its records are held word for word; else null. */
function settledPk(item: PreparedItem, known: Map<string, KnownRecord>, pkById: PapersById) {
  const pks = pksOf(item, known, pkById);
  const unchanged = item.records.every((record) => known.get(record.key)?.hash === record.hash);
  const idsLeadThere = leadsOf(item, pkById).every((pk) => pk !== undefined);
  return unchanged && idsLeadThere && pks.size === 1 ? [...pks][0]! : null;
}

function pksOf(item: PreparedItem, known: Map<string, KnownRecord>, pkById: PapersById) {
  const found = [...item.records.map((record) => known.get(record.key)?.pk), ...leadsOf(item, pkById)];
  return new Set(found.filter((pk) => pk !== undefined));
}

async function findIdentified(trx: Db, records: readonly PreparedRecord[]): Promise<number[]> {
  const identifiers = records.flatMap((record) => record.identifiers);
  const schemes = [...new Set(identifiers.map((i) => i.scheme))];
  if (schemes.length === 0) return [];
  const wanted = new Set(identifiers.map(identifierKey));
  const rows = await trx
    .selectFrom("identifiers")
    .select(["scheme", "value", "paper_pk"])
    .where("scheme", "in", schemes)
    .where("value", "in", textsIn(trx, [...new Set(identifiers.map((i) => i.value))]))
    .execute();
  return rows.filter((row) => wanted.has(identifierKey(row))).map((row) => row.paper_pk);
}

async function findTitled(trx: Db, records: readonly PreparedRecord[]): Promise<number[]> {
  const keys = [...new Set(records.map((record) => record.titleKey))].filter((key) => key !== "");
  if (keys.length === 0) return [];
  const rows = await trx
    .selectFrom("papers")
    .select("pk")
    .where("title_key", "in", textsIn(trx, keys))
    .execute();
  return rows.map((row) => row.pk);
}

/**
 * These papers, and those that contest identifiers with them: what one gives up or takes over, another gains or loses. A query
 * for each step from contestant to contestant, which hardly ever are any.
 */
export async function withContestants(trx: Db, pks: readonly number[]): Promise<number[]> {
  const found = new Set(pks);
  for (let last = [...found]; last.length > 0; ) {
    const rows = await contestantsOf(trx, last);
    last = rows.filter((pk) => !found.has(pk));
    for (const pk of last) found.add(pk);
  }
  return [...found];
}

async function contestantsOf(trx: Db, pks: readonly number[]): Promise<number[]> {
  const wanted = numbersIn(trx, pks);
  const rivals = trx
    .selectFrom("identifiers as i")
    .innerJoin("contested_identifiers as c", (join) =>
      join.onRef("i.scheme", "=", "c.scheme").onRef("i.value", "=", "c.value"),
    );
  const rows = await rivals
    .select("c.paper_pk as pk")
    .where("i.paper_pk", "in", wanted)
    .union(rivals.select("i.paper_pk as pk").where("c.paper_pk", "in", wanted))
    .execute();
  return rows.map(({ pk }) => pk);
}

/** Papers with their records and identifiers, ready to be changed. */
export async function loadDrafts(trx: Db, pks: readonly number[]): Promise<DraftSet> {
  const set = emptyDraftSet();
  if (pks.length === 0) return set;
  const wanted = numbersIn(trx, pks);
  const papers = await trx
    .selectFrom("papers")
    .select(["pk", "id", "title_key as titleKey", "created_at as createdAt"])
    .where("pk", "in", wanted)
    .orderBy("pk")
    .execute();
  for (const paper of papers) addDraft(set, paper);
  const records = await trx
    .selectFrom("paper_records")
    .select(["source", "source_id", "paper_pk", "hash", "record"])
    .where("paper_pk", "in", wanted)
    .execute();
  for (const row of records) {
    const record = JSON.parse(row.record) as PaperRecord;
    holdRecord(set, set.byPk.get(row.paper_pk)!, recordKey(record), { record, hash: row.hash });
  }
  await loadIdentifiers(trx, set, pks);
  return set;
}

async function loadIdentifiers(trx: Db, set: DraftSet, pks: readonly number[]): Promise<void> {
  for (const [table, hold] of [
    ["identifiers", holdIdentifier],
    ["contested_identifiers", holdContested],
  ] as const) {
    const rows = await trx
      .selectFrom(table)
      .select(["scheme", "value", "paper_pk"])
      .where("paper_pk", "in", numbersIn(trx, pks))
      .execute();
    for (const { paper_pk, scheme, value } of rows)
      hold(set, set.byPk.get(paper_pk)!, { scheme: scheme as Scheme, value });
  }
}
