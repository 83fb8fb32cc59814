// Who is served next when more is asked than can be answered at once: readers before programs that walk the archive, and among
// each of them whoever has taken least of late.
import type { Context, MiddlewareHandler } from "hono";
import { networkKey } from "../lib/network-key.ts";
import { links } from "../links.ts";
import { answerProblemDocument } from "./problem.ts";
import { networkOf, visitorOf } from "./visitor.ts";

export interface TurnsOptions {
  /** A clock that never goes back, in milliseconds. */
  nowMs: () => number;
  /** Requests worked on at once. Work is done in one thread: more would only make all of them slower. */
  atOnce?: number;
  /** Of these, for programs: a reader who comes waits for the end of no more than that. */
  programsAtOnce?: number;
  /** Requests that may wait. Beyond it whoever has taken most is turned away. */
  mostWaiting?: number;
}

/** What was taken counts half after so long, in milliseconds. */
const halfLifeMs = 30_000;

/** Askers remembered at a time; who has taken least is forgotten first. */
const mostAskers = 5_000;

interface Asker {
  /** Time taken, as it counted at `atMs`. */
  takenMs: number;
  atMs: number;
  /** When the last answer ended, and the pause people would make before they ask again; a moving mean. */
  endedMs: number;
  pauseMs: number;
}

interface Waiting {
  name: string;
  isProgram: boolean;
  /** It is this one's turn, with what to call when it is done; null: it is turned away. */
  call(done: (() => void) | null): void;
}

/** Nobody reads a page in less. */
const readingMs = 300;

/** What one pause counts in the mean. Links opened at once have no pause between them: the first is not answered yet. */
const pauseWeight = 0.3;

export interface Turns {
  /**
   * Resolves when it is the asker's turn, with what to call when he is done; null: there are too many, and he took most.
   * `isProgram`: it says so itself; who asks again without a pause is taken for one too.
   */
  take(name: string, isProgram: boolean): Promise<(() => void) | null>;
}

/** Fair sharing of the time of one process: least attained service first (Kleinrock 1976, §4.6), in two classes. */
export function openTurns({ nowMs, atOnce = 4, programsAtOnce = 1, mostWaiting = 400 }: TurnsOptions): Turns {
  const askers = new Map<string, Asker>();
  const waiting: Waiting[] = [];
  const running = { all: 0, programs: 0 };

  const takenBy = (name: string): number => {
    const found = askers.get(name);
    return found ? found.takenMs * 0.5 ** ((nowMs() - found.atMs) / halfLifeMs) : 0;
  };
  const hasRoom = ({ isProgram }: Pick<Waiting, "isProgram">): boolean =>
    running.all < atOnce && (!isProgram || running.programs < programsAtOnce);
  const comesBefore = (a: Waiting, b: Waiting): boolean =>
    a.isProgram === b.isProgram ? takenBy(a.name) < takenBy(b.name) : b.isProgram;

  const begin = ({ name, isProgram }: Pick<Waiting, "name" | "isProgram">): (() => void) => {
    running.all += 1;
    if (isProgram) running.programs += 1;
    const startedMs = nowMs();
    return () => {
      // Those at work share the time between them.
      charge(name, (nowMs() - startedMs) / running.all);
      running.all -= 1;
      if (isProgram) running.programs -= 1;
      callNext();
    };
  };
  const charge = (name: string, ms: number) => {
    const now = nowMs();
    const asker = askers.get(name) ?? { pauseMs: readingMs * 1.5, takenMs: 0, atMs: now, endedMs: now };
    askers.set(name, { ...asker, takenMs: takenBy(name) + ms, atMs: now, endedMs: now });
    if (askers.size > mostAskers) forgetLeast(askers, takenBy);
  };
  /** Every pause is noted; a long one counts as a short rest, or a walker would rest once and be a reader. */
  const seemsProgram = (name: string): boolean => {
    const asker = askers.get(name);
    if (!asker) return false;
    const pauseMs = Math.min(nowMs() - asker.endedMs, readingMs * 2);
    asker.pauseMs += pauseWeight * (pauseMs - asker.pauseMs);
    return asker.pauseMs < readingMs;
  };
  const callNext = () => {
    const next = first(waiting.filter(hasRoom), comesBefore);
    if (!next) return;
    waiting.splice(waiting.indexOf(next), 1);
    next.call(begin(next));
  };
  /** Of those who took most, the one who came last. */
  const turnAwayLast = () => {
    const last = first(waiting.toReversed(), (a, b) => comesBefore(b, a))!;
    waiting.splice(waiting.indexOf(last), 1);
    last.call(null);
  };
  return {
    async take(name, saysProgram) {
      const asked = { name, isProgram: seemsProgram(name) || saysProgram };
      if (hasRoom(asked)) return begin(asked);
      return new Promise((call) => {
        waiting.push({ ...asked, call });
        if (waiting.length > mostWaiting) turnAwayLast();
      });
    },
  };
}

/** The first that no other comes before. */
function first(
  waiting: readonly Waiting[],
  comesBefore: (a: Waiting, b: Waiting) => boolean,
): Waiting | undefined {
  return waiting.reduce<Waiting | undefined>(
    (best, each) => (best === undefined || comesBefore(each, best) ? each : best),
    undefined,
  );
}

function forgetLeast(askers: Map<string, Asker>, takenBy: (name: string) => number): void {
  const names = [...askers.keys()].sort((a, b) => takenBy(a) - takenBy(b));
  for (const name of names.slice(0, names.length / 2)) askers.delete(name);
}

/** How programs call themselves. */
const programNames =
  /bot|crawl|spider|slurp|scrap|fetch|python|curl|wget|go-http|java\/|okhttp|axios|node|libwww|\+https?:/i;

/** True for whoever says so, and whoever is neither signed in nor sends what every browser does (Fetch Metadata). */
function saysProgram(c: Context): boolean {
  if (visitorOf(c).account !== null) return false;
  return c.req.header("Sec-Fetch-Mode") === undefined || programNames.test(c.req.header("User-Agent") ?? "");
}

/** What is answered from memory, is written by a person, or stays open. */
const free = /^\/(?:assets|healthz|mcp|dumps|u|robots\.txt)(?:\/|$)/;

/** Lets requests for pages and documents in by turns; what is sent by a form never waits. */
export function takeTurns(turns: Turns, { baseUrl }: { baseUrl(): string }): MiddlewareHandler {
  return async (c, next) => {
    if ((c.req.method !== "GET" && c.req.method !== "HEAD") || free.test(c.req.path)) return next();
    const done = await turns.take(networkKey(networkOf(c)), saysProgram(c));
    if (!done) return turnAway(c, baseUrl());
    try {
      // Who has hung up meanwhile gets nothing.
      if (c.req.raw.signal.aborted) return c.body(null, 499 as never);
      await next();
    } finally {
      done();
    }
  };
}

function turnAway(c: Context, baseUrl: string) {
  c.header("Retry-After", "10");
  const detail = `Ask again in 10 seconds; who wants everything finds it at ${baseUrl}${links.dumps()}.`;
  return answerProblemDocument(c, baseUrl, { code: "busy", detail });
}
