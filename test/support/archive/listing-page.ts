// /list/{category}/new as arXiv's browse program renders it: sections, counts, pages of `show` entries.
import { escapeMarkup, formatLongDay } from "./markup.ts";
import { displayName, type WorldAuthor } from "./paper-text.ts";
import { type PaperView, viewPaper } from "./paper-view.ts";
import { findCategory } from "./taxonomy.ts";
import type { Announced, World, WorldPaper } from "./world-types.ts";

export interface ListingRequest {
  category: string;
  batch: number;
  skip: number;
  show: number;
  /** A fault: so many of the last entries are missing, and the counts do not say so. */
  missing?: number;
  /** A fault: the heading and the counts without any entry. */
  empty?: boolean;
}

type Kind = keyof Announced;

interface Entry {
  kind: Kind;
  paper: WorldPaper;
  /** 1-based, over all sections. */
  number: number;
}

const sectionNames: Record<Kind, string> = { new: "New", cross: "Cross", replacement: "Replacement" };
const kinds: Kind[] = ["new", "cross", "replacement"];

export function renderListing(world: World, request: ListingRequest): string {
  const { category, batch, skip, show, missing = 0, empty = false } = request;
  const all = listEntries(world.announcedIn(category, batch));
  const entries = all.slice(0, Math.max(0, all.length - missing));
  const shown = empty ? [] : entries.slice(skip, skip + show);
  const sections = kinds.map((kind) => renderSection(world, { ...request, kind, entries, shown }));
  const day = world.batches[batch]?.day;
  const paging =
    entries.length > 0 ? `<div class='paging'>Total of ${entries.length} entries \n</div>\n` : "";
  const name = escapeMarkup(findCategory(category)?.name ?? category);
  return `<!DOCTYPE html>
<html lang="en">
<head><title>${name} </title><meta charset="utf-8"/></head>
<body>
<div id='content-inner'>
<div id='dlpage'>
  <h1>${name}</h1>
<p>See <a id="recent-${category}" aria-labelledby="recent-${category}" href="/list/${category}/recent">recent</a> articles</p>
<h3>Showing new listings for ${day ? formatLongDay(day) : ""}</h3>
${paging}${shown.length > 0 ? sections.join("") : "    <p>No updates today.</p>\n"}${paging}</div>
</div>
</body>
</html>
`;
}

function listEntries(announced: Announced): Entry[] {
  let number = 0;
  return kinds.flatMap((kind) =>
    announced[kind].map((paper) => {
      number += 1;
      return { kind, paper, number };
    }),
  );
}

function renderSection(
  world: World,
  { kind, entries, shown, batch }: ListingRequest & { kind: Kind; entries: Entry[]; shown: Entry[] },
): string {
  const here = shown.filter((entry) => entry.kind === kind);
  if (here.length === 0) return "";
  const section = entries.filter((entry) => entry.kind === kind);
  const continued = here[0]!.number > section[0]!.number;
  const last = here.at(-1)!.number === section.at(-1)!.number;
  const part = continued ? (last ? "last " : "") : last ? "" : "first ";
  const showing = `${continued ? "continued, " : ""}showing ${part}${here.length} of ${section.length} entries`;
  const items = here.map((entry) => renderEntry(world, entry, batch));
  return `<dl id='articles'>\n    <h3>${sectionNames[kind]} submissions (${showing})</h3>\n${items.join("")}</dl>\n`;
}

function renderEntry(world: World, { kind, paper, number }: Entry, batch: number): string {
  const view = viewPaper(world, paper, batch)!;
  const { id } = view;
  const note =
    kind === "cross" ? `(cross-list from ${view.categories[0]})` : kind === "replacement" ? "(replaced)" : "";
  return `    <dt>
      <a name='item${number}'>[${number}]</a>
      <a href ="/abs/${id}" title="Abstract" id="${id}">
        arXiv:${id}
      </a>
      ${note}
      [<a href="/pdf/${id}" title="Download PDF" id="pdf-${id}" aria-labelledby="pdf-${id}">pdf</a>, <a href="https://arxiv.org/html/${id}v${view.latest.number}" title="View HTML" id="html-${id}" aria-labelledby="html-${id}" rel="noopener noreferrer" target="_blank">html</a>, <a href="/format/${id}" title="Other formats" id="oth-${id}" aria-labelledby="oth-${id}">other</a>]
    </dt>
    <dd>
      <div class='meta'>
        <div class='list-title mathjax'><span class='descriptor'>Title:</span>
          ${escapeMarkup(view.latest.title)}
        </div>
        <div class='list-authors'>${renderAuthors(view)}</div>
${renderOptional("comments mathjax", "Comments", view.latest.comments)}
${renderOptional("journal-ref", "Journal-ref", view.journalReference)}
        <div class='list-subjects'><span class='descriptor'>Subjects:</span>
          ${renderSubjects(view.categories)}
        </div>

        <p class='mathjax'>
          ${renderAbstract(view.latest.abstract)}
        </p>
      </div>
    </dd>
`;
}

function renderOptional(kind: string, label: string, text: string | null | undefined): string {
  if (!text) return "";
  return `        <div class='list-${kind}'><span class='descriptor'>${label}:</span>\n          ${escapeMarkup(text)}\n        </div>\n`;
}

const mostAuthors = 100;

function renderAuthors({ authors, categories }: PaperView): string {
  const archive = categories[0]!.split(".")[0]!;
  const links = authors.slice(0, mostAuthors).map((author) => renderAuthor(author, archive));
  const more = authors.length - links.length;
  return links.join(", ") + (more > 0 ? `, et al. (${more} additional authors not shown)` : "");
}

function renderAuthor(author: WorldAuthor, archive: string): string {
  const initials = author.given.replace(/(\p{L})[\p{L}.]*/gu, "$1").replace(/[ -]+/g, "+");
  const query = `${author.family.replaceAll(" ", "+")},+${initials}`;
  return `<a href="https://arxiv.org/search/${archive}?searchtype=author&amp;query=${escapeMarkup(query)}" rel="nofollow">${escapeMarkup(displayName(author))}</a>`;
}

function renderSubjects(categories: string[]): string {
  const shown = categories.map((id) => `${escapeMarkup(findCategory(id)?.name ?? id)} (${id})`);
  const [primary, ...others] = shown;
  return `<span class="primary-subject">${primary}</span>${others.map((other) => `; ${other}`).join("")}`;
}

function renderAbstract(abstract: string): string {
  return escapeMarkup(abstract).replace(
    /https:\/\/example\.org\/[a-z]+/g,
    (url) =>
      `<a href="${url}" rel="external noopener nofollow" class="link-external link-https">this https URL</a>`,
  );
}
