// The lists of OAI-PMH, by day of modification, in pages whose token moves `from` on to the last day shown.
import type { FaultKind } from "./faults.ts";
import { formatToken, type ListArguments, type OaiError, refuse } from "./oai-arguments.ts";
import { dateOf, renderHeader, renderRecord } from "./oai-record.ts";
import { latestBatch, type PaperView, recordDelayMinutes, viewPaper } from "./paper-view.ts";
import { findCategory } from "./taxonomy.ts";
import type { World } from "./world-types.ts";

export interface OaiListAnswer {
  attributes: Record<string, string>;
  content: string;
}

interface ListRequest {
  list: ListArguments;
  /** null: the first page. */
  skip: number | null;
  now: Date;
  strike(kind: FaultKind): { missing?: number } | undefined;
}

const identifiersPerRecord = 8;

/** Answers lists; remembers the views of the newest batch and, for the duplicate page, the answer before. */
export function createOaiList(world: World, { pageSize }: { pageSize: number }) {
  let cached: { batch: number; views: PaperView[] } | undefined;
  let before: OaiListAnswer | undefined;
  const viewsAt = ({ now, strike }: ListRequest) => {
    const batch = latestBatch(world, now, recordDelayMinutes) - (strike("stale") ? 1 : 0);
    if (cached?.batch !== batch) cached = { batch, views: listViews(world, batch) };
    return cached.views;
  };
  return (request: ListRequest): OaiListAnswer | OaiError => {
    if (request.skip !== null && before && request.strike("duplicate-page")) return before;
    const limit = request.list.verb === "ListRecords" ? pageSize : pageSize * identifiersPerRecord;
    const answer = listPage(viewsAt(request), request, limit);
    if ("content" in answer) before = answer;
    return answer;
  };
}

function listViews(world: World, batch: number): PaperView[] {
  const views = world.papers.flatMap((paper) => viewPaper(world, paper, batch) ?? []);
  return views.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.id < b.id ? -1 : 1));
}

function listPage(views: PaperView[], request: ListRequest, limit: number): OaiListAnswer | OaiError {
  const { list, skip, now, strike } = request;
  const found = views.filter((view) => isAsked(view, list)).slice(skip ?? 0, (skip ?? 0) + limit + 1);
  if (found.length === 0) return refuse("noRecordsMatch", "", { ...list });
  const next = found.length > limit ? continueAfter(found, { list, skip: skip ?? 0, limit }) : null;
  const page = found.slice(0, limit);
  const missing = strike("shrinking-page")?.missing ?? 0;
  const shown = strike("empty-page") ? [] : page.slice(0, page.length - missing);
  const token = next
    ? `                    <resumptionToken expirationDate='${nextMidnight(now)}'>${formatToken(next.list, next.skip)}</resumptionToken>\n\n`
    : skip === null
      ? ""
      : "                    <resumptionToken/>\n\n";
  const records = shown.map((view) =>
    list.verb === "ListRecords" ? renderRecord(list.metadataPrefix, view) : `${renderHeader(view)}\n`,
  );
  return {
    attributes: { ...(next?.list ?? list) },
    content: `<${list.verb}>\n${records.join("")}${token}    </${list.verb}>`,
  };
}

function isAsked(view: PaperView, { from = "", until = "9", set }: ListArguments): boolean {
  if (view.modifiedOn < from || view.modifiedOn > until) return false;
  return set === undefined || view.categories.some((category) => findCategory(category)?.sets.includes(set));
}

/** As the archive's own program: skip on within a day, or start anew at the last day and skip what was shown of it. */
function continueAfter(
  found: PaperView[],
  { list, skip, limit }: { list: ListArguments; skip: number; limit: number },
): { list: ListArguments; skip: number } {
  const lastDay = found.at(-1)!.modifiedOn;
  if (found[0]!.modifiedOn === lastDay) return { list, skip: skip + limit };
  const shown = found.slice(0, limit).filter(({ modifiedOn }) => modifiedOn === lastDay).length;
  return { list: { ...list, from: lastDay }, skip: shown };
}

function nextMidnight(now: Date): string {
  return `${dateOf(new Date(now.getTime() + 86_400_000))}T00:00:00Z`;
}
