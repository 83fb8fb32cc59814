// broadsheet harvest: asks the archives for what is new, or for a stretch of days; goes on where it was interrupted.
import { type App, openApp } from "../app.ts";
import { harvestDue, harvestRange, repairGaps, sources, type VisitReport } from "../harvest/harvest.ts";
import type { DayRange, Work } from "../harvest/sources.ts";
import { dayOf } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";
import { noteExpectations } from "./note-expectations.ts";

export const harvestCommand: Command = {
  name: "harvest",
  summary: "Ask the archives for new papers, or for those of past days",
  usage: "harvest [SOURCE...] [--since DAY] [--until DAY] [--category C]...",
  help: `
Asks each SOURCE (default: those of BROADSHEET_SOURCES) politely, a page at a time; every page is saved as
it comes. Interrupted, even killed, the same command goes on with the page that was not saved yet.
Without days it asks for what is new, the first time for the last seven days, and then fills in the days
that the ledger shows as short. A source that wants rest is left alone; the others go on.

  SOURCE         ${sources.map(({ name }) => name).join(", ")}
  --since DAY    from this day on (UTC), e.g. 2026-05-12
  --until DAY    up to and with this day (default today)
  --category C   only this arXiv category; may be given more than once

Exit status 1 when a source could not be asked or read; what is missing is due again.

Examples:
  broadsheet harvest
  broadsheet harvest arxiv --since 2026-05-01 --category cs.CL`,
  options: {
    since: { type: "string" },
    until: { type: "string" },
    category: { type: "string", multiple: true },
  },
  async run(input) {
    const names = readSources(input.positionals);
    const range = readRange(input);
    await using app = await openApp(input.config);
    const work = workOf(app, input);
    const chosen = names.length > 0 ? names : work.settings.sources;
    const reports = range
      ? await harvestRange(work, range, chosen)
      : [...(await harvestDue(work, { names: chosen, all: true })), ...(await repairGaps(work, chosen))];
    await noteExpectations(app, input.signal);
    if (app.ownsFolder && !input.signal.aborted) await app.followSearch({ signal: input.signal });
    return describe(reports, input.signal.aborted);
  },
};

function readSources(names: string[]): string[] {
  const known = sources.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new AppError("bad-usage", `There is no source "${unknown}". There are: ${known.join(", ")}.`);
}

function readRange({ values, clock }: CommandInput): DayRange | null {
  if (values.since === undefined && values.until === undefined) return null;
  if (values.since === undefined) throw new AppError("bad-usage", "--until needs --since.");
  const range = {
    since: readDay(values.since, "--since"),
    until: readDay(values.until ?? dayOf(clock()), "--until"),
  };
  if (range.since > range.until)
    throw new AppError("bad-usage", `--since ${range.since} is after --until ${range.until}.`);
  return range;
}

function readDay(given: CommandInput["values"][string], option: string): string {
  const text = String(given);
  const time = new Date(`${text}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time.getTime()) && dayOf(time) === text;
  if (isDay && text >= "1991-01-01") return text;
  throw new AppError("bad-usage", `${option} takes a day like 2026-05-12, not "${text}".`);
}

function workOf(app: App, { values, progress, signal }: CommandInput): Work {
  const categories = (values.category as string[] | undefined) ?? app.work.settings.categories;
  const unclear = categories.find((category) => !/^[a-z]+(-[a-z]+)*(\.[A-Za-z]+(-[a-z]+)*)?$/.test(category));
  if (unclear !== undefined)
    throw new AppError(
      "bad-usage",
      `"${unclear}" is no arXiv category; one is written like cs.CL or hep-th.`,
    );
  return {
    ...app.work,
    settings: { ...app.work.settings, categories },
    signal,
    onPage: (stream, records) => progress.update(stream, records, 0),
  };
}

function describe(reports: VisitReport[], stopped: boolean): CommandOutcome {
  const records = reports.reduce((sum, report) => sum + report.records, 0);
  const troubles = reports.filter(({ ok }) => !ok);
  const lines = [
    ...reports.map(({ ok, stream, message }) => `${ok ? "ok    " : "FAILED"}  ${stream}: ${message}`),
    `${records.toLocaleString("en-US")} records came on saved pages; ${reports.length} visits, ${troubles.length} failed.`,
    ...(stopped ? ["Stopped. The same command goes on from here."] : []),
  ];
  return {
    document: { records, visits: reports, stopped },
    text: lines.join("\n"),
    failed: stopped || troubles.length > 0,
  };
}
