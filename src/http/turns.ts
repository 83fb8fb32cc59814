// Who is served next when more is asked than can be answered at once: readers before programs that walk the archive, and among
// each of them whoever has taken least of late.
import { setImmediate as nextRound } from "node:timers/promises";
import type { Pace } from "../lib/pace.ts";
import { type Askers, rememberAskers } from "./askers.ts";

export interface TurnsOptions {
  /** A clock that never goes back, in milliseconds. */
  nowMs: () => number;
  /** Requests of readers worked on at once. Work is done in one thread: more would only make all of them slower. */
  atOnce?: number;
  /** Requests that may wait. Beyond it whoever has taken most is turned away. */
  mostWaiting?: number;
  /** Requests of one program that may wait. */
  mostWaitingOfOne?: number;
  /** Lets what has come in meanwhile be seen; of the event loop unless a test says otherwise. */
  nextRound?: () => Promise<void>;
}

/** One program is worked on at a time, and while no reader is. But one begins and goes on after so long, in milliseconds. */
const longestRestMs = 1_000;

/** After so many turns of known readers one is for somebody new. */
const mostKnownInARow = 3;

/** The part of that in one pause: somebody may wait for the very same page. */
const longestPauseMs = 100;

/** What is asked for; `isProgram`: it says so itself. Who walks without a pause, or too much, is taken for one too. */
export interface Asking {
  name: string;
  isProgram: boolean;
}

interface Waiting extends Asking {
  sinceMs: number;
  call(turn: Turn | Refusal): void;
}

export interface Turn {
  /** How the work is done: a program stands back for readers who come meanwhile. */
  pace: Pace;
  /** To be called once, when the answer is made. */
  done(): void;
}

/** "all": too much is asked here by all; "own": too much by this one. */
export type Refusal = { refused: "all" | "own" };

export interface Turns {
  /** Resolves when it is the asker's turn, or when there will be none. */
  take(asking: Asking): Promise<Turn | Refusal>;
}

/** Fair sharing of the time of one process: least attained service first (Kleinrock 1976, §4.6), in two classes. */
export function openTurns(options: TurnsOptions): Turns {
  const askers = rememberAskers(options.nowMs);
  const queue = new Queue(askers, options);
  return {
    async take({ name, isProgram }) {
      const seems = askers.seemsProgram(name);
      return queue.enter({ name, isProgram: isProgram || seems });
    },
  };
}

class Queue {
  readonly #askers: Askers;
  readonly #options: Required<TurnsOptions>;
  readonly #waiting: Waiting[] = [];
  readonly #running = { readers: 0, programs: 0 };
  /** Programs at work that have stood back. */
  readonly #resting = new Set<() => void>();
  #isCalling = false;
  #knownInARow = 0;

  constructor(askers: Askers, options: TurnsOptions) {
    this.#askers = askers;
    this.#options = {
      atOnce: 2,
      mostWaiting: 400,
      mostWaitingOfOne: 16,
      nextRound: () => nextRound(),
      ...options,
    };
  }

  async enter(asking: Asking): Promise<Turn | Refusal> {
    if (!asking.isProgram && this.#running.readers < this.#options.atOnce) return this.#begin(asking);
    return new Promise((call) => {
      this.#waiting.push({ ...asking, sinceMs: this.#options.nowMs(), call });
      this.#turnAway(asking);
      this.#callProgram();
    });
  }

  #begin({ name, isProgram }: Asking): Turn {
    const kind = isProgram ? "programs" : "readers";
    const { nowMs } = this.#options;
    this.#running[kind] += 1;
    const startedMs = nowMs();
    const rest = { leftMs: longestRestMs };
    return {
      pace: {
        isPatient: isProgram,
        pause: () => (isProgram ? this.#standBack(rest) : this.#options.nextRound()),
      },
      done: () => {
        // Those at work share the time between them.
        this.#askers.charge(name, (nowMs() - startedMs) / (this.#running.readers + this.#running.programs));
        this.#running[kind] -= 1;
        this.#callReaders();
        this.#callProgram();
      },
    };
  }

  #callReaders(): void {
    while (this.#running.readers < this.#options.atOnce) {
      const next = this.#nextReader();
      if (!next) break;
      this.#leave(next).call(this.#begin(next));
    }
    if (this.#running.readers === 0) for (const goOn of this.#resting) goOn();
  }

  /** Nobody can tell yet what somebody new is: those known as readers come first, but not for ever. */
  #nextReader(): Waiting | undefined {
    const readers = this.#waiting.filter(({ isProgram }) => !isProgram);
    const known = readers.filter(({ name }) => this.#askers.hasRested(name));
    const isTheirs = known.length > 0 && this.#knownInARow < mostKnownInARow;
    this.#knownInARow = isTheirs ? this.#knownInARow + 1 : 0;
    return (
      this.#first(isTheirs ? known : readers.filter((each) => !known.includes(each))) ?? this.#first(known)
    );
  }

  /** Not before readers whose requests lie at the door have been seen. */
  #callProgram(): void {
    if (this.#isCalling || this.#running.programs > 0) return;
    this.#isCalling = true;
    void this.#options.nextRound().then(() => {
      this.#isCalling = false;
      const next = this.#running.programs > 0 ? undefined : this.#nextProgram();
      if (next) this.#leave(next).call(this.#begin(next));
    });
  }

  #nextProgram(): Waiting | undefined {
    const programs = this.#waiting.filter(({ isProgram }) => isProgram);
    if (this.#running.readers === 0) return this.#first(programs);
    const longAgoMs = this.#options.nowMs() - longestRestMs;
    return this.#first(programs.filter(({ sinceMs }) => sinceMs <= longAgoMs));
  }

  /** A pause of a program: until no reader is at work. */
  async #standBack(rest: { leftMs: number }): Promise<void> {
    await this.#options.nextRound();
    if (this.#running.readers === 0 || rest.leftMs <= 0) return;
    const startedMs = this.#options.nowMs();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#resting.add(resolve);
    const timer = setTimeout(resolve, Math.min(rest.leftMs, longestPauseMs));
    await promise;
    clearTimeout(timer);
    this.#resting.delete(resolve);
    rest.leftMs -= this.#options.nowMs() - startedMs;
  }

  #turnAway({ name, isProgram }: Asking): void {
    const refused = this.#refusalOf({ name, isProgram });
    if (refused) this.#leave(refused.who).call({ refused: refused.why });
  }

  /** Of one who sends too much the last; of all, of those who took most, the one who came last. */
  #refusalOf({ name, isProgram }: Asking): { who: Waiting; why: Refusal["refused"] } | null {
    const { mostWaiting, mostWaitingOfOne } = this.#options;
    const own = isProgram ? this.#waiting.filter((each) => each.name === name) : [];
    if (own.length > mostWaitingOfOne) return { who: own.at(-1)!, why: "own" };
    return this.#waiting.length > mostWaiting ? { who: this.#last(), why: "all" } : null;
  }

  #leave(waiting: Waiting): Waiting {
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    return waiting;
  }

  /** Whoever took least; among the same whoever came first. */
  #first(waiting: readonly Waiting[]): Waiting | undefined {
    return best(waiting, (a, b) => this.#askers.takenBy(a.name) < this.#askers.takenBy(b.name));
  }

  #last(): Waiting {
    const programs = this.#waiting.filter(({ isProgram }) => isProgram);
    const candidates = programs.length > 0 ? programs : this.#waiting;
    return best(
      candidates.toReversed(),
      (a, b) => this.#askers.takenBy(a.name) > this.#askers.takenBy(b.name),
    )!;
  }
}

function best<T>(all: readonly T[], isBetter: (a: T, b: T) => boolean): T | undefined {
  let found = all[0];
  for (const each of all.slice(1)) if (isBetter(each, found!)) found = each;
  return found;
}
