// The tables of webhooks: where editions are sent, and each issue sent there.
import type { TableShape } from "./table-shape.ts";

/** Of a webhook of picks: the papers that its issues held, so that none comes twice. */
export const webhookPaperTables: Record<string, TableShape> = {
  webhook_papers: {
    columns: [
      ["webhook_id", "text"],
      ["paper_pk", "integer"],
      ["issue", "text"],
    ],
    primaryKey: ["webhook_id", "paper_pk"],
    indexes: [{ name: "webhook_papers_paper", columns: ["paper_pk"] }],
  },
};

export const webhookTables: Record<string, TableShape> = {
  webhooks: {
    columns: [
      ["id", "text"],
      ["keeper", "text"],
      ["url", "text"],
      ["shape", "text"],
      ["what", "text"],
      ["secret", "text"],
      ["zone", "text"],
      ["send_at", "text"],
      ["state", "text"],
      ["failures", "integer"],
      ["last_issue", "text", "null"],
      ["last_made_at", "text", "null"],
      ["last_ok_at", "text", "null"],
      ["last_error", "text", "null"],
      ["tested_at", "text", "null"],
      ["off_at", "text", "null"],
      ["note_due_at", "text", "null"],
      ["created_at", "text"],
    ],
    primaryKey: ["id"],
    indexes: [{ name: "webhooks_keeper", columns: ["keeper", "created_at"] }],
  },
  webhook_deliveries: {
    columns: [
      ["webhook_id", "text"],
      ["issue", "text"],
      ["state", "text"],
      ["attempts", "integer"],
      ["next_attempt_at", "text"],
      ["claimed_at", "text", "null"],
      ["body", "text"],
      ["last_error", "text", "null"],
      ["sent_at", "text", "null"],
      ["created_at", "text"],
    ],
    primaryKey: ["webhook_id", "issue"],
    indexes: [{ name: "webhook_deliveries_due", columns: ["state", "next_attempt_at"] }],
  },
};
