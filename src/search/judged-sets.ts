// Judged sets as files have them: queries with the papers that answer them. Names of papers are those of the files.

/** One query, one answer: a summary or some words of a title, and the paper they were taken from. */
export interface KnownItems {
  kind: "known-item";
  queries: { text: string; answer: string }[];
}

/** Queries with several answers among a pool; `nonliteral` are the answers whose text lacks the query. */
export interface KeywordSet {
  kind: "keywords";
  pool: string[];
  queries: { text: string; relevant: string[]; nonliteral: string[] }[];
}

/** Candidates of a paper graded 0 to 3; the texts come with the set and need not be in any collection. */
export interface SimilarSet {
  kind: "similar";
  papers: Map<string, { title: string; abstract: string }>;
  queries: { paper: string; grades: Map<string, number> }[];
}

/** One query and the list that another engine gave for it. */
export interface ListSet {
  kind: "list";
  text: string;
  answers: string[];
}

export type JudgedSet = KnownItems | KeywordSet | SimilarSet | ListSet;

/** Reads a parsed JSON file; null when it is none of the known shapes. */
export function parseJudgedSet(document: unknown): JudgedSet | null {
  if (Array.isArray(document)) return parseKnownItems(document);
  if (!isRecord(document) || !Array.isArray(document.queries)) return null;
  return isRecord(document.papers) ? parseSimilar(document) : parseKeywords(document);
}

function parseKnownItems(entries: unknown[]): KnownItems | null {
  const queries = entries.flatMap((entry) =>
    isRecord(entry) && typeof entry.q === "string" && typeof entry.id === "string"
      ? [{ text: entry.q, answer: entry.id }]
      : [],
  );
  return queries.length > 0 && queries.length === entries.length ? { kind: "known-item", queries } : null;
}

function parseKeywords({ pool, queries }: Record<string, unknown>): KeywordSet | null {
  const names = readNames(pool);
  const read = (queries as unknown[]).flatMap((entry) => {
    if (!isRecord(entry) || typeof entry.q !== "string") return [];
    const relevant = readNames(entry.relevant);
    const nonliteral = readNames(entry.nonliteral);
    return relevant && nonliteral ? [{ text: entry.q, relevant, nonliteral }] : [];
  });
  return names && read.length > 0 ? { kind: "keywords", pool: names, queries: read } : null;
}

function parseSimilar({ papers, queries }: Record<string, unknown>): SimilarSet | null {
  const texts = new Map<string, { title: string; abstract: string }>();
  for (const [name, paper] of Object.entries(papers as Record<string, unknown>)) {
    if (isRecord(paper))
      texts.set(name, { title: readText(paper.title), abstract: readText(paper.abstract) });
  }
  const read = (queries as unknown[]).flatMap((entry) => {
    if (!isRecord(entry) || !isRecord(entry.relevance) || !texts.has(String(entry.query))) return [];
    const paper = String(entry.query);
    const graded = Object.entries(entry.relevance).filter(([name]) => name !== paper && texts.has(name));
    return [{ paper, grades: new Map(graded.map(([name, grade]) => [name, Number(grade)])) }];
  });
  return read.length > 0 ? { kind: "similar", papers: texts, queries: read } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readNames(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((name) => typeof name === "string") ? value : null;
}

/** A text, or the sentences of one. */
function readText(value: unknown): string {
  return Array.isArray(value) ? value.join(" ") : typeof value === "string" ? value : "";
}
