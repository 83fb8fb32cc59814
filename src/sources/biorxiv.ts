// The details API of bioRxiv and medRxiv (api.biorxiv.org/details/{server}/{from}/{to}/{cursor}/json): a row a version.
import type { SourceItem } from "../papers/paper.ts";
import { type BiorxivRow, itemOfRows, readBiorxivRow } from "./biorxiv-row.ts";
import { isFields, isRefusal } from "./fields.ts";

export type BiorxivServer = "biorxiv" | "medrxiv";

export interface BiorxivPage {
  ok: true;
  /** Rows of the whole interval, as declared, and where this page begins among them (0-based). */
  total: number;
  cursor: number;
  /** Rows on this page. */
  count: number;
  /** For the next page; null on the last. */
  nextCursor: number | null;
  /** One item a paper: the versions on this page are one record. */
  items: SourceItem[];
  /** Why rows cannot be taken, with their place on the page (1-based). */
  rejected: { row: number; reason: string }[];
}

export type BiorxivAnswer =
  | BiorxivPage
  /** The server's own answer: not "ok", nor that there is nothing. */
  | { ok: false; kind: "refused"; message: string }
  | { ok: false; kind: "broken"; reason: string };

const longestBody = 32 * 1024 * 1024;

/** Reads an answer about one of the two servers. An interval without posts is an empty page. */
export function parseBiorxivAnswer(body: string | Uint8Array, server: BiorxivServer): BiorxivAnswer {
  if (body.length > longestBody) return broken(`it is larger than ${longestBody} bytes`);
  const answer = parseJson(body);
  const message = isFields(answer) && Array.isArray(answer.messages) ? answer.messages[0] : null;
  if (!isFields(answer) || !isFields(message) || typeof message.status !== "string")
    return broken("it is no JSON object with a status");
  const status = message.status.trim();
  if (/^no (?:posts|articles|papers)\b/i.test(status)) return emptyPage;
  if (status.toLowerCase() !== "ok") return { ok: false, kind: "refused", message: status.slice(0, 500) };
  if (!Array.isArray(answer.collection)) return broken("it has no collection");
  return pageOf(answer.collection, message, server);
}

const emptyPage: BiorxivPage = {
  ok: true,
  total: 0,
  cursor: 0,
  count: 0,
  nextCursor: null,
  items: [],
  rejected: [],
};

function broken(reason: string): BiorxivAnswer {
  return { ok: false, kind: "broken", reason };
}

function parseJson(body: string | Uint8Array): unknown {
  try {
    return JSON.parse(
      typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true }).decode(body),
    );
  } catch {
    return null;
  }
}

/** Counts are numbers or texts, as the server likes. */
function readCount(value: unknown): number | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function pageOf(
  collection: unknown[],
  message: Record<string, unknown>,
  server: BiorxivServer,
): BiorxivAnswer {
  const [total, cursor = 0] = [readCount(message.total), readCount(message.cursor)];
  if (total === undefined) return broken("it does not say how many rows there are");
  const count = readCount(message.count) ?? collection.length;
  if (count !== collection.length) return broken(`it declares ${count} rows and has ${collection.length}`);
  if (count === 0 && cursor < total) return broken("it is empty before the end of the list");
  const rejected: BiorxivPage["rejected"] = [];
  const papers = new Map<string, BiorxivRow[]>();
  for (const [index, value] of collection.entries()) {
    const row = isFields(value) ? readBiorxivRow(value, server) : { refused: "it is no JSON object" };
    if (isRefusal(row)) rejected.push({ row: index + 1, reason: row.refused });
    else papers.set(row.doi, [...(papers.get(row.doi) ?? []), row]);
  }
  const nextCursor = cursor + count < total ? cursor + count : null;
  return {
    ok: true,
    total,
    cursor,
    count,
    nextCursor,
    items: [...papers.values()].map(itemOfRows),
    rejected,
  };
}
