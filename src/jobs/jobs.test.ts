import { describe, expect, test } from "vitest";
import { createLog } from "../lib/log.ts";
import { createWake, type Job, pauseBefore, runJob, runJobs } from "./jobs.ts";

const clock = () => new Date("2026-05-12T10:00:00.000Z");
const log = createLog("silent");

/** A job that counts its runs and aborts after so many. */
function counting(most: number, run: () => Promise<unknown> = async () => {}) {
  const stop = new AbortController();
  let runs = 0;
  const job: Job = {
    name: "counting",
    beat: { everyMs: 1 },
    async run() {
      runs++;
      if (runs >= most) stop.abort();
      await run();
    },
  };
  return { job, signal: stop.signal, runs: () => runs };
}

describe("runJobs", () => {
  test("goes on after a failure and ends with the signal", async () => {
    const { job, signal, runs } = counting(4, () => Promise.reject(new Error("a defect")));
    await runJobs([job], { clock, log, signal });
    expect(runs()).toBe(4);
  });

  test("never runs a job over itself, and others beside it", async () => {
    let under = 0;
    let most = 0;
    const slow = counting(5, async () => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setTimeout(resolve, 5));
      under--;
    });
    let others = 0;
    const other: Job = { name: "other", beat: { everyMs: 1 }, run: async () => others++ };
    await runJobs([slow.job, other], { clock, log, signal: slow.signal });
    expect(most).toBe(1);
    expect(others).toBeGreaterThan(5);
  });

  test("a job that is asked for does not wait for its beat, and what is asked during a run is not lost", async () => {
    const wake = createWake();
    const { job, signal, runs } = counting(3, async () => wake.now());
    const rare: Job = { ...job, beat: { everyMs: 3_600_000 }, wake };
    wake.now();
    await runJobs([rare], { clock, log, signal });
    expect(runs()).toBe(3);
  });

  test("a job that nobody asks for keeps its beat and ends with the signal", async () => {
    const { job, signal, runs } = counting(3);
    await runJobs([{ ...job, wake: createWake() }], { clock, log, signal });
    expect(runs()).toBe(3);
  });

  test("with a signal that is aborted already runs nothing", async () => {
    const { job, runs } = counting(1);
    await runJobs([job], { clock, log, signal: AbortSignal.abort() });
    expect(runs()).toBe(0);
  });

  test("a run by hand tells its failure to the log, not to the caller", async () => {
    const job: Job = {
      name: "broken",
      beat: { everyMs: 1 },
      run: () => Promise.reject(new Error("a defect")),
    };
    const { signal } = new AbortController();
    await expect(runJob(job, { log, signal })).resolves.toBeUndefined();
  });
});

describe("pauseBefore", () => {
  test("cron in UTC, whatever the machine's clock", () => {
    const pause = (cron: string) => pauseBefore({ name: "x", beat: { cron } }, clock());
    expect(pause("17 3 * * *")).toBe((17 * 60 + 17) * 60_000);
    expect(pause("* * * * *")).toBe(60_000);
    expect(() => pause("0 0 30 2 *")).toThrow(/no next run/);
  });
});
