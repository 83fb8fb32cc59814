import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { openServer, type TestAnswer } from "../../test/support/http-server.ts";
import { openEmbeddings } from "./embeddings.ts";
import { parseEmbeddings } from "./embeddings-answer.ts";

const key = "sk-test-secret";
const good: TestAnswer = {
  body: JSON.stringify({
    data: [
      { index: 1, embedding: [0, 2] },
      { index: 0, embedding: [3, 4] },
    ],
  }),
};

/** A client of a server that gives these answers in turn; notes its pauses and what it sent. */
async function openTest(answers: (TestAnswer | null)[], dimensions: number | null = null) {
  const pauses: number[] = [];
  const sent: { authorization: string | undefined; body: Promise<string> }[] = [];
  const server = await openServer((_, request) => {
    const pieces: Buffer[] = [];
    const body = new Promise<string>((resolve) => {
      request.on("data", (piece) => pieces.push(piece));
      request.on("end", () => resolve(Buffer.concat(pieces).toString()));
    });
    sent.push({ authorization: request.headers.authorization, body });
    return answers[sent.length - 1] ?? good;
  });
  const embeddings = openEmbeddings(
    { url: `${server.base}/v1`, model: "test-model", key, dimensions },
    {
      sleep: async (ms) => {
        pauses.push(ms);
      },
      now: () => new Date("2026-05-12T12:00:00Z"),
    },
  );
  return { server, pauses, sent, embeddings };
}

const options = { timeoutMs: 5_000, tries: 3 };

describe("a service of embeddings", () => {
  test("is sent texts, model and key, and gives unit vectors in the order of the texts", async () => {
    const { server, sent, embeddings } = await openTest([good], 64);
    using _ = server;
    const outcome = await embeddings.embed(["a", "b"], options);
    expect(outcome).toEqual({ vectors: [Float32Array.of(0.6, 0.8), Float32Array.of(0, 1)] });
    expect(server.asked).toEqual(["/v1/embeddings"]);
    expect(sent[0]!.authorization).toBe(`Bearer ${key}`);
    expect(JSON.parse(await sent[0]!.body)).toEqual({
      model: "test-model",
      input: ["a", "b"],
      encoding_format: "float",
      dimensions: 64,
    });
    expect(embeddings.name).toBe("test-model (64)");
  });

  test("is asked again when it is busy or broken, after the pause it asks for or a growing one", async () => {
    const { server, pauses, embeddings } = await openTest([
      { status: 429, headers: { "Retry-After": "7" } },
      { status: 500 },
    ]);
    using _ = server;
    expect(await embeddings.embed(["a", "b"], options)).toHaveProperty("vectors");
    expect(pauses).toEqual([7_000, 1_000]);
  });

  test("that wants a long pause, or stays broken, is given up with a sentence", async () => {
    const date = "Tue, 12 May 2026 13:00:00 GMT";
    const { server, pauses, embeddings } = await openTest([
      { status: 429, headers: { "Retry-After": date } },
      { status: 500, body: key },
      { body: "<html>" },
      { status: 503 },
    ]);
    using _ = server;
    const busy = await embeddings.embed(["a", "b"], options);
    expect(busy).toEqual({ failure: "it answered 429", refused: false, retryAfterMs: 3_600_000 });
    expect(pauses).toEqual([]);
    const broken = await embeddings.embed(["a", "b"], options);
    expect(broken).toMatchObject({ failure: "it answered 503", refused: false });
    expect(JSON.stringify([busy, broken])).not.toContain(key);
    expect(server.asked).toHaveLength(4);
  });

  test("that does not take the texts is not asked again; its key goes nowhere else", async () => {
    const { server, embeddings } = await openTest([
      { status: 400, body: `bad key ${key}` },
      { status: 307, headers: { Location: "/elsewhere" } },
      { status: 401 },
    ]);
    using _ = server;
    expect(await embeddings.embed(["a"], options)).toEqual({
      failure: "it answered 400",
      refused: true,
      retryAfterMs: null,
    });
    expect(await embeddings.embed(["a"], { ...options, tries: 1 })).toMatchObject({
      failure: "it cannot be reached",
    });
    expect(await embeddings.embed(["a"], options)).toMatchObject({ refused: false });
    expect(server.asked).toEqual(["/v1/embeddings", "/v1/embeddings", "/v1/embeddings"]);
  });

  test("that is silent, gone, or says too much has failed", async () => {
    const { createServer } = await import("node:http");
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    const service = { url: `http://127.0.0.1:${port}`, model: "m", key: null, dimensions: null };
    const embeddings = openEmbeddings(service, { sleep, now: () => new Date() });
    const once = { timeoutMs: 50, tries: 1 };
    expect(await embeddings.embed(["a"], once)).toMatchObject({ failure: "it did not answer within 50 ms" });
    expect(await embeddings.embed(["a"], { ...once, signal: AbortSignal.abort() })).toMatchObject({
      failure: "the work was broken off",
    });
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    expect(await embeddings.embed(["a"], once)).toMatchObject({
      failure: "it cannot be reached (ECONNREFUSED)",
    });
    const { server, embeddings: loud } = await openTest([{ body: " ".repeat(17 * 1024 * 1024) }]);
    using _ = server;
    expect(await loud.embed(["a"], { ...options, tries: 1 })).toMatchObject({
      failure: "it answered more than 16777216 bytes",
    });
  });
});

describe("parseEmbeddings", () => {
  const answer = (...embeddings: unknown[]) =>
    JSON.stringify({ data: embeddings.map((embedding) => ({ embedding })) });

  test.each([
    ["{", "it did not answer in JSON"],
    ["null", "its answer holds no list of vectors"],
    [answer([1]), "it gave 1 vectors for 2 texts"],
    [answer([1, 2], [1]), "its vectors differ in length"],
    [answer([0], [0]), "its vectors are not of 1 to 4096 numbers"],
    [answer("ab", "ab"), "its vectors are not of 1 to 4096 numbers"],
    [answer([1, null], [1, 2]), "its vectors differ in length"],
    [
      JSON.stringify({ data: [null, { index: 0, embedding: [1] }] }),
      "its vectors are not numbered as the texts were",
    ],
    [
      JSON.stringify({
        data: [
          { index: 7, embedding: [1] },
          { index: 0, embedding: [1] },
        ],
      }),
      "its vectors are not numbered as the texts were",
    ],
    [answer(Array(5_000).fill(1), Array(5_000).fill(1)), "its vectors are not of 1 to 4096 numbers"],
  ])("%.40s is refused", (body, sentence) => {
    expect(parseEmbeddings(body, 2)).toBe(sentence);
  });
});
