// Brings a batch of items into the bibliography: one transaction, a constant number of statements, harmless twice.
import { type Db, insertRows, numbersIn, takeNumbers } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { type Absorption, absorbPapers } from "./absorb-store.ts";
import { type LoadedBatch, loadBatch } from "./batch-store.ts";
import { survivorOf } from "./drafts.ts";
import { writeDrafts } from "./drafts-store.ts";
import { type ItemFacts, type Origin, writeFacts } from "./facts-store.ts";
import { type Joined, type JoinKind, type JoinTimes, joinItem } from "./joining.ts";
import type { SourceItem } from "./paper.ts";
import { keepPastPapers } from "./past-papers-store.ts";
import { type PlacedDraft, placeDrafts } from "./placing-store.ts";
import { type PreparedItem, prepareItem } from "./prepared-item.ts";

/**
 * What became of one item. `added`: a new paper. `merged`: its record is new and joined a paper that other records had
 * brought. `updated`: its record was known and changed, or brought something new (a place, a submission, a signal).
 * `unchanged`: nothing was written. Each item has exactly one outcome.
 */
export type ItemOutcome = { kind: JoinKind; pk: number } | { kind: "rejected"; reason: string };

export interface SaveOptions {
  now: Instant;
  /** When the import began; default now. Papers of one export are different papers, whatever their titles. */
  startedAt?: Instant;
  origin: Origin;
}

/** Saves some hundred items in order; the outcomes are in the order of the items. Needs a transaction of its own. */
export async function saveItems(
  trx: Db,
  items: readonly SourceItem[],
  { now, startedAt = now, origin }: SaveOptions,
): Promise<ItemOutcome[]> {
  await lockBibliography(trx);
  const prepared = items.map(prepareItem);
  const taken = prepared.filter((p): p is PreparedItem => !("refused" in p));
  const batch = await loadBatch(trx, taken);
  const joined = new Map(taken.map((item) => [item, joinUnsettled(batch, item, { now, startedAt })]));
  const placed = await placeDrafts(
    trx,
    batch.set.all.filter((d) => d.changed && !d.absorbedBy),
  );
  const absorptions = placed.flatMap(({ draft, pk }) =>
    draft.absorbed.map((a): Absorption => ({ from: a.pk, id: a.id, to: pk })),
  );
  const changing = placed.filter(({ isNew }) => !isNew).map(({ pk }) => pk);
  await keepPastPapers(trx, [...changing, ...absorptions.map(({ from }) => from)], now);
  await absorbPapers(trx, absorptions, now);
  const facts = taken.map((item) => factsOf(batch, item, joined.get(item) ?? null, origin));
  const made = new Set(placed.filter(({ isNew }) => isNew).map(({ pk }) => pk));
  const news = await writeFacts(trx, facts, { now, made });
  const touched = new Set([...news].map((fact) => fact.pk));
  await writeChanges(trx, { placed, absorptions, touched, now });
  const outcomes = new Map(
    taken.map((item, i) => [item, outcomeOf(joined.get(item) ?? null, facts[i]!, news)]),
  );
  return prepared.map((p) => ("refused" in p ? { kind: "rejected", reason: p.refused } : outcomes.get(p)!));
}

/** Two imports at once take turns: the second must see what the first has brought. Updating a counter locks its row. */
async function lockBibliography(trx: Db): Promise<void> {
  await takeNumbers(trx, "changes", 0);
}

function joinUnsettled(batch: LoadedBatch, item: PreparedItem, times: JoinTimes): Joined | null {
  return batch.settled.has(item) ? null : joinItem(batch.set, item, times);
}

function factsOf(
  batch: LoadedBatch,
  prepared: PreparedItem,
  joined: Joined | null,
  origin: Origin,
): ItemFacts {
  const pk = joined ? survivorOf(joined.draft).pk! : batch.settled.get(prepared)!;
  // What a backup of a sample brings back is still the sample's.
  const isSample = prepared.records.every(({ record }) => record.source === "sample");
  return { pk, item: prepared.item, origin: isSample ? "sample" : origin };
}

function outcomeOf(joined: Joined | null, facts: ItemFacts, news: ReadonlySet<ItemFacts>): ItemOutcome {
  const kind = joined?.kind ?? "unchanged";
  return { kind: kind === "unchanged" && news.has(facts) ? "updated" : kind, pk: facts.pk };
}

interface Changes {
  placed: readonly PlacedDraft[];
  absorptions: readonly Absorption[];
  /** Papers that got new facts. */
  touched: ReadonlySet<number>;
  now: Instant;
}

/** Everything that changed gets a change number of its own, so that followers (the search index) hear of it in order. */
async function writeChanges(trx: Db, { placed, absorptions, touched, now }: Changes): Promise<void> {
  const written = new Set(placed.map((p) => p.pk));
  const alsoTouched = [...touched].filter((pk) => !written.has(pk)).sort((a, b) => a - b);
  const count = placed.length + absorptions.length + alsoTouched.length;
  if (count === 0) return;
  const first = await takeNumbers(trx, "changes", count);
  await insertRows(
    trx,
    "removed_papers",
    absorptions.map(({ from, id }, i) => ({ pk: from, id, change_number: first + i })),
  );
  await writeDrafts(trx, placed, { now, firstChangeNumber: first + absorptions.length });
  await renumberPapers(trx, alsoTouched, first + absorptions.length + placed.length);
}

/** Gives the papers consecutive change numbers in the order of their pk. */
async function renumberPapers(trx: Db, pks: readonly number[], first: number): Promise<void> {
  if (pks.length === 0) return;
  const numbered = trx
    .selectFrom("papers")
    .select((e) => [
      "pk",
      e.fn
        .agg<number>("row_number")
        .over((o) => o.orderBy("pk"))
        .as("place"),
    ])
    .where("pk", "in", numbersIn(trx, pks))
    .as("numbered");
  await trx
    .updateTable("papers")
    .from(numbered)
    .set((e) => ({ change_number: e("numbered.place", "+", e.val(first - 1)) }))
    .whereRef("papers.pk", "=", "numbered.pk")
    .execute();
}
