// One exchange with servers that mean no good: too long, too slow, cut short, bombs, private names.
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import type { Lookup } from "../lib/address-guard.ts";
import {
  createGuardedAgent,
  createOwnersAgent,
  type ExchangeLimits,
  exchange,
} from "./polite-fetch-exchange.ts";

const servers: Server[] = [];
const agent = createOwnersAgent();

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`);
}

const ask = (url: URL, limits: Partial<ExchangeLimits> = {}) =>
  exchange(url, { "x-test": "1" }, { dispatcher: agent, maxBytes: 100_000, timeoutMs: 10_000, ...limits });

test("gives status, headers and body", async () => {
  const url = await serve((request, response) => {
    response.writeHead(200, { ETag: '"e"', "X-Seen": String(request.headers["x-test"]) }).end("body");
  });
  const answer = await ask(url);
  expect(answer).toMatchObject({ kind: "answer", status: 200, headers: { etag: '"e"', "x-seen": "1" } });
  expect(answer.kind === "answer" && Buffer.from(answer.body).toString()).toBe("body");
});

test("unpacks gzip", async () => {
  const url = await serve((_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("é".repeat(1_000))),
  );
  const answer = await ask(url);
  expect(answer.kind === "answer" && Buffer.from(answer.body).toString()).toBe("é".repeat(1_000));
});

test("follows no redirect and reads no error page", async () => {
  const url = await serve((_request, response) => response.writeHead(302, { location: "/y" }).end("moved"));
  expect(await ask(url)).toMatchObject({ status: 302, body: new Uint8Array() });
});

test("a declared length beyond the limit is refused unread, and the connection is free again", async () => {
  let requests = 0;
  const url = await serve((_request, response) => {
    requests += 1;
    if (requests === 1) response.writeHead(200, { "content-length": "1000000000" }).write("a");
    else response.end("fine");
  });
  expect(await ask(url)).toMatchObject({ kind: "failure", reason: "too-large" });
  expect(await ask(url)).toMatchObject({ kind: "answer", status: 200 });
});

test("an endless body is cut at the limit", async () => {
  let sent = 0;
  const url = await serve((_request, response) => {
    const more = () => {
      sent += 65_536;
      if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(more));
    };
    more();
  });
  expect(await ask(url)).toMatchObject({ kind: "failure", reason: "too-large" });
  expect(sent).toBeLessThan(50_000_000);
});

test("a bomb is cut at the limit after decompression", async () => {
  const bomb = gzipSync(Buffer.alloc(80_000_000));
  const url = await serve((_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
  );
  expect(bomb.length).toBeLessThan(100_000);
  expect(await ask(url)).toMatchObject({ kind: "failure", reason: "too-large" });
});

test.each([
  ["cut gzip", { "content-encoding": "gzip" }, gzipSync("a".repeat(10_000)).subarray(0, 20)],
  ["no gzip at all", { "content-encoding": "gzip" }, Buffer.from("plain")],
  ["an encoding we did not ask for", { "content-encoding": "zz" }, Buffer.from("plain")],
  ["gzip in gzip", { "content-encoding": "gzip, gzip" }, gzipSync(gzipSync("a"))],
])("%s is a broken answer", async (_name, headers, body) => {
  const url = await serve((_request, response) => response.writeHead(200, headers).end(body));
  expect(await ask(url)).toMatchObject({ kind: "failure", reason: "broken-answer" });
});

test("a connection that ends before the declared length is a broken answer", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "100" }).write("half", () => response.destroy());
  });
  expect(await ask(url)).toMatchObject({ kind: "failure", reason: "broken-answer" });
});

test.each(["headers", "body"])("a server that never finishes its %s is timed out", async (part) => {
  const url = await serve((_request, response) => {
    if (part === "body") response.writeHead(200).write("a");
  });
  expect(await ask(url, { timeoutMs: 150 })).toMatchObject({ kind: "failure", reason: "timed-out" });
});

test("the caller stops it", async () => {
  const stop = new AbortController();
  const url = await serve(() => stop.abort());
  expect(await ask(url, { signal: stop.signal })).toMatchObject({ kind: "failure", reason: "stopped" });
});

test("what does not listen is unreachable", async () => {
  const url = await serve(() => {});
  servers.splice(0).forEach((server) => {
    server.close();
  });
  expect(await ask(url)).toMatchObject({ kind: "failure", reason: "unreachable" });
});

test("a public name that leads to this machine is refused before any connection", async () => {
  let connections = 0;
  const url = await serve((_request, response) => response.end("secret"));
  servers[0]!.on("connection", () => {
    connections += 1;
  });
  const resolve: Lookup = (_name, _options, callback) =>
    callback(null, [{ address: "127.0.0.1", family: 4 }]);
  const guarded = createGuardedAgent(resolve);
  const target = new URL(`http://127.0.0.1.nip.io:${url.port}/x`);
  const answer = await ask(target, { dispatcher: guarded } as Partial<ExchangeLimits>);
  expect(answer).toMatchObject({ kind: "failure", reason: "refused-address" });
  expect(JSON.stringify(answer)).not.toContain("secret");
  expect(connections).toBe(0);
  await guarded.destroy();
});
