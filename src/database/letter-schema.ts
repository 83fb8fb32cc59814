// The tables of the letter as TypeScript sees them; their columns are made in migrations.ts and letter-tables.ts.

export interface SubscribersTable {
  pk: number;
  address: string;
  /** NFKC, lower case: what "the same address" means. */
  address_key: string;
  zone: string;
  /** Local time of day, HH:MM. */
  send_at: string;
  /** 'unconfirmed', 'confirmed', 'unsubscribed'. */
  state: string;
  /** Opaque, 128 bits or more; the address of the unsubscribe page. */
  token: string;
  confirm_hash: string | null;
  confirm_expires_at: string | null;
  /** JSON: proof of consent (times, network address, form text version). */
  consent: string;
  created_at: string;
  last_request_at: string;
  confirmed_at: string | null;
  unsubscribed_at: string | null;
  /** ISO weekdays of the reader's clock on which a letter may come: "12345" is Monday to Friday. */
  weekdays: string;
  /** 'daily', or 'weekly': on the first of the weekdays. */
  rhythm: string;
  /** The first day, by the reader's clock, on which a letter may come again. */
  paused_until: string | null;
  /** When hour, zone, days or pause were last changed; what was due before counts no more. */
  clock_set_at: string | null;
  /** How many papers an issue holds at most. */
  papers: number;
  /** Of these, per cent of the reader's own picks. */
  own_share: number;
}

/** One row per reader and issue (and per confirmation letter); claimed by conditional update before sending. */
export interface DeliveriesTable {
  subscriber_pk: number;
  /** 'digest' or 'confirmation'. */
  kind: string;
  /** Day of the edition, or the request's instant. */
  issue: string;
  /** 'due', 'claimed', 'sent', 'failed', 'dropped'. */
  state: string;
  attempts: number;
  next_attempt_at: string;
  claimed_at: string | null;
  claimed_by: string | null;
  message_id: string;
  /** JSON: the choice (paper pks, token), fixed when the row is made, so that a repeat is the same letter. */
  payload: string;
  last_error: string | null;
  sent_at: string | null;
  created_at: string;
}

/** A paper once to each reader. */
export interface SentPapersTable {
  subscriber_pk: number;
  paper_pk: number;
  /** The latest issue that told of it. */
  issue: string;
  /** The version it told of; null where the paper has none. */
  version: number | null;
  /** Null: from before this was kept. */
  told_at: string | null;
}

/** What the letters of an issue say of a paper: the same in every repeat and web copy, whatever becomes of the paper. */
export interface IssueWordsTable {
  issue: string;
  paper_pk: number;
  /** JSON: PaperWords */
  words: string;
}

export interface LetterSchema {
  subscribers: SubscribersTable;
  deliveries: DeliveriesTable;
  sent_papers: SentPapersTable;
  issue_words: IssueWordsTable;
}
