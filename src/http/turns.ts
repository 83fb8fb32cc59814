// Who is served next when more is asked than can be answered at once: whoever has taken least of late. A crawler that walks the
// archive waits behind its own requests, not before a reader's.
import type { Context, MiddlewareHandler } from "hono";
import { networkKey } from "../lib/network-key.ts";
import { links } from "../links.ts";
import { answerProblemDocument } from "./problem.ts";
import { networkOf } from "./visitor.ts";

export interface TurnsOptions {
  /** A clock that never goes back, in milliseconds. */
  nowMs: () => number;
  /** Requests worked on at once. Work is done in one thread: more would only make all of them slower. */
  atOnce?: number;
  /** Requests that may wait. Beyond it whoever has taken most is turned away. */
  mostWaiting?: number;
}

/** What was taken counts half after so long, in milliseconds. */
const halfLifeMs = 30_000;

/** Askers remembered at a time; who has taken least is forgotten first. */
const mostAskers = 5_000;

interface Waiting {
  asker: string;
  /** It is this one's turn, with what to call when it is done; null: it is turned away. */
  call(done: (() => void) | null): void;
}

interface Taken {
  ms: number;
  atMs: number;
}

export interface Turns {
  /** Resolves when it is the asker's turn, with what to call when he is done; null: there are too many, and he took most. */
  take(asker: string): Promise<(() => void) | null>;
}

/** Fair sharing of the time of one process among those who ask: least attained service first (Kleinrock 1976, §4.6). */
export function openTurns({ nowMs, atOnce = 4, mostWaiting = 400 }: TurnsOptions): Turns {
  const taken = new Map<string, Taken>();
  const waiting: Waiting[] = [];
  let running = 0;

  const takenBy = (asker: string): number => {
    const found = taken.get(asker);
    return found ? found.ms * 0.5 ** ((nowMs() - found.atMs) / halfLifeMs) : 0;
  };
  const charge = (asker: string, ms: number) => {
    taken.set(asker, { ms: takenBy(asker) + ms, atMs: nowMs() });
    if (taken.size > mostAskers) forgetLeast(taken, takenBy);
  };
  /** Of those with the same, `most` keeps the last: who came first is served first, who came last is turned away first. */
  const pick = (better: (a: number, b: number) => boolean): Waiting => {
    let at = 0;
    for (let i = 1; i < waiting.length; i++)
      if (better(takenBy(waiting[i]!.asker), takenBy(waiting[at]!.asker))) at = i;
    return waiting.splice(at, 1)[0]!;
  };
  const begin = (asker: string): (() => void) => {
    running += 1;
    const startedMs = nowMs();
    return () => {
      running -= 1;
      // Those at work share the time between them.
      charge(asker, (nowMs() - startedMs) / (running + 1));
      if (waiting.length === 0) return;
      const next = pick((a, b) => a < b);
      next.call(begin(next.asker));
    };
  };
  return {
    async take(asker) {
      if (running < atOnce) return begin(asker);
      return new Promise((call) => {
        waiting.push({ asker, call });
        if (waiting.length > mostWaiting) pick((a, b) => a >= b).call(null);
      });
    },
  };
}

function forgetLeast(taken: Map<string, Taken>, takenBy: (asker: string) => number): void {
  const askers = [...taken.keys()].sort((a, b) => takenBy(a) - takenBy(b));
  for (const asker of askers.slice(0, askers.length / 2)) taken.delete(asker);
}

/** What is answered from memory, is written by a person, or stays open. */
const free = /^\/(?:assets|healthz|mcp|dumps|u|robots\.txt)(?:\/|$)/;

/** Lets requests for pages and documents in by turns; what is sent by a form never waits. */
export function takeTurns(turns: Turns, { baseUrl }: { baseUrl(): string }): MiddlewareHandler {
  return async (c, next) => {
    if ((c.req.method !== "GET" && c.req.method !== "HEAD") || free.test(c.req.path)) return next();
    const done = await turns.take(networkKey(networkOf(c)));
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
