// One request of an agent over HTTP, answered by a server of its own.
import { createMcpHandler } from "@modelcontextprotocol/server";
import type { Caller, McpDeps } from "./deps.ts";
import { createMcpServer } from "./mcp-server.ts";

/** Bytes of a request; a query has at most 2,000 characters. */
const longestRequest = 128 * 1024;

export type AnswerAgent = (request: Request, caller: Caller) => Promise<Response>;

export function openHandler(deps: McpDeps): AnswerAgent {
  const handler = createMcpHandler(
    ({ authInfo }) => createMcpServer(deps, authInfo?.extra?.caller as Caller),
    {
      maxRequestBodySize: longestRequest,
      // Nothing is announced: whats_new is asked instead. A stream without end would also hold up who makes the ETags.
      maxSubscriptions: 0,
      onerror: (error) => deps.log.info({ err: error }, "a request of an agent was refused"),
    },
  );
  return async (request, caller) => {
    const authInfo = { token: "", clientId: "", scopes: [], extra: { caller } };
    return await handler.fetch(request, { authInfo });
  };
}
