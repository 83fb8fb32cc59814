// A server of one test: what it answers is a function, what it was asked is a list.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface TestAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface TestServer extends Disposable {
  base: string;
  /** Paths with their queries, in order. */
  asked: string[];
}

/** On a free port of this machine. */
export async function openServer(
  answer: (url: URL, request: IncomingMessage) => TestAnswer,
): Promise<TestServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const { status = 200, headers = {}, body } = answer(new URL(request.url ?? "/", base), request);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { base, asked, [Symbol.dispose]: () => void server.close() };
}
