// Trains the instance's own meaning model on its papers, and says when that is due again.
import { mkdir, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Db } from "../database/dialect.ts";
import type { Progress } from "../lib/progress.ts";
import { openRandom } from "../lib/random.ts";
import { countPapers, listChanges } from "../papers/papers-store.ts";
import { writeModel } from "../search/meaning/model-file.ts";
import { keepOlderModel } from "../search/meaning/model-files.ts";
import { trainModel } from "../search/meaning/train.ts";
import type { TrainingPaper } from "../search/meaning/training-corpus.ts";
import type { MeaningStatus } from "../search/meaning-status.ts";

/** More papers than this teach little more and would take too long: a part is drawn. */
const mostPapers = 200_000;
const papersAtOnce = 500;

/** With fewer papers of one's own the model that ships knows more (docs/search.md). */
const fewestPapers = 20_000;
/** Trained again when the collection has grown by this share. */
const growth = 0.25;

/** Whether the collection has outgrown its model. `papers` are those of the collection. */
export function isTrainingDue(status: Pick<MeaningStatus, "own" | "trainedOn">, papers: number): boolean {
  if (!status.own) return papers >= fewestPapers;
  return Math.min(papers, mostPapers) >= (1 + growth) * status.trainedOn;
}

export interface OwnTraining {
  /** Where the model is written; what is learnt so far is kept beside it, so that an interrupted training goes on. */
  file: string;
  settings: { seed: number; epochs?: number };
  threads: number;
  progress?: Progress;
  signal?: AbortSignal;
}

export interface TrainedModel {
  id: string;
  papers: number;
  epochs: number;
  seed: number;
  loss: number;
  rows: number;
  bytes: number;
}

/** Throws AppError "bad-input" when there are too few papers, "interrupted" when the signal says so. */
export async function trainOwnModel(
  db: Db,
  { file, settings, threads, ...watch }: OwnTraining,
): Promise<TrainedModel> {
  await mkdir(dirname(file), { recursive: true });
  const checkpoint = `${file}.training`;
  const model = await trainModel(readPapers(db, settings.seed), { settings, threads, checkpoint, ...watch });
  keepOlderModel(file);
  await writeModel(file, model);
  await rm(checkpoint, { force: true });
  return { ...model.facts, rows: model.vocabulary.names.length, bytes: (await stat(file)).size };
}

/** The papers with an abstract, in order of change; of very many a part, the same for the same seed. */
async function* readPapers(db: Db, seed: number): AsyncIterable<TrainingPaper> {
  const share = mostPapers / Math.max(1, await countPapers(db));
  for (let after = 0; ; ) {
    const changes = await listChanges(db, after, papersAtOnce);
    if (changes.length === 0) return;
    after = changes.at(-1)!.changeNumber;
    for (const { pk, paper } of changes) {
      if (!paper || paper.abstractText === "" || openRandom(seed, pk).unit() >= share) continue;
      yield {
        title: paper.titleText,
        abstract: paper.abstractText,
        authors: paper.authors.map(({ name }) => name),
      };
    }
  }
}
