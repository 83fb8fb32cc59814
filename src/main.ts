// The program: reads the command line, runs one command, turns its outcome into output and exit status.
import { runCommandLine } from "./cli/cli.ts";

process.exitCode = await runCommandLine(process.argv.slice(2));
