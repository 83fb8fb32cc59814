// References a reader brings (BibTeX, RIS, Zotero, another library): those that are papers here become saves, the others
// are kept by title and abstract, because a taste is learned from them all the same.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { findSamePapers } from "../papers/find-same-store.ts";
import type { PaperRecord } from "../papers/paper.ts";
import { identifierKey, identifiersOf } from "../papers/prepared-item.ts";
import { titleKey } from "../papers/title-key.ts";
import { mostReferences } from "./document-schema.ts";
import { raiseRevision } from "./keepers-store.ts";
import { mostMarks, readFolder } from "./library.ts";
import { countMarks, insertMarks } from "./marks-store.ts";
import { countReferences, insertReferences, type ReferenceRow } from "./references-store.ts";

export interface ReferenceOptions {
  /** The folder that the saves go to; "" is none. */
  folder?: string;
  now: Instant;
}

export interface ReferenceReport {
  /** Of them are papers here and saved now, or were. */
  saved: number;
  /** Of them are no papers here; kept for the taste. */
  kept: number;
  /** Of them say nothing: no title. */
  empty: number;
}

const batchSize = 500;

/** Takes records of any source; harmless twice. Throws AppError "bad-input" when the library is full. */
export async function addReferences(
  db: Db,
  keeper: string,
  records: AsyncIterable<PaperRecord> | Iterable<PaperRecord>,
  options: ReferenceOptions,
): Promise<ReferenceReport> {
  const report = { saved: 0, kept: 0, empty: 0 };
  const folder = readFolder(options.folder ?? "");
  let batch: PaperRecord[] = [];
  const flush = async () => {
    const { saved, kept } = await addBatch(db, keeper, batch, { folder, now: options.now });
    report.saved += saved;
    report.kept += kept;
    batch = [];
  };
  for await (const record of records) {
    if (titleKey(record.title) === "") report.empty++;
    else batch.push(record);
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  return report;
}

async function addBatch(
  db: Db,
  keeper: string,
  records: readonly PaperRecord[],
  { folder, now }: { folder: string; now: Instant },
): Promise<{ saved: number; kept: number }> {
  if (records.length === 0) return { saved: 0, kept: 0 };
  const pks = await findSamePapers(db, records, now);
  const here = [...new Set(pks.filter((pk) => pk !== null))];
  const elsewhere = records.filter((_, i) => pks[i] === null).map((record) => rowOf(record, folder, now));
  const rows = [...new Map(elsewhere.map((row) => [row.reference_key, row])).values()];
  await db.transaction().execute(async (trx) => {
    await raiseRevision(trx, keeper, now);
    const saves = here.map((pk) => ({ paper_pk: pk, kind: "save", folder, marked_at: now }));
    await insertMarks(trx, keeper, saves);
    await insertReferences(trx, keeper, rows);
    await refuseFull(trx, keeper);
  });
  return { saved: here.length, kept: rows.length };
}

async function refuseFull(trx: Db, keeper: string): Promise<void> {
  const full = (await countMarks(trx, keeper)) > mostMarks;
  if (!full && (await countReferences(trx, keeper)) <= mostReferences) return;
  throw new AppError("bad-input", "The library would hold too much.", {
    remedy: `It takes ${mostMarks.toLocaleString("en")} marks and ${mostReferences.toLocaleString("en")} references beside them; bring the part that matters.`,
  });
}

function rowOf(record: PaperRecord, folder: string, now: Instant): ReferenceRow {
  const identifiers = identifiersOf(record).map(identifierKey);
  return {
    reference_key: identifiers[0] ?? titleKey(record.title).slice(0, 500),
    title: storable(record.title),
    abstract: storable(record.abstract ?? ""),
    identifiers: JSON.stringify(identifiers),
    folder,
    added_at: now,
  };
}

/** Clean text without what PostgreSQL cannot store. */
function storable(text: string): string {
  return toPlainText(text).replaceAll("\u0000", "").toWellFormed();
}
