// The tables of what people do here: votes, papers put forward, reports, and the log of moderation.
import type { TableShape } from "./table-shape.ts";

export const communityTables: Record<string, TableShape> = {
  votes: {
    columns: [
      ["paper_pk", "integer"],
      ["account_id", "text"],
      ["voted_at", "text"],
      ["state", "text"],
      ["new_account", "integer"],
    ],
    primaryKey: ["paper_pk", "account_id"],
    indexes: [
      { name: "votes_account", columns: ["account_id", "voted_at"] },
      { name: "votes_state", columns: ["state", "voted_at"] },
    ],
  },
  proposals: {
    columns: [
      ["paper_pk", "integer"],
      ["day", "text"],
      ["account_id", "text"],
      ["submitted_at", "text"],
      ["state", "text"],
    ],
    primaryKey: ["paper_pk", "day"],
    indexes: [
      { name: "proposals_account", columns: ["account_id", "day"] },
      { name: "proposals_day", columns: ["day"] },
    ],
  },
  reports: {
    columns: [
      ["id", "text"],
      ["paper_pk", "integer"],
      ["account_id", "text"],
      ["reason", "text"],
      ["reported_at", "text"],
      ["state", "text"],
    ],
    primaryKey: ["id"],
    indexes: [
      { name: "reports_state", columns: ["state", "reported_at"] },
      { name: "reports_account", columns: ["account_id"] },
    ],
  },
  moderation_log: {
    columns: [
      ["id", "text"],
      ["at", "text"],
      ["account_id", "text"],
      ["actor", "text"],
      ["action", "text"],
      ["paper_pk", "integer"],
      ["reason", "text"],
    ],
    primaryKey: ["id"],
    indexes: [{ name: "moderation_log_at", columns: ["at"] }],
  },
};
