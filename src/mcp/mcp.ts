// The door for agents over HTTP: the Model Context Protocol (2026-07-28, older clients too) at /mcp, without sessions.
import { createMcpHandler } from "@modelcontextprotocol/server";
import { type Context, Hono } from "hono";
import type { DoorDeps } from "../http/deps.ts";
import { findKeeper } from "../http/keeper.ts";
import { limitRequests } from "../http/request-budget.ts";
import { isFromHere } from "../http/same-origin.ts";
import { visitorOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import type { Caller, McpDeps } from "./deps.ts";
import { isOwnHost, isOwnOrigin } from "./hosts.ts";
import { createMcpServer } from "./mcp-server.ts";

/** What one network, or one account, may ask of /mcp. */
export const mcpBudget = { name: "mcp", most: 300, windowMs: 300_000 } as const;

/** Bytes of a request; a query has at most 2,000 characters. */
const longestRequest = 128 * 1024;

/** `ready` is the server's own business: its index follows all the time. */
export function mcpRoutes(deps: DoorDeps): Hono {
  const mcp = new Hono();
  const given: McpDeps = { ...deps, ready: async () => {} };
  mcp.use(links.mcp(), refuseStrangePlaces(deps), limitRequests(mcpBudget, deps));
  const handler = createMcpHandler(
    ({ authInfo }) => createMcpServer(given, authInfo?.extra?.caller as Caller),
    {
      maxRequestBodySize: longestRequest,
      // Nothing is announced: whats_new is asked instead. A stream without end would also hold up who makes the ETags.
      maxSubscriptions: 0,
      onerror: (error) => deps.log.info({ err: error }, "a request of an agent was refused"),
    },
  );
  mcp.post(links.mcp(), (c) => {
    const authInfo = { token: "", clientId: "", scopes: [], extra: { caller: callerOf(c) } };
    return handler.fetch(c.req.raw, { authInfo });
  });
  // No sessions, hence no stream to listen on (2025-11-25: 405).
  mcp.get(links.mcp(), (c) =>
    c.json(rpcError(-32000, "Method not allowed: POST only."), 405, { Allow: "POST" }),
  );
  return mcp;
}

function refuseStrangePlaces({ config, baseUrl }: DoorDeps) {
  return async (c: Context, next: () => Promise<void>) => {
    const place = { baseUrl: baseUrl(), bound: config.host };
    const host = c.req.header("Host") ?? new URL(c.req.url).host;
    const isOwn = isOwnHost(host, place) && isOwnOrigin(c.req.header("Origin"), host, place);
    if (!isOwn || !isFromHere(c, place.baseUrl))
      return c.json(rpcError(-32000, "This place does not answer under that name, nor to that site."), 403);
    await next();
  };
}

function rpcError(code: number, message: string) {
  return { jsonrpc: "2.0", error: { code, message }, id: null };
}

function callerOf(c: Context): Caller {
  return { keeper: findKeeper(c), scopes: visitorOf(c).scopes };
}
