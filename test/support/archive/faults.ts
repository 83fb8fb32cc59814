// What goes wrong, on demand: for a route, a category, an edition's day, so many times.
import type { Day } from "../../../src/lib/clock.ts";

export type Route = "listing" | "rss" | "atom" | "oai" | "query" | "hub";

export type FaultKind =
  /** 503; with `retryAfterSeconds` it says for how long. */
  | "unavailable"
  /** 429, however far apart the requests are. */
  | "too-many-requests"
  /** badResumptionToken in the middle of a list. */
  | "token-expired"
  /** The document ends in the middle, and its length says that this is all. */
  | "truncated"
  /** The declaration says UTF-8, the bytes are Latin-1. */
  | "wrong-encoding"
  /** A billion laughs before the document, and one laugh in it. */
  | "entity-bomb"
  /** The page before once more. */
  | "duplicate-page"
  /** Fewer entries than are there, and nothing that says so. */
  | "shrinking-page"
  /** No entries, though there are some and more to come. */
  | "empty-page"
  /** The batch before, dated as if it were today's where the route dates itself (feeds). */
  | "stale"
  /** The connection breaks in mid-answer. */
  | "cut-connection";

export interface Fault {
  kind: FaultKind;
  route?: Route;
  category?: string;
  /** Edition day whose batch is the newest due when the request comes. */
  day?: Day;
  /** How many requests it hits; default 1. */
  times?: number;
  /** So many requests that it could hit pass first. */
  after?: number;
  /** Only so long after the batch was due. */
  minutes?: number;
  /** For "unavailable" and "too-many-requests". */
  retryAfterSeconds?: number;
  /** The same as a date. */
  retryAfterAsDate?: boolean;
  /** For "shrinking-page": how many entries are missing; default 3. */
  missing?: number;
}

export interface FaultScene {
  route: Route;
  categories: readonly string[];
  day: Day | null;
  minutesSinceDue: number;
}

export interface FaultPlan {
  add(...faults: Fault[]): void;
  /** The fault of this kind that strikes now, counted as having struck. */
  strike(kind: FaultKind, scene: FaultScene): Fault | undefined;
  /** Faults that have struck, with how often. */
  struck(): { fault: Fault; times: number }[];
}

interface Pending {
  fault: Fault;
  passed: number;
  struck: number;
}

export function createFaultPlan(initial: readonly Fault[] = []): FaultPlan {
  const pending: Pending[] = [];
  const add = (...faults: Fault[]) =>
    pending.push(...faults.map((fault) => ({ fault, passed: 0, struck: 0 })));
  add(...initial);
  return {
    add: (...faults) => void add(...faults),
    strike(kind, scene) {
      const candidates = pending.filter(({ fault }) => fault.kind === kind && matches(fault, scene));
      for (const candidate of candidates) {
        if (candidate.passed < (candidate.fault.after ?? 0)) candidate.passed += 1;
        else if (candidate.struck < (candidate.fault.times ?? 1)) {
          candidate.struck += 1;
          return candidate.fault;
        }
      }
      return undefined;
    },
    struck: () =>
      pending.filter(({ struck }) => struck > 0).map(({ fault, struck: times }) => ({ fault, times })),
  };
}

function matches(fault: Fault, scene: FaultScene): boolean {
  if (fault.route !== undefined && fault.route !== scene.route) return false;
  if (fault.category !== undefined && !scene.categories.includes(fault.category)) return false;
  if (fault.day !== undefined && fault.day !== scene.day) return false;
  return fault.minutes === undefined || scene.minutesSinceDue <= fault.minutes;
}
