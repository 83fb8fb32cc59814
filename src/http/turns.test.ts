import { setImmediate as tick } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { openTurns, type Turn } from "./turns.ts";

/** A clock of the test's own, and askers whose work takes as long as the test says. */
function openWorld(options: { atOnce?: number; mostWaiting?: number; mostWaitingOfOne?: number } = {}) {
  let nowMs = 0;
  const turns = openTurns({ nowMs: () => nowMs, atOnce: 1, ...options });
  const served: string[] = [];
  const running: { name: string; turn: Turn }[] = [];
  const settle = async () => {
    for (let round = 0; round < 3; round++) await tick();
  };
  return {
    served,
    running,
    settle,
    async ask(name: string, isProgram = false) {
      void turns.take({ name, isProgram }).then((turn) => {
        if ("refused" in turn) return served.push(`${name} away: ${turn.refused}`);
        served.push(name);
        return running.push({ name, turn });
      });
      await settle();
    },
    async work(ms: number, name?: string) {
      nowMs += ms;
      const at = name === undefined ? 0 : running.findIndex((each) => each.name === name);
      running.splice(at, 1)[0]?.turn.done();
      await settle();
    },
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

describe("turns", () => {
  test("as many readers as there is room for begin at once, the next when one is done", async () => {
    const world = openWorld({ atOnce: 2 });
    for (const asker of ["a", "b", "c", "d"]) await world.ask(asker);
    expect(world.served).toEqual(["a", "b"]);
    await world.work(10);
    expect(world.served).toEqual(["a", "b", "c"]);
    await world.work(10);
    expect(world.served).toEqual(["a", "b", "c", "d"]);
  });

  test("whoever has taken least goes first, however late he comes", async () => {
    const world = openWorld();
    for (const name of ["reader", "reader", ...Array.from({ length: 5 }, () => "crawler")]) {
      await world.ask(name);
      await world.work(20);
      world.pass(2_000);
    }
    await world.ask("crawler");
    for (let i = 0; i < 50; i++) await world.ask("crawler");
    await world.ask("reader");
    await world.work(20);
    expect(world.served.at(-1)).toBe("reader");
  });

  test("among the same the first comes first, and nobody is forgotten", async () => {
    const world = openWorld();
    const askers = Array.from({ length: 20 }, (_, i) => `asker ${i}`);
    for (const asker of askers) await world.ask(asker);
    for (const _ of askers) await world.work(5);
    expect(world.served).toEqual(askers);
  });

  test("what was taken long ago counts little", async () => {
    const world = openWorld();
    await world.ask("then");
    await world.work(1_000);
    world.pass(10 * 60_000);
    await world.ask("now");
    await world.work(20);
    await world.ask("busy");
    await world.ask("now");
    await world.ask("then");
    await world.work(20);
    expect(world.served).toEqual(["then", "now", "busy", "then"]);
  });

  test("a reader known from before comes before those nobody knows, who get every fourth turn", async () => {
    const world = openWorld();
    const known = ["a", "b", "c", "d", "e"];
    for (const name of [...known, ...known]) {
      await world.ask(name);
      await world.work(20);
      world.pass(1_000);
    }
    world.served.length = 0;
    for (const name of ["new 1", "new 2", "new 3", ...known]) await world.ask(name);
    for (let i = 0; i < 8; i++) await world.work(10);
    expect(world.served.map((name) => name.startsWith("new"))).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  test("programs are worked on one at a time, and none begins while a reader is at work or waits", async () => {
    const world = openWorld();
    for (const bot of ["bot 0", "bot 1"]) await world.ask(bot, true);
    expect(world.served).toEqual(["bot 0"]);
    await world.ask("reader");
    await world.ask("second reader");
    expect(world.served).toEqual(["bot 0", "reader"]);
    await world.work(10, "bot 0");
    await world.work(10, "reader");
    expect(world.served).toEqual(["bot 0", "reader", "second reader"]);
    await world.work(10, "second reader");
    expect(world.served.at(-1)).toBe("bot 1");
  });

  test("a reader whose request lies at the door when a program is done comes first", async () => {
    const world = openWorld();
    await world.ask("bot 0", true);
    await world.ask("bot 1", true);
    world.running.splice(0, 1)[0]!.turn.done();
    void world.ask("reader");
    await world.settle();
    expect(world.served).toEqual(["bot 0", "reader"]);
  });

  test("where readers never stop coming, a program begins after a second all the same", async () => {
    const world = openWorld();
    await world.ask("reader 0");
    await world.ask("bot", true);
    for (let i = 1; i < 8; i++) {
      await world.ask(`reader ${i}`);
      await world.work(200, `reader ${i - 1}`);
    }
    expect(world.served).toContain("bot");
    expect(world.served.indexOf("bot")).toBeGreaterThan(world.served.indexOf("reader 4"));
  });

  test("a program at work stands back while a reader is at work, and goes on when he is done", async () => {
    const world = openWorld();
    await world.ask("bot", true);
    const { pace } = world.running[0]!.turn;
    let wentOn = 0;
    const walk = async () => {
      await pace.pause();
      wentOn++;
    };
    expect(pace.isPatient).toBe(true);
    await walk();
    expect(wentOn).toBe(1);
    await world.ask("reader");
    const second = walk();
    await world.settle();
    expect(wentOn).toBe(1);
    await world.work(5, "reader");
    await second;
    expect(wentOn).toBe(2);
  });

  test("a program that has stood back for a second goes on beside the reader; a reader never stands back", async () => {
    const world = openWorld();
    await world.ask("bot", true);
    await world.ask("reader");
    const [bot, reader] = world.running;
    const pause = bot!.turn.pace.pause();
    await world.settle();
    world.pass(2_000);
    await pause;
    await bot!.turn.pace.pause();
    expect(reader!.turn.pace.isPatient).toBe(false);
    await reader!.turn.pace.pause();
  });

  test("whoever asks again and again without a pause is taken for a program; a reader who opens some links is not", async () => {
    const world = openWorld();
    for (let page = 0; page < 30; page++) {
      await world.ask("walker");
      await world.work(1);
    }
    for (let page = 0; page < 3; page++) {
      for (const _ of [1, 2, 3, 4]) await world.ask("reader");
      for (const _ of [1, 2, 3, 4]) await world.work(200);
      world.pass(8_000);
    }
    world.served.length = 0;
    await world.ask("other");
    await world.ask("walker");
    await world.ask("reader");
    await world.work(1);
    // It has taken twenty times as much, and yet.
    expect(world.served).toEqual(["other", "reader"]);
  });

  test("so is whoever asks for more than anybody reads, however well spaced", async () => {
    const world = openWorld();
    for (let page = 0; page < 400; page++) {
      await world.ask("slow walker");
      await world.work(1);
      world.pass(500);
    }
    await world.ask("reader");
    await world.ask("slow walker");
    await world.ask("new reader");
    await world.work(500);
    expect(world.served.slice(-2)).toEqual(["reader", "new reader"]);
  });

  test("where too many wait, the program that took most is turned away, and not a reader", async () => {
    const world = openWorld({ mostWaiting: 3 });
    await world.ask("crawler", true);
    await world.work(500);
    await world.ask("first");
    await world.ask("second");
    await world.ask("other crawler", true);
    await world.ask("crawler", true);
    await world.ask("reader");
    expect(world.served).toEqual(["crawler", "first", "crawler away: all"]);
    await world.work(10);
    await world.work(10);
    expect(world.served.slice(-2).sort()).toEqual(["reader", "second"]);
  });

  test("a program that sends more at once than may wait is told so itself, while others go on waiting", async () => {
    const world = openWorld({ mostWaitingOfOne: 2 });
    await world.ask("reader");
    await world.ask("other", true);
    for (let i = 0; i < 4; i++) await world.ask("crawler", true);
    expect(world.served).toEqual(["reader", "crawler away: own", "crawler away: own"]);
    await world.work(10);
    expect(world.served.at(-1)).toBe("other");
  });
});
