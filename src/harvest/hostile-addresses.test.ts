// Every hostile address, asked for as a feed somebody named: none leads to this machine or a private network.
import { expect, test } from "vitest";
import { createSimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openServer } from "../../test/support/http-server.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import type { Lookup } from "../lib/address-guard.ts";
import { createPoliteFetcher } from "./polite-fetch.ts";

const samples = sharedSamples("hostile-inputs.json", "hostile addresses");
const hostile = () =>
  (JSON.parse(samples.text()) as { id: string; area: string; input: string }[]).filter(
    ({ area }) => area === "ssrf",
  );

/** Those that are no matter of the address alone: they are told below. */
const byAnswer = ["ssrf-39", "ssrf-40", "ssrf-41"];

describeOnBothDatabases("hostile addresses", (open) => {
  async function openGuest(options: { resolve?: Lookup; allowPrivate?: string[] } = {}) {
    const { clock, sleep } = createSimulatedClock("2026-05-12T08:00:00Z");
    const db = await open();
    const fetcher = createPoliteFetcher({
      db,
      clock,
      sleep,
      version: "1",
      contact: "",
      allowPrivate: options.allowPrivate ?? [],
      random: () => 0,
      ...(options.resolve ? { resolve: options.resolve } : {}),
    });
    const ask = (url: string, maxBytes = 100_000) =>
      fetcher.fetchPolitely({ source: `feed ${url}`, url, maxBytes, timeoutMs: 10_000, allowedHosts: [] });
    return { ask, [Symbol.asyncDispose]: () => fetcher[Symbol.asyncDispose]() };
  }

  const run = samples.missing ? test.skip : test;

  run("are refused before anybody is connected to", async () => {
    const asked: string[] = [];
    const resolve: Lookup = (name, _options, done) => {
      asked.push(name);
      done(null, [{ address: "127.0.0.1", family: 4 }]);
    };
    await using guest = await openGuest({ resolve });
    const all = hostile().filter(({ id }) => !byAnswer.includes(id));
    expect(all.length).toBe(hostile().length - 3);
    for (const { id, input } of all)
      expect(await guest.ask(input), `${id} ${input}`).toMatchObject({
        kind: "failed",
        reason: "refused-address",
        retryable: false,
      });
    // Of all of them one is a name that only its address gives away.
    expect(new Set(asked)).toEqual(new Set(["127.0.0.1.nip.io"]));
  });

  run("a good server that redirects to this machine, and a body without end", async () => {
    const [redirect, , endless] = byAnswer.map(
      (id) => new URL(hostile().find((one) => one.id === id)!.input),
    );
    using inner = await openServer(() => ({ body: "secret" }));
    using good = await openServer(({ pathname, searchParams }) =>
      pathname === redirect!.pathname
        ? { status: 302, headers: { location: searchParams.get("to") ?? "" } }
        : { body: "x".repeat(2_000_000) },
    );
    await using guest = await openGuest({ allowPrivate: [good.base] });
    for (const target of [redirect!.searchParams.get("to")!, inner.base]) {
      const url = `${good.base}${redirect!.pathname}?to=${encodeURIComponent(target)}`;
      expect(await guest.ask(url)).toMatchObject({
        kind: "failed",
        reason: expect.stringMatching(/^refused-/),
      });
    }
    expect(inner.asked).toEqual([]);
    expect(await guest.ask(`${good.base}${endless!.pathname}`)).toMatchObject({
      kind: "failed",
      reason: "too-large",
    });
  });

  run("a name that answers differently the second time is connected to where it was judged", async () => {
    const [address] = hostile()
      .find(({ id }) => id === "ssrf-40")!
      .input.split(" ");
    let answers = 0;
    const resolve: Lookup = (_name, _options, done) => {
      answers += 1;
      // A documentation address: public enough to be refused by nobody else, and reached by nobody.
      done(null, [{ address: answers === 1 ? "10.1.2.3" : "127.0.0.1", family: 4 }]);
    };
    await using guest = await openGuest({ resolve });
    expect(await guest.ask(address!)).toMatchObject({ kind: "failed", reason: "refused-address" });
    expect(answers).toBe(1);
  });
});
