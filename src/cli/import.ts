// broadsheet import: brings files in, or the built-in sample; and takes the sample out again.
import { type App, openApp } from "../app.ts";
import { type ImportTask, importBeside } from "../harvest/import-beside.ts";
import type { FileReport, ImportReport } from "../harvest/import-report.ts";
import { loadSample, removeSample } from "../harvest/sample.ts";
import { followPapers } from "../jobs/follow-search.ts";
import { AppError } from "../lib/errors.ts";
import { findFormat, formats } from "../sources/detect.ts";
import type { FormatName } from "../sources/format.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";
import { noteExpectations } from "./note-expectations.ts";

/** Following reads each paper once, in order; the thread that imports has a cache of its own. */
const cacheMiB = 8;

/** The sample's format is for its own files. */
const formatNames = formats
  .map((format) => format.name)
  .filter((name) => name !== "sample")
  .join(" ");

export const importCommand: Command = {
  name: "import",
  summary: "Bring papers in from files",
  usage: "import FILE... [--format F] [--observed-at TIME] | import --sample | import --remove-sample",
  help: `
Reads FILEs (.gz and .zst as they are, "-" for standard input) and finds out what each is. Papers that are
known already, by an identifier or by title and author, are joined, never doubled. The same import again
changes nothing; one that was interrupted goes on where it stopped.

  --format F           take every FILE to be in format F, one of:
                       ${formatNames}
  --observed-at TIME   when the votes in the files were counted, e.g. 2026-05-12T08:30:00Z
  --sample             bring in the built-in sample
  --remove-sample      take it out again; what other sources say of its papers stays

Every entry read is counted once:
  added       a new paper
  merged      a new record of a paper that other records had brought
  updated     a known record that changed, or brought a new place, submission or signal
  unchanged   nothing new
  rejected    could not be taken; reported with its file, place and reason
Exit status 1 when more than one entry in a hundred was rejected, or a file ended in damage.

Examples:
  broadsheet import papers.jsonl.gz
  curl -s https://example.org/daily.json | broadsheet import - --format daily-json`,
  options: {
    format: { type: "string" },
    "observed-at": { type: "string" },
    sample: { type: "boolean" },
    "remove-sample": { type: "boolean" },
  },
  async run(input) {
    const { values, positionals } = input;
    const wanted = [positionals.length > 0, values.sample === true, values["remove-sample"] === true];
    if (wanted.filter(Boolean).length !== 1) {
      throw new AppError("bad-usage", "Name the files to import, or one of --sample and --remove-sample.");
    }
    const format = readFormat(values.format);
    const observedAt = readInstant(values["observed-at"]);
    await using app = await openApp(input.config, { cacheMiB, importing: true });
    if (values["remove-sample"]) return await takeSampleOut(app, input);
    const options = {
      paths: positionals,
      ...(format ? { format } : {}),
      ...(observedAt ? { observedAt } : {}),
      origin: "import" as const,
    };
    const report = values.sample
      ? await loadSample(app.db, app.clock)
      : await importAndFollow(app, input, options);
    await noteExpectations(app, input.signal);
    await followIndex(app, input);
    return { document: report, text: formatReport(report), failed: report.failed };
  },
};

function readFormat(given: CommandInput["values"][string]): FormatName | undefined {
  if (given === undefined) return undefined;
  const format = findFormat(String(given));
  if (format) return format.name;
  throw new AppError("bad-usage", `--format takes one of: ${formatNames}.`);
}

function readInstant(given: CommandInput["values"][string]): string | undefined {
  if (given === undefined) return undefined;
  const time = new Date(String(given));
  if (/^\d{4}-\d{2}-\d{2}/.test(String(given)) && !Number.isNaN(time.getTime())) return time.toISOString();
  throw new AppError("bad-usage", `--observed-at takes a time like 2026-05-12T08:30:00Z, not "${given}".`);
}

async function takeSampleOut(app: App, input: CommandInput): Promise<CommandOutcome> {
  const removal = await removeSample(app.db, app.clock);
  await followIndex(app, input);
  const kept = removal.papersKept > 0 ? ` ${removal.papersKept} that other sources know too were kept.` : "";
  return {
    document: removal,
    text: `The sample is out: ${removal.papersRemoved} papers were removed.${kept}`,
  };
}

/** Papers come in on one core while the index follows on the other. */
async function importAndFollow(
  app: App,
  { config, progress, signal }: CommandInput,
  options: ImportTask["options"],
): Promise<ImportReport> {
  const { dataFolder: folder, databaseCacheMiB } = config;
  const database = { folder, url: config.databaseUrl ?? undefined, cacheMiB: databaseCacheMiB };
  const imported = new AbortController();
  const stop = AbortSignal.any([signal, imported.signal]);
  let following: Promise<unknown> | null = app.ownsFolder ? null : Promise.resolve();
  const onBatch = () => {
    // What goes wrong here is met again, and reported, when the index is brought up to date at the end.
    following ??= followPapers(app.db, app.search, { signal: stop })
      .catch(() => {})
      .finally(() => {
        following = null;
      });
  };
  try {
    const task = { database, options: { ...options, isAlone: app.ownsFolder } };
    return await importBeside(task, { progress, signal, onBatch });
  } finally {
    imported.abort();
    await following;
  }
}

/** A running server follows by itself; otherwise the next one need not. */
async function followIndex(app: App, input: CommandInput): Promise<void> {
  if (!app.ownsFolder) return;
  await app.followSearch({
    signal: input.signal,
    onProgress: (done, total) => input.progress.update("index", done, total),
  });
}

const shownRejections = 10;

function formatReport(report: ImportReport): string {
  const lines =
    report.files.length > 1 ? report.files.map((file) => `${file.file}: ${formatCounts(file)}`) : [];
  lines.push(
    `${formatCounts(report)} ${report.seconds.toFixed(1)} s, ${formatNumber(report.recordsPerSecond)} a second.`,
  );
  for (const file of report.files) if (file.error) lines.push(file.error);
  for (const file of report.files.filter((f) => f.resumedAt)) lines.push(formatResumption(file));
  for (const { file, entry, reason } of report.rejections.slice(0, shownRejections)) {
    lines.push(`Rejected: ${file}, entry ${entry}: ${reason}.`);
  }
  const hidden = report.rejected - Math.min(shownRejections, report.rejections.length);
  if (hidden > 0) lines.push(`… and ${formatNumber(hidden)} more; --json names the first hundred.`);
  return lines.join("\n");
}

function formatCounts({
  read,
  added,
  merged,
  updated,
  unchanged,
  rejected,
}: FileReport | ImportReport): string {
  const parts = Object.entries({ added, merged, updated, unchanged, rejected });
  return `${formatNumber(read)} read: ${parts.map(([name, n]) => `${formatNumber(n)} ${name}`).join(", ")}.`;
}

function formatResumption({ file, resumedAt }: FileReport): string {
  return `${file}: went on after the ${formatNumber(resumedAt!)} entries an earlier import had done.`;
}

function formatNumber(value: number): string {
  return value.toLocaleString("en-US");
}
