// The Model Context Protocol over standard input and output, beside a server that runs on the same data folder.
import { Writable } from "node:stream";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import type { App } from "./app.ts";
import { cacheEditions } from "./editions/edition-cache.ts";
import { openNewPapers } from "./library/new-papers.ts";
import type { Caller } from "./mcp/deps.ts";
import { createMcpServer } from "./mcp/mcp-server.ts";

/** Bytes of one message. */
const longestMessage = 1024 * 1024;

/** Answers until standard input ends or the signal. */
export async function serveOverStdio(app: App, caller: Caller, signal: AbortSignal): Promise<void> {
  const { db, search, clock, config, log, featureReader, baseUrl } = app;
  const editions = cacheEditions(db);
  const deps = {
    ...{ db, search, clock, config, log, featureReader, baseUrl },
    editions,
    newPapers: openNewPapers(editions),
    // Asked for with every call: the papers that another process has just imported are found.
    ready: async () => void (await app.followSearch({ signal })),
  };
  const output = takeOutput();
  const transport = new StdioServerTransport(process.stdin, output, { maxBufferSize: longestMessage });
  const ended = Promise.withResolvers<void>();
  process.stdin.once("close", ended.resolve);
  process.stdin.once("end", ended.resolve);
  process.stdout.once("error", () => ended.resolve());
  signal.addEventListener("abort", () => ended.resolve(), { once: true });
  const server = serveStdio(() => createMcpServer(deps, caller), {
    transport,
    maxSubscriptions: 0,
    onerror: (error) => log.warn({ err: error }, "a message could not be answered"),
  });
  await ended.promise;
  await server.close();
}

/** Nothing but the protocol reaches standard output: whatever else is written there goes to standard error. */
function takeOutput(): Writable {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = ((...given: Parameters<typeof process.stderr.write>) =>
    process.stderr.write(...given)) as typeof stdout.write;
  return new Writable({
    decodeStrings: false,
    write: (chunk: string | Buffer, _encoding, done) => void write(chunk, done),
  });
}
