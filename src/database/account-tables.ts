// The tables of accounts: who signs in, by what, from where; what works once; what is counted against guessing.
import type { TableShape } from "./table-shape.ts";

export const accountTables: Record<string, TableShape> = {
  accounts: {
    columns: [
      ["id", "text"],
      ["address", "text"],
      ["address_key", "text"],
      ["address_verified", "integer"],
      ["name", "text"],
      ["role", "text"],
      ["created_at", "text"],
      ["updated_at", "text"],
    ],
    primaryKey: ["id"],
    indexes: [
      { name: "accounts_address", columns: ["address_key"], unique: true },
      { name: "accounts_role", columns: ["role"] },
    ],
  },
  account_credentials: {
    columns: [
      ["id", "text"],
      ["account_id", "text"],
      ["provider", "text"],
      ["provider_account", "text"],
      ["password", "text", "null"],
      ["created_at", "text"],
      ["updated_at", "text"],
    ],
    primaryKey: ["id"],
    indexes: [
      { name: "account_credentials_account", columns: ["account_id", "provider"], unique: true },
      { name: "account_credentials_provider", columns: ["provider", "provider_account"], unique: true },
    ],
  },
  account_sessions: {
    columns: [
      ["id", "text"],
      ["token", "text"],
      ["account_id", "text"],
      ["network", "text", "null"],
      ["user_agent", "text", "null"],
      ["expires_at", "text"],
      ["created_at", "text"],
      ["updated_at", "text"],
    ],
    primaryKey: ["id"],
    indexes: [
      { name: "account_sessions_token", columns: ["token"], unique: true },
      { name: "account_sessions_account", columns: ["account_id"] },
      { name: "account_sessions_expiry", columns: ["expires_at"] },
    ],
  },
  account_challenges: {
    columns: [
      ["id", "text"],
      ["identifier", "text"],
      ["value", "text"],
      ["expires_at", "text"],
      ["created_at", "text"],
      ["updated_at", "text"],
    ],
    primaryKey: ["id"],
    indexes: [
      { name: "account_challenges_identifier", columns: ["identifier"] },
      { name: "account_challenges_expiry", columns: ["expires_at"] },
    ],
  },
  passkeys: {
    columns: [
      ["id", "text"],
      ["account_id", "text"],
      ["name", "text", "null"],
      ["public_key", "text"],
      ["credential_id", "text"],
      ["counter", "bigint"],
      ["device_type", "text"],
      ["backed_up", "integer"],
      ["transports", "text", "null"],
      ["aaguid", "text", "null"],
      ["created_at", "text", "null"],
    ],
    primaryKey: ["id"],
    indexes: [
      { name: "passkeys_account", columns: ["account_id"] },
      { name: "passkeys_credential", columns: ["credential_id"], unique: true },
    ],
  },
  account_tickets: {
    columns: [
      ["hash", "text"],
      ["kind", "text"],
      ["address", "text"],
      ["address_key", "text"],
      ["role", "text", "null"],
      ["invited_by", "text", "null"],
      ["browser_hash", "text", "null"],
      ["created_at", "text"],
      ["expires_at", "text"],
      ["used_at", "text", "null"],
    ],
    primaryKey: ["hash"],
    indexes: [
      { name: "account_tickets_kind", columns: ["kind", "created_at"] },
      { name: "account_tickets_expiry", columns: ["expires_at"] },
    ],
  },
  account_letters: {
    columns: [
      ["message_id", "text"],
      ["kind", "text"],
      ["address", "text"],
      ["address_key", "text"],
      ["payload", "text"],
      ["state", "text"],
      ["attempts", "integer"],
      ["next_attempt_at", "text"],
      ["claimed_at", "text", "null"],
      ["last_error", "text", "null"],
      ["created_at", "text"],
      ["expires_at", "text"],
    ],
    primaryKey: ["message_id"],
    indexes: [{ name: "account_letters_due", columns: ["state", "next_attempt_at"] }],
  },
  access_tokens: {
    columns: [
      ["hash", "text"],
      ["id", "text"],
      ["account_id", "text"],
      ["name", "text"],
      ["scopes", "text"],
      ["created_at", "text"],
      ["last_used_at", "text", "null"],
    ],
    primaryKey: ["hash"],
    indexes: [
      { name: "access_tokens_id", columns: ["id"], unique: true },
      { name: "access_tokens_account", columns: ["account_id"] },
    ],
  },
  turn_counts: {
    columns: [
      ["lane", "text"],
      ["window_ends_at", "text"],
      ["taken", "integer"],
    ],
    primaryKey: ["lane"],
    indexes: [{ name: "turn_counts_end", columns: ["window_ends_at"] }],
  },
};
