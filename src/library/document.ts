// A library as one JSON document: taken along, brought back, or brought to another instance.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { findSamePapers } from "../papers/find-same-store.ts";
import { parseIdentifier } from "../papers/identifiers.ts";
import type { Identifier, Paper, PaperRecord } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { parsePaperId } from "../papers/prepared-item.ts";
import {
  type DocumentMark,
  type DocumentReference,
  documentSchema,
  type LibraryDocument,
  mostReferences,
} from "./document-schema.ts";
import { keyOfFollow } from "./follow-key.ts";
import { insertFollows } from "./follows-store.ts";
import { emptyKeeper, writeSettings } from "./keepers-store.ts";
import { findSettings, listFollows, listMarks, type Mark, refuseTooMuch } from "./library.ts";
import { insertMarks, type MarkRow } from "./marks-store.ts";
import { addReferences } from "./references.ts";
import { selectReferences } from "./references-store.ts";

/** Everything the keeper keeps; the keys of private feeds are left out, because they would let whoever has the file in. */
export async function exportLibrary(db: Db, keeper: string, now: Instant): Promise<LibraryDocument> {
  const marks = await listMarks(db, keeper);
  const papers = await findPapersByPk(db, [...new Set(marks.map((mark) => mark.paperPk))]);
  const references = await selectReferences(db, keeper, mostReferences);
  return {
    broadsheetLibrary: 1,
    exportedAt: now,
    settings: await findSettings(db, keeper),
    marks: marks.flatMap((mark) => documentMark(mark, papers.get(mark.paperPk))),
    follows: (await listFollows(db, keeper)).map(({ kind, value, followedAt }) => ({
      kind,
      value,
      at: followedAt,
    })),
    references: references.map(({ title, abstract, identifiers, folder, added_at }) => ({
      title,
      abstract,
      identifiers: JSON.parse(identifiers) as string[],
      folder,
      at: added_at,
    })),
  };
}

function documentMark({ kind, folder, markedAt }: Mark, paper: Paper | undefined): DocumentMark[] {
  if (!paper) return [];
  return [
    {
      paper: paper.id,
      identifiers: [],
      title: paper.titleText,
      authors: paper.authors.map(({ name }) => name),
      year: paper.year,
      kind,
      folder,
      at: markedAt,
    },
  ];
}

export interface ImportReport {
  marks: number;
  follows: number;
  references: number;
  /** Titles of marked papers that are not here and cannot be kept as references ("less", "hide"). */
  unknown: string[];
}

/** Reads a document; throws AppError "bad-input" that says what is wrong and where. */
export function parseLibrary(text: string): LibraryDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError("bad-input", "The file is not JSON.", { remedy: remedyOfImport });
  }
  const parsed = documentSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const version = (value as { broadsheetLibrary?: unknown } | null)?.broadsheetLibrary;
  if (typeof version === "number" && version > 1)
    throw new AppError(
      "newer-version",
      `The library is of version ${version}; this program reads version 1.`,
      {
        remedy: "Update Broadsheet first.",
      },
    );
  const issue = parsed.error.issues[0]!;
  const place = issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
  throw new AppError("bad-input", `The file is not a library${place}: ${issue.message}.`, {
    remedy: remedyOfImport,
  });
}

const remedyOfImport = 'Give a file that "broadsheet library export" or the page of your library wrote.';

/**
 * Takes a document in. Marks stand for papers by id, by identifier, or by title and authors; those whose paper is not here
 * become references. With `replace` the library is emptied first. All but the references is one transaction. Throws AppError
 * "bad-input" when the library would hold too much.
 */
export async function importLibrary(
  db: Db,
  keeper: string,
  document: LibraryDocument,
  options: { now: Instant; replace?: boolean },
): Promise<ImportReport> {
  const { now } = options;
  const records = document.marks.map(recordOfMark);
  const pks = await findSamePapers(db, records, now);
  const rows = document.marks.flatMap((mark, i) => markRow(mark, pks[i]!));
  const lost = document.marks.filter((_, i) => pks[i] === null);
  const follows = document.follows.map(({ kind, value, at }) => {
    const { key, value: kept } = keyOfFollow({ kind, value });
    return { kind, follow_key: key, value: kept, followed_at: at };
  });
  await db.transaction().execute(async (trx) => {
    if (options.replace) await emptyKeeper(trx, keeper, now);
    await writeSettings(trx, keeper, JSON.stringify(document.settings), now);
    await insertMarks(trx, keeper, rows);
    await insertFollows(trx, keeper, follows);
    await refuseTooMuch(trx, keeper);
  });
  const kept = [...document.references, ...lost.filter(isPositive).map(referenceOfMark)];
  const references = await takeReferences(db, keeper, kept, now);
  return {
    marks: rows.length + references.saved,
    follows: follows.length,
    references: references.kept,
    unknown: lost.filter((mark) => !isPositive(mark)).map((mark) => mark.title || mark.paper),
  };
}

function isPositive({ kind, title }: DocumentMark): boolean {
  return title !== "" && kind !== "less" && kind !== "hide";
}

function referenceOfMark({ title, identifiers, folder, at, paper }: DocumentMark): DocumentReference {
  return { title, abstract: "", identifiers: [paper, ...identifiers], folder, at };
}

function markRow({ kind, folder, at }: DocumentMark, pk: number | null): MarkRow[] {
  return pk === null ? [] : [{ paper_pk: pk, kind, folder, marked_at: at }];
}

/** One folder at a time, so that each keeps its own. */
async function takeReferences(
  db: Db,
  keeper: string,
  references: readonly DocumentReference[],
  now: Instant,
): Promise<{ saved: number; kept: number }> {
  const sums = { saved: 0, kept: 0 };
  for (const [folder, group] of Map.groupBy(references, (reference) => reference.folder)) {
    const report = await addReferences(db, keeper, group.map(recordOfReference), { folder, now });
    sums.saved += report.saved;
    sums.kept += report.kept;
  }
  return sums;
}

const nothingElse = { authors: [], categories: [], versions: [], links: [] };

function recordOfReference({ title, abstract, identifiers }: DocumentReference): PaperRecord {
  return {
    ...nothingElse,
    source: "references",
    sourceId: title.slice(0, 200),
    identifiers: identifiers.flatMap(readIdentifier),
    title,
    ...(abstract === "" ? {} : { abstract }),
  };
}

function recordOfMark({ paper, identifiers, title, authors, year }: DocumentMark): PaperRecord {
  const own = parsePaperId(paper);
  return {
    ...nothingElse,
    source: "references",
    sourceId: paper,
    identifiers: [...(own ? [own] : []), ...identifiers.flatMap(readIdentifier)],
    title: title === "" ? paper : title,
    authors: authors.map((name) => ({ name })),
    ...(year === null ? {} : { year }),
  };
}

function readIdentifier(text: string): Identifier[] {
  const parsed = parseIdentifier(text);
  return parsed ? [{ scheme: parsed.scheme, value: parsed.value }] : [];
}
