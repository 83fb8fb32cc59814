import { describe, expect, test } from "vitest";
import { inventTopicPapers } from "../../../test/support/topic-papers.ts";
import { openRandom } from "../../lib/random.ts";
import { findPartners } from "./co-authors.ts";
import { createControl, openBarrier } from "./training-barrier.ts";
import { layOutCorpus, rowsOfPaper, sentencesOfPaper } from "./training-corpus.ts";
import { createTrainingMemory, layOutTraining, openTrainingKernels } from "./training-memory.ts";
import { openStep } from "./training-step.ts";
import { drawViews } from "./views.ts";
import { createVocabularyCounter } from "./vocabulary-count.ts";

const dimension = 16;
const batch = 16;
const temperature = 0.2;
const options = {
  authorShare: 0.2,
  dropout: 0.2,
  kinds: [0.4, 0.2, 0.1, 0.2, 0.1],
  spanMask: 0,
  span: [2, 6],
} as const;

const papers = inventTopicPapers(64);
const counter = createVocabularyCounter();
for (const paper of papers) counter.add(sentencesOfPaper(paper));
const vocabulary = counter.choose({ minPairCount: 3 });
const corpus = layOutCorpus(
  [...counter.papers()].map((sentences) => rowsOfPaper(vocabulary, sentences)!),
  vocabulary,
  findPartners(papers.map(({ authors }) => authors)),
);

/** The views that the step will draw, as row -> weight. */
function viewsOf(paper: number, epoch: number): [Map<number, number>, Map<number, number>] {
  const counts = [new Map<number, number>(), new Map<number, number>()] as const;
  const sinks = counts.map((map) => ({ add: (row: number) => map.set(row, (map.get(row) ?? 0) + 1) }));
  drawViews(corpus, paper, {
    options,
    random: openRandom(3, epoch, paper),
    sinks: sinks as unknown as Parameters<typeof drawViews>[2]["sinks"],
  });
  const weigh = (map: Map<number, number>) =>
    new Map([...map].map(([row, n]) => [row, 1 + Math.log(n)] as const));
  return [weigh(counts[0]), weigh(counts[1])];
}

/** The loss of the batch as its definition has it, in double precision. */
function naiveLoss(table: Float64Array, views: [Map<number, number>, Map<number, number>][]): number {
  const pool = (view: Map<number, number>): number[] => {
    const sum = new Array<number>(dimension).fill(0);
    for (const [row, weight] of view)
      for (let i = 0; i < dimension; i++) sum[i]! += weight * table[row * dimension + i]!;
    const length = Math.hypot(...sum);
    return sum.map((value) => value / length);
  };
  const left = views.map(([view]) => pool(view));
  const right = views.map(([, view]) => pool(view));
  const similarity = left.map((u) =>
    right.map((v) => Math.exp(u.reduce((s, x, i) => s + x * v[i]!, 0) / temperature)),
  );
  let loss = 0;
  for (let i = 0; i < views.length; i++) {
    const row = similarity[i]!.reduce((sum, value) => sum + value, 0);
    const column = similarity.reduce((sum, line) => sum + line[i]!, 0);
    loss -= (Math.log(similarity[i]![i]! / row) + Math.log(similarity[i]![i]! / column)) / 2;
  }
  return loss / views.length;
}

describe("a step", () => {
  test("has the loss of the definition and moves each row against its numeric gradient", () => {
    const shape = { rows: vocabulary.names.length, dimension, batch, threads: 1 };
    const layout = layOutTraining(shape);
    const memory = createTrainingMemory(layout);
    const kernels = openTrainingKernels(layout, memory);
    const table = new Float32Array(memory.buffer, layout.table, shape.rows * dimension);
    const random = openRandom(1);
    for (let i = 0; i < table.length; i++) table[i] = random.normal() / 4;
    const before = Float64Array.from(table);
    const batchPapers = Int32Array.from({ length: batch }, (_, i) => i * 3);
    const views = [...batchPapers].map((paper) => viewsOf(paper, 4));
    const barrier = openBarrier(createControl(), 1);
    const step = openStep({
      corpus,
      shape,
      layout,
      memory,
      kernels,
      barrier,
      thread: 0,
      temperature,
      views: options,
      seed: 3,
    });
    expect(step({ epoch: 4, papers: batchPapers, learningRate: 0.01, steps: 0 })).toBe(false);

    const losses = new Float32Array(memory.buffer, layout.losses, batch);
    const loss = losses.reduce((sum, value) => sum + value, 0) / batch;
    expect(loss).toBeCloseTo(naiveLoss(before, views), 4);

    // After one step of Adam the first moment is a tenth of the gradient.
    const moments = new Float32Array(memory.buffer, layout.firstMoments, table.length);
    const used = [...new Set(views.flatMap(([a, b]) => [...a.keys(), ...b.keys()]))];
    const check = openRandom(2);
    for (let n = 0; n < 60; n++) {
      const at = used[check.below(used.length)]! * dimension + check.below(dimension);
      const numeric = derivative(before, at, views);
      expect(moments[at]! * 10).toBeCloseTo(numeric, 4);
      if (Math.abs(numeric) > 1e-3) expect(Math.sign(before[at]! - table[at]!)).toBe(Math.sign(numeric));
    }
    const untouched = Array.from({ length: shape.rows }, (_, row) => row).filter(
      (row) => !used.includes(row),
    );
    for (const row of untouched) {
      for (let i = row * dimension; i < (row + 1) * dimension; i++)
        expect(table[i]).toBe(Math.fround(before[i]!));
    }
    expect(new Float32Array(memory.buffer, layout.gradient, table.length).every((value) => value === 0)).toBe(
      true,
    );
  });
});

function derivative(table: Float64Array, at: number, views: Parameters<typeof naiveLoss>[1]): number {
  const h = 1e-4;
  const moved = (by: number) => {
    const copy = Float64Array.from(table);
    copy[at] = copy[at]! + by;
    return naiveLoss(copy, views);
  };
  return (moved(h) - moved(-h)) / (2 * h);
}
