// broadsheet paper: one paper by any of its ids, to read, as JSON or in a format it is cited in.
import { openApp } from "../app.ts";
import type { Db } from "../database/dialect.ts";
import { AppError } from "../lib/errors.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { citationFormats } from "../papers/citation-formats.ts";
import { listMerges, listSubmissionDays } from "../papers/export-store.ts";
import { listPlaces } from "../papers/lists-store.ts";
import type { Identifier, MergeNote, Paper } from "../papers/paper.ts";
import { formatPaperJson, type PaperJsonExtra } from "../papers/paper-json.ts";
import { listIdentifiers } from "../papers/papers-store.ts";
import { resolvePaper } from "../papers/resolve-paper.ts";
import type { Command } from "./command.ts";

export const paperCommand: Command = {
  name: "paper",
  summary: "Show a paper",
  usage: "paper ID [--bibtex | --ris | --csl-json]",
  help: `
ID is any id of the paper: its arXiv id (a version is passed over), a DOI, an ACL Anthology or conference
id, an address of one of them, or the short id it has here.

  --bibtex     as a BibTeX entry
  --ris        as RIS
  --csl-json   as CSL-JSON

Examples:
  broadsheet paper 1706.03762
  broadsheet paper 10.18653/v1/N19-1423 --json`,
  options: { bibtex: { type: "boolean" }, ris: { type: "boolean" }, "csl-json": { type: "boolean" } },
  async run(input) {
    const [id, ...others] = input.positionals;
    if (!id || others.length > 0) throw new AppError("bad-usage", "Name one paper: paper ID.");
    await using app = await openApp(input.config);
    const paper = await getPaper(app.db, id);
    const identifiers = await listIdentifiers(app.db, paper.pk);
    const format = Object.values(citationFormats).find(({ name }) => input.values[name]);
    if (format) {
      const text = format.formatPaper(paper, identifiers);
      return { document: { id: paper.id, [format.name]: text }, text: text.trimEnd() };
    }
    const extra = await loadExtra(app.db, paper.pk);
    const merges = await listMerges(app.db, paper.pk);
    return {
      document: { ...formatPaperJson(paper, identifiers, extra), merges },
      text: formatPaper(paper, { identifiers, extra, merges }),
    };
  },
};

/** Any id of it will do. Throws AppError "not-found". */
export async function getPaper(db: Db, id: string): Promise<Paper> {
  const paper = await resolvePaper(db, id);
  if (paper) return paper;
  throw new AppError("not-found", `There is no paper "${id.slice(0, 100)}" here.`, {
    remedy: 'Look for it with "broadsheet search".',
  });
}

async function loadExtra(db: Db, pk: number): Promise<Required<PaperJsonExtra>> {
  const places = await listPlaces(db, pk);
  const days = new Set((await listSubmissionDays(db, pk)).map((submission) => submission.day));
  return {
    lists: places.map(({ listId, listTitle, position }) => ({ id: listId, title: listTitle, position })),
    editions: [...days],
  };
}

interface Known {
  identifiers: Identifier[];
  extra: Required<PaperJsonExtra>;
  merges: MergeNote[];
}

const width = 80;
const shownAuthors = 20;

/** For people; clean text only, so that nothing in it speaks to the terminal. */
function formatPaper(paper: Paper, { identifiers, extra, merges }: Known): string {
  const facts: [string, string | null][] = [
    ["Id", paper.id],
    ["Published", paper.publishedOn ?? (paper.year === null ? null : String(paper.year))],
    ["Venue", paper.venue],
    ["Categories", paper.categories.join(" ")],
    ["Versions", paper.versions.map((v) => `v${v.number} ${v.submittedAt.slice(0, 10)}`).join(", ")],
    ["Comments", paper.details.comments ?? null],
    ["Known as", identifiers.map((i) => `${i.scheme}:${i.value}`).join(", ")],
    ...paper.links.map((link): [string, string] => [link.kind, link.url]),
    ["Editions", extra.editions.join(", ")],
    ...extra.lists.map((list): [string, string] => ["On list", `${list.title}, place ${list.position}`]),
    ...merges.map((m): [string, string] => ["Merged", `${m.source} by ${m.reason}: ${m.evidence}`]),
  ];
  const shown = facts.filter(([, value]) => value).map(([name, value]) => formatFact(name, value!));
  const withdrawn = paper.withdrawn ? ["WITHDRAWN", ""] : [];
  const abstract = paper.abstractText ? [formatAbstract(paper), ""] : [];
  return [...withdrawn, wrap(paper.titleText), formatAuthors(paper), "", ...abstract, ...shown].join("\n");
}

function formatAuthors({ authors }: Paper): string {
  const names = authors.slice(0, shownAuthors).map((author) => toPlainText(author.name));
  const others = authors.length - names.length;
  return wrap(`${names.join(", ")}${others > 0 ? ` and ${others.toLocaleString("en-US")} others` : ""}`);
}

function formatAbstract(paper: Paper): string {
  return wrap(paper.abstractKind === "summary" ? `Summary: ${paper.abstractText}` : paper.abstractText);
}

function formatFact(name: string, value: string): string {
  return `${`${name[0]!.toUpperCase()}${name.slice(1)}`.padEnd(11)} ${toPlainText(value)}`;
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
