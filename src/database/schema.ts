// The tables as TypeScript sees them. Instants are ISO text, days YYYY-MM-DD, flags 0 or 1, so that both databases agree.
import type { AccountSchema } from "./account-schema.ts";
import type { CommunitySchema } from "./community-schema.ts";
import type { EditionSchema } from "./edition-schema.ts";
import type { LetterSchema } from "./letter-schema.ts";
import type { LibrarySchema } from "./library-schema.ts";
import type { MailSchema } from "./mail-schema.ts";
import type { WebhookSchema } from "./webhook-schema.ts";

export interface SettingsTable {
  name: string;
  value: string;
}

/** Numbers handed out in order. Updating a row locks it, so change numbers commit in order (see dialect.ts). */
export interface CountersTable {
  name: string;
  value: number;
}

export interface PapersTable {
  pk: number;
  id: string;
  title: string;
  title_text: string;
  /** As given; null when it equals abstract_text. */
  abstract: string | null;
  abstract_text: string;
  /** 'abstract', 'summary' or 'none'. */
  abstract_kind: string;
  title_key: string;
  author_key: string | null;
  /** JSON: Author[] */
  authors: string;
  year: number | null;
  published_on: string | null;
  updated_on: string | null;
  venue: string | null;
  primary_category: string | null;
  withdrawn: number;
  /** JSON: { versions, links, ...PaperDetails } */
  details: string;
  change_number: number;
  created_at: string;
  updated_at: string;
}

/** What each source said, as given; a paper is the fold of its records. */
export interface PaperRecordsTable {
  source: string;
  source_id: string;
  paper_pk: number;
  hash: string;
  /** JSON: PaperRecord */
  record: string;
  first_seen_at: string;
  updated_at: string;
}

/** What a source took back when it said something new of a paper. */
export interface RecordChangesTable {
  source: string;
  source_id: string;
  changed_at: string;
  /** JSON: RecordChange["before"] */
  taken_back: string;
}

/** Papers that are gone (merged away, sample removed), so that followers hear of it. */
export interface RemovedPapersTable {
  pk: number;
  id: string;
  change_number: number;
}

export interface IdentifiersTable {
  scheme: string;
  value: string;
  paper_pk: number;
}

/** What records of a paper name although it leads to an older one; it is this paper's when that one names it no more. */
export interface ContestedIdentifiersTable {
  scheme: string;
  value: string;
  paper_pk: number;
}

export interface PaperAuthorsTable {
  paper_pk: number;
  position: number;
  name: string;
  author_key: string;
}

export interface PaperCategoriesTable {
  paper_pk: number;
  category: string;
  position: number;
}

export interface MergesTable {
  pk: number;
  paper_pk: number;
  source: string;
  source_id: string;
  merged_id: string | null;
  reason: string;
  evidence: string;
  merged_at: string;
}

export interface ListsTable {
  pk: number;
  id: string;
  title: string;
  source_file: string;
  origin: string;
  created_at: string;
}

export interface ListEntriesTable {
  list_pk: number;
  position: number;
  paper_pk: number;
}

export interface SubmissionsTable {
  paper_pk: number;
  day: string;
  source: string;
  submitter: string | null;
  submitted_at: string | null;
  /** 'sample' or 'import'; what came with the sample leaves with it. */
  origin: string;
  /** When the row was written here; null for rows from before this was noted. */
  recorded_at: string | null;
}

export interface AnnouncementsTable {
  paper_pk: number;
  source: string;
  category: string;
  day: string;
  kind: string;
  /** 1: held on its day only by filling in afterwards. */
  late: number;
  recorded_at: string | null;
}

/** Append-only. */
export interface SignalsTable {
  paper_pk: number;
  kind: string;
  source: string;
  observed_at: string;
  value: number | null;
  detail: string | null;
  approximate: number;
  origin: string;
  recorded_at: string | null;
}

/** How far an interrupted import came. */
export interface ImportsTable {
  fingerprint: string;
  entries_done: number;
  updated_at: string;
}

/** Who may ask an archive's service next, and when: shared by all processes on this database. */
export interface RequestSlotsTable {
  /** A service whose hosts share one limit ("arxiv-export"), or a host. */
  lane: string;
  next_at: string;
  /** Whose request is under way; nobody's when null, or when held_until has passed (its process died). */
  holder: string | null;
  held_until: string | null;
}

/** Sources that are left alone for a while, because they asked for it or because they failed. */
export interface SourcePausesTable {
  source: string;
  until: string;
  /** Failures in a row, for the back-off. */
  failures: number;
  reason: string;
  updated_at: string;
}

/** What is harvested by itself (a category's listing, a set's sweep): when it is due, how it went, how far it is. */
export interface HarvestStreamsTable {
  name: string;
  source: string;
  next_at: string;
  tried_at: string | null;
  succeeded_at: string | null;
  /** Visits in a row that failed. */
  failures: number;
  /** How the last visit ended, for people. */
  message: string;
  /** JSON of the stream's own: where an interrupted visit goes on. */
  position: string | null;
}

/** What a source announced in a category on a day, and what of it we hold. */
export interface LedgerTable {
  source: string;
  category: string;
  day: string;
  due_at: string | null;
  state: string;
  reason: string;
  /** As the source declared it; null where it did not. */
  announced: number | null;
  received: number;
  new_papers: number;
  cross_lists: number;
  updates: number;
  rejected: number;
  /** Of the received: those that came after the day's deadline. */
  late: number;
  route: string | null;
  /** How the last look at the source ended. */
  look: string;
  looked_at: string | null;
  /** Looks that showed the whole batch. */
  whole_looks: number;
  complete_at: string | null;
  /** JSON: LedgerNote[] */
  history: string;
}

export interface Schema
  extends AccountSchema,
    CommunitySchema,
    LibrarySchema,
    MailSchema,
    LetterSchema,
    WebhookSchema,
    EditionSchema {
  settings: SettingsTable;
  counters: CountersTable;
  papers: PapersTable;
  paper_records: PaperRecordsTable;
  record_changes: RecordChangesTable;
  removed_papers: RemovedPapersTable;
  identifiers: IdentifiersTable;
  contested_identifiers: ContestedIdentifiersTable;
  paper_authors: PaperAuthorsTable;
  paper_categories: PaperCategoriesTable;
  merges: MergesTable;
  lists: ListsTable;
  list_entries: ListEntriesTable;
  submissions: SubmissionsTable;
  announcements: AnnouncementsTable;
  signals: SignalsTable;
  imports: ImportsTable;
  request_slots: RequestSlotsTable;
  source_pauses: SourcePausesTable;
  harvest_streams: HarvestStreamsTable;
  ledger: LedgerTable;
}
