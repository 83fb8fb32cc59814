// broadsheet doctor: says what is well and what is not, and mends the search index.
import { type App, openApp } from "../app.ts";
import { isReachable } from "../config.ts";
import { listAccounts } from "../harvest/harvest.ts";
import { checkHealth, type HealthCheck } from "../jobs/health.ts";
import { checkAccess } from "../jobs/health-access.ts";
import { AppError } from "../lib/errors.ts";
import { checkMail } from "../mail/check-mail.ts";
import { systemMailResolver } from "../mail/mail-resolver.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

export const doctorCommand: Command = {
  name: "doctor",
  summary: "Check everything, say what is wrong and what to do",
  usage: "doctor [--repair] [--mail]",
  help: `
Checks the data folder, the database, the search index, the mail server, the letters, the
public address, and who may come in. Changes nothing unless asked. Exit status 1 when something has failed.

  --repair   build the search index anew from the database
  --mail     look at mail alone, as receivers do: the mail server step by step, SPF, DKIM, DMARC, MX and
             reverse names in the domain name system; says word by word what to publish. Sends nothing`,
  options: { repair: { type: "boolean" }, mail: { type: "boolean" } },
  async run(input) {
    if (input.values.mail) return answer(await checkMail(input.config, systemMailResolver()));
    await using app = await openApp(input.config);
    if (input.values.repair) await rebuildIndex(app, input);
    const { dataFolder, publicUrl } = input.config;
    const accounts = listAccounts(app.work.settings);
    const checks = [
      ...(await checkHealth({ ...app, dataFolder, publicUrl, accounts })),
      ...(await checkAccess(app.db, { ...input.config, reachable: isReachable(input.config) })),
    ];
    return answer(checks);
  },
};

function answer(checks: readonly HealthCheck[]): CommandOutcome {
  const failed = checks.some((check) => check.state === "failed");
  return { document: { checks }, text: checks.map(formatCheck).join("\n"), failed };
}

async function rebuildIndex(app: App, input: CommandInput): Promise<void> {
  if (!app.ownsFolder) {
    throw new AppError(
      "folder-in-use",
      `The data folder ${input.config.dataFolder} is in use by a running server.`,
      {
        remedy: "Stop it first; a server that finds its index damaged rebuilds it by itself when it starts.",
      },
    );
  }
  await app.search.reset();
  await app.followSearch({
    signal: input.signal,
    onProgress: (done, total) => input.progress.update("index", done, total),
  });
}

const marks = { ok: "ok     ", warning: "warning", failed: "FAILED " };

function formatCheck({ name, state, message, remedy }: HealthCheck): string {
  return `${marks[state]}  ${name.padEnd(14)}  ${message}${remedy ? `\n${" ".repeat(25)}${remedy}` : ""}`;
}
