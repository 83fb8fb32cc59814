// Time moves by sleeping alone, and in order.
import { expect, test } from "vitest";
import { createSimulatedClock } from "./simulated-clock.ts";

const start = "2026-03-08T06:00:00.000Z";
const day = 86_400_000;

test("a day's sleep takes no time and moves the clock by a day", async () => {
  const time = createSimulatedClock(start);
  await time.sleep(day);
  expect(time.clock().toISOString()).toBe("2026-03-09T06:00:00.000Z");
});

test("sleepers wake in the order they are due, side by side", async () => {
  const time = createSimulatedClock(start);
  const woken: string[] = [];
  const sleepThen = async (ms: number) => {
    await time.sleep(ms);
    woken.push(`${ms} at ${time.clock().getTime() - Date.parse(start)}`);
  };
  await Promise.all([sleepThen(3 * day), sleepThen(1), sleepThen(day), sleepThen(day)]);
  expect(woken).toEqual(["1 at 1", `${day} at ${day}`, `${day} at ${day}`, `${3 * day} at ${3 * day}`]);
});

test("it never goes back, and a stopped sleeper holds nobody up", async () => {
  const time = createSimulatedClock(start);
  time.advanceTo("2026-03-09T00:00:00.000Z");
  time.advanceTo("2026-03-01T00:00:00.000Z");
  expect(time.clock().toISOString()).toBe("2026-03-09T00:00:00.000Z");
  await expect(time.sleep(1, AbortSignal.abort())).rejects.toThrow();
  await time.sleep(day);
  expect(time.clock().toISOString()).toBe("2026-03-10T00:00:00.000Z");
});
