// CSL-JSON, as Zotero, Crossref and our own export write it: an array of items, or one item alone.
import { readJsonElements } from "../lib/json-elements.ts";
import { atMost, formatDay, type PartialDate, parsePartialDate } from "../lib/written-date.ts";
import { parseAuthorName, parseAuthorTriple } from "../papers/names.ts";
import type { Author, SourceItem } from "../papers/paper.ts";
import { readElements, toEntry } from "./entries.ts";
import { type Fields, isFields, type Refusal, readText } from "./fields.ts";
import type { Entry, FileFormat } from "./format.ts";
import { formatJournalReference, referenceItem, siteLinks } from "./reference.ts";
import { splitHead } from "./split-head.ts";

export const cslJson: FileFormat = {
  name: "csl-json",
  detect: (head) => /^\ufeff?\s*(?:\[\s*)?\{/.test(head) && marks.every((mark) => mark.test(head)),
  async *read(input) {
    const { first, whole } = await splitHead(input);
    if (first === "[") yield* readElements(readJsonElements(whole), readItem);
    else yield* readWhole(whole);
  },
};

/** What every item has, and one at least of what only this format calls so. */
const marks = [
  /"type"\s*:\s*"[a-z]+(?:-[a-z]+)*"/,
  /"title"\s*:/,
  /"(?:issued|author|DOI|container-title|citation-key)"\s*:|"custom"\s*:\s*\{\s*"identifiers"|"note"\s*:\s*"broadsheet:/,
];

/** A file that is no array is small: one item, or some exporters' { "items": […] }. */
const longestWhole = 16 * 1024 * 1024;

async function* readWhole(input: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const value = await parseWhole(input);
  const items = isFields(value) && Array.isArray(value.items) ? value.items : [value];
  for (const [index, item] of items.entries()) {
    yield toEntry(index + 1, isFields(item) ? readItem(item) : { refused: "invalid JSON" });
  }
}

async function parseWhole(input: AsyncIterable<Uint8Array>): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    length += chunk.length;
    if (length > longestWhole) return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return null;
  }
}

function readItem(fields: Fields): SourceItem | Refusal {
  const text = (name: string) => readFirst(fields[name]);
  const date = readDate(fields.issued);
  const posted = readDate(fields.submitted);
  const isPart = /^(?:paper-conference|chapter|speech|entry)/.test(text("type") ?? "");
  const container = text("container-title");
  const url = text("URL");
  const custom =
    isFields(fields.custom) && Array.isArray(fields.custom.identifiers) ? fields.custom.identifiers : [];
  const note = text("note");
  const identifiers = [
    text("number"),
    text("DOI"),
    text("archive_location"),
    text("archiveID"),
    url,
    note,
  ].concat(custom.slice(0, 50).map(readText));
  return referenceItem({
    title: text("title"),
    abstract: text("abstract"),
    authors: readAuthors(fields.author),
    date,
    postedOn: (posted && formatDay(posted)) ?? undefined,
    venue: isPart ? (container ?? text("event-title") ?? text("event")) : undefined,
    journalReference: isPart
      ? undefined
      : formatJournalReference({
          journal: container,
          volume: text("volume"),
          number: text("issue"),
          pages: text("page")?.replace(/(\d)-(\d)/g, "$1–$2"),
          year: date?.year,
        }),
    identifiers: identifiers.map((identifier) => identifier?.replace(/^(?=10\.\d)/, "doi:")),
    links: siteLinks([url]),
    keywords: text("keyword")?.split(/\s*[,;]\s*/),
    comments: note !== undefined && noteOfIdentifier.test(note) ? undefined : note,
  });
}

/** "arXiv:2606.10420 [cs]", Zotero's note beside a preprint; "broadsheet:…", ours. */
const noteOfIdentifier = /^(?:arXiv:\S{5,40}(?:\s+\[[\w.-]{1,20}\])?|broadsheet:\S{1,20})$/i;

/** Crossref gives titles as arrays, of which one counts; numbers are as good as texts. */
function readFirst(value: unknown): string | undefined {
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === "number" ? String(one) : readText(one);
}

function readAuthors(value: unknown): Author[] {
  const authors: Author[] = [];
  for (const name of Array.isArray(value) ? value : []) {
    const author = isFields(name) ? readName(name) : typeof name === "string" ? parseAuthorName(name) : null;
    if (author !== null) authors.push(author);
  }
  return authors;
}

/** A literal is one name whole; particles belong to the family name. */
function readName(name: Fields): Author | null {
  const literal = readText(name.literal) ?? readText(name.name);
  const part = (key: string) => readText(name[key])?.trim() ?? "";
  if (literal !== undefined) {
    const author = parseAuthorName(literal);
    return author === null ? null : { name: author.name, literal: true };
  }
  const family = [part("dropping-particle"), part("non-dropping-particle"), part("family")].filter(
    (one) => one !== "",
  );
  const affiliations = Array.isArray(name.affiliation)
    ? name.affiliation.map((one) => (isFields(one) ? (readText(one.name) ?? "") : ""))
    : [];
  if (family.length === 0) return parseAuthorName(part("given"));
  return parseAuthorTriple([family.join(" "), part("given"), part("suffix"), ...affiliations]);
}

/** { "date-parts": [[2026, 6, 11]] }, with as few parts as are known, or { raw: "11 June 2026" }. */
function readDate(value: unknown): PartialDate | null {
  if (!isFields(value)) return null;
  const parts = Array.isArray(value["date-parts"]) ? value["date-parts"][0] : null;
  if (Array.isArray(parts) && parts[0] !== null && parts[0] !== undefined) {
    const [year, month, day] = parts.map((part) => (part === null || part === "" ? undefined : Number(part)));
    return atMost(year ?? Number.NaN, month, day);
  }
  return parsePartialDate(readText(value.raw) ?? readText(value.literal) ?? "");
}
