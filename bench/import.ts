// How fast papers come in: a file into a fresh SQLite folder, search index included. Run by hand: npm run build, then
// node bench/import.ts [FILE]. Without FILE: the conference lists below BROADSHEET_SHARED (default ../shared).
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFlags, withMemorySettings } from "../scripts/setup.mjs";

const shared = process.env.BROADSHEET_SHARED ?? "../shared";
const file = process.argv[2] ?? join(shared, "corpus", "conference-papers.jsonl.gz");
const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));

for (const needed of [file, program]) {
  if (existsSync(needed)) continue;
  console.error(`${needed} is missing: name a FILE, and build first (npm run build).`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "broadsheet-bench-"));
try {
  const startedMs = performance.now();
  const { report, peakKib } = await importInto(folder);
  const seconds = (performance.now() - startedMs) / 1000;
  const database = statSync(join(folder, "broadsheet.sqlite")).size;
  const rows: [string, string][] = [
    ["file", file],
    ["entries", number(report.read)],
    ["papers added", number(report.added)],
    ["import", `${report.seconds.toFixed(1)} s, ${number(report.recordsPerSecond)} records/s`],
    [
      "with start, index and flush",
      `${seconds.toFixed(1)} s, ${number(Math.round(report.read / seconds))} records/s`,
    ],
    ["peak memory", peakKib === null ? "unknown" : `${number(Math.round(peakKib / 1024))} MiB`],
    ["database", `${number(Math.round(database / 1e6))} MB`],
    [
      "machine",
      `${cpus().length} x ${cpus()[0]?.model ?? "?"}, ${number(Math.round(totalmem() / 2 ** 30))} GiB`,
    ],
    ["Node", process.version],
  ];
  for (const [name, value] of rows) console.log(`${name.padEnd(28)} ${value}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Report {
  read: number;
  added: number;
  seconds: number;
  recordsPerSecond: number;
}

/** Runs the real program; watches its memory where the system tells (Linux). */
async function importInto(dataFolder: string): Promise<{ report: Report; peakKib: number | null }> {
  const args = [...nodeFlags, program, "import", file, "--data", dataFolder, "--json"];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: withMemorySettings(process.env),
  });
  let text = "";
  let peakKib: number | null = null;
  const watch = setInterval(async () => {
    const status = `/proc/${child.pid}/status`;
    if (!existsSync(status)) return;
    const peak = /VmHWM:\s+(\d+) kB/.exec(await readFile(status, "utf8").catch(() => ""));
    if (peak) peakKib = Number(peak[1]);
  }, 200);
  child.stdout.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  const status = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(watch);
  if (status !== 0) throw new Error(`The import ended with status ${status}: ${text}`);
  return { report: JSON.parse(text), peakKib };
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
