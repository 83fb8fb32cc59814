// Pages of the hub's API: the daily papers of a day, week or month, trending, and search; each row as in its JSON files.
import type { Day, Instant } from "../lib/clock.ts";
import { findNextPage } from "../lib/link-header.ts";
import type { SourceItem } from "../papers/paper.ts";
import { readDailyItem } from "./daily-json.ts";
import { isFields, isRefusal } from "./fields.ts";

export interface HubRequest {
  /** The address that was asked. */
  url: string;
  /** When it answered: the time of the signals. */
  observedAt: Instant;
  /** The hub's own day that was asked for; without one the day of each row's submission stands. */
  day?: Day;
}

export interface HubPage {
  ok: true;
  items: SourceItem[];
  /** Why rows cannot be taken, with their place (1-based). */
  rejected: { row: number; reason: string }[];
  /** Address of the next page, on the same server; null on the last. */
  nextUrl: string | null;
}

export type HubAnswer =
  | HubPage
  /** The hub's own answer to what it does not serve ({"error": …}). */
  | { ok: false; kind: "refused"; message: string }
  | { ok: false; kind: "broken"; reason: string };

/** A hundred rows, the most a page has, take some 600 KB. */
const longestBody = 32 * 1024 * 1024;

/** Reads an answer of /api/daily_papers or /api/papers/search with its Link header, whatever its status was. */
export function parseHubAnswer(
  body: string | Uint8Array,
  linkHeader: string | null,
  request: HubRequest,
): HubAnswer {
  if (body.length > longestBody)
    return { ok: false, kind: "broken", reason: `it is larger than ${longestBody} bytes` };
  const rows = parseJson(body);
  if (isFields(rows) && typeof rows.error === "string")
    return { ok: false, kind: "refused", message: rows.error };
  if (!Array.isArray(rows)) return { ok: false, kind: "broken", reason: "it is no JSON array" };
  const page: HubPage = { ok: true, items: [], rejected: [], nextUrl: findNextPage(linkHeader, request.url) };
  for (const [index, row] of rows.entries()) {
    const item = readRow(row, request);
    if (isRefusal(item)) page.rejected.push({ row: index + 1, reason: item.refused });
    else page.items.push(item);
  }
  return page;
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

function readRow(row: unknown, { observedAt, day }: HubRequest): SourceItem | { refused: string } {
  if (!isFields(row)) return { refused: "it is no JSON object" };
  const ofDay = day === undefined ? row : { ...row, _day: day };
  return readDailyItem(ofDay, { fileName: "", observedAt });
}
