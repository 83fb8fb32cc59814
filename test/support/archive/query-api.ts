// export.arxiv.org/api/query: Atom with search, paging, and errors that are entries.
import type { FaultKind } from "./faults.ts";
import { escapeText, formatSeconds } from "./markup.ts";
import { displayName } from "./paper-text.ts";
import { latestBatch, type PaperView, recordDelayMinutes, viewPaper } from "./paper-view.ts";
import { compileQuery } from "./query-search.ts";
import type { World } from "./world-types.ts";

export interface QueryRequest {
  parameters: URLSearchParams;
  now: Date;
  strike(kind: FaultKind): unknown;
}

export interface QueryAnswer {
  status: number;
  body: string;
}

const mostResults = 2_000;
const deepestResult = 30_000;

export function answerQuery(world: World, { parameters, now, strike }: QueryRequest): QueryAnswer {
  const { search_query = "", id_list = "", start = "0", max_results = "10" } = Object.fromEntries(parameters);
  if (!/^\d+$/.test(start)) return refuse("start_must_be_an_integer", "start must be an integer", now);
  if (!/^\d+$/.test(max_results))
    return refuse("max_results_must_be_an_integer", "max_results must be an integer", now);
  if (Number(max_results) > deepestResult)
    return refuse("max_results_must_be_non-negative", "max_results must be less than 30000", now);
  const batch = latestBatch(world, now, recordDelayMinutes);
  const views = world.papers.flatMap((paper) => viewPaper(world, paper, batch) ?? []);
  const ids = id_list.split(",").filter(Boolean);
  const bad = ids.find((id) => !/^[a-z-]*\/?[0-9.]+(v\d+)?$/.test(id));
  if (bad) return refuse(`incorrect_id_format_for_${bad}`, `incorrect id format for ${bad}`, now);
  const found = sortViews(ids.length > 0 ? pickIds(views, ids) : views, parameters).filter(
    compileQuery(search_query),
  );
  const page = strike("empty-page")
    ? []
    : found.slice(Number(start), Number(start) + Math.min(Number(max_results), mostResults));
  return { status: 200, body: renderResults(page, { parameters, now, total: found.length }) };
}

function pickIds(views: PaperView[], ids: string[]): PaperView[] {
  const wanted = new Set(ids.map((id) => id.replace(/v\d+$/, "")));
  return views.filter(({ id }) => wanted.has(id));
}

function sortViews(views: PaperView[], parameters: URLSearchParams): PaperView[] {
  const moment = parameters.get("sortBy") === "lastUpdatedDate" ? -1 : 0;
  const direction = parameters.get("sortOrder") === "ascending" ? 1 : -1;
  return [...views].sort(
    (a, b) =>
      direction *
      (a.versions.at(moment)!.submittedAt.getTime() - b.versions.at(moment)!.submittedAt.getTime()),
  );
}

interface Results {
  parameters: URLSearchParams;
  now: Date;
  total: number;
}

function renderResults(page: PaperView[], { parameters, now, total }: Results): string {
  const { search_query = "", id_list = "", start = "0", max_results = "10" } = Object.fromEntries(parameters);
  const asked = `search_query=${search_query}&id_list=${id_list}&start=${start}&max_results=${max_results}`;
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/${hashOf(asked)}</id>
  <title>arXiv Query: ${escapeText(asked)}</title>
  <updated>${formatSeconds(now)}</updated>
  <link href="https://arxiv.org/api/query?${escapeText(asked.replaceAll(" ", "+"))}" type="application/atom+xml"/>
  <opensearch:itemsPerPage>${max_results}</opensearch:itemsPerPage>
  <opensearch:totalResults>${total}</opensearch:totalResults>
  <opensearch:startIndex>${start}</opensearch:startIndex>${page.map(renderEntry).join("")}
</feed>
`;
}

function hashOf(text: string): string {
  return Buffer.from(text).toString("base64url").slice(0, 27);
}

function renderEntry({
  id,
  latest,
  versions,
  categories,
  authors,
  journalReference,
  doi,
}: PaperView): string {
  const address = `arxiv.org/abs/${id}v${latest.number}`;
  const optional = (name: string, text: string | null | undefined) =>
    text ? `\n    <arxiv:${name}>${escapeText(text)}</arxiv:${name}>` : "";
  return `
  <entry>
    <id>http://${address}</id>
    <title>${escapeText(latest.title)}</title>
    <updated>${formatSeconds(latest.submittedAt)}</updated>
    <link href="https://${address}" rel="alternate" type="text/html"/>
    <link href="https://${address.replace("/abs/", "/pdf/")}" rel="related" type="application/pdf" title="pdf"/>
    <summary>${escapeText(latest.abstract)}</summary>${categories.map((category) => `\n    <category term="${category}" scheme="http://arxiv.org/schemas/atom"/>`).join("")}
    <published>${formatSeconds(versions[0]!.submittedAt)}</published>${optional("comment", latest.comments)}
    <arxiv:primary_category term="${categories[0]}"/>${optional("journal_ref", journalReference)}${optional("doi", doi)}${authors.map((author) => `\n    <author>\n      <name>${escapeText(displayName(author))}</name>\n    </author>`).join("")}
  </entry>`;
}

/** The API's errors are feeds with one entry. */
function refuse(anchor: string, message: string, now: Date): QueryAnswer {
  const id = `https://arxiv.org/api/errors#${escapeText(anchor)}`;
  const body = `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>${id}</id>
  <title>ArXiv Query: error</title>
  <updated>${formatSeconds(now)}</updated>
  <opensearch:totalResults>1</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  <opensearch:itemsPerPage>1</opensearch:itemsPerPage>
  <entry>
    <id>${id}</id>
    <title>Error</title>
    <summary>${escapeText(message)}</summary>
    <updated>${formatSeconds(now)}</updated>
    <link href="${id}" rel="alternate" type="text/html"/>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
</feed>
`;
  return { status: 400, body };
}
