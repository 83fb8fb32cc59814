import { setImmediate as tick } from "node:timers/promises";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { openTurns, type Turns, takeTurns } from "./turns.ts";

/** A clock of the test's own, and askers whose work takes as long as the test says. */
function openWorld(options: { atOnce: number; programsAtOnce?: number; mostWaiting?: number }) {
  let nowMs = 0;
  const turns = openTurns({ nowMs: () => nowMs, ...options });
  const served: string[] = [];
  const running: { asker: string; done: () => void }[] = [];
  return {
    turns,
    served,
    async ask(asker: string, isProgram = false) {
      void turns.take(asker, isProgram).then((done) => {
        served.push(done ? asker : `${asker} away`);
        if (done) running.push({ asker, done });
      });
      await tick();
    },
    async work(ms: number) {
      nowMs += ms;
      running.shift()?.done();
      await tick();
    },
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

describe("turns", () => {
  test("as many as there is room for begin at once, the next when one is done", async () => {
    const world = openWorld({ atOnce: 2 });
    for (const asker of ["a", "b", "c", "d"]) await world.ask(asker);
    expect(world.served).toEqual(["a", "b"]);
    await world.work(10);
    expect(world.served).toEqual(["a", "b", "c"]);
    await world.work(10);
    expect(world.served).toEqual(["a", "b", "c", "d"]);
  });

  test("whoever has taken least goes first, however late he comes", async () => {
    const world = openWorld({ atOnce: 1 });
    for (let page = 0; page < 5; page++) {
      await world.ask("crawler");
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
    const world = openWorld({ atOnce: 1 });
    const askers = Array.from({ length: 20 }, (_, i) => `asker ${i}`);
    for (const asker of askers) await world.ask(asker);
    for (const _ of askers) await world.work(5);
    expect(world.served).toEqual(askers);
  });

  test("what was taken long ago counts little", async () => {
    const world = openWorld({ atOnce: 1 });
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

  test("programs wait for readers, and never take all places", async () => {
    const world = openWorld({ atOnce: 2, programsAtOnce: 1 });
    for (let i = 0; i < 3; i++) await world.ask(`bot ${i}`, true);
    expect(world.served).toEqual(["bot 0"]);
    for (let i = 0; i < 3; i++) await world.ask("reader");
    expect(world.served).toEqual(["bot 0", "reader"]);
    await world.work(1_000);
    await world.work(1_000);
    expect(world.served.slice(2)).toEqual(["reader", "reader"]);
    await world.work(1_000);
    expect(world.served.at(-1)).toBe("bot 1");
  });

  test("whoever asks again and again without a pause is taken for a program; a reader who opens some links is not", async () => {
    const world = openWorld({ atOnce: 1 });
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

  test("where too many wait, whoever took most is turned away, and not a reader", async () => {
    const world = openWorld({ atOnce: 1, mostWaiting: 3 });
    await world.ask("crawler");
    await world.work(500);
    for (let i = 0; i < 4; i++) await world.ask("crawler");
    await world.ask("reader");
    expect(world.served).toEqual(["crawler", "crawler", "crawler away"]);
    await world.work(10);
    expect(world.served.at(-1)).toBe("reader");
  });
});

describe("takeTurns", () => {
  const never: Turns = { take: async () => null };

  test("takes for a program who says so, and who sends nothing a browser sends", async () => {
    const asked: boolean[] = [];
    const app = new Hono();
    app.use(
      takeTurns(
        {
          async take(_name, isProgram) {
            asked.push(isProgram);
            return () => {};
          },
        },
        { baseUrl: () => "" },
      ),
    );
    app.all("*", (c) => c.text("here"));
    const browser = { "Sec-Fetch-Mode": "navigate", "User-Agent": "Mozilla/5.0 (X11) Firefox/140.0" };
    await app.request("/", { headers: browser });
    await app.request("/", {
      headers: { ...browser, "User-Agent": "Mozilla/5.0 (compatible; xbot/1; +http://x)" },
    });
    await app.request("/", { headers: { "User-Agent": "Mozilla/5.0 (X11) Firefox/140.0" } });
    expect(asked).toEqual([false, true, true]);
  });

  test("says when to come back and where everything is; forms and files of the site never wait", async () => {
    const app = new Hono();
    app.use(takeTurns(never, { baseUrl: () => "https://x.test" }));
    app.all("*", (c) => c.text("here"));
    const refused = await app.request("/papers/1");
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "10"]);
    expect(await refused.json()).toMatchObject({
      code: "busy",
      detail: expect.stringContaining("x.test/dumps"),
    });
    for (const path of ["/assets/x.css", "/healthz", "/dumps", "/robots.txt"])
      expect((await app.request(path)).status).toBe(200);
    expect((await app.request("/papers/1", { method: "POST" })).status).toBe(200);
  });

  test("gives its place back, also when the page fails", async () => {
    let open = 0;
    const counting: Turns = {
      async take() {
        open += 1;
        return () => {
          open -= 1;
        };
      },
    };
    const app = new Hono();
    app.use(takeTurns(counting, { baseUrl: () => "" }));
    app.get("/fails", () => {
      throw new Error("no");
    });
    app.onError((_error, c) => c.text("failed", 500));
    expect((await app.request("/fails")).status).toBe(500);
    expect(open).toBe(0);
  });
});
