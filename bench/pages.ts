// Requests a second and latency of the pages over loopback, and the memory of the process, with all corpora loaded.
// Run: node bench/pages.ts [DATA-FOLDER]   (without a folder the corpora of BROADSHEET_SHARED are imported first, a minute)
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = [join(root, "dist", "main.js")];
const flags = ["--disable-warning=ExperimentalWarning"];
const connections = 8;
const requestsEach = 2_000;

const pages: Record<string, string[]> = {
  front: ["/"],
  day: ["/papers/date/2026-05-12", "/papers/date/2026-05-11", "/papers/date/2025-11-04"],
  paper: ["/papers/2605.10730", "/papers/2605.09063", "/papers/2605.10344"],
  search: ["token position", "diffusion models", "speculative decoding", "graph neural network"].map(
    (query) => `/papers?q=${encodeURIComponent(query)}`,
  ),
};

const given = process.argv[2];
const folder = given ?? mkdtempSync(join(tmpdir(), "broadsheet-bench-"));
try {
  spawnSync(process.execPath, [join(root, "scripts", "launch.mjs"), "--build-only"], { stdio: "inherit" });
  if (!given) importCorpora();
  const { child, url } = await startServer();
  await measureAll(url, child);
  child.kill("SIGINT");
} finally {
  if (!given) rmSync(folder, { recursive: true, force: true });
}

function importCorpora(): void {
  const shared = process.env.BROADSHEET_SHARED ?? join(root, "..", "shared");
  if (!existsSync(shared))
    throw new Error(`There are no corpora at ${shared}: set BROADSHEET_SHARED or name a data folder.`);
  const inside = (name: string, pattern: RegExp) =>
    readdirSync(join(shared, name))
      .filter((file) => pattern.test(file))
      .map((file) => join(shared, name, file));
  const files = [
    ...inside("seeds", /\.txt$/),
    ...inside("corpus/hf-daily", /\.gz$/),
    join(shared, "corpus/conference-papers.jsonl.gz"),
  ];
  spawnSync(process.execPath, [...flags, ...program, "import", ...files, "--data", folder], {
    stdio: "inherit",
  });
}

async function startServer(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [...flags, ...program, "serve", "--port", "0", "--data", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve) => {
    child.stdout?.on("data", (text) => {
      const address = /http:\/\/\S+/.exec(String(text))?.[0];
      if (address) resolve(address);
    });
  });
  for (;;) {
    const health = (await (await fetch(`${url}/healthz`)).json()) as { searchBehind: number };
    if (health.searchBehind === 0) return { child, url };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function measureAll(url: string, child: ChildProcess): Promise<void> {
  console.log(
    `${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}, ${connections} connections, gzip`,
  );
  console.log("page      requests/s   p50 ms   p99 ms    KB gz");
  for (const [name, paths] of Object.entries(pages)) {
    await measure(url, paths, 200);
    const { perSecond, p50, p99, bytes } = await measure(url, paths, requestsEach);
    const columns = [
      perSecond.toFixed(0).padStart(10),
      p50.toFixed(2).padStart(8),
      p99.toFixed(2).padStart(8),
      (bytes / 1000).toFixed(1).padStart(8),
    ];
    console.log(`${name.padEnd(8)}  ${columns.join(" ")}`);
  }
  console.log(`memory of the process: ${residentMegabytes(child)} MB resident`);
}

async function measure(url: string, paths: string[], requests: number) {
  const pool = new Pool(url, { connections });
  const times: number[] = [];
  let sent = 0;
  let bytes = 0;
  const started = performance.now();
  const lane = async () => {
    while (sent < requests) {
      const path = paths[sent++ % paths.length]!;
      const begun = performance.now();
      const { statusCode, body } = await pool.request({
        path,
        method: "GET",
        headers: { "accept-encoding": "gzip" },
      });
      bytes = (await body.arrayBuffer()).byteLength;
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))]!;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), bytes };
}

function residentMegabytes(child: ChildProcess): string {
  const status = `/proc/${child.pid}/status`;
  if (!existsSync(status)) return "unknown";
  return (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, "utf8"))?.[1]) / 1024).toFixed(0);
}
