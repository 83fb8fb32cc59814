// The archive on this machine: every route over one generated world, a simulated clock, faults on demand, and a record of who
// asked what and when.
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../../../src/lib/clock.ts";
import { createFaultPlan, type Fault, type FaultPlan, type Route } from "./faults.ts";
import { type Answer, createRoutes } from "./routes.ts";
import type { World } from "./world-types.ts";

/** Services that share one limit at the real archive, and those of the hub. */
export type Lane = "arxiv-export" | "arxiv-web" | "hub";

export interface LoggedRequest {
  at: Date;
  route: Route | null;
  lane: Lane | null;
  path: string;
  userAgent: string;
  status: number;
}

export interface Archive extends AsyncDisposable {
  /** http://127.0.0.1:port; serves all of arXiv's hosts and the hub side by side. */
  base: string;
  faults: FaultPlan;
  requests: LoggedRequest[];
  /** Of one lane, in order. */
  requestsOf(lane: Lane): LoggedRequest[];
  /** Shortest time between the starts of two requests of the lane; Infinity for fewer than two. */
  closestMs(lane: Lane): number;
  /** Most requests of the lane under way at once. */
  mostAtOnce(lane: Lane): number;
}

export interface ArchiveOptions {
  world: World;
  clock: Clock;
  faults?: readonly Fault[];
  /** Records a page of OAI-PMH; the real one has about 1,300. */
  oaiPageSize?: number;
}

const laneOfRoute: Record<Route, Lane> = {
  listing: "arxiv-web",
  rss: "arxiv-export",
  atom: "arxiv-export",
  oai: "arxiv-export",
  query: "arxiv-export",
  hub: "hub",
};

/** Starts on a free port of the loopback address. */
export async function startArchive({
  world,
  clock,
  faults = [],
  oaiPageSize = 1_300,
}: ArchiveOptions): Promise<Archive> {
  const plan = createFaultPlan(faults);
  const log: LoggedRequest[] = [];
  const traffic = createTraffic();
  let answer: (request: { url: URL; body: string; now: Date }) => Answer;
  const server = createServer(async (request, response) => {
    const now = clock();
    const url = new URL(request.url ?? "/", base);
    const body = await readForm(request);
    const { route, status, headers, content, cut } = answer({ url, body, now });
    const lane = route && laneOfRoute[route];
    log.push({
      at: now,
      route,
      lane,
      path: `${url.pathname}${url.search}`,
      userAgent: request.headers["user-agent"] ?? "",
      status,
    });
    if (lane) response.on("close", traffic.begin(lane));
    const unchanged =
      status === 200 && headers.etag !== undefined && request.headers["if-none-match"] === headers.etag;
    response.writeHead(unchanged ? 304 : status, {
      ...headers,
      ...(!unchanged && { "content-length": content.length }),
    });
    if (cut && !unchanged) response.write(content.subarray(0, content.length / 2), () => response.destroy());
    else response.end(unchanged ? undefined : content);
  });
  const base = await listen(server);
  answer = createRoutes({ world, plan, base, oaiPageSize });
  return {
    base,
    faults: plan,
    requests: log,
    requestsOf: (lane) => log.filter((request) => request.lane === lane),
    closestMs: (lane) => closest(log.filter((request) => request.lane === lane)),
    mostAtOnce: (lane) => traffic.most(lane),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** OAI-PMH takes its arguments by POST too. */
async function readForm(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function createTraffic() {
  const present = new Map<Lane, number>();
  const most = new Map<Lane, number>();
  return {
    begin(lane: Lane): () => void {
      const count = (present.get(lane) ?? 0) + 1;
      present.set(lane, count);
      most.set(lane, Math.max(count, most.get(lane) ?? 0));
      return () => present.set(lane, present.get(lane)! - 1);
    },
    most: (lane: Lane) => most.get(lane) ?? 0,
  };
}

function closest(requests: LoggedRequest[]): number {
  const gaps = requests.slice(1).map(({ at }, i) => at.getTime() - requests[i]!.at.getTime());
  return Math.min(Infinity, ...gaps);
}

/** The settings that lead the program to an archive, whose address is `base`, for every source it stands for. */
export function archiveAddresses(base: string): Record<string, string> {
  return {
    BROADSHEET_ARXIV_URL: base,
    BROADSHEET_ARXIV_OAI_URL: `${base}/oai`,
    BROADSHEET_ARXIV_RSS_URL: base,
    BROADSHEET_ARXIV_API_URL: `${base}/api/query`,
    BROADSHEET_HUB_URL: base,
  };
}
