// The words of the bibliography: what a source says of a paper (record), and what we hold of it (paper).
import type { Day, Instant } from "../lib/clock.ts";

/** Identifier schemes. `listing` is the fingerprint of an entry of a listing page; `broadsheet` a minted id. */
export type Scheme = "arxiv" | "doi" | "acl" | "openreview" | "conference" | "listing" | "broadsheet";

export interface Identifier {
  scheme: Scheme;
  /** Canonical: arXiv without version, DOI in lower case without resolver. */
  value: string;
}

/**
 * Who said it. Order of trust is in merging.ts. arXiv speaks in four voices, so that a poorer one never replaces a richer:
 * "arxiv" (arXivRaw of OAI-PMH, the snapshot: every version), "arxiv-api" (query API, OAI's prefix arXiv: the current
 * version), "arxiv-listing" and "arxiv-rss" (the day's page and feed). "references" are the files of reference managers,
 * "typed" is what somebody here typed in.
 */
export type SourceName =
  | "arxiv"
  | "arxiv-api"
  | "arxiv-listing"
  | "arxiv-rss"
  | "acl"
  | "conference"
  | "biorxiv"
  | "feed"
  | "hub"
  | "references"
  | "typed"
  | "listing"
  | "sample";

export interface Author {
  /** As displayed: "Waldyr A. Rodrigues Jr". */
  name: string;
  family?: string;
  given?: string;
  suffix?: string;
  affiliations?: string[];
  /** True for a collaboration or an organisation. */
  literal?: boolean;
}

export type LinkKind = "abstract" | "pdf" | "html" | "code" | "project" | "site";

export interface Link {
  kind: LinkKind;
  /** Absolute http(s) address, as harvested; pages pass it through safeHref. */
  url: string;
}

export interface Version {
  number: number;
  submittedAt: Instant;
  /** True when this version is a notice of withdrawal; a later one may stand again. */
  withdrawn?: boolean;
}

export type AbstractKind = "abstract" | "summary";

/** What one source says of one paper, as given; the unit that is stored, hashed, merged and exported. */
export interface PaperRecord {
  source: SourceName;
  /** Unique within the source: the arXiv id, the conference key, the fingerprint of a listing entry. */
  sourceId: string;
  /**
   * When the source said so, where it is known: a record stated earlier never replaces one stated later. No part of the
   * record's fingerprint: the same words said again are no news.
   */
  statedAt?: Instant;
  identifiers: Identifier[];
  title: string;
  abstract?: string;
  /** What `abstract` is: the authors' abstract, or a summary by somebody else. */
  abstractKind?: AbstractKind;
  authors: Author[];
  publishedOn?: Day;
  updatedOn?: Day;
  year?: number;
  venue?: string;
  /** First is primary. */
  categories: string[];
  versions: Version[];
  links: Link[];
  comments?: string;
  journalReference?: string;
  license?: string;
  withdrawn?: boolean;
  /** Citation count as the source gave it. */
  citations?: number;
  area?: string;
  award?: string;
  keywords?: string[];
}

/** A paper was put forward for a day's edition. */
export interface Submission {
  day: Day;
  source: string;
  submitter?: string;
  submittedAt?: Instant;
}

export type AnnouncementKind = "new" | "cross" | "replacement";

/** An archive announced the paper in a category on a (UTC) day. */
export interface Announcement {
  source: string;
  category: string;
  day: Day;
  kind: AnnouncementKind;
  /** True when it was held on its day only by filling in afterwards. */
  late?: boolean;
}

export type SignalKind = "upvotes" | "comments" | "repository" | "stars" | "organisation";

/** One observation: append-only, never changed. `value` counts; `detail` names (a repository address, an organisation). */
export interface Signal {
  kind: SignalKind;
  source: string;
  observedAt: Instant;
  value?: number;
  detail?: string;
  /** True when the time of observation is an estimate. */
  approximate?: boolean;
}

/** A place on a list (a listing page somebody saved, the founding collection). */
export interface ListPlace {
  listId: string;
  listTitle: string;
  /** File the list was read from. */
  sourceFile: string;
  /** 1-based order in the listing. */
  position: number;
}

/** Everything one entry of a source brings: usually one record, for our own export everything known of a paper. */
export interface SourceItem {
  /** Only in our own export: the id the paper had, and the older ids that lead to it. */
  id?: string;
  aliases?: string[];
  records: PaperRecord[];
  submissions: Submission[];
  announcements: Announcement[];
  signals: Signal[];
  places: ListPlace[];
  /** Only in our own export: the merges that made the paper. */
  merges?: MergeNote[];
  /** Only in our own export: what its sources took back. */
  changes?: RecordChange[];
}

/** A source said something new of a paper; what it had said before, of that which changed. */
export interface RecordChange {
  source: SourceName;
  sourceId: string;
  /** When we heard of it. */
  changedAt: Instant;
  before: {
    title?: string;
    abstract?: string;
    /** Names, in order. */
    authors?: string[];
    withdrawn?: boolean;
  };
}

/** Why a record was joined to a paper it was not the first record of. */
export interface MergeNote {
  source: string;
  sourceId: string;
  /** "identifier", "title-and-author", "title-and-abstract". */
  reason: string;
  /** The identifier, the key, the shared part: what a person needs to judge it. */
  evidence: string;
  mergedAt: Instant;
  /** The id that was given up, when two papers became one. */
  mergedId?: string;
}

/** A paper as held: the fold of its records by trust. */
export interface Paper {
  pk: number;
  /** arXiv id, else a minted one. */
  id: string;
  /** As given, TeX and all. */
  title: string;
  /** Clean text: TeX to Unicode, entities decoded, white space collapsed. */
  titleText: string;
  abstract: string;
  abstractText: string;
  abstractKind: AbstractKind | "none";
  authors: Author[];
  year: number | null;
  publishedOn: Day | null;
  updatedOn: Day | null;
  venue: string | null;
  primaryCategory: string | null;
  categories: string[];
  versions: Version[];
  links: Link[];
  withdrawn: boolean;
  details: PaperDetails;
  changeNumber: number;
}

/** The fields that no query selects by. */
export interface PaperDetails {
  comments?: string;
  journalReference?: string;
  license?: string;
  citations?: number;
  area?: string;
  award?: string;
  keywords?: string[];
  /** Field name -> source that won it. */
  fieldSources: Record<string, SourceName>;
}
