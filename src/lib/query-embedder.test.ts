import { expect, test } from "vitest";
import type { Embedded, Embeddings } from "./embeddings.ts";
import { openQueryEmbedder } from "./query-embedder.ts";

const vector = Float32Array.of(1, 0);
const failure: Embedded = { failure: "it answered 500", refused: false, retryAfterMs: null };

/** A service that answers when it is told to, a clock and a deadline that move by hand. */
function openTest() {
  const asked: { text: string; answer(outcome: Embedded): void }[] = [];
  const deadlines: (() => void)[] = [];
  let nowMs = 0;
  const embeddings: Embeddings = {
    name: "m",
    embed: ([text]) => new Promise((answer) => asked.push({ text: text!, answer })),
  };
  const embedder = openQueryEmbedder(embeddings, {
    now: () => new Date(nowMs),
    sleep: () => new Promise<void>((resolve) => deadlines.push(resolve)),
  });
  return {
    embedder,
    asked,
    deadlines,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test("asks once for what is asked twice, and keeps it", async () => {
  const { embedder, asked } = openTest();
  const both = [embedder.embedQuery("a"), embedder.embedQuery("a")];
  asked[0]!.answer({ vectors: [vector] });
  expect(await Promise.all(both)).toEqual([vector, vector]);
  expect(await embedder.embedQuery("a")).toBe(vector);
  expect(asked).toHaveLength(1);
});

test("keeps the most recent only", async () => {
  const { embedder, asked } = openTest();
  for (let i = 0; i <= 500; i++) {
    const answer = embedder.embedQuery(`q${i}`);
    asked.at(-1)!.answer({ vectors: [vector] });
    await answer;
  }
  expect(await embedder.embedQuery("q1")).toBe(vector);
  expect(asked).toHaveLength(501);
  void embedder.embedQuery("q0");
  expect(asked).toHaveLength(502);
});

test("does not make a reader wait; what comes late is there the next time", async () => {
  const { embedder, asked, deadlines } = openTest();
  const late = embedder.embedQuery("a");
  deadlines[0]!();
  expect(await late).toBeNull();
  asked[0]!.answer({ vectors: [vector] });
  await Promise.resolve();
  expect(await embedder.embedQuery("a")).toBe(vector);
  expect(asked).toHaveLength(1);
});

test("leaves a failing service alone for a while; a text it does not take says nothing of others", async () => {
  const { embedder, asked, pass } = openTest();
  const refused = embedder.embedQuery("a");
  asked[0]!.answer({ ...failure, refused: true });
  expect(await refused).toBeNull();
  const failed = embedder.embedQuery("b");
  asked[1]!.answer(failure);
  expect(await failed).toBeNull();
  expect(await embedder.embedQuery("c")).toBeNull();
  expect(asked).toHaveLength(2);
  pass(15_000);
  const busy = embedder.embedQuery("c");
  asked[2]!.answer({ ...failure, retryAfterMs: 60_000 });
  expect(await busy).toBeNull();
  pass(59_999);
  expect(await embedder.embedQuery("d")).toBeNull();
  pass(1);
  void embedder.embedQuery("d");
  expect(asked).toHaveLength(4);
});

test("asks for no more than eight at once", async () => {
  const { embedder, asked } = openTest();
  for (let i = 0; i < 8; i++) void embedder.embedQuery(`q${i}`);
  expect(await embedder.embedQuery("one more")).toBeNull();
  expect(asked).toHaveLength(8);
});
