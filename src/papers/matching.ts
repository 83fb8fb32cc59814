// Are these two records of one paper? By identifiers, else by the same title with evidence beside it; never the title alone.
import { authorKey, familyKey } from "./names.ts";
import type { Author, Identifier, PaperRecord } from "./paper.ts";
import { identifiersOf } from "./prepared-item.ts";
import { abstractWords, sharedWordPart, titleKey } from "./title-key.ts";

/** A paper that might be the same: what its sources say, and every identifier that leads to it. */
export interface Candidate {
  records: Iterable<PaperRecord>;
  identifiers: Iterable<Identifier>;
}

export interface Match<C extends Candidate = Candidate> {
  candidate: C;
  /** "identifier", "title-and-author", "title-and-year" or "title-and-abstract". */
  reason: string;
  /** What a person needs to judge it. */
  evidence: string;
}

/** Years apart within which a preprint and its proceedings lie. */
const yearTolerance = 1;

/** Part of their words that two copies of an abstract share at least (one cut short, one with its mathematics lost). */
const sharedAbstractPart = 0.7;

/**
 * "Introduction", "withdrawn" and "Poster" are titles of many papers. Below this many letters and digits a title says so
 * little that an agreeing year beside it is no evidence.
 */
const telltaleTitleLength = 20;

/** Part of the authors two lists must share where their first authors differ. */
const sharedAuthorPart = 0.5;

/**
 * All candidates that are the record's paper, surest first. Candidates are compared by identifiers and, where their title
 * is the same, by what stands beside it; which candidates to compare (same identifier, same title) is the caller's choice.
 * `own`: every identifier known of the record's paper, when it is more than the record names.
 */
export function matchRecord<C extends Candidate>(
  record: PaperRecord,
  candidates: Iterable<C>,
  own: readonly Identifier[] = identifiersOf(record),
): Match<C>[] {
  const matches: (Match<C> & { strength: number })[] = [];
  for (const candidate of candidates) {
    const found = compare(record, own, candidate);
    if (found) matches.push({ candidate, ...found });
  }
  return matches
    .sort((a, b) => b.strength - a.strength)
    .map(({ candidate, reason, evidence }) => ({ candidate, reason, evidence }));
}

interface Finding {
  reason: string;
  evidence: string;
  strength: number;
}

function compare(record: PaperRecord, own: readonly Identifier[], candidate: Candidate): Finding | null {
  const theirs = [...candidate.identifiers];
  if (hasTwoArxivIds(own, theirs)) return null;
  const shared = own.find((a) => theirs.some((b) => a.scheme === b.scheme && a.value === b.value));
  if (shared) return { reason: "identifier", evidence: `${shared.scheme}:${shared.value}`, strength: 4 };
  if (areDifferentByIdentifier(own, theirs)) return null;
  let best: Finding | null = null;
  for (const other of candidate.records) {
    const found = compareTitles(record, other);
    if (found && found.strength > (best?.strength ?? 0)) best = found;
  }
  return best;
}

/** arXiv gives a paper one id for good, so two of them are two papers, whatever else agrees. */
export function hasTwoArxivIds(a: readonly Identifier[], b: readonly Identifier[]): boolean {
  const first = a.find((i) => i.scheme === "arxiv");
  return (
    first !== undefined &&
    b.some((i) => i.scheme === "arxiv") &&
    !b.some((i) => i.scheme === "arxiv" && i.value === first.value)
  );
}

/**
 * True when identifiers alone say these are two papers: two arXiv ids, or two places in the same proceedings (three papers
 * titled "withdrawn" at one conference). Different proceedings say nothing: a workshop paper may return.
 */
export function areDifferentByIdentifier(a: readonly Identifier[], b: readonly Identifier[]): boolean {
  if (hasTwoArxivIds(a, b)) return true;
  return a.some((one) =>
    b.some((other) => {
      if (one.scheme !== other.scheme || one.value === other.value) return false;
      const volume = volumeOf(one);
      return volume !== null && volume === volumeOf(other);
    }),
  );
}

/** "iclr2018:B1x" -> "iclr2018", "2020.acl-main.447" -> "2020.acl-main". */
function volumeOf({ scheme, value }: Identifier): string | null {
  const separator = scheme === "conference" ? ":" : scheme === "acl" ? "." : null;
  if (separator === null || !value.includes(separator)) return null;
  return value.slice(0, value.lastIndexOf(separator));
}

function compareTitles(a: PaperRecord, b: PaperRecord): Finding | null {
  const key = titleKey(a.title);
  if (key === "" || key !== titleKey(b.title)) return null;
  const years = compareYears(yearOf(a), yearOf(b));
  const telltale = key.length >= telltaleTitleLength;
  const [first, other] = [a.authors[0], b.authors[0]];
  if (first && other) {
    const author = first.name === other.name ? first.name : `${first.name} / ${other.name}`;
    const byAuthor = { reason: "title-and-author", evidence: `${a.title} | ${author}`, strength: 3 };
    if (isSameAuthor(first, other)) return telltale || years !== "differ" ? byAuthor : compareAbstracts(a, b);
    if (years !== "agree") return null;
    return sharesAuthors(a.authors, b.authors) ? byAuthor : compareAbstracts(a, b);
  }
  if (years === "differ") return null;
  if (years === "agree" && telltale)
    return { reason: "title-and-year", evidence: `${a.title} | ${yearOf(a)} / ${yearOf(b)}`, strength: 2 };
  return compareAbstracts(a, b);
}

/** The authors' own abstracts only: somebody's summary shares no wording with them. */
function compareAbstracts(a: PaperRecord, b: PaperRecord): Finding | null {
  if (!a.abstract || !b.abstract || a.abstractKind === "summary" || b.abstractKind === "summary") return null;
  const part = sharedWordPart(abstractWords(a.abstract), abstractWords(b.abstract));
  if (part < sharedAbstractPart) return null;
  return {
    reason: "title-and-abstract",
    evidence: `${a.title} | ${part.toFixed(2)} of the words`,
    strength: 1,
  };
}

/** The family name, as one source spells "W. Rodrigues" what another spells "Waldyr Rodrigues"; or all words in another order. */
function isSameAuthor(a: Author, b: Author): boolean {
  const family = familyKey(a);
  if (family !== "" && family === familyKey(b)) return true;
  return sortedWords(a) === sortedWords(b);
}

function sortedWords(author: Author): string {
  return authorKey(author.name).split(" ").sort().join(" ");
}

function sharesAuthors(a: readonly Author[], b: readonly Author[]): boolean {
  const names = new Set(a.map(sortedWords));
  const shared = new Set(b.map(sortedWords).filter((name) => names.has(name))).size;
  return shared >= sharedAuthorPart * Math.min(a.length, b.length);
}

function yearOf(record: PaperRecord): number | undefined {
  return (
    record.year ?? (record.publishedOn === undefined ? undefined : Number(record.publishedOn.slice(0, 4)))
  );
}

function compareYears(a: number | undefined, b: number | undefined): "agree" | "differ" | "unknown" {
  if (a === undefined || b === undefined) return "unknown";
  return Math.abs(a - b) <= yearTolerance ? "agree" : "differ";
}
