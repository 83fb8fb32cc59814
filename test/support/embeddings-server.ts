// A stand-in for a service of embeddings: POST /v1/embeddings as OpenAI has it. Its vectors know topics only: a text's vector
// points where the topics of its words do, whatever the words.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { topicNames, topicOf } from "./topic-papers.ts";

export interface Asked {
  authorization: string | undefined;
  model: string;
  input: string[];
}

export interface EmbeddingsServer extends Disposable {
  /** Base address, as the setting takes it. */
  url: string;
  asked: Asked[];
  /** What it does with the next requests; null: answers as it should. */
  behave(as: Behaviour | null): void;
}

/** Answers a request otherwise, or (null) not at all; undefined: as it should. */
export type Behaviour = (
  asked: Asked,
) => { status?: number; headers?: Record<string, string>; body?: string } | null | undefined;

/** Components: no multiple of what the scan takes. */
export const serverComponents = 40;

/** Words that no paper holds stand for topics too. */
const secretWords: Record<string, string> = { qqbread: "bread", qqviolins: "violins" };

export function topicVector(text: string, components = serverComponents): number[] {
  const vector = Array.from({ length: components }, (_, i) => ((text.length * (i + 7)) % 11) / 200);
  for (const word of text.toLowerCase().split(/[^a-z]+/)) {
    const topic = topicNames.indexOf(secretWords[word] ?? topicOf(word) ?? "");
    if (topic >= 0) vector[topic * 7] = vector[topic * 7]! + 1;
  }
  return vector;
}

export async function openEmbeddingsServer(components = serverComponents): Promise<EmbeddingsServer> {
  const asked: Asked[] = [];
  let behaviour: Behaviour | null = null;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      const { model, input } = JSON.parse(Buffer.concat(pieces).toString());
      const one: Asked = { authorization: request.headers.authorization, model, input };
      asked.push(one);
      const otherwise = behaviour?.(one);
      if (otherwise === null) return;
      const data = one.input.map((text, index) => ({ index, embedding: topicVector(text, components) }));
      const { status = 200, headers = {}, body = JSON.stringify({ data }) } = otherwise ?? {};
      response.writeHead(request.url === "/v1/embeddings" ? status : 404, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    behave(as) {
      behaviour = as;
    },
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
