// How well a taste finds what its reader wants: IJCAI papers of an area of one year are given, the whole next year is ranked.
// Run by hand: node bench/taste.ts [--draws N] [--tune] [--svm] [--model FILE]. Reads the conference papers below
// BROADSHEET_SHARED (default ../shared). Prints area under the curve and precision at 10 for ours, the nearest centroid of TF-IDF
// and (with --svm, minutes) arxiv-sanity-lite's linear SVM, and the paired gain over the better of them with its interval.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { differences, meanOf } from "../src/lib/bootstrap.ts";
import { openRandom, shuffledOrder } from "../src/lib/random.ts";
import { defaultSettings } from "../src/library/settings.ts";
import { backgroundOf } from "../src/library/taste/background.ts";
import { prepareCandidates } from "../src/library/taste/candidates.ts";
import { FeatureReader, type Features } from "../src/library/taste/features.ts";
import { learnTaste } from "../src/library/taste/learn.ts";
import { prepareSample, samplePapers } from "../src/library/taste/sample.ts";
import { scoreCandidates } from "../src/library/taste/score.ts";
import { tasteOf } from "../src/library/taste/taste.ts";
import { parseModel } from "../src/search/meaning/model-file.ts";
import { shippedModelFile } from "../src/search/meaning/shipped-model.ts";
import { fitTfidf, rankByCentroid, rankBySvm, type Sparse } from "./taste/baselines.ts";
import {
  aucOf,
  type BenchPaper,
  precisionAt10,
  readLabelled,
  type Setting,
  type Task,
  tasksOf,
  testSettings,
  tuningSettings,
} from "./taste/papers.ts";

const { values } = parseArgs({
  options: {
    draws: { type: "string", default: "5" },
    tune: { type: "boolean" },
    svm: { type: "boolean" },
    model: { type: "string", default: shippedModelFile },
  },
});

const now = "2026-01-01T00:00:00.000Z";
const draws = Number(values.draws);
const labelled = readLabelled(process.env.BROADSHEET_SHARED ?? "../shared");
const reader = new FeatureReader(parseModel(readFileSync(values.model), values.model));
const settings = values.tune ? tuningSettings(labelled) : testSettings(labelled);

interface Measures {
  area: string;
  auc: number;
  precision: number;
}
type Ranker = (task: Task) => ArrayLike<number>;

/** As an instance has one: papers of the year that is given, never of the one that is ranked. */
function sampleOf(features: readonly Features[]) {
  const order = shuffledOrder(features.length, openRandom(3));
  return prepareSample([...order.slice(0, samplePapers)].map((i) => features[i]!));
}

function openOurs(setting: Setting): Ranker {
  const features = setting.from.map((paper) => reader.read(paper));
  const background = { ...backgroundOf(reader), sample: sampleOf(features) };
  const candidates = prepareCandidates(reader, setting.next.map(candidateOf));
  return ({ given }) => {
    const examples = given.map((i) => exampleOf(i, features[i]!));
    const taste = tasteOf(learnTaste(examples, background, now), [], defaultSettings);
    return scoreCandidates(taste, candidates, { today: "2026-01-01", found: new Map() }).model;
  };
}

function candidateOf({ title, abstract, authors }: BenchPaper, pk: number) {
  const paper = {
    pk,
    id: String(pk),
    titleText: title,
    abstractText: abstract,
    authors: authors.map((name) => ({ name })),
    categories: [],
  };
  return { paper, day: "2026-01-01", votes: null };
}

function exampleOf(pk: number, features: Features) {
  return { kind: "save" as const, pk, title: "", features, at: now };
}

function openBaselines(setting: Setting): Record<string, Ranker> {
  const all = fitTfidf([...setting.from, ...setting.next]);
  const from = all.slice(0, setting.from.length);
  const next = all.slice(setting.from.length);
  const svm = (known: readonly Sparse[]): Ranker => {
    return ({ given }) => {
      const own = new Set(given);
      return rankBySvm(known, (i) => own.has(i), next);
    };
  };
  return {
    centroid: ({ given }) =>
      rankByCentroid(
        given.map((i) => from[i]!),
        next,
      ),
    ...(values.svm ? { "svm, all papers": svm(all), "svm, given year": svm(from) } : {}),
  };
}

const results = new Map<number, Map<string, Measures[]>>();
for (const setting of settings) {
  const rankers: Record<string, Ranker> = { ours: openOurs(setting), ...openBaselines(setting) };
  for (const given of [5, 10, 20]) {
    const byRanker = results.get(given) ?? new Map<string, Measures[]>();
    results.set(given, byRanker);
    for (const task of tasksOf(setting, given, draws)) {
      for (const [name, rank] of Object.entries(rankers)) {
        const scores = rank(task);
        const measures = {
          area: task.area,
          auc: aucOf(scores, task.wanted),
          precision: precisionAt10(scores, task.wanted),
        };
        byRanker.set(name, [...(byRanker.get(name) ?? []), measures]);
      }
    }
  }
}
for (const [given, byRanker] of results) print(given, byRanker);

function print(given: number, byRanker: Map<string, Measures[]>): void {
  console.log(`${given} papers given, ${byRanker.get("ours")!.length} tasks`);
  for (const [name, measures] of byRanker)
    console.log(`  ${name.padEnd(18)} AUC ${mean(measures, "auc")}  P@10 ${mean(measures, "precision")}`);
  const ours = byRanker.get("ours")!;
  for (const measure of ["auc", "precision"] as const) {
    const others = [...byRanker].filter(([name]) => name !== "ours");
    const [best] = others.sort(
      (a, b) => meanOf(b[1].map((m) => m[measure])) - meanOf(a[1].map((m) => m[measure])),
    );
    const theirs = best![1].map((m) => m[measure]);
    const gains = differences(
      theirs,
      ours.map((m) => m[measure]),
    );
    const {
      mean: gain,
      low,
      high,
    } = intervalOverAreas(
      gains,
      ours.map(({ area }) => area),
      given,
    );
    console.log(
      `  gain in ${measure} over ${best![0]}: ${gain.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`,
    );
  }
}

/** Areas are drawn, each with all its years and draws: those of one area are alike. */
function intervalOverAreas(gains: readonly number[], areas: readonly string[], given: number) {
  const byArea = [...Map.groupBy(gains.keys(), (i) => areas[i]!).values()];
  const random = openRandom(11, given);
  const means = Float64Array.from({ length: 2_000 }, () => {
    const drawn = byArea.flatMap(() => byArea[random.below(byArea.length)]!);
    return meanOf(drawn.map((i) => gains[i]!));
  }).sort();
  return { mean: meanOf(gains), low: means[50]!, high: means[1_949]! };
}

function mean(measures: readonly Measures[], name: "auc" | "precision"): string {
  return meanOf(measures.map((one) => one[name])).toFixed(4);
}
