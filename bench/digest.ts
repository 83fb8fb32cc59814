// How fast the letters of a day are chosen, made and handed over: readers with saved papers, one day of new papers, a mail
// server in another process. Run by hand: node bench/digest.ts [--readers N] [--papers N] [--saved N] [--sign].
// Both processor time and the clock are printed: on a machine with other work only the first says what a letter costs.
import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { openDatabase } from "../src/database/database.ts";
import { type Db, insertRows } from "../src/database/dialect.ts";
import type { SubscribersTable } from "../src/database/letter-schema.ts";
import type { LetterContext } from "../src/digest/letter-context.ts";
import { defaultWishes } from "../src/digest/wishes.ts";
import { newToken } from "../src/lib/link-token.ts";
import { createLog } from "../src/lib/log.ts";
import { openPicks } from "../src/library/pick-for-many.ts";
import { openFeatureReader } from "../src/library/taste/open-reader.ts";
import { openMailer } from "../src/mail/mailer.ts";
import { shippedModelFile } from "../src/search/meaning/shipped-model.ts";
import { type DayPaper, saveDay } from "../test/support/days.ts";

const { values } = parseArgs({
  options: {
    readers: { type: "string", default: "20000" },
    papers: { type: "string", default: "1500" },
    saved: { type: "string", default: "20" },
    sign: { type: "boolean", default: false },
  },
});
const [readers, papers, saved] = [values.readers, values.papers, values.saved].map(Number) as [
  number,
  number,
  number,
];
const [earlier, day] = ["2026-05-11", "2026-05-12"];
const now = `${day}T09:30:00.000Z`;

const folder = mkdtempSync(join(tmpdir(), "broadsheet-bench-"));
const rows: [string, string][] = [
  [
    "machine",
    `${cpus().length} x ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  ],
  ["readers, papers, saved by each", `${readers}, ${papers}, ${saved}`],
];
const words =
  "we introduce a method that learns sparse graph attention for long documents and shows how language models reason over tables with less data than before while keeping robust calibration".split(
    " ",
  );

/** The pages of letters are JSX, which only the build has: run it first (npm start does). */
const built = <T>(path: string) => import(new URL(`../dist/${path}`, import.meta.url).href) as Promise<T>;

try {
  await run();
  for (const [name, value] of rows) console.log(`${name.padEnd(32)} ${value}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const { planDigests } = await built<typeof import("../src/digest/plan.ts")>("digest/plan.js");
  const { sendQueuedLetters } = await built<typeof import("../src/digest/send.ts")>("digest/send.js");
  await using sink = await startSink();
  const db = await openDatabase({ folder });
  await fill(db);
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
  const context: LetterContext = {
    db,
    mailer,
    clock: () => new Date(now),
    log: createLog("warn"),
    baseUrl: () => "https://papers.example.org",
    mailFrom: "daily@example.org",
    bounceAddress: "bounces@example.org",
    categories: ["cs.CL"],
    preparePicks: (items, at) => openPicks({ db, search, reader }, items, at),
  };
  await measure("choosing for all", readers, () => planDigests(context));
  const { sent } = (await measure("making and handing over", readers, () => sendQueuedLetters(context)))!;
  rows.push(["letters sent, taken by the sink", `${sent}, ${await sink.count()}`]);
  rows.push(["peak memory", `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`]);
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

/** Two days of papers; readers by rows, as the way a reader goes takes a letter each. */
async function fill(db: Db): Promise<void> {
  await saveDay(db, earlier, drawPapers("2604"));
  await saveDay(db, day, drawPapers("2605"));
  const old = await db.selectFrom("submissions").select("paper_pk").where("day", "=", earlier).execute();
  const at = "2026-05-01T00:00:00.000Z";
  for (let first = 1; first <= readers; first += 1_000) {
    const pks = Array.from({ length: Math.min(1_000, readers - first + 1) }, (_, i) => first + i);
    await insertRows(
      db,
      "subscribers",
      pks.map((pk) => readerRow(pk, at)),
    );
    const marks = pks.flatMap((pk) =>
      Array.from({ length: saved }, (_, i) => ({
        keeper: `subscriber:${pk}`,
        paper_pk: old[(pk * 7 + i * 31) % old.length]!.paper_pk,
        kind: "save",
        folder: "",
        marked_at: at,
      })),
    );
    const keepers = pks.map((pk) => ({
      keeper: `subscriber:${pk}`,
      revision: 1,
      settings: "{}",
      updated_at: at,
    }));
    if (saved > 0) await insertRows(db, "library_keepers", keepers);
    await insertRows(db, "library_marks", marks, { onConflict: "do nothing" });
  }
}

/** Texts of the usual length, all different. */
function drawPapers(month: string): DayPaper[] {
  let state = Number(month);
  const draw = (count: number) => {
    const drawn = Array.from({ length: count }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return words[(state >> 8) % words.length]!;
    });
    return drawn.join(" ");
  };
  return Array.from({ length: papers }, (_, i) => ({
    id: `${month}.${10_000 + i}`,
    title: `Paper ${i}: ${draw(9)}`,
    abstract: `We introduce ${draw(20)}. ${draw(70)}. ${draw(70)}.`,
    votes: (i * 37) % 200,
  }));
}

function readerRow(pk: number, at: string): SubscribersTable {
  const address = `reader${pk}@example.org`;
  return {
    pk,
    address,
    address_key: address,
    zone: "UTC",
    send_at: "09:00",
    state: "confirmed",
    token: newToken(),
    confirm_hash: null,
    confirm_expires_at: null,
    consent: "[]",
    created_at: at,
    last_request_at: at,
    confirmed_at: at,
    unsubscribed_at: null,
    ...defaultWishes,
  };
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
