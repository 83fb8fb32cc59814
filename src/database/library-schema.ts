// The tables of what readers keep, as TypeScript sees them; their columns are made in library-tables.ts. A keeper is the
// text that names whose it is: an account's id, "this machine", or "subscriber:<pk>".

/** How the library of a keeper stands. Every change of what a taste is learned from raises the revision. */
export interface LibraryKeepersTable {
  keeper: string;
  revision: number;
  /** JSON: LibrarySettings */
  settings: string;
  updated_at: string;
}

/** What a keeper said of a paper. */
export interface LibraryMarksTable {
  keeper: string;
  paper_pk: number;
  /** 'save', 'later', 'more', 'less', 'hide'. */
  kind: string;
  /** Of a save; "" is none. */
  folder: string;
  marked_at: string;
}

/** References a keeper brought that are no paper here: they teach his taste all the same. */
export interface LibraryReferencesTable {
  keeper: string;
  /** What makes two of them the same: an identifier, or the title's key. */
  reference_key: string;
  title: string;
  abstract: string;
  /** JSON: "scheme:value"[] */
  identifiers: string;
  folder: string;
  added_at: string;
}

export interface LibraryFollowsTable {
  keeper: string;
  /** 'search', 'author', 'category', 'keyword'. */
  kind: string;
  /** What makes two of them the same. */
  follow_key: string;
  /** As written. */
  value: string;
  followed_at: string;
}

/** Addresses of private feeds: whoever has the key reads what it opens, nothing else. */
export interface LibraryFeedKeysTable {
  hash: string;
  keeper: string;
  /** What the feed holds: 'today', 'saved', 'later', 'folder:<name>'. */
  opens: string;
  created_at: string;
}

/** What was learned of a keeper, kept until what it was learned from changes. */
export interface LibraryTastesTable {
  keeper: string;
  /** Of the keeper's library when it was learned. */
  revision: number;
  /** Of the meaning model and of the learning itself. */
  learned_with: string;
  learned_at: string;
  /** JSON: LearnedTaste */
  taste: string;
}

export interface LibrarySchema {
  library_keepers: LibraryKeepersTable;
  library_marks: LibraryMarksTable;
  library_references: LibraryReferencesTable;
  library_follows: LibraryFollowsTable;
  library_feed_keys: LibraryFeedKeysTable;
  library_tastes: LibraryTastesTable;
}
