// What every command is: a name, a help text, options, and one function from input to outcome.
import type { ParseArgsOptionsConfig } from "node:util";
import type { Config } from "../config.ts";
import type { Clock } from "../lib/clock.ts";
import type { Progress } from "../lib/progress.ts";

export interface CommandInput {
  /** Parsed by node:util parseArgs with the command's options (and the common ones). */
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  positionals: string[];
  config: Config;
  clock: Clock;
  progress: Progress;
  /** Aborted by Ctrl-C; long work stops at the next safe place. */
  signal: AbortSignal;
  /** Lines for the person beside the outcome, on standard error. */
  note(line: string): void;
}

export interface CommandOutcome {
  /** What --json prints: one document. */
  document: unknown;
  /** What is printed otherwise, without the last newline. */
  text: string;
  /** True: everything is printed already, document and text are empty. */
  printed?: boolean;
  /** True: exit status 1 although nothing was thrown. */
  failed?: boolean;
}

export interface Command {
  name: string;
  /** One line for the overview. */
  summary: string;
  /** The whole help text below the usage line: arguments, options, examples. */
  help: string;
  /** "import FILE... [--format F]" */
  usage: string;
  options: ParseArgsOptionsConfig;
  /** Returns null when it printed for itself (streams, servers). */
  run(input: CommandInput): Promise<CommandOutcome | null>;
}
