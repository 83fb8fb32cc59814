// BibTeX and BibLaTeX files, as reference managers and our own export write them.
import { atMost, monthOf, type PartialDate, parsePartialDate } from "../lib/written-date.ts";
import type { SourceItem } from "../papers/paper.ts";
import { type BibtexChunk, readBibtexEntries } from "./bibtex-entries.ts";
import { parseBibtexAuthors } from "./bibtex-names.ts";
import { type BibtexEntry, type BibtexMacros, parseBibtexEntry } from "./bibtex-parse.ts";
import { bibtexToPlainText, bibtexToText } from "./bibtex-text.ts";
import { toEntry } from "./entries.ts";
import { isRefusal, type Refusal } from "./fields.ts";
import type { FileFormat } from "./format.ts";
import { formatJournalReference, referenceItem, siteLinks } from "./reference.ts";

export const bibtex: FileFormat = {
  name: "bibtex",
  detect: (head) =>
    /^\s*@\s*[a-z]{2,30}\s*[{(]\s*[^\s,={}"]*\s*(?:,|[a-z]+\s*=)/im.test(head) && !/^\s*[[{<]/.test(head),
  async *read(input) {
    const macros: BibtexMacros = new Map();
    let entry = 0;
    for await (const chunk of readBibtexEntries(input)) {
      const outcome = readChunk(chunk, macros);
      if (outcome === null) continue;
      entry += 1;
      yield toEntry(entry, outcome);
    }
  },
};

const problems = {
  unclosed: "it is not closed",
  "too-long": "it is longer than 4 MiB",
  "not-utf8": "invalid UTF-8; save the file as UTF-8",
};

function readChunk({ text, line, problem }: BibtexChunk, macros: BibtexMacros): SourceItem | Refusal | null {
  if (problem !== undefined) return { refused: `line ${line}: ${problems[problem]}` };
  const entry = parseBibtexEntry(text, macros);
  if (entry === null) return null;
  const item = isRefusal(entry) ? entry : readEntry(entry as BibtexEntry);
  return isRefusal(item) ? { refused: `line ${line}: ${item.refused}` } : item;
}

function readEntry({ type, fields }: BibtexEntry): SourceItem | Refusal {
  const plain = (...names: string[]) => {
    for (const name of names) {
      const text = bibtexToPlainText(fields.get(name) ?? "");
      if (text !== "") return text;
    }
    return undefined;
  };
  const date = readDate(plain);
  const journal = plain("journal", "journaltitle");
  const isPreprint = journal !== undefined && /^(?:arxiv|corr\b|bioRxiv|medRxiv)/i.test(journal);
  const subtitle = fields.get("subtitle");
  const title = bibtexToText(fields.get("title") ?? "");
  const url = fields.get("url")?.replace(/\\([#%&_~])/g, "$1");
  return referenceItem({
    title: subtitle === undefined ? title : `${title}: ${bibtexToText(subtitle)}`,
    abstract: bibtexToText(fields.get("abstract") ?? "") || undefined,
    authors: parseBibtexAuthors(fields.get("author") ?? fields.get("editor") ?? ""),
    date,
    venue: plain("booktitle", "eventtitle") ?? (type === "proceedings" ? title : undefined),
    journalReference: isPreprint
      ? undefined
      : formatJournalReference({
          journal,
          volume: plain("volume"),
          number: plain("number", "issue"),
          pages: plain("pages"),
          year: date?.year,
        }),
    identifiers: [readEprint(plain), plain("doi"), url, plain("note"), journal],
    links: siteLinks([url]),
    primaryCategory: plain("primaryclass", "eprintclass"),
    keywords: plain("keywords")?.split(/\s*[,;]\s*/),
    comments: plain("note"),
  });
}

/** "eprint" is an arXiv id where archivePrefix or eprinttype says so, or where it looks like one. */
function readEprint(plain: (...names: string[]) => string | undefined): string | undefined {
  const eprint = plain("eprint", "arxivid", "arxiv");
  const archive = plain("archiveprefix", "eprinttype") ?? "arXiv";
  return eprint !== undefined && /^arxiv$/i.test(archive)
    ? `arXiv:${eprint.replace(/^arxiv:\s*/i, "")}`
    : undefined;
}

/** BibLaTeX has one date; BibTeX year and month by name or number, the day beside it or in it ("14 Aug"). */
function readDate(plain: (...names: string[]) => string | undefined): PartialDate | null {
  const whole = parsePartialDate(plain("date", "year") ?? "");
  if (whole === null || whole.month !== undefined) return whole;
  const written = plain("month") ?? "";
  const isNumber = /^\d{1,2}$/.test(written);
  const day = plain("day") ?? (isNumber ? "" : /(?<!\d)\d{1,2}(?!\d)/.exec(written)?.[0]) ?? "";
  const month = isNumber ? Number(written) : monthOf(written);
  return atMost(whole.year, month, /^\d{1,2}$/.test(day) ? Number(day) : undefined);
}
