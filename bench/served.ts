// The built program over a data folder with all corpora, for benches that ask it over HTTP.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFlags, withMemorySettings } from "../scripts/setup.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = [join(root, "dist", "main.js")];

export interface Served {
  url: string;
  child: ChildProcess;
}

/** Serves `given`, or a folder into which the corpora are imported first, while `measure` runs. */
export async function serving(
  given: string | undefined,
  env: Record<string, string>,
  measure: (served: Served) => Promise<void>,
): Promise<void> {
  const folder = given ?? mkdtempSync(join(tmpdir(), "broadsheet-bench-"));
  try {
    build();
    if (!given) importCorpora(folder);
    const served = await startServer(folder, env);
    await measure(served).finally(() => served.child.kill("SIGINT"));
  } finally {
    if (!given) rmSync(folder, { recursive: true, force: true });
  }
}

function importCorpora(folder: string): void {
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
  importFiles(files, folder);
}

export function build(): void {
  spawnSync(process.execPath, [join(root, "scripts", "launch.mjs"), "--build-only"], { stdio: "inherit" });
}

/** By the built program, as a user would. */
export function importFiles(files: readonly string[], folder: string): void {
  spawnSync(process.execPath, [...nodeFlags, ...program, "import", ...files, "--data", folder], {
    stdio: "inherit",
    env: withMemorySettings(process.env),
  });
}

async function startServer(folder: string, env: Record<string, string>): Promise<Served> {
  const child = spawn(
    process.execPath,
    [...nodeFlags, ...program, "serve", "--port", "0", "--data", folder],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...withMemorySettings(process.env), ...env },
    },
  );
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

export function residentMegabytes({ child }: Served): string {
  const status = `/proc/${child.pid}/status`;
  if (!existsSync(status)) return "unknown";
  return (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, "utf8"))?.[1]) / 1024).toFixed(0);
}

/** Processor time of all its threads so far, in milliseconds; only Linux tells. */
export function processorMs({ child }: Served): number {
  const file = `/proc/${child.pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const [user, system] = readFileSync(file, "utf8").split(") ").at(-1)!.split(" ").slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}
