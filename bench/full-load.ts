// The first load of everything: a generated snapshot of arXiv goes in, is stopped, killed and resumed, and is looked at.
// Run by hand: npm run build, then node bench/full-load.ts [--records 3000000] [--seed 1] [--folder DIR] [--steady].
// Beside the wall clock it says what the importing program took of the processor, because other programs run too.
import { type ChildProcess, spawn } from "node:child_process";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { nodeFlags, withMemorySettings } from "../scripts/setup.mjs";
import { toPlainText } from "../src/lib/plain-text.ts";
import { openSearch } from "../src/search/open-search.ts";
import { writeSnapshot } from "./snapshot-world.ts";

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "3000000" },
    seed: { type: "string", default: "1" },
    folder: { type: "string", default: join(tmpdir(), "broadsheet-full-load") },
    /** Neither stop nor kill. */
    steady: { type: "boolean", default: false },
  },
});
const records = Number(values.records);
const file = join(values.folder, `snapshot-${records}-${values.seed}.jsonl.gz`);
const data = join(values.folder, "data");
const database = join(data, "broadsheet.sqlite");
const index = join(data, "index");
const vectors = join(data, "meaning", "vectors");
const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const lookEveryMs = 1_000;
const saySeconds = 20;
const samples = 60;

interface Peak {
  rssMiB: number;
  processorSeconds: number;
}

mkdirSync(values.folder, { recursive: true });
await generate();
rmSync(data, { recursive: true, force: true });
const startedMs = performance.now();
const peak: Peak = { rssMiB: 0, processorSeconds: 0 };
if (!values.steady) {
  await runImport({ signal: "SIGINT", at: records / 3 });
  await runImport({ signal: "SIGKILL", at: (2 * records) / 3 });
}
await runImport(null);
const seconds = (performance.now() - startedMs) / 1000;
await report(seconds);

async function generate(): Promise<void> {
  if (existsSync(file)) return;
  const beganMs = performance.now();
  const cpu = process.cpuUsage();
  await writeSnapshot(file, { records, seed: Number(values.seed) });
  const { user, system } = process.cpuUsage(cpu);
  const wall = (performance.now() - beganMs) / 1000;
  say(
    "snapshot",
    `${rate(records, wall)} records/s, ${rate(records, (user + system) / 1e6)} a processor second`,
  );
}

/** Runs the real program to its end, or until it has so many records and is sent a signal. */
async function runImport(stop: { signal: NodeJS.Signals; at: number } | null): Promise<void> {
  const args = [...nodeFlags, program, "import", file, "--data", data, "--json"];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "ignore"],
    env: withMemorySettings(process.env),
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (part) => {
    output += part;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const beganMs = performance.now();
  const began = countDone();
  let done = began;
  let processor = 0;
  for (let looks = 1; !over; looks++) {
    await Promise.race([ended, setTimeout(lookEveryMs)]);
    processor = Math.max(processor, look(child));
    // The checkpoint goes when the file is done; the index may still follow.
    done = Math.max(done, countDone());
    const passed = (performance.now() - beganMs) / 1000;
    if (looks % saySeconds === 0)
      say(`${passed.toFixed(0)} s`, `${done} records, ${rate(done - began, passed)}/s, ${peak.rssMiB} MiB`);
    if (!stop || done < stop.at) continue;
    child.kill(stop.signal);
    await ended;
  }
  peak.processorSeconds += processor;
  const status = await ended;
  const passed = ((performance.now() - beganMs) / 1000).toFixed(1);
  if (stop) say(`sent ${stop.signal}`, `status ${status}, ${countDone()} records, after ${passed} s`);
  else if (status !== 0) throw new Error(`The import ended with status ${status}: ${output.slice(-1000)}`);
  else say("import ended", `after ${passed} s, index included`);
}

/** Notes the program's peak; returns its processor seconds so far. Only Linux tells. */
function look(child: ChildProcess): number {
  const status = tryRead(`/proc/${child.pid}/status`);
  peak.rssMiB = Math.max(peak.rssMiB, Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024));
  const [user, system] = tryRead(`/proc/${child.pid}/stat`).split(") ").at(-1)!.split(" ").slice(11, 13);
  return (Number(user ?? 0) + Number(system ?? 0)) / 100;
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Records the import's checkpoint names; of one that is finished, all. */
function countDone(): number {
  if (!existsSync(database)) return 0;
  const db = new DatabaseSync(database, { readOnly: true, timeout: 10_000 });
  try {
    const row = db.prepare("select max(entries_done) as done from imports").get() as { done: number | null };
    return row.done ?? 0;
  } catch {
    return 0; // The tables are being made.
  } finally {
    db.close();
  }
}

async function report(seconds: number): Promise<void> {
  const words = sizeOf(index);
  const bytes = words + sizeOf(vectors);
  const openedMs = performance.now();
  await using search = await openSearch({ folder: index, readOnly: true });
  const openMs = performance.now() - openedMs;
  const { documents } = search.status();
  say("all runs together", `${seconds.toFixed(0)} s, ${rate(records, seconds)} records/s`);
  say("a processor second", `${rate(records, peak.processorSeconds)} records, both threads together`);
  say("papers", `${countPapers()} in the database, ${documents} in the index, of ${records}`);
  say(
    "index",
    `${(bytes / 1e6).toFixed(0)} MB, ${(bytes / documents).toFixed(0)} bytes a paper, ${((bytes - words) / documents).toFixed(0)} of them vectors; opened in ${openMs.toFixed(0)} ms`,
  );
  say(
    "database",
    `${(statSync(database).size / 1e6).toFixed(0)} MB, ${(statSync(database).size / documents).toFixed(0)} bytes a paper`,
  );
  say("peak memory", `${peak.rssMiB} MiB, ${Math.round(peak.rssMiB - bytes / 2 ** 20)} MiB beyond the index`);
  say("sample", await checkSample(search));
  say(
    "machine",
    `${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  );
}

/** Bytes of the files of a folder. */
function sizeOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function countPapers(): number {
  const db = new DatabaseSync(database, { readOnly: true });
  const { count } = db.prepare("select count(*) as count from papers").get() as { count: number };
  db.close();
  return count;
}

/** Papers from all over the file: their titles, typed in full, must find them. */
async function checkSample(search: Awaited<ReturnType<typeof openSearch>>): Promise<string> {
  const every = Math.floor(records / samples);
  let line = 0;
  let asked = 0;
  let found = 0;
  for await (const text of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    if (line++ % every !== 0) continue;
    const { id, title } = JSON.parse(text) as { id: string; title: string };
    asked++;
    const { hits } = search.search({ query: `"${toPlainText(title)}"`, limit: 5, mode: "words" });
    if (hits.some((hit) => hit.id === id)) found++;
  }
  return `${found} of ${asked} papers found by their titles`;
}

function rate(count: number, seconds: number): string {
  return Math.round(count / Math.max(seconds, 0.001)).toLocaleString("en-US");
}

function say(name: string, text: string): void {
  console.log(`${name.padEnd(20)} ${text}`);
}
