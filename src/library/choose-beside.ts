// Choosing for many readers in threads of their own: the main one reads and writes the database meanwhile. The same is chosen
// as without them.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Instant } from "../lib/clock.ts";
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
  found: FoundBySearch;
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

/** Reads the papers; nothing else is begun before something is to be chosen. A thread that fails answers null for all. */
export function openChoosing(
  reader: FeatureReader,
  { papers, now }: Pick<ChoosingSubject, "papers" | "now">,
  threads: number,
): ChooseBeside {
  const features = readCandidates(reader, papers);
  const given = { papers: papers.map(toCopy), features, words: copyWords(reader, features), now };
  const choosers = Array.from({ length: threads }, () => openThread(given));
  return async (tasks, found) => {
    const share = Math.ceil(tasks.length / choosers.length);
    const parts = choosers.map((choose, i) => choose(tasks.slice(i * share, (i + 1) * share), found));
    return (await Promise.all(parts)).flat();
  };
}

/** What a candidate is made of, and nothing else of the edition. */
function toCopy({ paper, day, votes }: CandidatePaper): CandidatePaper {
  const { pk, id, titleText, abstractText, categories } = paper;
  const authors = paper.authors.map(({ name }) => ({ name }));
  return { paper: { pk, id, titleText, abstractText, authors, categories }, day, votes };
}

interface Waiting {
  tasks: number;
  resolve(picked: (PickedForOne | null)[]): void;
}

function openThread(subject: ChoosingSubject): ChooseBeside {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let number = 0;
  const end = () => {
    thread = null;
    for (const { tasks, resolve } of waiting.values()) resolve(Array.from({ length: tasks }, () => null));
    waiting.clear();
  };
  const rest = () => {
    const resting = thread;
    thread = null;
    void resting?.terminate();
  };
  const begin = (): Worker => {
    const started = startThread(subject);
    started.on("message", (answer: ChoosingAnswer) => {
      waiting.get(answer.number)?.resolve(answer.picked);
      waiting.delete(answer.number);
      if (waiting.size === 0) idle = setTimeout(rest, idleMs).unref();
    });
    started.on("error", () => thread === started && end());
    started.on("exit", () => thread === started && end());
    return started;
  };
  return (tasks, found) => {
    if (tasks.length === 0) return Promise.resolve([]);
    clearTimeout(idle);
    thread ??= begin();
    number += 1;
    const request: ChoosingRequest = { number, tasks: tasks.map(forThread), found };
    const { promise, resolve } = Promise.withResolvers<(PickedForOne | null)[]>();
    waiting.set(number, { tasks: tasks.length, resolve });
    thread.postMessage(request);
    return promise;
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
