// Who may do what: every route of the site in one table. A route that is not here answers nobody, and a test walks the table
// with every role, with tokens, and with what belongs to somebody else.

import type { Scope } from "../accounts/access-tokens-store.ts";
import type { Role } from "../accounts/account.ts";

export interface Access {
  method: "GET" | "POST";
  /** As the route is written. */
  path: string;
  /** The least role, or anyone. On a private instance "anyone" means readers and above, unless `always`. */
  who: Role | "anyone";
  /** Answers also on a private instance without signing in: the ways in, and addresses whose token is the authority. */
  always?: true;
  /** A program's token needs one of these; without any, no token opens it. */
  scopes?: readonly Scope[];
}

const reading = ["read"] as const;

const pages = [
  "/",
  "/papers/date/:key",
  "/papers/week/:key",
  "/papers/month/:key",
  "/papers/week",
  "/papers/month",
  "/papers/trending",
  "/papers/date",
  "/explain/:key/:id{.+}",
  "/papers",
  "/search",
  "/search/suggest",
  "/papers/:id{.+}",
  "/lists",
  "/lists/:id",
  "/categories/:categories",
  "/authors/:name{.+}",
  "/status",
  "/api/status",
  "/api/daily_papers",
  "/api/papers",
  "/api/papers/search",
  "/api/papers/:id{.+}",
  "/api/arxiv/:id{.+}",
  "/thumbnails/:name{.+}",
  "/avatars/:name",
  "/about",
  "/api",
  "/dumps",
  "/dumps/:name",
  "/feeds/:feed{.+}",
  "/llms.txt",
  "/sitemap.xml",
  "/sitemaps/:name",
] as const;

/** Our own API; api/v1.ts lists the same. */
const v1Own = [
  "/api/v1/me/marks",
  "/api/v1/me/follows",
  "/api/v1/me/library",
  "/api/v1/me/issues",
  "/api/v1/me/picks",
] as const;

const v1 = [
  "/api/v1/papers",
  "/api/v1/papers/:id{.+}/similar",
  "/api/v1/papers/:id{.+}/signals",
  "/api/v1/papers/:id{.+}",
  "/api/v1/search",
  "/api/v1/editions",
  "/api/v1/editions/:key",
  "/api/v1/lists",
  "/api/v1/lists/:list",
  "/api/v1/ledger",
  "/api/v1/changes",
  "/api/v1/openapi.json",
] as const;

export const accessTable: readonly Access[] = [
  ...[...pages, ...v1].map((path): Access => ({ method: "GET", path, who: "anyone", scopes: reading })),
  // What is a reader's own there has scopes of its own (mcp/own-things.ts).
  { method: "POST", path: "/mcp", who: "anyone", scopes: reading },
  { method: "GET", path: "/mcp", who: "anyone", scopes: reading },
  ...v1Own.map((path): Access => ({ method: "GET", path, who: "reader", scopes: ["library"] })),
  // The key in the address is the authority.
  { method: "GET", path: "/feeds/of/:key/:feed{.+}", who: "anyone", always: true },
  { method: "GET", path: "/me/follows.opml", who: "reader" },
  { method: "GET", path: "/healthz", who: "anyone", always: true },
  { method: "GET", path: "/assets/:name", who: "anyone", always: true },
  { method: "GET", path: "/robots.txt", who: "anyone", always: true },
  { method: "GET", path: "/manifest.webmanifest", who: "anyone", always: true },
  { method: "GET", path: "/favicon.ico", who: "anyone", always: true },
  { method: "GET", path: "/offline", who: "anyone", always: true },
  { method: "GET", path: "/offline-worker.js", who: "anyone", always: true },
  { method: "GET", path: "/opensearch.xml", who: "anyone", always: true },

  { method: "GET", path: "/subscribe", who: "anyone" },
  { method: "POST", path: "/subscribe", who: "anyone" },
  { method: "GET", path: "/confirm/:token", who: "anyone", always: true },
  { method: "POST", path: "/confirm/:token", who: "anyone", always: true },
  { method: "GET", path: "/u/:token", who: "anyone", always: true },
  { method: "POST", path: "/u/:token", who: "anyone", always: true },
  { method: "GET", path: "/u/:token/settings", who: "anyone", always: true },
  { method: "POST", path: "/u/:token/settings", who: "anyone", always: true },
  { method: "POST", path: "/u/:token/test-letter", who: "anyone", always: true },
  { method: "GET", path: "/issues/:pass", who: "anyone", always: true },
  { method: "GET", path: "/m/:pass", who: "anyone", always: true },
  { method: "POST", path: "/m/:pass", who: "anyone", always: true },
  // A secret of its own is the authority (web/returned-mail.ts).
  { method: "POST", path: "/mail/returned", who: "anyone", always: true },

  { method: "GET", path: "/sign-in", who: "anyone", always: true },
  { method: "POST", path: "/sign-in/link", who: "anyone", always: true },
  { method: "GET", path: "/sign-in/link/:token", who: "anyone", always: true },
  { method: "POST", path: "/sign-in/link/:token", who: "anyone", always: true },
  { method: "POST", path: "/sign-in/password", who: "anyone", always: true },
  { method: "POST", path: "/sign-in/passkey/challenge", who: "anyone", always: true },
  { method: "POST", path: "/sign-in/passkey", who: "anyone", always: true },
  { method: "POST", path: "/sign-out", who: "anyone", always: true },
  { method: "GET", path: "/set-up", who: "anyone", always: true },
  { method: "POST", path: "/set-up", who: "anyone", always: true },
  { method: "GET", path: "/invitation/:token", who: "anyone", always: true },
  { method: "POST", path: "/invitation/:token", who: "anyone", always: true },

  { method: "POST", path: "/marks", who: "reader" },
  { method: "GET", path: "/today", who: "reader" },
  { method: "POST", path: "/follows", who: "reader" },
  { method: "POST", path: "/follows/remove", who: "reader" },
  { method: "GET", path: "/me/taste", who: "reader" },
  { method: "GET", path: "/me/taste/library.json", who: "reader" },
  { method: "POST", path: "/me/taste/name", who: "reader" },
  { method: "POST", path: "/me/taste/veto", who: "reader" },
  { method: "POST", path: "/me/taste/file", who: "reader" },
  { method: "POST", path: "/me/taste/reset", who: "reader" },
  { method: "GET", path: "/me/library", who: "reader" },
  { method: "POST", path: "/me/library/folder", who: "reader" },
  { method: "GET", path: "/me", who: "reader" },
  { method: "POST", path: "/me/name", who: "reader" },
  { method: "GET", path: "/me/archive", who: "reader" },
  { method: "GET", path: "/me/erase", who: "reader" },
  { method: "POST", path: "/me/erase", who: "reader" },
  { method: "POST", path: "/me/password", who: "reader" },
  { method: "POST", path: "/me/sessions/end", who: "reader" },
  { method: "POST", path: "/me/passkeys/challenge", who: "reader" },
  { method: "POST", path: "/me/passkeys", who: "reader" },
  { method: "POST", path: "/me/passkeys/remove", who: "reader" },
  { method: "GET", path: "/me/webhooks", who: "reader" },
  { method: "POST", path: "/me/webhooks", who: "reader" },
  { method: "POST", path: "/me/webhooks/test", who: "reader" },
  { method: "POST", path: "/me/webhooks/on", who: "reader" },
  { method: "POST", path: "/me/webhooks/remove", who: "reader" },
  { method: "POST", path: "/me/feeds", who: "reader" },
  { method: "POST", path: "/me/feeds/revoke", who: "reader" },
  { method: "POST", path: "/me/tokens", who: "reader" },
  { method: "POST", path: "/me/tokens/revoke", who: "reader" },

  // Readers put something forward only where the owner lets them (community/proposals.ts).
  { method: "GET", path: "/submit", who: "reader", scopes: ["submit"] },
  { method: "POST", path: "/submit", who: "reader", scopes: ["submit"] },
  { method: "POST", path: "/submit/paper", who: "reader", scopes: ["submit"] },
  { method: "POST", path: "/submit/typed", who: "reader", scopes: ["submit"] },
  { method: "POST", path: "/submit/undo", who: "reader", scopes: ["submit"] },
  { method: "POST", path: "/votes", who: "reader", scopes: ["vote"] },
  { method: "POST", path: "/votes/undo", who: "reader", scopes: ["vote"] },
  { method: "POST", path: "/reports", who: "reader", scopes: ["vote"] },
  { method: "GET", path: "/moderation", who: "editor", scopes: ["moderate"] },
  { method: "POST", path: "/moderation", who: "editor", scopes: ["moderate"] },

  { method: "GET", path: "/accounts", who: "owner" },
  { method: "POST", path: "/accounts/invite", who: "owner" },
  { method: "POST", path: "/accounts/withdraw", who: "owner" },
  { method: "POST", path: "/accounts/role", who: "owner" },
  { method: "GET", path: "/start", who: "owner" },
  { method: "POST", path: "/start", who: "owner" },
  { method: "GET", path: "/letters", who: "owner" },
  { method: "POST", path: "/letters", who: "owner" },
  { method: "GET", path: "/letters/:name", who: "owner" },
];

const byRoute = new Map(accessTable.map((entry) => [`${entry.method} ${entry.path}`, entry]));

/** The entry of a route; undefined for one that nobody entered. */
export function findAccess(method: string, path: string): Access | undefined {
  return byRoute.get(`${method === "HEAD" ? "GET" : method} ${path}`);
}
