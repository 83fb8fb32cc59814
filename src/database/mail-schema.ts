// The tables of mail as TypeScript sees them; their columns are made in mail-tables.ts.

/** Letters taken in the stretch of time that began last, one row a rate. */
export interface MailPaceTable {
  name: string;
  started_at: string;
  taken: number;
}

/** Append-only; leaves with its reader. */
export interface MailReturnsTable {
  pk: number;
  /** Of the raw message, or of the refused letter: the same thing told twice is one row. */
  fingerprint: string;
  received_at: string;
  /** 'maildir', 'webhook' or 'smtp' (refused while it was handed over). */
  via: string;
  /** 'hard', 'soft', 'blocked' or 'complaint'. */
  class: string;
  /** Null: nobody here could be told from it. */
  subscriber_pk: number | null;
  /** 'verp', 'message-id' or 'address'. */
  matched_by: string | null;
  /** The letter, where it is known. */
  kind: string | null;
  issue: string | null;
  /** "5.1.1" */
  status: string | null;
  detail: string | null;
  /** 1: the reader gets no more letters because of it. */
  suppressed: number;
}

/** What an erased reader had agreed to, findable only by who knows the address. */
export interface ConsentProofsTable {
  /** SHA-256 of the address key, hex. */
  address_hash: string;
  erased_at: string;
  /** JSON: ConsentEvent[] */
  consent: string;
  keep_until: string;
}

export interface MailSchema {
  mail_pace: MailPaceTable;
  mail_returns: MailReturnsTable;
  consent_proofs: ConsentProofsTable;
}
