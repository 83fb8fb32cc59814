#!/usr/bin/env node
// Sets everything up, then becomes the program: `broadsheet <command>`. Runs on Node 18 or newer with nothing installed.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureNode, flagsBeside, prepare, root, withMemorySettings } from "./setup.mjs";

const args = process.argv.slice(2);
const node = ensureNode();
prepare(node);
if (args[0] !== "--build-only") {
  runProgram([...flagsBeside(process.env), join(root, "dist", "main.js"), ...args]);
}

function runProgram(programArgs) {
  const env = withMemorySettings(process.env);
  // The program takes this process's place where the system and Node (22.15) can do that: signals then need no forwarding.
  if (node === process.execPath && process.execve && process.platform !== "win32") {
    process.execve(node, [node, ...programArgs], env);
  }
  const child = spawn(node, programArgs, { stdio: "inherit", env });
  // On a terminal Ctrl-C reaches the child by itself.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (status) => process.exit(status ?? 1));
}
