// Runs recurring work beside the server: each job by its own beat, never over itself, errors told and survived.
import { setTimeout as sleep } from "node:timers/promises";
import { Cron } from "croner";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";

export interface Job {
  name: string;
  /** Pause between the end of a run and the next, in milliseconds; or a cron expression in UTC. */
  beat: { everyMs: number } | { cron: string };
  /** Ends the pause early. */
  wake?: Wake;
  /** Harmless twice, and by hand beside a running server; stops at the next safe place when aborted. */
  run(signal: AbortSignal): Promise<unknown>;
}

/** How the rest of the program asks for a job at once. */
export interface Wake {
  now(): void;
  /** Resolves with the first call of `now` since `taken`. */
  asked(): Promise<void>;
  taken(): void;
}

export function createWake(): Wake {
  let call = Promise.withResolvers<void>();
  return {
    now: () => call.resolve(),
    asked: () => call.promise,
    taken() {
      call = Promise.withResolvers<void>();
    },
  };
}

export interface RunOptions {
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/** What a run may still take when everything ends; what it leaves is taken up at the next start. */
const graceMs = 5_000;

/** Until the signal: resolves when every job has stopped, or a moment after. */
export async function runJobs(jobs: readonly Job[], options: RunOptions): Promise<void> {
  const running = Promise.all(jobs.map((job) => keepRunning(job, options)));
  await Promise.race([running, graceAfter(options.signal)]);
}

async function keepRunning(job: Job, options: RunOptions): Promise<void> {
  while (await pauseOf(job, options)) await runJob(job, options);
}

/** Until the next run; false when everything ends. What is asked for during a run is run at once after it. */
async function pauseOf(job: Job, { clock, signal }: RunOptions): Promise<boolean> {
  if (!job.wake) return pause(pauseBefore(job, clock()), signal);
  const woken = new AbortController();
  void job.wake.asked().then(() => woken.abort());
  await pause(pauseBefore(job, clock()), AbortSignal.any([signal, woken.signal]));
  job.wake.taken();
  return !signal.aborted;
}

/** One run; a failure is logged, never thrown. */
export async function runJob(job: Job, { log, signal }: Omit<RunOptions, "clock">): Promise<void> {
  try {
    await job.run(signal);
  } catch (error) {
    if (!signal.aborted) log.error({ err: error, job: job.name }, "recurring work failed");
  }
}

/** Milliseconds until the next run. A cron expression without a next time would never run: that is a defect. */
export function pauseBefore({ beat, name }: Pick<Job, "beat" | "name">, now: Date): number {
  if ("everyMs" in beat) return beat.everyMs;
  const next = new Cron(beat.cron, { timezone: "UTC", paused: true }).nextRun(now);
  if (!next) throw new Error(`The job ${name} has no next run: ${beat.cron}`);
  return next.getTime() - now.getTime();
}

/** False when aborted meanwhile. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

function graceAfter(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const begin = () => setTimeout(resolve, graceMs).unref();
    if (signal.aborted) begin();
    else signal.addEventListener("abort", begin, { once: true });
  });
}
