// The explicit list of migrations, in order. Never edit one that has shipped; add the next.
import { accountTables } from "./account-tables.ts";
import { communityTables } from "./community-tables.ts";
import { addEditionTables } from "./edition-tables.ts";
import { addContestedIdentifiers } from "./identifier-tables.ts";
import { addLateMark, ledgerTables } from "./ledger-tables.ts";
import { addLetterWishes } from "./letter-tables.ts";
import { libraryTables } from "./library-tables.ts";
import { indexMessageIds, indexTurns, mailTables } from "./mail-tables.ts";
import { type AnyDatabase, createTables, type TableShape } from "./table-shape.ts";
import { webhookPaperTables, webhookTables } from "./webhook-tables.ts";

const initialTables: Record<string, TableShape> = {
  settings: {
    columns: [
      ["name", "text"],
      ["value", "text"],
    ],
    primaryKey: ["name"],
  },
  counters: {
    columns: [
      ["name", "text"],
      ["value", "bigint"],
    ],
    primaryKey: ["name"],
  },
  papers: {
    columns: [
      ["pk", "integer"],
      ["id", "text"],
      ["title", "text"],
      ["title_text", "text"],
      ["abstract", "text", "null"],
      ["abstract_text", "text"],
      ["abstract_kind", "text"],
      ["title_key", "text"],
      ["author_key", "text", "null"],
      ["authors", "text"],
      ["year", "integer", "null"],
      ["published_on", "text", "null"],
      ["updated_on", "text", "null"],
      ["venue", "text", "null"],
      ["primary_category", "text", "null"],
      ["withdrawn", "integer"],
      ["details", "text"],
      ["change_number", "bigint"],
      ["created_at", "text"],
      ["updated_at", "text"],
    ],
    primaryKey: ["pk"],
    indexes: [
      { name: "papers_id", columns: ["id"], unique: true },
      { name: "papers_title_key", columns: ["title_key"] },
      { name: "papers_change_number", columns: ["change_number"] },
    ],
  },
  paper_records: {
    columns: [
      ["source", "text"],
      ["source_id", "text"],
      ["paper_pk", "integer"],
      ["hash", "text"],
      ["record", "text"],
      ["first_seen_at", "text"],
      ["updated_at", "text"],
    ],
    primaryKey: ["source", "source_id"],
    indexes: [{ name: "paper_records_paper", columns: ["paper_pk"] }],
  },
  removed_papers: {
    columns: [
      ["pk", "integer"],
      ["id", "text"],
      ["change_number", "bigint"],
    ],
    primaryKey: ["pk"],
    indexes: [{ name: "removed_papers_change_number", columns: ["change_number"] }],
  },
  identifiers: {
    columns: [
      ["scheme", "text"],
      ["value", "text"],
      ["paper_pk", "integer"],
    ],
    primaryKey: ["scheme", "value"],
    indexes: [{ name: "identifiers_paper", columns: ["paper_pk"] }],
  },
  paper_authors: {
    columns: [
      ["paper_pk", "integer"],
      ["position", "integer"],
      ["name", "text"],
      ["author_key", "text"],
    ],
    primaryKey: ["paper_pk", "position"],
    indexes: [{ name: "paper_authors_key", columns: ["author_key", "paper_pk"] }],
  },
  paper_categories: {
    columns: [
      ["paper_pk", "integer"],
      ["category", "text"],
      ["position", "integer"],
    ],
    primaryKey: ["paper_pk", "category"],
    indexes: [{ name: "paper_categories_category", columns: ["category", "paper_pk"] }],
  },
  merges: {
    columns: [
      ["pk", "integer"],
      ["paper_pk", "integer"],
      ["source", "text"],
      ["source_id", "text"],
      ["merged_id", "text", "null"],
      ["reason", "text"],
      ["evidence", "text"],
      ["merged_at", "text"],
    ],
    primaryKey: ["pk"],
    indexes: [{ name: "merges_paper", columns: ["paper_pk"] }],
  },
  lists: {
    columns: [
      ["pk", "integer"],
      ["id", "text"],
      ["title", "text"],
      ["source_file", "text"],
      ["origin", "text"],
      ["created_at", "text"],
    ],
    primaryKey: ["pk"],
    indexes: [{ name: "lists_id", columns: ["id"], unique: true }],
  },
  list_entries: {
    columns: [
      ["list_pk", "integer"],
      ["position", "integer"],
      ["paper_pk", "integer"],
    ],
    primaryKey: ["list_pk", "position"],
    indexes: [{ name: "list_entries_paper", columns: ["paper_pk"] }],
  },
  submissions: {
    columns: [
      ["paper_pk", "integer"],
      ["day", "text"],
      ["source", "text"],
      ["submitter", "text", "null"],
      ["submitted_at", "text", "null"],
      ["origin", "text"],
    ],
    primaryKey: ["paper_pk", "day", "source"],
    indexes: [{ name: "submissions_day", columns: ["day"] }],
  },
  announcements: {
    columns: [
      ["paper_pk", "integer"],
      ["source", "text"],
      ["category", "text"],
      ["day", "text"],
      ["kind", "text"],
    ],
    primaryKey: ["paper_pk", "source", "category", "day"],
    indexes: [{ name: "announcements_day", columns: ["day", "category"] }],
  },
  signals: {
    columns: [
      ["paper_pk", "integer"],
      ["kind", "text"],
      ["source", "text"],
      ["observed_at", "text"],
      ["value", "double precision", "null"],
      ["detail", "text", "null"],
      ["approximate", "integer"],
      ["origin", "text"],
    ],
    primaryKey: ["paper_pk", "kind", "source", "observed_at"],
  },
  imports: {
    columns: [
      ["fingerprint", "text"],
      ["entries_done", "bigint"],
      ["updated_at", "text"],
    ],
    primaryKey: ["fingerprint"],
  },
  subscribers: {
    columns: [
      ["pk", "integer"],
      ["address", "text"],
      ["address_key", "text"],
      ["zone", "text"],
      ["send_at", "text"],
      ["state", "text"],
      ["token", "text"],
      ["confirm_hash", "text", "null"],
      ["confirm_expires_at", "text", "null"],
      ["consent", "text"],
      ["created_at", "text"],
      ["last_request_at", "text"],
      ["confirmed_at", "text", "null"],
      ["unsubscribed_at", "text", "null"],
    ],
    primaryKey: ["pk"],
    indexes: [
      { name: "subscribers_address", columns: ["address_key"], unique: true },
      { name: "subscribers_token", columns: ["token"], unique: true },
      { name: "subscribers_confirm", columns: ["confirm_hash"] },
    ],
  },
  deliveries: {
    columns: [
      ["subscriber_pk", "integer"],
      ["kind", "text"],
      ["issue", "text"],
      ["state", "text"],
      ["attempts", "integer"],
      ["next_attempt_at", "text"],
      ["claimed_at", "text", "null"],
      ["claimed_by", "text", "null"],
      ["message_id", "text"],
      ["payload", "text"],
      ["last_error", "text", "null"],
      ["sent_at", "text", "null"],
      ["created_at", "text"],
    ],
    primaryKey: ["subscriber_pk", "kind", "issue"],
    indexes: [{ name: "deliveries_due", columns: ["state", "next_attempt_at"] }],
  },
  sent_papers: {
    columns: [
      ["subscriber_pk", "integer"],
      ["paper_pk", "integer"],
      ["issue", "text"],
    ],
    primaryKey: ["subscriber_pk", "paper_pk"],
  },
};

const requestTables: Record<string, TableShape> = {
  request_slots: {
    columns: [
      ["lane", "text"],
      ["next_at", "text"],
      ["holder", "text", "null"],
      ["held_until", "text", "null"],
    ],
    primaryKey: ["lane"],
  },
  source_pauses: {
    columns: [
      ["source", "text"],
      ["until", "text"],
      ["failures", "integer"],
      ["reason", "text"],
      ["updated_at", "text"],
    ],
    primaryKey: ["source"],
  },
};

const changeTables: Record<string, TableShape> = {
  record_changes: {
    columns: [
      ["source", "text"],
      ["source_id", "text"],
      ["changed_at", "text"],
      ["taken_back", "text"],
    ],
    primaryKey: ["source", "source_id", "changed_at"],
  },
};

export interface Migration {
  name: string;
  up(db: AnyDatabase): Promise<void>;
}

/** All migrations, oldest first; the position of the last is the schema's version. */
export const migrations: Migration[] = [
  { name: "initial", up: (db) => createTables(db, initialTables) },
  { name: "request-slots", up: (db) => createTables(db, requestTables) },
  { name: "ledger", up: (db) => createTables(db, ledgerTables) },
  { name: "late-announcements", up: addLateMark },
  { name: "accounts", up: (db) => createTables(db, accountTables) },
  { name: "record-changes", up: (db) => createTables(db, changeTables) },
  { name: "community", up: (db) => createTables(db, communityTables) },
  { name: "library", up: (db) => createTables(db, libraryTables) },
  { name: "mail-returns", up: (db) => createTables(db, mailTables) },
  { name: "letter-wishes", up: addLetterWishes },
  { name: "message-ids", up: indexMessageIds },
  { name: "webhooks", up: (db) => createTables(db, webhookTables) },
  { name: "editions-as-they-stood", up: addEditionTables },
  { name: "webhook-papers", up: (db) => createTables(db, webhookPaperTables) },
  { name: "contested-identifiers", up: addContestedIdentifiers },
  { name: "letters-in-turn", up: indexTurns },
];
