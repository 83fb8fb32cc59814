import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { inventTopicPapers, topicNames } from "../../../test/support/topic-papers.ts";
import { AppError } from "../../lib/errors.ts";
import { encodePaper, encodeQuery } from "./encode.ts";
import type { MeaningModel } from "./meaning-model.ts";
import { trainModel } from "./train.ts";

const settings = { epochs: 4, batch: 32, dimension: 32, vocabulary: { minPairCount: 3 } };
const papers = inventTopicPapers(200);

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

describe("training", () => {
  let model: MeaningModel;
  beforeAll(async () => {
    model = await trainModel(papers, { settings, threads: 1 });
  });

  test("gives the same bytes however many threads there are", async () => {
    for (const threads of [2, 3]) {
      const other = await trainModel(papers, { settings, threads });
      expect(other.facts).toEqual(model.facts);
      expect(Buffer.compare(Buffer.from(other.rows), Buffer.from(model.rows))).toBe(0);
    }
  });

  test("another seed or another paper gives another model", async () => {
    const reseeded = await trainModel(papers, { settings: { ...settings, seed: 2 } });
    const fewer = await trainModel(papers.slice(1), { settings });
    expect(new Set([model, reseeded, fewer].map(({ facts }) => facts.id)).size).toBe(3);
  });

  test("papers of a topic lie nearer to each other than to others, unseen ones too", () => {
    const unseen = inventTopicPapers(50, 99);
    const vectors = unseen.map((paper) => encodePaper(model, paper)!);
    const means = { same: [0, 0], other: [0, 0] };
    for (let i = 0; i < unseen.length; i++) {
      for (let j = 0; j < i; j++) {
        const group = unseen[i]!.topic === unseen[j]!.topic ? means.same : means.other;
        group[0]! += dot(vectors[i]!, vectors[j]!);
        group[1]! += 1;
      }
    }
    const mean = ([sum, count]: number[]) => sum! / count!;
    expect(mean(means.same)).toBeGreaterThan(mean(means.other) + 0.2);
  });

  test("a word finds papers that lack it", () => {
    const query = encodeQuery(model, "yeast")!;
    const lacking = papers.filter(({ title, abstract }) => !/yeast/i.test(title + abstract));
    const best = lacking
      .map((paper) => ({ topic: paper.topic, cosine: dot(query, encodePaper(model, paper)!) }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, 10);
    expect(best.filter(({ topic }) => topic === "bread").length).toBeGreaterThan(
      (2 * 10) / topicNames.length,
    );
  });

  test("tells how far it is, and ends with the facts", async () => {
    const told: [string, number, number][] = [];
    const progress = { update: (...args: [string, number, number]) => told.push(args), end() {} };
    const trained = await trainModel(papers, { settings, progress });
    expect(told.at(-1)).toEqual(["train", 4 * 6 * 32, 4 * 6 * 32]);
    expect(trained.facts).toMatchObject({ papers: 200, epochs: 4, seed: 1 });
    expect(trained.facts.loss).toBeGreaterThan(0);
    expect(trained.facts.loss).toBeLessThan(Math.log(32));
  });

  test("goes on after an interruption and ends with the same model", async () => {
    const checkpoint = join(await mkdtemp(join(tmpdir(), "broadsheet-train-")), "state");
    const stop = new AbortController();
    const progress = {
      update(label: string, done: number, total: number) {
        if (label === "train" && done > total / 2) stop.abort();
      },
      end() {},
    };
    const broken = trainModel(papers, { settings, progress, checkpoint, signal: stop.signal });
    await expect(broken).rejects.toMatchObject({ code: "interrupted" });
    const state = await readFile(checkpoint);
    expect(state.readUInt32LE(36)).toBeGreaterThanOrEqual(1);
    const resumed = await trainModel(papers, { settings, checkpoint, threads: 1 });
    expect(Buffer.compare(Buffer.from(resumed.rows), Buffer.from(model.rows))).toBe(0);
  });

  test("a damaged checkpoint, or one of another training, is passed over", async () => {
    const checkpoint = join(await mkdtemp(join(tmpdir(), "broadsheet-train-")), "state");
    await trainModel(papers, { settings: { ...settings, seed: 5 }, checkpoint });
    const other = await trainModel(papers, { settings, checkpoint });
    expect(other.facts.id).toBe(model.facts.id);
    const bytes = await readFile(checkpoint);
    bytes[1000] = bytes[1000]! ^ 1;
    await writeFile(checkpoint, bytes);
    expect((await trainModel(papers, { settings, checkpoint })).facts.id).toBe(model.facts.id);
  });

  test("a finished checkpoint gives the model without training", async () => {
    const checkpoint = join(await mkdtemp(join(tmpdir(), "broadsheet-train-")), "state");
    await trainModel(papers, { settings, checkpoint });
    const again = await trainModel(papers, { settings, checkpoint });
    expect(again.facts.id).toBe(model.facts.id);
  });

  test("too few papers are refused, with what to do", async () => {
    const bare = papers.map((paper) => ({ ...paper, abstract: "" }));
    const refused = await trainModel(bare, { settings }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect((refused as AppError).message).toBe("Only 0 papers with an abstract can be trained on.");
    await expect(trainModel(papers.slice(0, 63), { settings })).rejects.toMatchObject({ code: "bad-input" });
  });

  test.each([{ dimension: 40 }, { batch: 4 }, { epochs: 0 }, { temperature: 0.01 }])(
    "%o is refused",
    async (wrong) => {
      await expect(trainModel(papers, { settings: wrong })).rejects.toMatchObject({ code: "bad-usage" });
    },
  );

  test("an abort before the first step is heard", async () => {
    await expect(trainModel(papers, { settings, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "interrupted",
    });
  });
});
