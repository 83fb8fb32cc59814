import { setImmediate as tick } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { atPace, breathe, isPatient } from "./pace.ts";

function workFor(ms: number) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe("pace", () => {
  test("long work lets others in between its pieces, short work does not stop", async () => {
    const order: string[] = [];
    await tick();
    workFor(20);
    const other = tick().then(() => order.push("other"));
    const long = breathe().then(() => order.push("long"));
    await Promise.all([other, long]);
    expect(order).toEqual(["other", "long"]);
    let isOver = false;
    void breathe().then(() => {
      isOver = true;
    });
    await Promise.resolve().then(() => {});
    expect(isOver).toBe(true);
  });

  test("work rests as its pace has it, and what it calls with it", async () => {
    let pauses = 0;
    const pause = async () => {
      pauses++;
    };
    expect(isPatient()).toBe(false);
    await atPace({ isPatient: true, pause }, async () => {
      await tick();
      expect(isPatient()).toBe(true);
      workFor(20);
      await breathe();
    });
    expect([pauses, isPatient()]).toEqual([1, false]);
  });
});
