// The door for agents over HTTP: the Model Context Protocol (2026-07-28, older clients too) at /mcp, without sessions.
import { type Context, Hono } from "hono";
import type { DoorDeps } from "../http/deps.ts";
import { findKeeper } from "../http/keeper.ts";
import { limitRequests } from "../http/request-budget.ts";
import { isFromHere } from "../http/same-origin.ts";
import { visitorOf } from "../http/visitor.ts";
import { links } from "../links.ts";
import type { Caller, McpDeps } from "./deps.ts";
import { isOwnHost, isOwnOrigin } from "./hosts.ts";
import type { AnswerAgent } from "./mcp-handler.ts";

/** What one network, or one account, may ask of /mcp. */
export const mcpBudget = { name: "mcp", most: 300, windowMs: 300_000 } as const;

/** `ready` is the server's own business: its index follows all the time. */
export function mcpRoutes(deps: DoorDeps): Hono {
  const mcp = new Hono();
  const given: McpDeps = { ...deps, ready: async () => {} };
  mcp.use(links.mcp(), refuseStrangePlaces(deps), limitRequests(mcpBudget, deps));
  // The protocol and the tools are read when the first agent asks: most servers are never asked, and need the room.
  let opened: Promise<AnswerAgent> | null = null;
  mcp.post(links.mcp(), async (c) => {
    opened ??= import("./mcp-handler.ts").then(({ openHandler }) => openHandler(given));
    return (await opened)(c.req.raw, callerOf(c));
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
