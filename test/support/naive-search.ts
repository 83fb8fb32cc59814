// The answers of the search engine computed the slow way, straight from the formulas of docs/search.md: what the engine is
// compared with. Only the analyzer, the parser of queries and the expansion of unfinished words are shared with it.
import { forEachUnit, listStems } from "../../src/search/analyzer.ts";
import { parseQuery } from "../../src/search/query.ts";
import type { Condition } from "../../src/search/query-conditions.ts";
import type { ColumnTest } from "../../src/search/query-syntax.ts";
import { stemsBehind, type Word } from "../../src/search/query-words.ts";
import type { SearchDocument, SearchRequest, Standing } from "../../src/search/search.ts";

const weights = [6, 1, 3];
const lengthShares = [0.5, 0.6, 0.3];
const pivots = [10, 165, 12];
const mostFrequent = [3, 15, 3];
const saturation = 1.4;
const pairShares = [1, 0.4, 1];

/** Places of every stem and spelling, by field. */
type Places = Map<string, number[]>[];

interface NaivePaper {
  document: SearchDocument;
  places: Places;
  lengths: number[];
}

export interface NaiveAnswer {
  total: number;
  complete: number;
  /** Best first. */
  hits: { key: number; score: number }[];
  /** By field and value, without those of no paper. */
  facets: Record<string, Record<string, number>>;
}

/** Answers as the engine does in mode "words". */
export function naiveAnswer(
  documents: readonly SearchDocument[],
  request: SearchRequest,
  standings: readonly Standing[] = [],
): NaiveAnswer {
  const papers = documents.map(analysePaper);
  const parsed = parseQuery(request.query, request.prefix);
  const { condition } = parsed;
  if (parsed.words.length === 0 && !condition) return { total: 0, complete: 0, hits: [], facets: {} };
  const words = parsed.words.map((word) => weighWord(expand(word, papers), papers));
  const pairs = parsed.stems.slice(1, 25).map((right, i) => {
    const left = parsed.stems[i]!;
    const weight = left === "" || right === "" ? 0 : (idf(left, papers) + idf(right, papers)) / 2;
    return { left, right, weight };
  });
  const weight = words.reduce((sum, word) => sum + word.weight, 0);
  const most = weight + pairs.reduce((sum, pair) => sum + pair.weight, 0);
  const completeBonus = words.length <= 6 ? most : 0.15 * weight;
  let complete = 0;
  const hits = papers.flatMap((paper) => {
    const held = words.filter((word) => frequencies(paper, word.alternatives).some((f) => f > 0));
    if (condition && !meets(paper, condition, request, papers)) return [];
    // Words are no conditions, but where no text is asked for beside them, one of them must be there.
    if (held.length === 0 && parsed.needsWord) return [];
    let score = words.reduce((sum, word) => sum + word.weight * impact(paper, word.alternatives), 0);
    for (const pair of pairs) score += pair.weight * pairShare(paper, pair.left, pair.right);
    if (held.length === words.length) {
      complete++;
      score += completeBonus;
      const typed = parsed.stems.filter((stem) => stem !== "").join(" ");
      // Choices that stand beside the title's words must be in it too.
      const inTitle = words.every((word) => frequencies(paper, word.alternatives)[0]! > 0);
      if (typed !== "" && inTitle && listStems(paper.document.title).join(" ") === typed) score += most + 1;
    }
    const group = held.length === words.length ? 0 : 1;
    return [{ key: paper.document.key, score, group, document: paper.document }];
  });
  const asked = request.sort ?? "relevance";
  const sort = asked === "relevance" && (words.length === 0 || parsed.text === "") ? "newest" : asked;
  const standing = (key: number) => standings.find((each) => each.key === key) ?? { votes: 0, trending: 0 };
  const sortValue = (key: number, document: SearchDocument) =>
    sort === "newest" ? dayNumber(document) : sort === "votes" ? standing(key).votes : standing(key).trending;
  hits.sort((a, b) =>
    sort === "relevance"
      ? b.score - a.score || a.key - b.key
      : a.group - b.group || sortValue(b.key, b.document) - sortValue(a.key, a.document) || a.key - b.key,
  );
  return { total: hits.length, complete, hits, facets: countFacets(hits.map(({ document }) => document)) };
}

function dayNumber({ publishedOn, year }: SearchDocument): number {
  return publishedOn ? Number(publishedOn.replaceAll("-", "")) : (year ?? 0) * 10_000;
}

function countFacets(documents: SearchDocument[]): NaiveAnswer["facets"] {
  const facets: NaiveAnswer["facets"] = {};
  for (const { year, publishedOn, venue, categories = [], sources = [], hasCode } of documents) {
    const published = year ?? publishedOn?.slice(0, 4);
    const values = {
      year: published === undefined ? [] : [String(published)],
      venue: venue ? [venue] : [],
      category: categories,
      source: sources,
      code: [hasCode ? "yes" : "no"],
    };
    for (const [field, own] of Object.entries(values))
      for (const value of own) {
        facets[field] ??= {};
        facets[field][value] = (facets[field][value] ?? 0) + 1;
      }
  }
  if (!facets.code?.yes) delete facets.code;
  return facets;
}

function analysePaper(document: SearchDocument): NaivePaper {
  const places: Places = [new Map(), new Map(), new Map()];
  const lengths = [placeText(document.title, places[0]!, 0), placeText(document.abstract, places[1]!, 0), 0];
  let position = 0;
  for (const author of document.authors) {
    const length = placeText(author, places[2]!, position);
    lengths[2]! += length;
    position += length + 4;
  }
  return { document, places, lengths };
}

function placeText(text: string, places: Map<string, number[]>, from: number): number {
  let position = from;
  const put = (stem: string, at: number) => places.set(stem, [...(places.get(stem) ?? []), at]);
  forEachUnit(text, ({ stems, extras }) => {
    stems.forEach((stem, i) => {
      put(stem, position + i);
      for (const extra of extras) if (extra.at === i) put(extra.stem, position + i);
    });
    position += stems.length;
  });
  return position - from;
}

/** Largest frequency over the alternatives, by field; in one alternative the scarcest stem counts. */
function frequencies(paper: NaivePaper, alternatives: string[][]): number[] {
  const each = alternatives.map((stems) => {
    const own = stems.map((stem) => [0, 1, 2].map((field) => paper.places[field]!.get(stem)?.length ?? 0));
    if (own.some((counts) => counts.every((count) => count === 0))) return [0, 0, 0];
    const least = [0, 1, 2].map((field) => Math.min(...own.map((counts) => counts[field]!)));
    return least.every((count) => count === 0) ? [0, 1, 0] : least;
  });
  return [0, 1, 2].map((field) =>
    Math.max(...each.map((counts) => Math.min(counts[field]!, mostFrequent[field]!))),
  );
}

/** BM25F: frequencies weighted and normalised by field, then saturated together. */
function impact(paper: NaivePaper, alternatives: string[][]): number {
  const sum = frequencies(paper, alternatives).reduce((total, frequency, field) => {
    const norm = 1 - lengthShares[field]! + (lengthShares[field]! * paper.lengths[field]!) / pivots[field]!;
    return total + (weights[field]! * frequency) / norm;
  }, 0);
  return sum / (saturation + sum);
}

function countWith(alternatives: string[][], papers: NaivePaper[]): number {
  return papers.filter((paper) => frequencies(paper, alternatives).some((count) => count > 0)).length;
}

function idfOf(papers: number, documents: number): number {
  return Math.log(1 + (documents - papers + 0.5) / (papers + 0.5));
}

function idf(stem: string, papers: NaivePaper[]): number {
  return idfOf(countWith([[stem]], papers), papers.length);
}

function weighWord(word: Word, papers: NaivePaper[]) {
  const { alternatives } = word;
  return { alternatives, weight: word.count * idfOf(countWith(alternatives, papers), papers.length) };
}

function expand(word: Word, papers: NaivePaper[]): Word {
  const { prefix } = word;
  if (prefix === undefined) return word;
  const begun = listBegun(prefix, papers).map((stem) => [stem]);
  return { ...word, alternatives: [...word.alternatives, ...begun] };
}

function listBegun(prefix: string, papers: NaivePaper[]): string[] {
  const all = new Set(papers.flatMap(({ places }) => places.flatMap((field) => [...field.keys()])));
  const begun = prefix.length > 1 ? [...all].filter((stem) => stem.startsWith(prefix)) : [];
  return [...begun, ...stemsBehind(prefix).filter((stem) => all.has(stem))];
}

function meets(paper: NaivePaper, condition: Condition, request: SearchRequest, all: NaivePaper[]): boolean {
  switch (condition.kind) {
    case "all":
      return condition.parts.every((part) => meets(paper, part, request, all));
    case "any":
      return condition.parts.some((part) => meets(paper, part, request, all));
    case "not":
      return !meets(paper, condition.part, request, all);
    case "column":
      return passes(paper.document, condition.test, request);
    case "text": {
      const { spellings, field, prefix } = condition;
      const places = field === null ? paper.places : [paper.places[field]!];
      const begun = prefix === undefined ? [] : listBegun(prefix, all).map((stem) => [stem]);
      return [...spellings, ...begun].some((stems) => holdsPhrase(places, stems));
    }
  }
}

function passes(document: SearchDocument, test: ColumnTest, { mine }: SearchRequest): boolean {
  const year = document.year ?? Number(document.publishedOn?.slice(0, 4) ?? 0);
  const day = document.publishedOn ?? (document.year === undefined ? "" : `${document.year}-00-00`);
  switch (test.kind) {
    case "years":
      return year > 0 && year >= test.from && year <= test.to;
    case "days": {
      const [from, to = from] = test.text.split("..");
      return day !== "" && day >= from! && (to === "" || day <= `${to}-99-99`);
    }
    case "code":
      return document.hasCode === true;
    case "library":
      return mine?.has(document.key) === true;
    case "id":
      return document.id.toLowerCase() === test.id;
    case "label": {
      const { venue, categories = [], sources = [], lists = [] } = document;
      const own = { venue: venue ? [venue] : [], category: categories, source: sources, list: lists };
      const wanted = test.value.toLowerCase();
      return own[test.field].some((name) => {
        const lower = name.toLowerCase();
        return lower.startsWith(wanted) && !/^[a-z0-9]/.test(lower.slice(wanted.length));
      });
    }
  }
}

function holdsPhrase(places: Places, stems: string[]): boolean {
  return places.some((field) =>
    (field.get(stems[0]!) ?? []).some((at) => stems.every((stem, i) => field.get(stem)?.includes(at + i))),
  );
}

function pairShare(paper: NaivePaper, left: string, right: string): number {
  return Math.max(
    0,
    ...[0, 1, 2].map((field) => {
      const found = paper.places[field]!.get(left)?.some((at) =>
        paper.places[field]!.get(right)?.includes(at + 1),
      );
      return found ? pairShares[field]! : 0;
    }),
  );
}
