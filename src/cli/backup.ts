// broadsheet backup: the whole database as one compressed file, made beside a running server; and back.
import { openApp } from "../app.ts";
import { backUp, restoreBackup } from "../harvest/backup.ts";
import { dayOf } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

export const backupCommand: Command = {
  name: "backup",
  summary: "Write everything to one file, or restore it",
  usage: "backup [FILE] | backup --restore FILE",
  help: `
Writes papers, lists, signals, readers and what was sent to them to FILE (default
broadsheet-DATE.backup.jsonl.gz), as they stand at one moment; a running server goes on beside it.
The search index is not in it: it is built again from the papers.

  --restore FILE   fill an empty data folder (or an empty PostgreSQL database) from a backup,
                   also one made on the other database`,
  options: { restore: { type: "string" } },
  async run(input) {
    await using app = await openApp(input.config);
    const restored = input.values.restore;
    if (typeof restored === "string") return await restoreFrom(restored, input, app);
    const file = input.positionals[0] ?? `broadsheet-${dayOf(input.clock())}.backup.jsonl.gz`;
    const bytes = await backUp(
      { folder: input.config.dataFolder, url: input.config.databaseUrl ?? undefined },
      file,
      {
        createdAt: input.clock().toISOString(),
        signal: input.signal,
        onLine: (lines) => input.progress.update("backup, pages", lines, 0),
      },
    );
    return { document: { file, bytes }, text: `Backed up to ${file} (${(bytes / 1e6).toFixed(1)} MB).` };
  },
};

async function restoreFrom(
  file: string,
  input: CommandInput,
  app: Awaited<ReturnType<typeof openApp>>,
): Promise<CommandOutcome> {
  if (input.positionals.length > 0) throw new AppError("bad-usage", "Name one file: backup --restore FILE.");
  const rows = await restoreBackup(app.db, file);
  await app.followSearch({
    signal: input.signal,
    onProgress: (done, total) => input.progress.update("index", done, total),
  });
  return { document: { file, rows }, text: `Restored ${rows.toLocaleString("en-US")} rows from ${file}.` };
}
