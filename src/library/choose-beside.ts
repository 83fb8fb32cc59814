// Choosing for many readers in threads of their own: the main one reads and writes the database meanwhile, and chooses too
// when it has nothing else to do. The same is chosen as without them.
import { extname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Instant } from "../lib/clock.ts";
import { openRestingThread } from "../lib/resting-thread.ts";
import type { FoundBySearch, PickedForOne, PickTask } from "./pick-one.ts";
import { type CandidatePaper, readCandidates } from "./taste/candidates.ts";
import { type CopiedWords, copyWords } from "./taste/copied-words.ts";
import type { FeatureReader, Features } from "./taste/features.ts";

export interface BesideOptions {
  threads: number;
  /** For fewer readers at a time than this threads are not worth their beginning; default 100. */
  leastReaders?: number;
}

/** What a thread begins with: all of it can be copied. */
export interface ChoosingSubject {
  papers: readonly CandidatePaper[];
  /** Of the papers, beside them. */
  features: readonly Features[];
  words: CopiedWords;
  now: Instant;
}

export interface ChoosingRequest {
  number: number;
  tasks: readonly PickTask[];
  /** Absent: that of the request before. */
  found?: FoundBySearch;
}

export interface ChoosingAnswer {
  number: number;
  /** Beside the tasks; null for what could not be chosen here. */
  picked: (PickedForOne | null)[];
}

export type ChooseBeside = (
  tasks: readonly PickTask[],
  found: FoundBySearch,
) => Promise<(PickedForOne | null)[]>;

/** The papers of a day and a batch of readers take some 40 MiB; left to itself a heap grows to many times that. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 192 };

/** A thread is there while there is something to choose, and this long after. */
const idleMs = 2_000;

/** Readers that are chosen for at a time: some milliseconds, after which the main thread looks after other things. */
const pieceSize = 10;
/** Pieces that a thread is given before it has answered the first, so that it never waits for the next. */
const piecesAhead = 3;

/**
 * Reads the papers; nothing else is begun before something is to be chosen. A thread that fails answers null, and takes no
 * more of what is to be chosen then. `here` chooses in this thread.
 */
export function openChoosing(
  reader: FeatureReader,
  { papers, now }: Pick<ChoosingSubject, "papers" | "now">,
  { threads, here }: { threads: number; here?: ChooseBeside },
): ChooseBeside {
  const features = readCandidates(reader, papers);
  const given = { papers: papers.map(toCopy), features, words: copyWords(reader, features), now };
  const choosers = Array.from({ length: threads }, () => openThread(given));
  const takers = Array.from({ length: piecesAhead }, () => choosers).flat();
  if (here)
    takers.push(async (tasks, found) => {
      await setImmediate();
      return await here(tasks, found);
    });
  return (tasks, found) => shareOut(tasks, (piece, taker) => taker(piece, found), takers);
}

/** Whoever is free takes the next piece. Answers stand beside the tasks; null: nobody could. */
async function shareOut(
  tasks: readonly PickTask[],
  choose: (piece: readonly PickTask[], taker: ChooseBeside) => Promise<(PickedForOne | null)[]>,
  takers: readonly ChooseBeside[],
): Promise<(PickedForOne | null)[]> {
  const picked: (PickedForOne | null)[] = tasks.map(() => null);
  let next = 0;
  const work = async (taker: ChooseBeside) => {
    while (next < tasks.length) {
      const from = next;
      next += pieceSize;
      const piece = await choose(tasks.slice(from, from + pieceSize), taker);
      for (const [i, one] of piece.entries()) picked[from + i] = one;
      if (piece.every((one) => one === null)) return;
    }
  };
  await Promise.all(takers.map(work));
  return picked;
}

/** What a candidate is made of, and nothing else of the edition. */
function toCopy({ paper, day, votes }: CandidatePaper): CandidatePaper {
  const { pk, id, titleText, abstractText, categories } = paper;
  const authors = paper.authors.map(({ name }) => ({ name }));
  return { paper: { pk, id, titleText, abstractText, authors, categories }, day, votes };
}

function openThread(subject: ChoosingSubject): ChooseBeside {
  const start = () => startThread(subject);
  const thread = openRestingThread<Omit<ChoosingRequest, "number">, ChoosingAnswer>(start, idleMs);
  /** What this thread was told last. */
  let told: FoundBySearch | null = null;
  return async (tasks, found) => {
    if (tasks.length === 0) return [];
    if (!thread.isThere) told = null;
    const request: Omit<ChoosingRequest, "number"> = { tasks: tasks.map(forThread) };
    if (told !== found) request.found = found;
    told = found;
    const answer = await thread.ask(request).catch(() => null);
    return answer?.picked ?? tasks.map(() => null);
  };
}

/** What was learned goes as text: less to copy. */
function forThread(task: PickTask): PickTask {
  if (!task.taste) return task;
  const { text, follows, settings } = task.taste;
  return { ...task, taste: { text, follows, settings } };
}

function startThread(subject: ChoosingSubject): Worker {
  // In src this file ends in .ts, in dist in .js; so does the thread's.
  const program = new URL(`./choose-worker${extname(import.meta.url)}`, import.meta.url);
  return new Worker(program, { workerData: subject, resourceLimits });
}
