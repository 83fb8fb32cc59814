// What is remembered of those who ask: how much they took of late, how often they ask, and whether anybody reads like that.

/** What was taken counts half after so long, in milliseconds. */
const halfLifeMs = 30_000;

/** Requests count half after so long. */
const requestsHalfLifeMs = 120_000;

/** Whoever asks for more is taken for a program: one page in nine tenths of a second, for minutes. */
const mostRequests = 200;

/** Askers remembered at a time; who has taken least is forgotten first. */
const mostAskers = 5_000;

/** Nobody reads a page in less. */
const readingMs = 300;

/** What one pause counts in the mean. Links opened at once have no pause between them: the first is not answered yet. */
const pauseWeight = 0.3;

interface Asker {
  /** Time taken and requests made, as they counted at `atMs`. */
  takenMs: number;
  requests: number;
  atMs: number;
  /** When the last answer ended, and the pause people would make before they ask again; a moving mean. */
  endedMs: number;
  pauseMs: number;
  /** Has come back after a pause such as people make. */
  hasRested: boolean;
}

export interface Askers {
  /** Milliseconds of work of late. */
  takenBy(name: string): number;
  /** After an answer that took so long to make. */
  charge(name: string, ms: number): void;
  /** To be asked once for every request: true for whoever asks again without a pause, or more than anybody reads. */
  seemsProgram(name: string): boolean;
  /** True for whoever has come back once after a pause: a reader, as far as anybody can tell. */
  hasRested(name: string): boolean;
}

/** In memory, bounded. `nowMs`: a clock that never goes back. */
export function rememberAskers(nowMs: () => number): Askers {
  const askers = new Map<string, Asker>();
  const takenBy = (name: string): number => {
    const found = askers.get(name);
    return found ? found.takenMs * decay(nowMs() - found.atMs, halfLifeMs) : 0;
  };
  return {
    takenBy,
    charge(name, ms) {
      const now = nowMs();
      const asker = askers.get(name) ?? newAsker(now);
      const requests = 1 + asker.requests * decay(now - asker.atMs, requestsHalfLifeMs);
      askers.set(name, { ...asker, requests, takenMs: takenBy(name) + ms, atMs: now, endedMs: now });
      if (askers.size > mostAskers) forgetLeast(askers, takenBy);
    },
    seemsProgram(name) {
      const asker = askers.get(name);
      if (!asker) return false;
      // A long pause counts as a short rest, or a walker would rest once and be a reader.
      const pauseMs = Math.min(nowMs() - asker.endedMs, readingMs * 2);
      asker.hasRested ||= pauseMs >= readingMs;
      asker.pauseMs += pauseWeight * (pauseMs - asker.pauseMs);
      const requests = asker.requests * decay(nowMs() - asker.atMs, requestsHalfLifeMs);
      const seems = asker.pauseMs < readingMs || requests > mostRequests;
      if (seems) asker.hasRested = false;
      return seems;
    },
    hasRested: (name) => askers.get(name)?.hasRested ?? false,
  };
}

function newAsker(now: number): Asker {
  return { pauseMs: readingMs * 1.5, takenMs: 0, requests: 0, atMs: now, endedMs: now, hasRested: false };
}

function decay(ms: number, halfMs: number): number {
  return 0.5 ** (ms / halfMs);
}

function forgetLeast(askers: Map<string, Asker>, takenBy: (name: string) => number): void {
  const names = [...askers.keys()].sort((a, b) => takenBy(a) - takenBy(b));
  for (const name of names.slice(0, names.length / 2)) askers.delete(name);
}
