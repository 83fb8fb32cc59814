import { expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { subjects, tinyModel } from "../../../test/support/tiny-model.ts";
import { defaultSettings } from "../settings.ts";
import { backgroundOf } from "./background.ts";
import { prepareCandidates } from "./candidates.ts";
import { solve } from "./cholesky.ts";
import { FeatureReader, product, sharedWords } from "./features.ts";
import { openOtherWords } from "./holders.ts";
import { type Example, learnTaste } from "./learn.ts";
import { openProducts } from "./products.ts";
import { multiplyAmong, prepareSample, solveAgainst } from "./sample.ts";
import { scoreCandidates } from "./score.ts";
import { tasteOf } from "./taste.ts";
import { layOutWords } from "./word-sums.ts";

const now = "2026-05-12T12:00:00.000Z";
const day = "2026-05-12";
const reader = new FeatureReader(tinyModel());
const background = backgroundOf(reader);

type Topic = keyof typeof subjects;

function textOf(topic: Topic, i: number): string {
  const words = subjects[topic].split(" ");
  return [0, 1, 2, 3].map((k) => words[(i + k * 2) % words.length]).join(" ");
}

function example(kind: Example["kind"], topic: Topic, pk: number): Example {
  const features = reader.read({ title: textOf(topic, pk), abstract: `On ${subjects[topic]}.` });
  return { kind, pk, title: `${topic} ${pk}`, at: now, features };
}

/** Twelve papers of each topic. */
const candidates = prepareCandidates(
  reader,
  (["graphs", "speech", "logic"] as const).flatMap((topic, t) =>
    Array.from({ length: 12 }, (_, i) => ({
      paper: {
        pk: 20 * t + i,
        id: `id${20 * t + i}`,
        titleText: textOf(topic, i),
        abstractText: `We study ${subjects[topic]}.`,
        authors: [],
        categories: [],
      },
      day,
      votes: null,
    })),
  ),
);

test("solves what it is given, as multiplying back shows", () => {
  const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(numbers, (b) => {
      const n = b.length;
      const entry = (i: number, j: number) => Math.cos(i * 7 + j * 7) / n + (i === j ? 2 : 0);
      const rows = b.map((_, i) => Float64Array.from(b, (_, j) => entry(i, j)));
      const x = solve(rows, b);
      for (let i = 0; i < n; i++) {
        const sum = b.reduce((total, _, j) => total + entry(Math.max(i, j), Math.min(i, j)) * x[j]!, 0);
        expect(sum).toBeCloseTo(b[i]!, 8);
      }
    }),
  );
});

test("multiplies as plain loops do", () => {
  const row = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 9 }), row, (given, query) => {
      const rows = given.map((values) => Float32Array.from(values));
      const products = openProducts(rows, 16);
      const fast = products.multiply(Float32Array.from(query));
      expect(fast.length).toBe(rows.length);
      rows.forEach((values, i) => {
        expect(fast[i]).toBeCloseTo(product(values, Float32Array.from(query)), 4);
        expect([...products.rowAt(i)]).toEqual([...values]);
      });
    }),
    { numRuns: 30 },
  );
});

test("counts shared words as a map would", () => {
  const [a, b] = [
    reader.read({ title: "graph speech", abstract: "" }),
    reader.read({ title: "speech", abstract: "logic" }),
  ];
  const weights = new Map([...b.stems].map((stem, i) => [stem, b.weights[i]!]));
  const naive = [...a.stems].reduce((sum, stem, i) => sum + a.weights[i]! * (weights.get(stem) ?? 0), 0);
  expect(sharedWords(a, b)).toBeCloseTo(naive, 6);
  expect(naive).toBeGreaterThan(0);
});

test("against a sample: the model is the ridge solution over examples and sample together", () => {
  const papers = Array.from(
    { length: 12 },
    (_, n) => example("save", n % 2 === 0 ? "speech" : "logic", n).features,
  );
  const sample = prepareSample(papers);
  const given = [example("save", "graphs", 3), example("save", "graphs", 6), example("less", "logic", 8)];
  const features = given.map((one) => one.features);
  const [targets, trust] = [
    [1, 1, -1],
    [1, 0.5, 1],
  ];
  const products = () => multiplyAmong(features, layOutWords(features).products);
  const { own, sample: theirs } = solveAgainst(sample, { features, products: products(), targets, trust });
  expect(solveAgainst(sample, { features, products: products(), targets, trust })).toEqual({
    own,
    sample: theirs,
  });
  // The same equations, written out whole. 30: of the sample; 4: of an example; 2: the bias.
  const all = [...papers, ...features];
  const ridges = [...papers.map(() => 30), ...trust.map((each) => 4 / each)];
  const rows = all.map((a, i) =>
    Float64Array.from(
      all.slice(0, i + 1),
      (b, j) => 2 + product(a.vector, b.vector) + sharedWords(a, b) + (i === j ? ridges[i]! : 0),
    ),
  );
  const whole = solve(rows, [...papers.map(() => -1), ...targets]);
  for (const [i, weight] of [...theirs, ...own].entries()) expect(weight).toBeCloseTo(whole[i]!, 6);
  // What is learned is the sum of all texts by these weights; "later" says half as much.
  const told = [given[0]!, { ...given[1]!, kind: "later" as const }, given[2]!];
  const learned = learnTaste(told, { ...background, sample }, now)!;
  const words = new Map<number, number>();
  const vector = new Float64Array(reader.model.dimension);
  for (const [i, { stems, weights, vector: meaning }] of all.entries()) {
    for (const [k, stem] of stems.entries())
      words.set(stem, (words.get(stem) ?? 0) + whole[i]! * weights[k]!);
    for (const [k, value] of meaning.entries()) vector[k] = vector[k]! + whole[i]! * value;
  }
  for (const [k, value] of vector.entries()) expect(learned.vector[k]).toBeCloseTo(value, 6);
  expect(new Set(learned.words.stems)).toEqual(new Set(words.keys()));
  for (const [k, stem] of learned.words.stems.entries())
    expect(learned.words.weights[k]).toBeCloseTo(words.get(stem)!, 6);
});

test("the heaviest words of a sum are those that a sorted map would give, however often it is asked", () => {
  const words = fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), { maxLength: 60 });
  const text = fc.tuple(words, fc.double({ min: -2, max: 2, noNaN: true }), fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.integer({ min: 1, max: 80 }), (texts, most) => {
      const sums = new Map<number, number>();
      const given = texts.map(([stems, weight, step]) => {
        const words = {
          stems: Int32Array.from(stems),
          weights: Float32Array.from(stems, (_, i) => (i % step) + 0.1),
        };
        return { words, weight };
      });
      for (const { words, weight } of given)
        for (const [k, stem] of words.stems.entries())
          sums.set(stem, (sums.get(stem) ?? 0) + weight * words.weights[k]!);
      const sorted = [...sums].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, most);
      // The last text is the others': whatever part of the sum it is, the sum is the same.
      const [own, others] = [given.slice(0, -1), given.slice(-1)];
      const heaviest = layOutWords(own.map((one) => one.words)).sumHeaviest(
        most,
        own.map(({ weight }) => weight),
        openOtherWords(others.map((one) => one.words))(Float64Array.from(others, ({ weight }) => weight)),
      );
      expect([...heaviest.stems]).toEqual(sorted.map(([stem]) => stem));
      expect([...heaviest.weights]).toEqual(sorted.map(([, weight]) => Math.fround(weight)));
    }),
  );
});

test("products among texts are what two by two would give", () => {
  const texts = (["graphs", "speech", "logic", "graphs"] as const).map(
    (topic, i) => example("save", topic, i).features,
  );
  const multiplied = () => multiplyAmong(texts, layOutWords(texts).products);
  for (const rows of [multiplied(), multiplied()])
    for (const [i, row] of rows.entries())
      for (let j = 0; j <= i; j++) {
        const [a, b] = [texts[i]!, texts[j]!];
        expect(row[j]).toBeCloseTo(product(a.vector, b.vector) + sharedWords(a, b), 6);
      }
});

test("against a sample: what the reader likes stands out from what the sample holds", () => {
  const papers = Array.from(
    { length: 40 },
    (_, n) => example("save", n % 2 === 0 ? "speech" : "logic", n).features,
  );
  const taste = tasteOf(
    learnTaste([example("save", "graphs", 3)], { ...background, sample: prepareSample(papers) }, now),
    [],
    defaultSettings,
  );
  const { model } = scoreCandidates(taste, candidates, { today: day, found: new Map() });
  // Places of the candidates by topic: twelve each.
  const meanOf = (from: number) => model.slice(from, from + 12).reduce((sum, value) => sum + value / 12, 0);
  expect(meanOf(0)).toBeGreaterThan(meanOf(12) + 1);
  expect(meanOf(0)).toBeGreaterThan(meanOf(24) + 1);
  expect(taste.learned!.examples).toHaveLength(1);
});
