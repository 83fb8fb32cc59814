// The real program as a child process: started on a free port with a folder of its own, stopped like a person would.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFlags, withMemorySettings } from "../../scripts/setup.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What Node is given to run the program, as by scripts/launch.mjs. */
export const programArgs: readonly string[] = [...nodeFlags, join(root, "dist", "main.js")];

/** Files of the small corpus that the tests bring with them. */
export const corpusFolder = join(root, "test", "support", "corpus");

export interface CommandResult {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export type Environment = Record<string, string | undefined>;

function environment(extra: Environment): NodeJS.ProcessEnv {
  const own = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("BROADSHEET_")),
  );
  return { ...own, ...extra };
}

/** Starts `broadsheet ARGS` and leaves it running. */
export function spawnCommand(args: string[], extra: Environment = {}): ChildProcess {
  return spawn(process.execPath, [...programArgs, ...args], {
    env: withMemorySettings(environment(extra)),
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** Runs `broadsheet ARGS` to its end. */
export function runCommand(
  args: string[],
  options: { env?: Environment; input?: string | Uint8Array } = {},
): Promise<CommandResult> {
  const child = spawnCommand(args, options.env);
  child.stdin?.on("error", () => {}); // a program that ends early closes it
  child.stdin?.end(options.input);
  return resultOf(child);
}

/** Waits for the end of a started command. */
export function resultOf(child: ChildProcess): Promise<CommandResult> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

export interface RunningProgram {
  url: string;
  dataFolder: string;
  child: ChildProcess;
  /** What it has written to standard error so far. */
  errors(): string;
  /** Like Ctrl-C; resolves with what it left. Removes the data folder when it was ours. */
  stop(): Promise<CommandResult>;
}

export interface ProgramOptions {
  /** Imported before it starts; default: the small corpus. An empty array starts on the built-in sample. */
  files?: string[];
  dataFolder?: string;
  env?: Environment;
  /** Default: any free one. */
  port?: number;
}

/** Imports the files and serves on a free port. */
export async function startProgram(options: ProgramOptions = {}): Promise<RunningProgram> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), "broadsheet-program-"));
  const env = { BROADSHEET_LOG_LEVEL: "warn", ...options.env };
  const files = options.files ?? corpusFiles();
  if (files.length > 0) {
    const imported = await runCommand(["import", ...files, "--data", dataFolder], { env });
    if (imported.status !== 0) throw new Error(`The import for a test failed: ${imported.stderr}`);
  }
  const child = spawnCommand(["serve", "--port", String(options.port ?? 0), "--data", dataFolder], env);
  const ended = resultOf(child);
  let errors = "";
  child.stderr?.on("data", (text: string) => {
    errors += text;
  });
  const url = await addressOf(child, ended);
  return {
    url,
    dataFolder,
    child,
    errors: () => errors,
    async stop() {
      child.kill("SIGINT");
      const result = await ended;
      if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true });
      return result;
    },
  };
}

export function corpusFiles(): string[] {
  return ["listing-spring.txt", "daily-2026-05.jsonl", "conference.jsonl", "arxiv-snapshot.jsonl"].map(
    (name) => join(corpusFolder, name),
  );
}

function addressOf(child: ChildProcess, ended: Promise<CommandResult>): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = "";
    child.stdout?.on("data", (text: string) => {
      seen += text;
      const address = /http:\/\/\S+/.exec(seen)?.[0];
      if (address) resolve(address);
    });
    ended.then((result) => reject(new Error(`The program ended before it served: ${result.stderr}`)), reject);
  });
}
