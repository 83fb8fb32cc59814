import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { testFolder } from "../../test/support/world-files.ts";
import type { Db } from "../database/dialect.ts";
import type { Embedded, Embeddings } from "../lib/embeddings.ts";
import { OutsideVectors } from "../search/meaning/outside-vectors.ts";
import { PaperEmbedder } from "./embed-papers.ts";

const day = "2026-05-12";
const vectorsOf = (texts: readonly string[], components = 8): Embedded => ({
  vectors: texts.map(() => new Float32Array(components).fill(1 / Math.sqrt(components))),
});
const failed = (failure: string, more: { refused?: boolean; retryAfterMs?: number } = {}): Embedded => ({
  failure,
  refused: false,
  retryAfterMs: null,
  ...more,
});

function openTest(db: Db, folder = testFolder()) {
  const asked: string[][] = [];
  const warnings: string[] = [];
  let nowMs = 0;
  let answer: (texts: readonly string[]) => Embedded = (texts) => vectorsOf(texts);
  const embeddings: Embeddings = {
    name: "m",
    async embed(texts) {
      asked.push([...texts]);
      return answer(texts);
    },
  };
  const follower = new OutsideVectors({ folder, name: "m", readOnly: false });
  const log = { warn: (_: object, message: string) => warnings.push(message) };
  const context = { db, follower, embeddings, clock: () => new Date(nowMs), log };
  const embedder = new PaperEmbedder(context as unknown as ConstructorParameters<typeof PaperEmbedder>[0]);
  return {
    asked,
    warnings,
    follower,
    folder,
    run: (signal = new AbortController().signal) => embedder.run(signal),
    answers: (by: typeof answer) => {
      answer = by;
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describeOnBothDatabases("vectors by a service", (open) => {
  test("are made of all papers in batches, once, and again of a text that changed", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 70));
    const { run, asked, follower } = openTest(db);
    expect(await run()).toBe(70);
    expect(asked.map((texts) => texts.length)).toEqual([32, 32, 6]);
    expect(asked[0]![0]).toContain("Paper 1 of 2026-05-12: A Study of Counting\n\nWe introduce");
    expect(follower.papers).toBe(70);
    expect(await run()).toBe(0);
    const [first] = papersOf(day, 1);
    await saveDay(db, day, [{ ...first!, authors: ["Somebody Else"] }]);
    await run();
    expect(asked).toHaveLength(3);
    await saveDay(db, day, [
      { ...first!, abstract: "Another abstract, which is longer than the one before it was." },
    ]);
    await run();
    expect(asked.slice(3).map((texts) => texts.length)).toEqual([1]);
  });

  test("go on where they were broken off, after a restart too", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 70));
    const stop = new AbortController();
    const first = openTest(db);
    first.answers((texts) => {
      if (first.asked.length === 2) stop.abort();
      return vectorsOf(texts);
    });
    expect(await first.run(stop.signal)).toBe(64);
    const second = openTest(db, first.folder);
    expect(await second.run()).toBe(6);
    expect(second.follower.papers).toBe(70);
  });

  test("wait while the service fails, longer and longer, or as long as it asks", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const { run, asked, answers, pass, warnings, follower } = openTest(db);
    answers(() => failed("it answered 500"));
    expect(await run()).toBe(0);
    expect(await run()).toBe(0);
    expect(asked).toHaveLength(1);
    pass(10_000);
    await run();
    pass(10_000);
    await run();
    expect(asked).toHaveLength(2);
    pass(10_000);
    answers(() => failed("it answered 429", { retryAfterMs: 3_600_000 }));
    await run();
    pass(3_599_999);
    await run();
    expect(asked).toHaveLength(3);
    pass(1);
    answers((texts) => vectorsOf(texts));
    expect(await run()).toBe(3);
    expect(follower.papers).toBe(3);
    expect(warnings).toEqual([
      "the embeddings service gave no vectors: it answered 500",
      "the embeddings service gave no vectors: it answered 500",
      "the embeddings service gave no vectors: it answered 429",
    ]);
  });

  test("leave out the one text that is not taken; where none is, the service has failed", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 40));
    const { run, asked, answers, pass, follower } = openTest(db);
    answers(() => failed("it answered 400", { refused: true }));
    expect(await run()).toBe(0);
    expect(asked.map((texts) => texts.length)).toEqual([32, 16, 8, 4, 2, 1, 1]);
    pass(60_000);
    const bad = (text: string) => text.startsWith("Paper 7 of");
    answers((texts) => (texts.some(bad) ? failed("it answered 400", { refused: true }) : vectorsOf(texts)));
    expect(await run()).toBe(40);
    expect(follower.papers).toBe(40);
    const count = asked.length;
    await run();
    expect(asked).toHaveLength(count);
  });

  test("of another length are not mixed with those that are kept", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const { run, answers, warnings, follower } = openTest(db);
    await run();
    await saveDay(db, "2026-05-13", papersOf("2026-05-13", 2));
    answers((texts) => vectorsOf(texts, 9));
    expect(await run()).toBe(0);
    expect(warnings[0]).toContain("its vectors are of 9 components now");
    expect(follower.papers).toBe(3);
  });
});
