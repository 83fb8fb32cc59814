// Two real processes on one data folder are one guest.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const source = fileURLToPath(new URL("../../src", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "broadsheet-politeness-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A guest that asks the hub's lane (1 s) three times and prints what came of it. */
const guest = (base: string) => `
  import { setTimeout as sleep } from "node:timers/promises";
  import { openDatabase } from "${source}/database/database.ts";
  import { createPoliteFetcher } from "${source}/harvest/polite-fetch.ts";
  await using fetcher = createPoliteFetcher({
    db: await openDatabase({ folder: ${JSON.stringify(folder)} }), clock: () => new Date(), sleep: (ms) => sleep(ms),
    version: "0", contact: "", allowPrivate: ["${base}"], random: Math.random,
  });
  for (let i = 0; i < 3; i++) {
    const { kind } = await fetcher.fetchPolitely({
      source: "hub", url: "${base}/" + i, maxBytes: 100, timeoutMs: 5_000, allowedHosts: [],
    });
    console.log(kind);
  }
`;

async function runGuest(base: string): Promise<string> {
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", guest(base)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = (await child.stdout.toArray()).join("");
  return output.trim();
}

test("never two requests at once, never closer than the lane's spacing", async () => {
  const arrivals: number[] = [];
  let [atOnce, mostAtOnce] = [0, 0];
  const server = createServer((_request, response) => {
    arrivals.push(performance.now());
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    setTimeout(() => response.end("ok"), 100);
    response.on("close", () => {
      atOnce -= 1;
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outputs = await Promise.all([runGuest(base), runGuest(base)]);
  server.closeAllConnections();
  server.close();
  expect(outputs).toEqual(["ok\nok\nok", "ok\nok\nok"]);
  expect(mostAtOnce).toBe(1);
  expect(arrivals).toHaveLength(6);
  const gaps = arrivals.slice(1).map((at, i) => at - arrivals[i]!);
  // Timers may fire a millisecond early.
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_090);
});
