// The tables of accounts as TypeScript sees them; their columns are made in account-tables.ts.

/** Somebody who signs in. A reader of the letter is a row of `subscribers`; one person may be both, by the address. */
export interface AccountsTable {
  id: string;
  address: string;
  /** As in subscribers. */
  address_key: string;
  address_verified: number;
  name: string;
  /** 'owner', 'editor', 'reader'. */
  role: string;
  created_at: string;
  updated_at: string;
}

/** What an account proves itself with beside letters and passkeys: the hash of a password. */
export interface AccountCredentialsTable {
  id: string;
  account_id: string;
  /** 'credential'. */
  provider: string;
  provider_account: string;
  password: string | null;
  created_at: string;
  updated_at: string;
}

export interface AccountSessionsTable {
  id: string;
  /** The cookie holds it signed. */
  token: string;
  account_id: string;
  network: string | null;
  user_agent: string | null;
  expires_at: string;
  created_at: string;
  updated_at: string;
}

/** Challenges of passkeys that are being answered. */
export interface AccountChallengesTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: string;
  created_at: string;
  updated_at: string;
}

export interface PasskeysTable {
  id: string;
  account_id: string;
  name: string | null;
  public_key: string;
  credential_id: string;
  counter: number;
  device_type: string;
  backed_up: number;
  transports: string | null;
  aaguid: string | null;
  created_at: string | null;
}

/** What works once: links to sign in, invitations, the first owner's code; by the hash of its token. */
export interface AccountTicketsTable {
  hash: string;
  /** 'sign-in', 'invitation', 'owner'. */
  kind: string;
  address: string;
  address_key: string;
  role: string | null;
  invited_by: string | null;
  /** Hash of what the asking browser holds; the ticket works there only. */
  browser_hash: string | null;
  created_at: string;
  expires_at: string;
  used_at: string | null;
}

export interface AccountLettersTable {
  message_id: string;
  /** 'sign-in', 'invitation'. */
  kind: string;
  address: string;
  address_key: string;
  /** JSON; emptied once the letter is out. */
  payload: string;
  /** 'due', 'claimed', 'sent', 'failed', 'dropped'. */
  state: string;
  attempts: number;
  next_attempt_at: string;
  claimed_at: string | null;
  last_error: string | null;
  created_at: string;
  expires_at: string;
}

/** Tokens of programs, by their hash. */
export interface AccessTokensTable {
  hash: string;
  id: string;
  account_id: string;
  name: string;
  /** Names of scopes, separated by blanks. */
  scopes: string;
  created_at: string;
  last_used_at: string | null;
}

/** How often something was tried in the present window; the lane is a hash of what and who. */
export interface TurnCountsTable {
  lane: string;
  window_ends_at: string;
  taken: number;
}

export interface AccountSchema {
  accounts: AccountsTable;
  account_credentials: AccountCredentialsTable;
  account_sessions: AccountSessionsTable;
  account_challenges: AccountChallengesTable;
  passkeys: PasskeysTable;
  account_tickets: AccountTicketsTable;
  account_letters: AccountLettersTable;
  access_tokens: AccessTokensTable;
  turn_counts: TurnCountsTable;
}
