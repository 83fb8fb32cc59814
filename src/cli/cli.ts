// The command line as a whole: which commands there are, the common options, help, errors, exit status.
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { systemClock } from "../lib/clock.ts";
import { AppError, formatError } from "../lib/errors.ts";
import { createProgress } from "../lib/progress.ts";
import { accountsCommand } from "./accounts.ts";
import { backupCommand } from "./backup.ts";
import { letReadersLeave } from "./closed-reader.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";
import { digestCommand } from "./digest.ts";
import { doctorCommand } from "./doctor.ts";
import { dumpCommand } from "./dump.ts";
import { editionCommand } from "./edition.ts";
import { evalCommand } from "./eval.ts";
import { exportCommand } from "./export.ts";
import { harvestCommand } from "./harvest.ts";
import { importCommand } from "./import.ts";
import { libraryCommand } from "./library.ts";
import { mcpCommand } from "./mcp.ts";
import { paperCommand } from "./paper.ts";
import { rankingCommand } from "./ranking.ts";
import { searchCommand } from "./search.ts";
import { serveCommand } from "./serve.ts";
import { similarCommand } from "./similar.ts";
import { sourcesCommand } from "./sources.ts";
import { subscribersCommand } from "./subscribers.ts";
import { todayCommand } from "./today.ts";
import { trainCommand } from "./train.ts";
import { webhooksCommand } from "./webhooks.ts";

/** In the order of the overview. */
export const commands: Command[] = [
  serveCommand,
  harvestCommand,
  sourcesCommand,
  importCommand,
  exportCommand,
  dumpCommand,
  searchCommand,
  similarCommand,
  paperCommand,
  mcpCommand,
  todayCommand,
  libraryCommand,
  editionCommand,
  digestCommand,
  subscribersCommand,
  webhooksCommand,
  accountsCommand,
  trainCommand,
  evalCommand,
  rankingCommand,
  backupCommand,
  doctorCommand,
];

const commonOptions = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  data: { type: "string" },
} satisfies ParseArgsOptionsConfig;

const exitDone = 0;
const exitFailed = 1;
const exitWrongUsage = 2;

/** Added to a signal's number: the status by which shells say that it ended a program. */
const exitStopped = 128;

/** Runs one command line; returns the exit status: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C. */
export async function runCommandLine(args: string[]): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) letReadersLeave(stream);
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(formatOverview());
    return name === undefined ? exitWrongUsage : exitDone;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) return wrongUsage(`There is no command "${name}". "broadsheet --help" lists them.`);
  return runCommand(command, rest);
}

async function runCommand(command: Command, args: string[]): Promise<number> {
  const parsed = parseCommandArgs(command, args);
  if ("problem" in parsed) return wrongUsage(`${parsed.problem}\n${formatUsage(command)}`);
  if (parsed.values.help) {
    process.stdout.write(formatHelp(command));
    return exitDone;
  }
  const abort = abortOnSignals();
  const progress = createProgress({ stream: process.stderr, clock: systemClock });
  try {
    const config = readConfig(process.env, flagsOf(parsed.values));
    const input = {
      ...parsed,
      config,
      clock: systemClock,
      progress,
      signal: abort.signal,
      note,
    } satisfies CommandInput;
    const outcome = await command.run(input);
    progress.end();
    if (outcome && !outcome.printed) await printOutcome(outcome, parsed.values.json === true);
    return outcome?.failed ? exitFailed : exitDone;
  } catch (error) {
    progress.end();
    const status = reportFailure(error, parsed.values.json === true);
    return error instanceof AppError && error.code === "interrupted" ? (abort.status ?? status) : status;
  } finally {
    abort.dispose();
  }
}

type Parsed = Pick<CommandInput, "values" | "positionals"> | { problem: string };

function parseCommandArgs(command: Command, args: string[]): Parsed {
  try {
    return parseArgs({
      args,
      options: { ...commonOptions, ...command.options },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    return { problem: (error as Error).message.split(". To specify")[0]! };
  }
}

function flagsOf(values: CommandInput["values"]): Parameters<typeof readConfig>[1] {
  const text = (name: string) => (typeof values[name] === "string" ? (values[name] as string) : undefined);
  return { data: text("data"), host: text("host"), port: text("port") };
}

/** The first Ctrl-C asks for a clean end, the second ends at once. */
function abortOnSignals() {
  const controller = new AbortController();
  const abort = { signal: controller.signal, status: null as number | null, dispose };
  const stop = (_: NodeJS.Signals, number: number) => {
    abort.status = exitStopped + number;
    if (controller.signal.aborted) process.exit(abort.status);
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, stop);
  function dispose(): void {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, stop);
  }
  return abort;
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function printOutcome(outcome: CommandOutcome, asJson: boolean): Promise<void> {
  const text = asJson ? JSON.stringify(outcome.document, null, 2) : outcome.text;
  if (text === "") return;
  await new Promise<void>((resolve, reject) =>
    process.stdout.write(`${text}\n`, (error) =>
      error && (error as NodeJS.ErrnoException).code !== "EPIPE" ? reject(error) : resolve(),
    ),
  );
}

function reportFailure(error: unknown, asJson: boolean): number {
  if (error instanceof AppError && error.code === "bad-usage") return wrongUsage(formatError(error));
  note(error instanceof AppError ? formatError(error) : formatDefect(error));
  if (asJson) {
    const code = error instanceof AppError ? error.code : "defect";
    process.stdout.write(`${JSON.stringify({ error: { code, message: formatError(error) } })}\n`);
  }
  return exitFailed;
}

/** Something nobody expected: the stack helps whoever mends it. */
function formatDefect(error: unknown): string {
  return `Broadsheet met a defect of its own: ${(error as Error)?.stack ?? String(error)}`;
}

function wrongUsage(text: string): number {
  note(text);
  return exitWrongUsage;
}

function formatUsage(command: Command): string {
  return `Usage: broadsheet ${command.usage}\n"broadsheet ${command.name} --help" says more.`;
}

function formatHelp(command: Command): string {
  return `Usage: broadsheet ${command.usage}\n\n${command.help.trim()}\n\n${commonHelp}`;
}

const commonHelp = `Every command takes:
  --data DIR   the data folder (default ./data, or BROADSHEET_DATA)
  --json       one JSON document on standard output, nothing else there
  --help       this text
Exit status: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C before the end (143 by SIGTERM).
`;

function formatOverview(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const rows = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Broadsheet, the open daily of research papers.\n\nUsage: broadsheet COMMAND [ARGUMENTS]\n\n${rows.join("\n")}\n\n"broadsheet COMMAND --help" says more about one.\n`;
}
