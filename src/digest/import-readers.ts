// Takes a list of addresses in: each is asked, nobody is subscribed; who is here already, has left or minds is not asked.
import type { Db } from "../database/dialect.ts";
import { explainAddress, parseAddress } from "../mail/address.ts";
import { isTimeOfDay, isZone } from "./local-time.ts";
import type { ListedReader } from "./reader-list.ts";
import { type RequestOptions, requestSubscription } from "./subscribe.ts";
import { findSubscriberByKey } from "./subscribers-store.ts";

export interface ImportReport {
  /** A confirmation letter waits for each. */
  asked: number;
  /** Not asked again, by state: "confirmed", "unconfirmed", "unsubscribed", "suppressed". */
  known: Record<string, number>;
  refused: { address: string; problem: string }[];
}

/** Harmless twice: who was asked is known the second time. */
export async function importReaders(
  db: Db,
  readers: readonly ListedReader[],
  options: Omit<RequestOptions, "now"> & {
    now(): string;
    zone: string;
    sendAt: string;
    signal?: AbortSignal;
  },
): Promise<ImportReport> {
  const report: ImportReport = { asked: 0, known: {}, refused: [] };
  for (const reader of readers) {
    if (options.signal?.aborted) break;
    const { address, zone = options.zone, sendAt = options.sendAt } = reader;
    const problem = problemOf({ address, zone, sendAt });
    if (problem !== null) {
      report.refused.push({ address: address.slice(0, 300), problem });
      continue;
    }
    const state = await stateOf(db, address);
    if (state !== null) report.known[state] = (report.known[state] ?? 0) + 1;
    else {
      await requestSubscription(db, { address, zone, sendAt }, { ...options, now: options.now() });
      report.asked++;
    }
  }
  return report;
}

function problemOf({ address, zone, sendAt }: Required<ListedReader>): string | null {
  const parsed = parseAddress(address);
  if ("problem" in parsed) return explainAddress(parsed.problem);
  if (!isZone(zone)) return `There is no time zone "${zone.slice(0, 60)}".`;
  return isTimeOfDay(sendAt) ? null : `"${sendAt.slice(0, 20)}" is no time like 08:40.`;
}

async function stateOf(db: Db, address: string): Promise<string | null> {
  const parsed = parseAddress(address);
  const known = "problem" in parsed ? undefined : await findSubscriberByKey(db, parsed.key);
  return known?.state ?? null;
}
