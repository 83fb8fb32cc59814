// Trains a meaning model on the papers at hand: a contrastive static embedding, on several threads, in minutes.
// Deterministic: the same papers in the same order, options and seed give the same bytes, however many threads there are.

import { createHash } from "node:crypto";
import { AppError } from "../../lib/errors.ts";
import { type Progress, silentProgress } from "../../lib/progress.ts";
import { openRandom } from "../../lib/random.ts";
import type { WasmMemoryObject } from "../../lib/wasm.ts";
import { findPartners } from "./co-authors.ts";
import { type MeaningModel, quantiseRows } from "./meaning-model.ts";
import {
  type Checkpoint,
  fingerprintTraining,
  readCheckpoint,
  writeCheckpoint,
} from "./training-checkpoint.ts";
import {
  layOutCorpus,
  rowsOfPaper,
  sentencesOfPaper,
  type TrainingCorpus,
  type TrainingPaper,
} from "./training-corpus.ts";
import { createTrainingMemory, layOutTraining, type TrainingShape } from "./training-memory.ts";
import { startThreads, type Threads } from "./training-threads.ts";
import type { ViewOptions } from "./views.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { createVocabularyCounter, type VocabularyLimits } from "./vocabulary-count.ts";

export interface TrainingSettings {
  seed: number;
  epochs: number;
  /** Items a step. */
  batch: number;
  dimension: number;
  /** tau of InfoNCE. */
  temperature: number;
  views: ViewOptions;
  /** Learning rate after warm-up and at the end; falls in a straight line. */
  firstRate: number;
  lastRate: number;
  vocabulary: Partial<VocabularyLimits>;
}

export interface TrainingOptions {
  settings?: Partial<TrainingSettings>;
  /** Default 2. */
  threads?: number;
  progress?: Progress;
  /** Stops after the step in hand; what the checkpoint holds is kept. */
  signal?: AbortSignal;
  /** File in which each finished epoch is kept, so that an interrupted training goes on there. Removed by the caller. */
  checkpoint?: string;
}

/** Chosen by measurement: docs/model-data-sheet.md. */
export const defaultTrainingSettings: TrainingSettings = {
  seed: 1,
  epochs: 8,
  batch: 1024,
  dimension: 256,
  temperature: 0.07,
  views: {
    authorShare: 0.15,
    dropout: 0.2,
    kinds: [0.4, 0.2, 0.1, 0.2, 0.1],
    spanMask: 0,
    span: [2, 6],
  },
  firstRate: 0.006,
  lastRate: 0.0001,
  vocabulary: {},
};

/** Fewer papers teach less than the model that ships. */
export const minTrainingPapers = 64;
const warmUpSteps = 100;
/** Papers read between two pauses for other work of the process. */
const papersAtOnce = 500;

/**
 * Reads all papers (once), chooses the vocabulary, trains.
 * Throws AppError "bad-input" when there are too few papers with an abstract, "interrupted" when the signal says so.
 */
export async function trainModel(
  papers: Iterable<TrainingPaper> | AsyncIterable<TrainingPaper>,
  options: TrainingOptions = {},
): Promise<MeaningModel> {
  const settings = checkSettings({ ...defaultTrainingSettings, ...options.settings });
  const progress = options.progress ?? silentProgress;
  const { vocabulary, corpus } = await readCorpus(papers, settings, { ...options, progress });
  const shape = shapeOf(corpus, vocabulary, settings, options.threads ?? 2);
  const training = await openTraining({ corpus, vocabulary, shape, settings }, options.checkpoint);
  const loss = await runEpochs(training, { ...options, progress });
  const floats = new Float32Array(
    training.memory.buffer,
    training.layout.table,
    shape.rows * shape.dimension,
  );
  const bytes = quantiseRows(floats, shape.dimension);
  const id = createHash("sha256")
    .update(bytes.rows)
    .update(vocabulary.names.join("\n"))
    .digest("hex")
    .slice(0, 16);
  const facts = { id, papers: corpus.papers, epochs: settings.epochs, seed: settings.seed, loss };
  return { vocabulary, dimension: shape.dimension, ...bytes, facts };
}

/** Throws AppError "bad-usage" for what the kernels cannot do. */
function checkSettings(settings: TrainingSettings): TrainingSettings {
  const { dimension, batch, epochs, temperature } = settings;
  const problems = [
    [dimension % 32 === 0 && dimension > 0, "the dimension must be a multiple of 32"],
    [batch >= 8, "a batch must have at least 8 items"],
    [Number.isInteger(epochs) && epochs >= 1, "there must be at least one epoch"],
    [temperature >= 0.02, "the temperature must be at least 0.02"],
  ] as const;
  const problem = problems.find(([fits]) => !fits);
  if (problem) throw new AppError("bad-usage", `Cannot train so: ${problem[1]}.`);
  return settings;
}

interface Prepared {
  vocabulary: Vocabulary;
  corpus: TrainingCorpus;
}

async function readCorpus(
  papers: Iterable<TrainingPaper> | AsyncIterable<TrainingPaper>,
  settings: TrainingSettings,
  { progress, signal }: { progress: Progress; signal?: AbortSignal },
): Promise<Prepared> {
  const counter = createVocabularyCounter();
  const authors: (readonly string[])[] = [];
  for await (const paper of papers) {
    counter.add(sentencesOfPaper(paper));
    authors.push(paper.authors);
    if (authors.length % papersAtOnce !== 0) continue;
    progress.update("read papers", authors.length, 0);
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) throw interrupted();
  }
  const vocabulary = counter.choose(settings.vocabulary);
  const kept: number[][][] = [];
  const keptAuthors: (readonly string[])[] = [];
  let paper = 0;
  for (const sentences of counter.papers()) {
    const rows = rowsOfPaper(vocabulary, sentences);
    if (rows) {
      kept.push(rows);
      keptAuthors.push(authors[paper]!);
    }
    paper++;
  }
  if (kept.length < minTrainingPapers) throw tooFewPapers(kept.length);
  return { vocabulary, corpus: layOutCorpus(kept, vocabulary, findPartners(keptAuthors)) };
}

function shapeOf(
  corpus: TrainingCorpus,
  vocabulary: Vocabulary,
  settings: TrainingSettings,
  threads: number,
): TrainingShape {
  const batch = Math.floor(Math.min(settings.batch, corpus.papers) / 8) * 8;
  return { rows: vocabulary.names.length, dimension: settings.dimension, batch, threads };
}

interface TrainingInput extends Prepared {
  shape: TrainingShape;
  settings: TrainingSettings;
}

interface Training extends TrainingInput {
  layout: ReturnType<typeof layOutTraining>;
  memory: WasmMemoryObject;
  epochsDone: number;
  checkpoint: Checkpoint | null;
}

async function openTraining(input: TrainingInput, checkpointFile: string | undefined): Promise<Training> {
  const { shape, vocabulary, settings } = input;
  const layout = layOutTraining(shape);
  const memory = createTrainingMemory(layout);
  const weights = new Float32Array(memory.buffer, layout.table, 3 * shape.rows * shape.dimension);
  const checkpoint = checkpointFile
    ? { file: checkpointFile, fingerprint: fingerprintTraining(input), weights }
    : null;
  const epochsDone = checkpoint ? await readCheckpoint(checkpoint) : 0;
  if (epochsDone === 0) fillTable(weights, vocabulary, { dimension: shape.dimension, seed: settings.seed });
  return { ...input, layout, memory, epochsDone, checkpoint };
}

/** N(0, 1/d), times the row's idf over the mean idf: rare words begin heavier. */
function fillTable(
  weights: Float32Array,
  { names, frequencies, papers }: Vocabulary,
  { dimension, seed }: { dimension: number; seed: number },
): void {
  const idf = Array.from(frequencies, (frequency) => Math.log(papers / frequency));
  const mean = idf.reduce((sum, value) => sum + value, 0) / names.length || 1;
  const deviation = 1 / Math.sqrt(dimension);
  weights.fill(0);
  for (let row = 0; row < names.length; row++) {
    const random = openRandom(seed, -2, row);
    const scale = (deviation * idf[row]!) / mean;
    for (let i = 0; i < dimension; i++) weights[row * dimension + i] = random.normal() * scale;
  }
}

interface RunOptions {
  progress: Progress;
  signal?: AbortSignal;
}

/** Runs the epochs that are left; returns the mean loss of the last reported steps. */
async function runEpochs(training: Training, { progress, signal }: RunOptions): Promise<number> {
  const { corpus, shape, settings } = training;
  const steps = settings.epochs * Math.floor(corpus.papers / shape.batch);
  let loss = Number.NaN;
  const threads: Threads = startThreads({
    ...training,
    rates: learningRates(steps, settings),
    onStep: (done, latest) => {
      loss = Number.isNaN(loss) ? latest : 0.8 * loss + 0.2 * latest;
      progress.update("train", done * shape.batch, steps * shape.batch);
    },
  });
  const stop = () => threads.stop();
  signal?.addEventListener("abort", stop);
  try {
    for (let epoch = training.epochsDone; epoch < settings.epochs; epoch++) {
      if (signal?.aborted || (await threads.runEpoch(epoch))) throw interrupted();
      if (training.checkpoint) await writeCheckpoint(training.checkpoint, epoch + 1);
    }
    return loss;
  } finally {
    signal?.removeEventListener("abort", stop);
    await threads.close();
  }
}

function learningRates(steps: number, { firstRate, lastRate }: TrainingSettings): Float64Array {
  const warmUp = Math.min(warmUpSteps, Math.ceil(steps / 5));
  return Float64Array.from({ length: steps }, (_, step) =>
    step < warmUp
      ? (firstRate * (step + 1)) / warmUp
      : firstRate + ((lastRate - firstRate) * (step - warmUp)) / Math.max(1, steps - warmUp),
  );
}

function interrupted(): AppError {
  return new AppError("interrupted", "Training was interrupted.", {
    remedy: "Run it again: it goes on after the last finished epoch.",
  });
}

function tooFewPapers(count: number): AppError {
  return new AppError("bad-input", `Only ${count} papers with an abstract can be trained on.`, {
    remedy: `At least ${minTrainingPapers} are needed; until then the model that ships is used.`,
  });
}
