// A listing page saved as text: a banner, then title and abstract in turn. A heuristic by nature, so it says what it refuses.
import { readLines } from "../lib/text-lines.ts";
import type { ListPlace, PaperRecord, SourceItem } from "../papers/paper.ts";
import { listingFingerprint } from "../papers/title-key.ts";
import { itemOf, toEntry } from "./entries.ts";
import { isRefusal, type Refusal, readAbstract, readTitle } from "./fields.ts";
import type { FileFormat, ReadContext } from "./format.ts";
import { createBanner, isBannerLine } from "./page-banner.ts";

export const pageText: FileFormat = {
  name: "page-text",
  isWholeList: true,
  detect: looksLikePage,
  async *read(input, context) {
    const list = listOf(context);
    let entry = 0;
    for await (const pair of pairLines(contentLines(input))) {
      entry += 1;
      yield toEntry(entry, readPair(pair, { ...list, position: entry }));
    }
  },
};

/** A title longer than this is a paragraph without its title; the longest real ones have about 300 characters. */
const longestTitleLine = 400;
/** A line at the abstract's place that is no longer than this, and followed by a real paragraph, is the next title. */
const shortAbstract = 160;
const realAbstract = 300;

interface Line {
  text: string;
  validUtf8: boolean;
  tooLong: boolean;
}

/** What stands for one entry: a title with its abstract, or what is left of one. */
interface Pair {
  title: Line | null;
  abstract: Line | null;
}

/** Lines without banner and blanks. */
async function* contentLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const banner = createBanner();
  for await (const line of readLines(input)) {
    if (!line.tooLong && line.text.trim() === "") continue;
    for (const text of banner.pass(line.text.trim())) yield { ...line, text };
  }
  for (const text of banner.rest()) yield { text, validUtf8: true, tooLong: false };
}

/** Title and abstract alternate; where they do not, the line that is out of place stands alone. */
async function* pairLines(lines: AsyncGenerator<Line>): AsyncGenerator<Pair> {
  let next = await lines.next();
  const advance = async () => {
    const current = next;
    next = await lines.next();
    return current.done ? null : current.value;
  };
  for (let line = await advance(); line !== null; line = await advance()) {
    if (line.text.length > longestTitleLine || line.tooLong) yield { title: null, abstract: line };
    else if (next.done) yield { title: line, abstract: null };
    else {
      const abstract = (await advance()) as Line;
      const after = next.done ? "" : next.value.text;
      const isNextTitle =
        abstract.text.length <= shortAbstract && after.length >= realAbstract && !abstract.tooLong;
      if (isNextTitle) {
        yield { title: line, abstract: null };
        yield { title: abstract, abstract: await advance() };
      } else yield { title: line, abstract };
    }
  }
}

function readPair({ title, abstract }: Pair, place: ListPlace): SourceItem | Refusal {
  if (title?.validUtf8 === false || abstract?.validUtf8 === false) return { refused: "invalid UTF-8" };
  if (title?.tooLong || abstract?.tooLong) return { refused: "the line is longer than 64 MiB" };
  if (title === null) {
    const length = (abstract?.text.length ?? 0).toLocaleString("en-US");
    return {
      refused: `a paragraph of ${length} characters stands where a title should: "${beginningOf(abstract)}"`,
    };
  }
  if (abstract === null) return { refused: `the title has no abstract: "${beginningOf(title)}"` };
  const checkedTitle = readTitle(title.text);
  if (isRefusal(checkedTitle)) return checkedTitle;
  const checkedAbstract = readAbstract(abstract.text);
  if (isRefusal(checkedAbstract)) return checkedAbstract;
  return { ...itemOf(recordOf(checkedTitle, checkedAbstract ?? "")), places: [place] };
}

function recordOf(title: string, abstract: string): PaperRecord {
  const fingerprint = listingFingerprint(title, abstract);
  return {
    source: "listing",
    sourceId: fingerprint,
    identifiers: [{ scheme: "listing", value: fingerprint }],
    title,
    abstract,
    abstractKind: "abstract",
    authors: [],
    categories: [],
    versions: [],
    links: [],
  };
}

function beginningOf(line: Line | null): string {
  return (line?.text ?? "").slice(0, 60).toWellFormed();
}

function listOf({ fileName }: ReadContext): Omit<ListPlace, "position"> {
  const base = fileName === "-" ? "standard-input" : fileName.replace(/^.*[/\\]/, "");
  const name = base.replace(/\.(?:gz|zst)$/i, "").replace(/\.(?:txt|text|md)$/i, "");
  return {
    listId: slugOf(name),
    listTitle: `Listing page ${name.slice(0, 100)}`,
    sourceFile: base.slice(0, 200),
  };
}

/** Lower case; letters, digits, hyphen and underscore, so that the file's name can be recognised. */
function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-|-$/g, "");
  return slug.slice(0, 80) || "listing";
}

/** A banner, or a short line followed by a long paragraph; never JSON or markup. */
function looksLikePage(head: string): boolean {
  if (head.includes("\0")) return false;
  const lines = head
    .replace(/^\ufeff/, "")
    .split("\n", 40)
    .map((line) => line.trim());
  if (lines.some(isBannerLine)) return true;
  const [first = "", second = ""] = lines.filter((line) => line !== "");
  return (
    !/^[[{<%#]/.test(first) &&
    first.length <= longestTitleLine &&
    second.length > first.length &&
    second.length >= realAbstract
  );
}
