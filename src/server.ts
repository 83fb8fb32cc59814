// The running service: pages over HTTP, the recurring work beside them, a clean end.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { App } from "./app.ts";
import { sendTestIssue } from "./digest/by-hand.ts";
import { createWake, runJobs } from "./jobs/jobs.ts";
import { letterContext, recurringWork } from "./jobs/recurring.ts";
import { AppError } from "./lib/errors.ts";
import { siteRoutes } from "./routes.ts";

export interface RunningServer extends AsyncDisposable {
  /** http://127.0.0.1:8420 */
  url: string;
  /** Resolves once the signal is aborted. */
  untilAborted(signal: AbortSignal): Promise<void>;
}

/** Time that open requests get to end, in milliseconds. */
const graceMs = 2_000;

/** Listens and starts the recurring work. Throws AppError "port-taken". */
export async function startServer(app: App): Promise<RunningServer> {
  const harvestWake = createWake();
  const routes = siteRoutes({
    db: app.db,
    search: app.search,
    clock: app.clock,
    config: app.config,
    log: app.log,
    accounts: app.accounts,
    featureReader: app.featureReader,
    work: app.work,
    baseUrl: app.baseUrl,
    harvestSoon: harvestWake.now,
    sendTestLetter: (to) => sendTestIssue(letterContext(app), to),
  });
  const server = await listen(app, routes.fetch);
  const stopping = new AbortController();
  const jobs = runJobs(recurringWork(app, { harvestWake }), {
    clock: app.clock,
    log: app.log,
    signal: stopping.signal,
  });
  return {
    url: formatAddress(server),
    untilAborted: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => resolve(), { once: true });
      }),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await close(server);
      await jobs;
      await app.search.flush();
    },
  };
}

function listen(app: App, fetch: (request: Request) => Response | Promise<Response>): Promise<Server> {
  const { host, port } = app.config;
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, () => resolve(server)) as Server;
    server.on("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  if (error.code === "EADDRINUSE") {
    return new AppError("port-taken", `Port ${port} on ${host} is taken by another program.`, {
      remedy: "Choose another with --port N (0 takes any free one).",
    });
  }
  return new AppError("bad-setting", `Cannot listen on ${host}:${port} (${error.code ?? error.message}).`, {
    remedy: "Check --host and --port.",
    cause: error,
  });
}

function formatAddress(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(force);
}
