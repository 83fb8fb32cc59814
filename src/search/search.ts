// The room's door: a search index over papers that never sees the database and follows `papers` by change number.

/** What is indexed of a paper. `key` is the paper's pk; text is clean text (TeX already Unicode). */
export interface SearchDocument {
  key: number;
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  venue?: string;
  year?: number;
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
  /** Bytes of postings and pages kept in memory; default 128 MiB. */
  cacheBytes?: number;
}

export interface SearchRequest {
  /** As typed: words, "phrases"; the last word also as a prefix when `prefix` is set. */
  query: string;
  limit: number;
  offset?: number;
  /** Treat the last word as the beginning of one (typing). */
  prefix?: boolean;
}

export interface SearchHit {
  key: number;
  id: string;
  score: number;
  /** Clean title as indexed. */
  title: string;
  /** Stems of the query that this paper holds, for highlighting. */
  matched: string[];
}

export interface SearchAnswer {
  query: string;
  /** Exact number of answers: papers that hold every phrase; without phrases, at least one word that is no stop word. */
  total: number;
  /** How many of these hold all the words; for queries of up to six words these come first. What a headline counts. */
  complete: number;
  /** Why the query was not searched (too long); then there are no hits. */
  refused?: string;
  hits: SearchHit[];
  tookMs: number;
  /** What it cost, for tests that bound the work of hostile queries. */
  work: { postings: number; scored: number; placed: number };
}

export interface SearchStatus {
  documents: number;
  changeNumber: number;
  bytesOnDisk: number;
  /** Named when the files on disk are damaged or missing; the index is then empty and starts again from change 0. */
  damage: string | null;
}

/** The face that pages, commands and, later, the API use. */
export interface Search extends AsyncDisposable {
  /** Everything up to this change number is in the index. */
  readonly changeNumber: number;
  /**
   * Applies changes in order; visible to the next query. Harmless twice. With `since`, the changes are those after that
   * number, and are left alone unless it is still `changeNumber` (the index may have been emptied meanwhile because its
   * files were found damaged). Throws AppError "index-damaged" when it finds them so itself.
   */
  apply(changes: readonly SearchChange[], since?: number): void;
  /** Throws AppError "index-damaged" when the files turn out to be; the index is then empty, at change 0. */
  search(request: SearchRequest): SearchAnswer;
  /** Writes what is new to disk: checksummed, atomic switch. No-op when read-only. */
  flush(): Promise<void>;
  /** Empties index and files, to be filled again from change 0. */
  reset(): Promise<void>;
  /** Reads all files; returns what is damaged (then the index is empty, at change 0), or null. */
  verify(): string | null;
  status(): SearchStatus;
}
