// The protocol's own client, speaking to the pages of a test or to a running program, in either era of the protocol.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

export type Era = "2026-07-28" | "2025-11-25";

export const eras: readonly Era[] = ["2026-07-28", "2025-11-25"];

export function newClient(era: Era = "2026-07-28"): Client {
  const mode = era === "2026-07-28" ? { pin: era } : ("legacy" as const);
  return new Client({ name: "a test", version: "1" }, { versionNegotiation: { mode } });
}

export interface HttpClientOptions {
  era?: Era;
  token?: string;
  /** Default: over the network. */
  fetch?: (path: string, init?: RequestInit) => Promise<Response>;
}

/** A client that is connected to `base`/mcp. */
export async function connectOverHttp(
  base: string,
  { era, token, fetch }: HttpClientOptions = {},
): Promise<Client> {
  const client = newClient(era);
  const transport = new StreamableHTTPClientTransport(new URL(`${base}/mcp`), {
    ...(token === undefined ? {} : { requestInit: { headers: { Authorization: `Bearer ${token}` } } }),
    ...(fetch ? { fetch: (url, init) => fetch(new URL(url).pathname, init as RequestInit) } : {}),
  });
  await client.connect(transport);
  return client;
}

/** What a tool answered, as data; throws what it refused with. */
export async function callTool<T = Record<string, unknown>>(
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<T> {
  const result = await client.callTool({ name, arguments: args });
  const text = result.content.map((part) => (part.type === "text" ? part.text : "")).join("");
  if (result.isError) throw new Error(text);
  return result.structuredContent as T;
}
