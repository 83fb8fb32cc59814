// The room's door: a search index over papers that never sees the database and follows `papers` by change number.

import type { QueryEmbedder } from "../lib/query-embedder.ts";
import type { HitExplanation, TrendTerm } from "./hit-terms.ts";
import type { MeaningStatus } from "./meaning-status.ts";
import type { SuggestSource } from "./suggest-build.ts";

/** What is indexed of a paper. `key` is the paper's pk; text is clean text (TeX already Unicode). */
export interface SearchDocument {
  key: number;
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  venue?: string;
  year?: number;
  categories?: string[];
  /** YYYY-MM-DD. */
  publishedOn?: string;
  /** Names of the sources that have it: "arxiv", "acl". */
  sources?: string[];
  hasCode?: boolean;
  /** Names of the public lists it is in. */
  lists?: string[];
}

/** What a paper is sorted by that changes without it. */
export interface Standing {
  key: number;
  votes: number;
  /** Higher: more talked of lately. */
  trending: number;
}

/** One change to follow; `document: null` means the paper is gone. */
export interface SearchChange {
  changeNumber: number;
  key: number;
  document: SearchDocument | null;
}

export interface SearchOptions {
  /** Folder of the index files. */
  folder: string;
  /** True: follows in memory only and never writes (another process holds the folder's lock). */
  readOnly: boolean;
  /** Bytes of postings and pages kept in memory; null, or not said: three quarters of the index, but 128 to 512 MiB. */
  cacheBytes?: number | null;
  /** True: memory is short. Vectors stay on disk but for their signs, fewer titles and names are suggested, fewer words kept. */
  small?: boolean;
  /** Names and votes for suggestions, which the index does not keep; without it no authors are suggested but new ones. */
  suggestSource?: SuggestSource;
  /** Search by meaning too; absent: by words alone. */
  meaning?: MeaningOptions;
  /** The id here of the paper that an identifier names; null: none is held. Absent: identifiers are searched as words. */
  findNamed?: (identifier: { scheme: string; value: string }) => Promise<string | null>;
}

/** Where vectors and models lie. */
export interface MeaningOptions {
  /** Folder of the vectors' files. */
  folder: string;
  models: ModelFiles;
  /** A service of embeddings that makes vectors too; absent: none is asked. */
  outside?: OutsideOptions;
}

export interface OutsideOptions {
  /** Folder of its vectors' files. */
  folder: string;
  embedder: QueryEmbedder;
}

/** Vectors of an outside service as they are made, by whoever follows the papers for them. */
export interface OutsideFollower {
  /** All papers up to this change number have been given. */
  readonly changeNumber: number;
  /** Whether no vector of this very text is held for the paper. */
  lacks(key: number, text: string): boolean;
  /** Whether vectors of so many components go with those held. */
  fits(components: number): boolean;
  /** Applies changes in order. Harmless twice. */
  apply(changes: readonly OutsideChange[]): void;
  save(): Promise<void>;
}

export interface OutsideChange {
  changeNumber: number;
  key: number;
  /** Null: the paper is gone. No `vector`: the one held is kept; null: the service has none for this text. */
  paper: { text: string; vector?: Float32Array | null } | null;
}

/** Why an outside service that is set up has no part in an answer. */
export type OutsideLack = "making" | "unreachable";

/** Files of models; the own one is preferred. */
export interface ModelFiles {
  /** Of the instance itself; `broadsheet train` writes it. Null: it never has one. */
  own: string | null;
  /** Ships with the project; null: search by words alone until there is an own one. */
  shipped: string | null;
}

/** Title and abstract of a paper that need not be in the index. */
export interface PaperText {
  title: string;
  abstract: string;
}

/** `words` ranks by words alone, `meaning` by meaning alone, `auto` by both. */
export type SearchMode = "auto" | "words" | "meaning";
export type SearchSort = "relevance" | "newest" | "votes" | "trending";

export interface SearchRequest {
  /** As typed: words, "phrases"; the last word also as a prefix when `prefix` is set. */
  query: string;
  limit: number;
  offset?: number;
  /** `next` of the page before, of the same query, mode and sort; instead of `offset`. */
  cursor?: string;
  /** Treat the last word as the beginning of one (typing). */
  prefix?: boolean;
  /** Default "auto". */
  mode?: SearchMode;
  /** Default "relevance". */
  sort?: SearchSort;
  /** Count facets over all matches. */
  facets?: boolean;
  /**
   * Hits say their key, id and score alone: title, stems and reasons stay empty, and unless facets are asked for `total` and
   * `complete` are what is known without counting, reached at least.
   */
  idsOnly?: boolean;
  /** Search exactly what was typed: no word is taken for a mistyped one. */
  asTyped?: boolean;
  /** Keys of the papers in the reader's library, for `in:library`. */
  mine?: ReadonlySet<number>;
  /** What the outside service made of the query, or why not; `Search.prepare` fills it in. */
  outside?: Float32Array | OutsideLack;
  /** The id of the paper that the whole query names, which is then the answer; `Search.prepare` fills it in. */
  named?: string;
  /** Each hit says by which terms it stands where it stands. */
  explain?: boolean;
  /** Parts of the ranking taken away, to measure what each is worth. */
  without?: SearchPart[];
}

/** Parts of the ranking that can be taken away. */
export type SearchPart = string;

/** Why a paper matched; `share` is what this reason adds to its score, 0 to 1. */
export interface MatchReason {
  kind: "title" | "phrase" | "words" | "author" | "field" | "meaning" | "like" | "identifier";
  detail: string;
  share?: number;
}

export interface SearchHit {
  key: number;
  id: string;
  score: number;
  /** Clean title as indexed. */
  title: string;
  /** Stems of the query that this paper holds, for highlighting. */
  matched: string[];
  why: MatchReason[];
  /** Only where it was asked for. */
  explanation?: HitExplanation;
}

export interface Facet {
  field: "year" | "venue" | "category" | "source" | "code";
  /** Most papers first (years: newest first). */
  values: { value: string; count: number }[];
}

export interface SearchAnswer {
  query: string;
  /** The mode used: "words" where meaning has nothing to say. */
  mode: SearchMode;
  /** Only where an outside service was to be asked: its vectors ranked, or why the own ones did. */
  outside?: "used" | OutsideLack;
  /** The sort used: "newest" where relevance has nothing to go by. */
  sort: SearchSort;
  /** Number of answers, the same on every page: papers that meet every condition and, where none asks for text, hold a word or are near. */
  total: number;
  /** Whether `total` is exact or a number that is reached at least: papers near in meaning are never all counted. */
  bound: "exact" | "at-least";
  /** How many of these hold all the words; for queries of up to six words these come first. What a headline counts. */
  complete: number;
  /** What of the query was not looked at, in a sentence or two, because it would have cost too much; the same on every page. */
  leftOut?: string;
  /** Why the query was not searched (too long); then there are no hits. */
  refused?: string;
  hits: SearchHit[];
  facets?: Facet[];
  /** The cursor of the next page; absent on the last. */
  next?: string;
  /** The query is an identifier or an address; `id`: of the paper it names, if held: the only answer. */
  direct?: { scheme: string; value: string; id?: string };
  /** Searched instead, because nothing matched well. */
  corrected?: { query: string };
  didYouMean?: string;
  /** The query did not parse; it was answered as plain words. `at` is an offset in UTF-16 units. */
  problem?: { message: string; at: number };
  tookMs: number;
  /** What it cost, for tests that bound the work of hostile queries. */
  work: { postings: number; scored: number; placed: number };
}

/** What may have been meant by the beginning of a query. */
export interface Suggestion {
  kind: "title" | "author" | "concept";
  text: string;
  id?: string;
  papers?: number;
}

/** A paper of the index, or a text that need not be in it. */
export interface SimilarRequest {
  /** Left out of the answer. Without `text`, what is compared is its vector and the words of its title. */
  key?: number;
  /** Give it where it is at hand: all its words then count. */
  text?: PaperText;
  limit: number;
  offset?: number;
}

export interface SimilarAnswer {
  hits: SearchHit[];
  tookMs: number;
  work: SearchAnswer["work"];
}

export interface SearchStatus {
  documents: number;
  changeNumber: number;
  bytesOnDisk: number;
  /** Named when the files on disk are damaged or missing; the index is then empty and starts again from change 0. */
  damage: string | null;
  /** Absent when the index searches by words alone. */
  meaning?: MeaningStatus;
}

/** What follows the papers by change number. */
export interface Follower {
  /** Everything up to this change number is in it. */
  readonly changeNumber: number;
  /** Applies the changes after `since`, in order; harmless twice. */
  apply(changes: readonly SearchChange[], since?: number): void;
}

/** The face that pages, commands and, later, the API use. */
export interface Search extends Follower, AsyncDisposable {
  /**
   * Applies changes in order; visible to the next query. Harmless twice. With `since`, the changes are those after that
   * number, and are left alone unless it is still `changeNumber` (the index may have been emptied meanwhile because its
   * files were found damaged). Throws AppError "index-damaged" when it finds them so itself.
   */
  apply(changes: readonly SearchChange[], since?: number): void;
  /**
   * The vectors, while they stand behind the index (another model, damaged files): they must be given the changes since
   * their own number. Null when they follow the index, or cannot.
   */
  readonly vectors?: Follower | null;
  /** Takes the vectors of an outside service; null where none is set up, or another process makes them. */
  readonly outside?: OutsideFollower | null;
  /** How far `changeNumber` is ahead of the files; 0 for a reader, who writes none. */
  readonly unwritten?: number;
  /**
   * Throws AppError "index-damaged" when the files turn out to be (the index is then empty, at change 0), "bad-input" for a
   * cursor that is none or belongs to another search.
   */
  search(request: SearchRequest): SearchAnswer;
  /** Reads the vectors in the background while words answer; done when they are read. Else the first query reads them. */
  prepareMeaning?(): Promise<void>;
  /** The request with what an outside service says of it; waits a moment for that, and for vectors being read. Never throws. */
  prepare(request: SearchRequest): Promise<SearchRequest>;
  /** What the reader may be typing; the first calls find little, see `prepareSuggestions`. */
  suggest(text: string, limit: number): Suggestion[];
  /** Makes the tables that `suggest` reads, in the background; done when they are. */
  prepareSuggestions(): Promise<void>;
  /** Papers near in meaning, nearest first. */
  similar(request: SimilarRequest): SimilarAnswer;
  /** Indexes of the candidates, most similar first; none of them need be in the index. Needs a model. */
  rankPairs(query: PaperText, candidates: readonly PaperText[], without?: readonly SearchPart[]): number[];
  /** Replaces what papers are sorted by that changes without them: votes, and a trend that `explainTrend` explains. */
  setStandings(standings: Iterable<Standing>, explainTrend?: (standing: Standing) => TrendTerm[]): void;
  /**
   * Writes what is new to disk: checksummed, atomic switch. With `more` to come soon, segments are not put together for
   * queries yet. No-op when read-only.
   */
  flush(options?: { more?: boolean }): Promise<void>;
  /** Empties index and files, to be filled again from change 0. */
  reset(): Promise<void>;
  /** Reads all files; returns what is damaged (then the index is empty, at change 0), or null. */
  verify(): string | null;
  status(): SearchStatus;
}
