// The tables of webhooks, as TypeScript sees them; their columns are made in webhook-tables.ts.

export interface WebhooksTable {
  id: string;
  /** Whose it is: an account's id, or "this machine". */
  keeper: string;
  url: string;
  /** 'json' or 'slack'. */
  shape: string;
  /** 'edition' or 'picks'. */
  what: string;
  /** "whsec_…": what bodies are signed with; it must be readable to sign. */
  secret: string;
  zone: string;
  /** HH:MM in the zone. */
  send_at: string;
  /** 'on' or 'off'. */
  state: string;
  /** Issues in a row that were given up. */
  failures: number;
  last_issue: string | null;
  last_made_at: string | null;
  last_ok_at: string | null;
  last_error: string | null;
  tested_at: string | null;
  off_at: string | null;
  /** When the letter that it was switched off is to be tried; null: none waits. */
  note_due_at: string | null;
  created_at: string;
}

export interface WebhookDeliveriesTable {
  webhook_id: string;
  /** The edition's day, or "test-" and an instant. */
  issue: string;
  /** 'due', 'claimed', 'sent', 'failed', 'dropped'. */
  state: string;
  attempts: number;
  next_attempt_at: string;
  claimed_at: string | null;
  /** What is sent, the same at every attempt; "" once it is settled. */
  body: string;
  last_error: string | null;
  sent_at: string | null;
  created_at: string;
}

/** Papers that a webhook of picks was sent. */
export interface WebhookPapersTable {
  webhook_id: string;
  paper_pk: number;
  issue: string;
}

export interface WebhookSchema {
  webhooks: WebhooksTable;
  webhook_deliveries: WebhookDeliveriesTable;
  webhook_papers: WebhookPapersTable;
}
