// One paper by its identifier, from the archive that has it, because somebody asks for it now. As polite as all harvesting.
import type { Identifier, SourceItem } from "../papers/paper.ts";
import { parseArxivQuery } from "../sources/arxiv-atom.ts";
import { type BiorxivServer, parseBiorxivAnswer } from "../sources/biorxiv.ts";
import { ask } from "./harvest-ask.ts";
import type { Work } from "./sources.ts";

export type Fetched =
  | { ok: true; item: SourceItem }
  /** no-source: nobody we know how to ask. unknown: the archive has no such paper. trouble: it did not answer (in time). */
  | { ok: false; kind: "no-source" | "unknown" | "trouble"; message: string };

/** DOIs of bioRxiv and medRxiv share this prefix; only asking tells which of the two it is. */
const preprintDoi = /^10\.(?:1101|64898)\//;

/** Asks; saves nothing. `work.signal` says how long it may take. */
export async function fetchPaper(work: Work, { scheme, value }: Identifier): Promise<Fetched> {
  if (scheme === "arxiv") return fetchFromArxiv(work, value);
  if (scheme === "doi" && preprintDoi.test(value)) return fetchPreprint(work, value);
  return { ok: false, kind: "no-source", message: "No archive that is known here can be asked for it." };
}

async function fetchFromArxiv(work: Work, id: string): Promise<Fetched> {
  const parameters = new URLSearchParams({ id_list: id, max_results: "1" });
  const url = `${work.settings.arxivApiUrl}?${parameters}`;
  const reply = await ask(work, { source: "arxiv-api", url, accept: "application/atom+xml" });
  if (reply.kind === "refused") return unknown("arXiv");
  if (reply.kind !== "ok") return trouble("arXiv", reply);
  const answer = parseArxivQuery(reply.body);
  if (!answer.ok) return answer.kind === "refused" ? unknown("arXiv") : trouble("arXiv", answer);
  const entry = answer.entries.find((each) => each.id === id);
  return entry ? { ok: true, item: itemOf(entry.record) } : unknown("arXiv");
}

async function fetchPreprint(work: Work, doi: string): Promise<Fetched> {
  let last: Fetched = unknown("bioRxiv");
  for (const server of ["biorxiv", "medrxiv"] as const) {
    last = await fetchFromServer(work, server, doi);
    if (last.ok || last.kind === "trouble") return last;
  }
  return last;
}

async function fetchFromServer(work: Work, server: BiorxivServer, doi: string): Promise<Fetched> {
  const url = `${work.settings.biorxivUrl}/details/${server}/${doi}/na/json`;
  const reply = await ask(work, { source: server, url, accept: "application/json" });
  if (reply.kind === "refused") return unknown(server);
  if (reply.kind !== "ok") return trouble(server, reply);
  const answer = parseBiorxivAnswer(reply.body, server);
  if (!answer.ok) return answer.kind === "refused" ? unknown(server) : trouble(server, answer);
  const item = answer.items.find(({ records }) =>
    records.some(({ identifiers }) => identifiers.some((id) => id.scheme === "doi" && id.value === doi)),
  );
  return item?.records[0] ? { ok: true, item: itemOf(item.records[0]) } : unknown(server);
}

/** The record alone: which day it belongs to is for the harvest of that day to say. */
function itemOf(record: SourceItem["records"][number]): SourceItem {
  return { records: [record], submissions: [], announcements: [], signals: [], places: [] };
}

function unknown(archive: string): Fetched {
  return { ok: false, kind: "unknown", message: `${archive} has no such paper.` };
}

function trouble(archive: string, reply: object): Fetched {
  const said = "message" in reply ? String(reply.message) : "";
  return { ok: false, kind: "trouble", message: `${archive} could not be asked now. ${said}`.trim() };
}
