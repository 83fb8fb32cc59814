// How fast the letters of a day are chosen, made and handed over: readers with saved papers, one day of new papers, a mail
// server in another process. Run by hand after a build: node bench/digest.ts [--readers N] [--papers N] [--saved N] [--held N]
// [--letters N: of them are sent] [--sign] [--folder F: filled already, or to be kept] [--threads N: that choose]. Choosing is measured twice: every taste
// learned for the first time, and as on every other day, when none has changed. Both processor time and the clock are printed: on a machine with other work
// only the first says what a letter costs.
import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { nodeFlags, withMemorySettings } from "../scripts/setup.mjs";
import { openDatabase } from "../src/database/database.ts";
import type { LetterContext } from "../src/digest/letter-context.ts";
import { createLog } from "../src/lib/log.ts";
import { openPicks } from "../src/library/pick-for-many.ts";
import { openFeatureReader } from "../src/library/taste/open-reader.ts";
import { openMailer } from "../src/mail/mailer.ts";
import { shippedModelFile } from "../src/search/meaning/shipped-model.ts";

const { values } = parseArgs({
  options: {
    readers: { type: "string", default: "20000" },
    papers: { type: "string", default: "1500" },
    saved: { type: "string", default: "20" },
    held: { type: "string", default: "10000" },
    folder: { type: "string" },
    letters: { type: "string", default: "1000000" },
    sign: { type: "boolean", default: false },
    threads: { type: "string", default: String(Math.min(1, availableParallelism() - 1)) },
  },
});
const [readers, papers, saved, held] = [values.readers, values.papers, values.saved, values.held].map(
  Number,
) as [number, number, number, number];
const now = "2026-05-12T09:30:00.000Z";

const folder = values.folder ?? mkdtempSync(join(tmpdir(), "broadsheet-bench-"));
const rows: [string, string][] = [
  [
    "machine",
    `${cpus().length} x ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  ],
  ["readers, new papers", `${readers}, ${papers}`],
  ["saved by each, of", `${saved}, ${held}`],
];
/** The pages of letters are JSX, which only the build has: run it first (npm start does). */
const built = <T>(path: string) => import(new URL(`../dist/${path}`, import.meta.url).href) as Promise<T>;

const asProgram = "BROADSHEET_BENCH_AS_PROGRAM";
if (process.env[asProgram]) {
  await run();
  for (const [name, value] of rows) console.log(`${name.padEnd(32)} ${value}`);
} else {
  try {
    mkdirSync(folder, { recursive: true });
    if (!existsSync(join(folder, "broadsheet.sqlite"))) fill();
    process.exitCode = runAsProgram();
  } finally {
    if (!values.folder) rmSync(folder, { recursive: true, force: true });
  }
}

/** In a process with the settings of memory that the program is always started with. */
function runAsProgram(): number {
  const args = [...nodeFlags, import.meta.filename, ...process.argv.slice(2), "--folder", folder];
  const env = withMemorySettings({ ...process.env, [asProgram]: "1" });
  return spawnSync(process.execPath, args, { stdio: "inherit", env }).status ?? 1;
}

async function run(): Promise<void> {
  const { planDigests } = await built<typeof import("../src/digest/plan.ts")>("digest/plan.js");
  const { sendQueuedLetters } = await built<typeof import("../src/digest/send.ts")>("digest/send.js");
  await using sink = await startSink();
  const db = await openDatabase({ folder });
  // Of a folder that was used before.
  for (const table of ["library_tastes", "deliveries", "sent_papers", "issue_words"] as const)
    await db.deleteFrom(table).execute();
  const reader = openFeatureReader({ own: null, shipped: shippedModelFile });
  await using mailer = openMailer(
    { smtpUrl: `smtp://127.0.0.1:${sink.port}?tls=none`, dkim: values.sign ? makeKey() : null },
    { folder },
  );
  const search = {
    search: () => {
      throw new Error("no reader of this bench follows a search");
    },
  };
  const picksFrom = { db, search, reader, beside: { threads: Number(values.threads) } };
  rows.push(["threads that choose", values.threads]);
  const context: LetterContext = {
    db,
    mailer,
    clock: () => new Date(now),
    log: createLog("warn"),
    baseUrl: () => "https://papers.example.org",
    mailFrom: "daily@example.org",
    bounceAddress: "bounces@example.org",
    categories: ["cs.CL"],
    preparePicks: (items, at) => openPicks(picksFrom, items, at),
  };
  rows.push(["memory before", memory()]);
  await measure("choosing, tastes to be learned", readers, () => planDigests(context));
  await db.deleteFrom("deliveries").execute();
  await measure("choosing, tastes known", readers, () => planDigests(context));
  rows.push(["peak memory, chosen", memory()]);
  await db.deleteFrom("deliveries").where("subscriber_pk", ">", Number(values.letters)).execute();
  const letters = Math.min(readers, Number(values.letters));
  const { sent } = await measure("making and handing over", letters, () => sendQueuedLetters(context));
  rows.push(["letters sent, taken by the sink", `${sent}, ${await sink.count()}`]);
  rows.push(["peak memory, sent", memory()]);
  await db.destroy();
}

async function measure<T>(name: string, letters: number, work: () => Promise<T>): Promise<T> {
  const [startedAt, processor] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(processor);
  const busy = (user + system) / 1e6;
  const rate = (value: number) => Math.round(letters / value).toLocaleString("en-US");
  rows.push([name, `${seconds.toFixed(1)} s, ${rate(seconds)} a second`]);
  rows.push([`${name}, processor`, `${busy.toFixed(1)} s, ${rate(busy)} a second of processor`]);
  return result;
}

/** The most so far. */
function memory(): string {
  return `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`;
}

function fill(): void {
  const file = join(import.meta.dirname, "digest-fill.ts");
  const counts = [readers, papers, saved, held].map(String);
  const { status } = spawnSync(process.execPath, [file, folder, ...counts], { stdio: "inherit" });
  if (status !== 0) throw new Error("The folder could not be filled.");
}

function makeKey() {
  const keyFile = join(folder, "dkim.pem");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(keyFile, String(privateKey.export({ type: "pkcs8", format: "pem" })));
  return { keyFile, selector: "bench", domain: "example.org" };
}

async function startSink() {
  const child = spawn(process.execPath, [join(import.meta.dirname, "mail-sink.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const port = Number((await lines.next()).value);
  return {
    port,
    async count(): Promise<number> {
      child.stdin.write("\n");
      return Number((await lines.next()).value);
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
    },
  };
}
