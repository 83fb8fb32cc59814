// The census: OAI-PMH's list of all identifiers that changed since the day before, in a request or two, held against what
// we have. What is in a followed category and missing, and holes in the day's numbers, are asked for one by one (query API).
import { addDays, type Day, type Instant, minutesAfter } from "../lib/clock.ts";
import { lastAnnouncement } from "../sources/arxiv-announcements.ts";
import { parseArxivQuery } from "../sources/arxiv-atom.ts";
import { categoryOfSet } from "../sources/arxiv-oai-dc.ts";
import type { OaiHeader, OaiRecord } from "../sources/arxiv-oai-record.ts";
import { saveRecords } from "./harvest-arxiv-oai.ts";
import { ask } from "./harvest-ask.ts";
import { findStream } from "./harvest-streams-store.ts";
import { enterLook } from "./ledger-entry.ts";
import { findGaps } from "./ledger-gaps.ts";
import { listAnnouncedIds, listIdsWithout } from "./ledger-store.ts";
import { parseBeside } from "./parse-beside.ts";
import { censusAt, nextCensus, retryAt } from "./plan.ts";
import type { Stream, Visited, Work } from "./sources.ts";

const name = "arxiv-census";
const mostPages = 50;
/** The query API takes so many ids at a time. */
const idsAtOnce = 100;

export const censusStream: Stream = {
  name,
  lane: "arxiv-export",
  source: "arxiv",
  visit: (work) => visit(work),
};

async function visit(work: Work): Promise<Visited> {
  const now = work.clock();
  const { day } = lastAnnouncement(now.toISOString());
  if (censusAt(day) > now.toISOString())
    return { ok: true, early: true, message: `The census of ${day} is not due yet.`, nextAt: censusAt(day) };
  const count = await takeCensus(work, day);
  if ("trouble" in count) return later(work, count);
  const arrivals = await listArrivals(work, day);
  const known = new Set(count.headers.flatMap(({ arxivId }) => arxivId ?? []));
  if (arrivals.length > 0 && !arrivals.some((id) => known.has(id)))
    return later(work, {
      trouble: `The census does not know the papers of ${day} yet.`,
      until: minutesAfter(now, 30),
    });
  const missing = await listMissing(work, count.headers);
  const gaps = await unaccounted(work, arrivals, known);
  const unnumbered = missing.filter((id) => !gaps.includes(id));
  const lists = [
    await askOneByOne(work, unnumbered, { day }),
    await askOneByOne(work, gaps, { day, numberedOn: day }),
  ];
  for (const asked of lists) if (typeof asked !== "number") return later(work, asked);
  const message = `The census of ${day} counts ${known.size} changed papers; ${lists[0]} of ours were missing, ${lists[1]} of its numbers.`;
  return { ok: true, message, nextAt: nextCensus(work.clock()) };
}

interface Trouble {
  trouble: string;
  until: Instant | null;
}

async function later(work: Work, { trouble, until }: Trouble): Promise<Visited> {
  const failures = (await findStream(work.db, name))?.failures ?? 0;
  return { ok: false, message: trouble, nextAt: retryAt(work.clock(), until, failures) };
}

/** Headers of everything that changed on the day or the day before. Nothing is kept of it, so that it begins anew. */
async function takeCensus(work: Work, day: Day): Promise<{ headers: OaiHeader[] } | Trouble> {
  const headers: OaiHeader[] = [];
  let query: Record<string, string> = {
    verb: "ListIdentifiers",
    metadataPrefix: "arXivRaw",
    from: addDays(day, -1),
  };
  for (let page = 0; page < mostPages; page++) {
    const url = `${work.settings.arxivOaiUrl}?${new URLSearchParams(query)}`;
    const reply = await ask(work, { source: "arxiv-oai", url, accept: "text/xml" });
    if (reply.kind === "trouble" || reply.kind === "resting")
      return { trouble: reply.message, until: reply.until };
    if (reply.kind !== "ok") return { trouble: "The census was refused.", until: null };
    const answer = await parseBeside("oai", reply.body);
    if (!answer.ok && answer.kind === "protocol" && answer.code === "noRecordsMatch") return { headers };
    if (!answer.ok)
      return {
        trouble: `The census failed: ${answer.kind === "broken" ? answer.reason : answer.message}.`,
        until: null,
      };
    headers.push(...answer.headers);
    const token = answer.resumptionToken;
    if (token === null) return { headers };
    if (token === query.resumptionToken) return { trouble: "The census sent a page twice.", until: null };
    query = { verb: "ListIdentifiers", resumptionToken: token };
  }
  return { trouble: `The census has more than ${mostPages} pages.`, until: null };
}

/** What was new on the day in the followed categories. */
async function listArrivals({ db, settings }: Work, day: Day): Promise<string[]> {
  const ids: string[] = [];
  for (const category of settings.categories) {
    const announced = await listAnnouncedIds(db, { source: "arxiv", category, day });
    ids.push(...announced.filter(({ kind }) => kind === "new").map(({ arxivId }) => arxivId));
  }
  return [...new Set(ids)];
}

/** In a followed category by its sets, and without a record of arXiv's own. */
async function listMissing({ db, settings }: Work, headers: readonly OaiHeader[]): Promise<string[]> {
  const followed = new Set(settings.categories);
  const ours = headers.filter(
    ({ sets, deleted }) => !deleted && sets.some((set) => followed.has(categoryOfSet(set))),
  );
  return listIdsWithout(
    db,
    ours.flatMap(({ arxivId }) => arxivId ?? []),
    ["arxiv", "arxiv-api"],
  );
}

/** Numbers of the day that neither the census nor we have. */
async function unaccounted({ db }: Work, arrivals: string[], known: ReadonlySet<string>): Promise<string[]> {
  const gaps = findGaps(arrivals, known);
  return listIdsWithout(db, gaps, ["arxiv", "arxiv-api", "arxiv-listing", "arxiv-rss"]);
}

/** Fetches single papers and places them; a category in which one turns out to be has been short of it. */
async function askOneByOne(
  work: Work,
  ids: string[],
  { day, numberedOn }: { day: Day; numberedOn?: Day },
): Promise<number | Trouble> {
  let found = 0;
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    const slice = ids.slice(start, start + idsAtOnce);
    const parameters = new URLSearchParams({ id_list: slice.join(","), max_results: String(idsAtOnce) });
    const url = `${work.settings.arxivApiUrl}?${parameters}`;
    const reply = await ask(work, { source: "arxiv-api", url, accept: "application/atom+xml" });
    if (reply.kind === "trouble" || reply.kind === "resting")
      return { trouble: reply.message, until: reply.until };
    if (reply.kind !== "ok") return { trouble: "The query API refused single papers.", until: null };
    const answer = parseArxivQuery(reply.body);
    if (!answer.ok)
      return {
        trouble: `The query API failed: ${answer.kind === "broken" ? answer.reason : answer.message}.`,
        until: null,
      };
    if (answer.missing > 0)
      return { trouble: `The query API left out ${answer.missing} papers.`, until: null };
    const records = answer.entries.map(
      ({ id, record }): OaiRecord => ({
        identifier: id,
        arxivId: id,
        datestamp: day,
        sets: [],
        deleted: false,
        record,
      }),
    );
    await saveFound(work, records, { day, ...(numberedOn ? { numberedOn } : {}) });
    found += records.length;
  }
  return found;
}

async function saveFound(
  work: Work,
  records: OaiRecord[],
  { day, numberedOn }: { day: Day; numberedOn?: Day },
): Promise<void> {
  const now = work.clock().toISOString();
  await work.db.transaction().execute(async (trx) => {
    for (const category of work.settings.categories) {
      const here = records.filter(({ record }) => record?.categories.includes(category));
      if (here.length === 0) continue;
      const hint = numberedOn === undefined ? {} : { numberedOn };
      const sweep = { work: { ...work, db: trx }, category, until: day, ...hint };
      await saveRecords(sweep, addDays(day, -1), here);
      const key = { source: "arxiv", category, day };
      const trouble = `${here.length} papers were missing from what OAI-PMH had listed: ${here
        .map(({ arxivId }) => arxivId)
        .slice(0, 5)
        .join(", ")}`;
      await enterLook(trx, key, { look: { outcome: "batch", route: "api", trouble }, now });
    }
  });
  work.onPage?.(name, records.length);
}
