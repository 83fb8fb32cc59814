// RIS files, as reference managers, publishers and our own export write them.
import { type PartialDate, parsePartialDate } from "../lib/written-date.ts";
import { parseAuthorName, parseAuthorTriple } from "../papers/names.ts";
import type { Author, SourceItem } from "../papers/paper.ts";
import { toEntry } from "./entries.ts";
import { type Refusal, readDay, readLinks } from "./fields.ts";
import type { FileFormat } from "./format.ts";
import { formatJournalReference, referenceItem, siteLinks } from "./reference.ts";
import { type RisEntry, readRisEntries } from "./ris-entries.ts";

export const ris: FileFormat = {
  name: "ris",
  detect: (head) => /^\ufeff?\s?TY\s{1,3}-\s+\S/m.test(head) && !/^\s*[[{<@]/.test(head),
  async *read(input) {
    let number = 0;
    for await (const entry of readRisEntries(input)) {
      number += 1;
      yield toEntry(number, readEntry(entry));
    }
  },
};

const problems = {
  unclosed: "the file ends inside this entry",
  "too-long": "it is longer than 4 MiB",
  "not-utf8": "invalid UTF-8; save the file as UTF-8",
};

type Values = (...tags: string[]) => string[];

function readEntry({ line, fields, problem }: RisEntry): SourceItem | Refusal {
  if (problem !== undefined) return { refused: `line ${line}: ${problems[problem]}` };
  const values: Values = (...tags) =>
    tags.flatMap((tag) =>
      fields.filter((field) => field.tag === tag && field.value !== "").map(({ value }) => value),
    );
  const item = referenceItem(referenceOf(values));
  return "refused" in item ? { refused: `line ${line}: ${item.refused}` } : item;
}

function referenceOf(values: Values): Parameters<typeof referenceItem>[0] {
  const [type = ""] = values("TY");
  const date = readDate(values);
  const isPart = /^(?:CONF|CPAPER|CHAP|ECHAP)$/i.test(type);
  const [container] = values("T2", "JF", "JO", "JA", "BT", "C3");
  const notes = values("N1");
  const posted = notes.map((note) => firstPosted.exec(note)?.[1]).find((day) => day !== undefined);
  return {
    title: values("T1", "TI", "CT", "ST")[0] ?? (isPart ? undefined : values("BT")[0]),
    abstract: values("AB", "N2")[0],
    authors: values("AU", "A1").flatMap(readAuthor),
    date,
    postedOn: readDay(posted),
    venue: isPart ? container : undefined,
    journalReference: isPart ? undefined : readJournal(values, container, date),
    identifiers: [
      ...values("AN"),
      ...values("DO"),
      ...values("UR", "LK", "L2", "L1"),
      ...values("C7", "M1", "M3"),
      ...notes,
    ],
    links: [
      ...readLinks([["pdf", values("L1").find((address) => /\.pdf$/i.test(address))]]),
      ...siteLinks(values("UR", "LK", "L2")),
    ],
    keywords: values("KW").flatMap((words) => words.split("\n")),
    comments: notes.filter((note) => !firstPosted.test(note)).join("\n"),
  };
}

/** How our own export says on which day a paper was first posted that has another year in its citation. */
const firstPosted = /^First posted (\d{4}-\d{2}-\d{2})\.$/;

/** "Family, Given, Suffix"; what ends in a comma is one name of an organisation, as EndNote and Zotero have it. */
function readAuthor(written: string): Author[] {
  if (/,\s*$/.test(written)) {
    const name = written.replace(/[,\s]+$/, "");
    return name === "" ? [] : [{ name, literal: true }];
  }
  const [family = "", given = "", ...suffix] = written.split(",").map((part) => part.trim());
  const author =
    given === "" ? parseAuthorName(family) : parseAuthorTriple([family, given, suffix.join(" ")]);
  return author === null ? [] : [author];
}

/** The most precise of the dates that agree with the year. */
function readDate(values: Values): PartialDate | null {
  const [year] = values("PY", "Y1")
    .map(parsePartialDate)
    .filter((date) => date !== null);
  const [whole] = values("DA")
    .map(parsePartialDate)
    .filter((date) => date !== null);
  if (year === undefined) return whole ?? null;
  return whole?.year === year.year && whole.month !== undefined ? whole : year;
}

function readJournal(
  values: Values,
  journal: string | undefined,
  date: PartialDate | null,
): string | undefined {
  const [from] = values("SP");
  const [to] = values("EP");
  const pages = from !== undefined && to !== undefined && to !== from ? `${from}–${to}` : from;
  return formatJournalReference({
    journal,
    volume: values("VL", "VO")[0],
    number: values("IS")[0],
    pages,
    year: date?.year,
  });
}
